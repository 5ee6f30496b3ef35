"""What would flip the answer, where the analysis of sensitivity was run."""

from collections.abc import Mapping
from typing import Any

from reports.charts.decision_map import map_chart
from reports.charts.flips import flip_rows, flips_chart
from reports.charts.tornado import tornado_chart
from reports.quantity_names import path_name, quantity_of
from reports.templating import fill
from reports.verdict import DOING
from reports.view import Section, View
from reports.wording import with_unit

__all__ = ["flips"]

_SHOWN = 3
#: A switch on the side that holds more of the worlds says only that the decision is close.
_MOST = 0.5


def flips(view: View) -> Section | None:
    """Switching values, moves of priors, tornado and decision map."""
    players = view.analysed("sensitivity")
    if not players:
        return None
    made = (flips_chart(players), tornado_chart(players), map_chart(players))
    charts = tuple(chart for chart in made if chart is not None)
    firm = [of["label"] for of in players.values() if not flip_rows(of)]
    html = fill(
        "flips.html.j2",
        charts=charts,
        firm=firm,
        players=[{"label": of["label"], "rows": _switches(of)} for of in players.values()],
    )
    return Section("flips", "What would flip it", html, charts)


def _switches(analysed: Mapping[str, Any]) -> list[dict[str, str]]:
    """Values of single quantities beyond which another strategy is the best on average."""
    from priors.quantities import by_name

    rows = []
    for path, entry in analysed["inputs"].items():
        for one in entry.get("switching", {}).get("values", ()):
            unit = by_name(quantity_of(path)).unit
            below = one["percentile"]
            rows.append(
                {
                    "name": path_name(path),
                    "side": one["side"],
                    "value": with_unit(one["value"], unit),
                    "chance": below if one["side"] == "below" else 1.0 - below,
                    "doing": DOING[one["to"]],
                }
            )
    # Where the decision is close, another strategy is better nearly everywhere: no news.
    likely = [row for row in rows if row["chance"] <= _MOST]
    return sorted(likely, key=lambda row: -row["chance"])[:_SHOWN]
