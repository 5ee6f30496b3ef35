"""What drives the decision, measured in several ways, for readers who want to check."""

from collections.abc import Mapping
from typing import Any

from priors.wording import joined
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.numbers import money
from reports.text.quantities import path_name
from reports.text.strategies import DOING

__all__ = ["drivers"]

_SHOWN = 10


def drivers(view: View) -> Section | None:
    """Three measures of the largest drivers; attitudes to risk.

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
    html = fill(
        "drivers.html.j2",
        players=[{**of, "rows": _rows(of), "risk": _risk(of)} for of in players.values()],
        conditions=view.analyses["sensitivity"].get("conditions", {}),
    )
    return Section("drivers", "What drives it, and what risk changes", html)


def _rows(analysed: Mapping[str, Any]) -> list[dict[str, Any]]:
    inputs = analysed["inputs"]
    largest = sorted(inputs, key=lambda path: -(inputs[path].get("shapley") or 0.0))[:_SHOWN]
    return [{"name": path_name(path), "path": path, **inputs[path]} for path in largest]


def _risk(analysed: Mapping[str, Any]) -> str:
    """Which strategy is best to one who dislikes risk."""
    risk = analysed.get("risk")
    if not risk:
        return ""
    found = risk["certainty_equivalent"]
    choices = [DOING[one["best"]] for one in found]
    tolerances = [money(one["risk_tolerance"]) for one in found]
    if len(set(choices)) == 1:
        span = f"from {tolerances[0]} to {tolerances[-1]}"
        return f"To one who dislikes risk: {choices[0]}, at every risk tolerance {span}."
    each = [f"{choice} at {size}" for choice, size in zip(choices, tolerances, strict=True)]
    return f"To one who dislikes risk, by risk tolerance: {joined(each)}."
