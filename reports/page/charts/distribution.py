"""The distribution of every strategy's value: in how many of 100 draws it is below a figure."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.text.numbers import money
from reports.text.strategies import LABELS, LEAVING, STAYING, Told

__all__ = ["distribution_chart"]

type Array = npt.NDArray[np.float64]

#: Percent of draws at which the curves are drawn; closer where tails bend.
_PERCENT = (2, 3, 4, 5, 7, *range(10, 91, 4), 93, 95, 96, 97, 98)

NOTE = (
    "Each curve counts worlds: at 50 the strategy’s median, further right more of it. The curve "
    "that lies to the right is the better one at that count. The mark is the mean. The two worst "
    "and the two best worlds of 100 are cut off; the highest value drawn is among the figures."
)


def distribution_chart(players: Mapping[str, tuple[str, Mapping[str, Array]]]) -> Chart:
    """Draw the cumulative distributions.

    Parameters
    ----------
    players : mapping
        Player to its label and, for each strategy, its draws of the NPV, (draw,), USD billion.

    Returns
    -------
    Chart
    """
    drawn: list[dict[str, Any]] = []
    table: list[dict[str, Any]] = []
    finding: dict[str, str] = {}
    for player, (label, strategies) in players.items():
        finding[player] = _finding(label, strategies)
        for name, draws in strategies.items():
            ordered = np.sort(draws)
            drawn += _curve(player, name, ordered)
            table.append(_row(label, name, ordered))
    return Chart(
        key="distribution",
        finding=finding,
        drawing=drawing("distribution", dashes=list(_DASHES.values())),
        rows=drawn,
        table=table,
        columns=[
            Column("player", "Player"),
            Column("strategy", "Strategy"),
            *(Column(f"p{percent}", f"{percent} %") for percent in _TABLE),
            Column("highest", "Highest drawn"),
            Column("mean", "Mean"),
        ],
        choices={"": {player: label for player, (label, _) in players.items()}},
        note=NOTE,
    )


#: A solid line is a stroke without a gap: Vega-Lite has no word for none in a scale.
_DASHES = Told(lambda one: list(one.dash) or [1, 0])
_TABLE = (1, 5, 25, 50, 75, 95, 99)


def _curve(player: str, name: str, ordered: Array) -> list[dict[str, Any]]:
    mean = float(ordered.mean())
    values = np.quantile(ordered, np.asarray(_PERCENT) / 100.0).tolist()
    points: list[dict[str, Any]] = [
        {"choice": player, "strategy": name, "below": percent, "value": value}
        for percent, value in zip(_PERCENT, values, strict=True)
    ]
    below = 100.0 * float(np.searchsorted(ordered, mean)) / len(ordered)
    mark = {"choice": player, "strategy": name, "below": below, "value": mean, "mean": 1}
    return [*points, mark]


def _row(label: str, name: str, ordered: Array) -> dict[str, Any]:
    values = np.quantile(ordered, np.asarray(_TABLE) / 100.0).tolist()
    return {
        "player": label,
        "strategy": LABELS[name],
        **{f"p{percent}": value for percent, value in zip(_TABLE, values, strict=True)},
        "highest": float(ordered[-1]),
        "mean": float(ordered.mean()),
    }


def _finding(label: str, strategies: Mapping[str, Array]) -> str:
    exit_, stay = strategies[LEAVING.name], strategies[STAYING.name]
    worst, best = float(np.quantile(stay, 0.05)), float(np.quantile(stay, 0.95))
    left = float(np.median(exit_))
    return (
        f"{label}: {STAYING.doing} is worth from {money(worst)} to {money(best)} in nine worlds of "
        f"ten; leaving about {money(left)}"
    )
