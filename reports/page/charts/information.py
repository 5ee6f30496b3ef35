"""What it is worth to know one quantity, or a group of them, before deciding."""

from collections.abc import Mapping
from typing import Any

from model.numerics.standard_errors import is_resolved
from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.page.charts.theme import with_ranks
from reports.text.numbers import figure, money
from reports.text.quantities import path_name

__all__ = ["information_chart"]

type Analysed = Mapping[str, Any]

_SHOWN = 8
_GROUPS = {
    "own": "All that is its own",
    "rivals": "All that is its rivals’",
    "ipo": "All about the IPO",
}

NOTE = (
    "Expected value of knowing the quantity (or the whole group, in the lighter bars) before "
    "deciding, USD billion: the most that a study of it alone can be worth. The line is the "
    "estimate’s standard error. Who learns a quantity also learns what is correlated with it."
)


def information_chart(players: Mapping[str, Analysed]) -> Chart:
    """Draw the value of partial perfect information.

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
        key="information",
        finding={player: _finding(players[player], found[player]) for player in players},
        drawing=drawing("information"),
        rows=[{"choice": player, **row} for player, of in found.items() for row in of],
        table=[
            {"player": players[player]["label"], **row}
            for player, of in found.items()
            for row in of
        ],
        columns=[
            Column("player", "Player"),
            Column("what", "To know"),
            Column("shown", "Is worth, USD billion"),
        ],
        choices={"": {player: analysed["label"] for player, analysed in players.items()}},
        note=NOTE,
    )


def _rows(analysed: Analysed) -> list[dict[str, Any]]:
    single = [_row(path_name(path), of, "single") for path, of in analysed["inputs"].items()]
    groups = [_row(_group(name), of, "group") for name, of in analysed["groups"].items()]
    single.sort(key=lambda row: -row["worth"])
    groups.sort(key=lambda row: -row["worth"])
    kept = [*single[:_SHOWN], *groups[: _SHOWN // 2]]
    return [row for row in kept if row["worth"] > 0.0] or single[:1]


def _row(what: str, of: Mapping[str, Any], kind: str) -> dict[str, Any]:
    # An estimate may fall below zero, the value itself cannot.
    worth = max(of["evppi"] or 0.0, 0.0)
    error = of["evppi_mcse"] or 0.0
    return {
        "what": what,
        "kind": kind,
        "worth": worth,
        "low": max(worth - error, 0.0),
        "high": worth + error,
        "shown": figure(worth, error),
    }


def _group(name: str) -> str:
    return _GROUPS.get(name, f"All about {name}")


def _finding(analysed: Analysed, found: list[dict[str, Any]]) -> str:
    first = found[0]
    error = first["high"] - first["worth"]
    if not is_resolved(first["worth"], error):
        return f"{analysed['label']}: no single quantity is worth finding out before deciding"
    of_all = money(analysed["evpi"], analysed["evpi_mcse"])
    return (
        f"{analysed['label']}: knowing {first['what']} beforehand would be worth "
        f"{money(first['worth'], error)}, of {of_all} for knowing everything"
    )
