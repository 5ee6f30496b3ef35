"""The lead of the best strategy where a quantity is low and where it is high."""

from collections.abc import Mapping
from typing import Any

from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.page.charts.theme import with_ranks
from reports.text.numbers import money, rounded
from reports.text.quantities import path_name
from reports.text.strategies import DOING

__all__ = ["tornado_chart"]

type Analysed = Mapping[str, Any]

_SHOWN = 10

NOTE = (
    "From the 10 % point of a quantity (circle) to its 90 % point (square), an event from not "
    "happening to happening; what is correlated with it follows. Left of zero the next best "
    "strategy is ahead."
)


def tornado_chart(players: Mapping[str, Analysed]) -> Chart:
    """Draw the quantities whose ends move the lead most.

    Parameters
    ----------
    players : mapping
        Player to its part of sensitivity.json.

    Returns
    -------
    Chart
    """
    found = {player: with_ranks(_rows(analysed)) for player, analysed in players.items()}
    return Chart(
        key="tornado",
        finding={player: _finding(players[player], found[player]) for player in players},
        drawing=drawing("tornado"),
        rows=[{"choice": player, **row} for player, of in found.items() for row in of],
        table=[
            {"player": players[player]["label"], **row}
            for player, of in found.items()
            for row in of
        ],
        columns=[
            Column("player", "Player"),
            Column("quantity", "Quantity"),
            Column("low_shown", "Lead at its 10 %, USD billion"),
            Column("high_shown", "At its 90 %"),
        ],
        choices={"": {player: analysed["label"] for player, analysed in players.items()}},
        ends=("the next best is ahead", "the best is further ahead"),
        note=NOTE,
    )


def _rows(analysed: Analysed) -> list[dict[str, Any]]:
    ends = {path: entry["tornado"] for path, entry in analysed["inputs"].items()}
    largest = sorted(ends, key=lambda path: -abs(ends[path]["swing"]))[:_SHOWN]
    return [
        {
            "quantity": path_name(path),
            "low": ends[path]["low"],
            "high": ends[path]["high"],
            "all": analysed["best_minus_next"],
            "low_shown": rounded(ends[path]["low"], ends[path]["low_mcse"]),
            "high_shown": rounded(ends[path]["high"], ends[path]["high_mcse"]),
        }
        for path in largest
    ]


def _finding(analysed: Analysed, found: list[dict[str, Any]]) -> str:
    first = found[0]
    best, next_ = DOING[analysed["best"]], DOING[analysed["next"]]
    span = sorted((first["low"], first["high"]))
    return (
        f"{analysed['label']}: {first['quantity']} moves the lead of {best} over {next_} most, "
        f"from {money(span[0])} to {money(span[1])}"
    )
