"""When the real options to leave and to come back are used."""

from collections.abc import Mapping
from typing import Any

from priors.wording import joined
from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.text.numbers import percent
from reports.text.strategies import LABELS
from reports.text.strategies import strategy as record

__all__ = ["timing_chart"]

NOTE = "Share of worlds in which the real option is used at the end of that year. Darker is more."
_NEVER = "never"
#: How a sentence calls the use of each real option: by itself, and after "would".
_USE = {
    "come back": ("coming back", "come back after leaving"),
    "leave": ("leaving later", "leave after all"),
}

type RealOptions = Mapping[str, Mapping[str, Any]]


def timing_chart(players: Mapping[str, RealOptions]) -> Chart:
    """Draw a table of years by players, shaded.

    Parameters
    ----------
    players : mapping
        Player's label to strategy to its real option: ``real_option``, ``by_year`` (share of
        draws) and ``probability_used``.

    Returns
    -------
    Chart
    """
    drawn = [
        cell
        for label, options in players.items()
        for strategy, option in options.items()
        for cell in _cells(label, strategy, option)
    ]
    order = list(dict.fromkeys(cell["choice"] for cell in drawn))
    order.sort(key=lambda strategy: not record(strategy).operating)
    return Chart(
        key="timing",
        finding={strategy: _finding(strategy, drawn) for strategy in order},
        drawing=drawing("timing", height=30 * len(players) + 10),
        rows=drawn,
        columns=[
            Column("strategy", "After choosing"),
            Column("player", "Player"),
            Column("year", "End of"),
            Column("text", "Used in"),
        ],
        choices={"": {strategy: _name(strategy) for strategy in order}},
        note=NOTE,
    )


def _name(strategy: str) -> str:
    doing, _ = _USE[record(strategy).real_option]
    return f"{LABELS[strategy]}: {doing}"


def _cells(label: str, strategy: str, option: Mapping[str, Any]) -> list[dict[str, Any]]:
    shares = {**option["by_year"], _NEVER: 1.0 - option["probability_used"]}
    return [
        {
            "choice": strategy,
            "strategy": LABELS[strategy],
            "player": label,
            "year": year,
            "share": share,
            "text": percent(share) if share >= 0.005 else "",
            "strong": share > 0.5,
        }
        for year, share in shares.items()
    ]


def _finding(strategy: str, cells: list[dict[str, Any]]) -> str:
    never = {
        cell["player"]: cell["share"]
        for cell in cells
        if cell["choice"] == strategy and cell["year"] == _NEVER
    }
    _, doing = _USE[record(strategy).real_option]
    most = [label for label, share in never.items() if share < 0.5]
    if not most:
        return f"{LABELS[strategy]}: in most worlds nobody would {doing}"
    return f"{LABELS[strategy]}: in most worlds {joined(most)} would {doing}"
