"""The real options, to leave later and to come back: their worth, when and how they are used."""

from collections.abc import Mapping
from typing import Any

from reports.page.charts.timing import timing_chart
from reports.page.templating import fill
from reports.page.view import Section, View

__all__ = ["options"]

#: A real option that is used in fewer draws needs no rule.
_RARELY = 0.01


def options(view: View) -> Section | None:
    """The two options, where the run values them.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section or None
        None where the run values no real options.
    """
    players = {
        entry["label"]: {
            name: row["option"] for name, row in entry["strategies"].items() if "option" in row
        }
        for entry in view.players.values()
    }
    if not any(players.values()):
        return None
    chart = timing_chart(players)
    html = fill(
        "options.html.j2", chart=chart, players=list(view.players.values()), rules=_rules(view)
    )
    return Section("options", "Leaving later, coming back", html, (chart,))


def _rules(view: View) -> list[dict[str, Any]]:
    """What a manager may watch for, where the analysis of real options was run."""
    return [
        {
            "label": of["label"],
            "options": _worth_a_rule({name: of[name] for name in view.strategies if name in of}),
        }
        for of in view.analysed("option").values()
    ]


def _worth_a_rule(options_: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"strategy": strategy, **option}
        for strategy, option in options_.items()
        if option["probability_used"] >= _RARELY and option["rule_keeps"] is not None
    ]
