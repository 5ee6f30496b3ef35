"""What would reverse the answer, where the analysis of sensitivity was run."""

from collections.abc import Mapping
from typing import Any

from reports.page.charts.decision_map import map_chart
from reports.page.charts.switching import switching_chart, switching_rows
from reports.page.charts.tornado import tornado_chart
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.strategies import DOING, quantities
from reports.text.wording import with_unit

__all__ = ["switching"]

_SHOWN = 3
#: Share of draws above which a range says only that the decision is close.
_MOST = 0.5


def switching(view: View) -> Section | None:
    """Switching values, moves of priors, tornado and decision map.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section or None
        None where sensitivity was not analysed.
    """
    players = view.analysed("sensitivity")
    if not players:
        return None
    made = (switching_chart(players), tornado_chart(players), map_chart(players))
    charts = tuple(chart for chart in made if chart is not None)
    firm = [of["label"] for of in players.values() if not switching_rows(of)]
    html = fill(
        "switching.html.j2",
        charts=charts,
        firm=firm,
        players=[{"label": of["label"], "rows": _switches(of)} for of in players.values()],
    )
    return Section("switching", "What would reverse it", html, charts)


def _switches(analysed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where one quantity, if it were known, would make another strategy the best on average."""
    rows = [
        {"where": _where(path, one), "chance": one["probability"], "doing": DOING[one["to"]]}
        for path, entry in analysed["inputs"].items()
        for one in entry["switching"].get("ranges", ())
        # Where the decision is close another strategy is better nearly everywhere: no news.
        if one["probability"] <= _MOST
    ]
    return sorted(rows, key=lambda row: -row["chance"])[:_SHOWN]


def _where(path: str, one: Mapping[str, Any]) -> str:
    """A range of a quantity in words: ``Market in 2033 turns out below $3.9 billion a year``."""
    quantity = quantities().by_path(path)
    name = quantity.label
    if one.get("at") is not None:
        return f"“{name}” comes true" if one["at"] else f"“{name}” does not come true"
    low, high = (
        None if one[end] is None else with_unit(one[end], quantity.unit)
        for end in ("above", "below")
    )
    if low is None:
        return f"{name} turns out below {high}"
    return f"{name} turns out above {low}" if high is None else f"{name} lies from {low} to {high}"
