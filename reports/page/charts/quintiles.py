"""What moves the answer: exit − stay where a quantity is in its lowest or highest fifth.

Read off the draws at hand: a quantity's friends by correlation move with it, as they would if
a reader learned its value. The analyses of `decide sensitivity` go further.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.page.charts.theme import BOTH_WAYS, with_ranks
from reports.text.numbers import money
from reports.text.strategies import DIFFERENCE, LEAVING, STAYING

__all__ = ["fifths", "quintiles_chart"]

type Array = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]

_SHOWN = 8
_FIFTH = 0.2

NOTE = (
    f"Each bar runs from the mean of {DIFFERENCE} in the fifth of worlds where the quantity is "
    "lowest (circle) to the mean in the fifth where it is highest (square). A bar that crosses "
    "zero reverses the decision. The dashed line is the mean of all worlds."
)


def quintiles_chart(
    quantities: Mapping[str, Array],
    differences: Mapping[str, tuple[str, Array]],
    own: Mapping[str, Mapping[str, Array]],
) -> Chart:
    """Draw the quantities that move exit − stay most, for each player.

    Parameters
    ----------
    quantities : mapping
        Name for readers to draws (draw,) of what all players share.
    differences : mapping
        Player to its label and its draws of NPV(exit) − NPV(stay), (draw,), USD billion.
    own : mapping
        Player to its own quantities.

    Returns
    -------
    Chart
        Without rows where nothing is uncertain.
    """
    shared = _varying(quantities)
    drawn: list[dict[str, Any]] = []
    finding: dict[str, str] = {}
    for player, (label, difference) in differences.items():
        ends = {**shared, **_varying(own.get(player, {}))}
        found = [_row(name, *end, difference) for name, end in ends.items()]
        found.sort(key=lambda row: -abs(row["high"] - row["low"]))
        mean = float(difference.mean())
        drawn += [
            {"choice": player, "player": label, "all": mean, **row}
            for row in with_ranks(found[:_SHOWN])
        ]
        finding[player] = _finding(label, found[:_SHOWN], mean)
    return Chart(
        key="quintiles",
        finding=finding,
        drawing=drawing("quintiles"),
        rows=drawn,
        columns=[
            Column("player", "Player"),
            Column("quantity", "Quantity"),
            Column("low", f"Lowest fifth: {DIFFERENCE}, USD billion"),
            Column("high", "Highest fifth"),
            Column("all", "All worlds"),
        ],
        choices={"": {player: label for player, (label, _) in differences.items()}},
        ends=BOTH_WAYS,
        note=NOTE,
    )


def fifths(values: Array) -> tuple[Flags, Flags]:
    """Which draws of `values` (draw,) are in its lowest fifth, and in its highest.

    Parameters
    ----------
    values : array (draw,)
        In any unit.

    Returns
    -------
    lowest : array of bool (draw,)
    highest : array of bool (draw,)
    """
    low, high = np.quantile(values, [_FIFTH, 1.0 - _FIFTH])
    if low < high:
        return values <= low, values >= high
    # Most draws have one value, as of an event that is likely or unlikely: the ends are beyond it.
    below, above = values < low, values > high
    return (below if below.any() else values == low), (above if above.any() else values == high)


def _varying(quantities: Mapping[str, Array]) -> dict[str, tuple[Flags, Flags]]:
    """The ends of each quantity that varies."""
    return {
        name: fifths(values) for name, values in quantities.items() if values.min() < values.max()
    }


def _row(name: str, low: Flags, high: Flags, outcome: Array) -> dict[str, Any]:
    """Means of `outcome` at both ends of a quantity."""
    return {
        "quantity": name,
        "low": float(outcome[low].mean()),
        "high": float(outcome[high].mean()),
    }


def _finding(label: str, rows_: list[dict[str, Any]], mean: float) -> str:
    if not rows_:
        return f"{label}: nothing is uncertain"
    reversals = [row for row in rows_ if (row["low"] > 0.0) != (row["high"] > 0.0)]
    if not reversals:
        return (
            f"{label}: no single quantity reverses the decision; "
            f"{rows_[0]['quantity']} moves it most"
        )
    against = "low" if (reversals[0]["low"] > 0.0) != (mean > 0.0) else "high"
    better = LEAVING.advice if reversals[0][against] > 0.0 else STAYING.doing
    worth = money(abs(reversals[0][against]))
    return (
        f"{label}: where {reversals[0]['quantity']} is {against}, the decision is reversed, and "
        f"{better} is better by {worth} on average"
    )
