"""What drives the decision, measured in several ways, for readers who want to check."""

from collections.abc import Mapping, Sequence
from typing import Any

from model.risk.tail_shape import LARGEST_SHAPE
from priors.wording import joined
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.numbers import money
from reports.text.quantities import path_name
from reports.text.strategies import DOING

__all__ = ["drivers", "risk_text"]

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


def _risk(analysed: Mapping[str, Any]) -> str:
    return risk_text(analysed["risk"]["certainty_equivalent"]) if analysed.get("risk") else ""


def _rows(analysed: Mapping[str, Any]) -> list[dict[str, Any]]:
    inputs = analysed["inputs"]
    largest = sorted(inputs, key=lambda path: -(inputs[path].get("shapley") or 0.0))[:_SHOWN]
    return [{"name": path_name(path), "path": path, **inputs[path]} for path in largest]


def risk_text(levels: Sequence[Mapping[str, Any]]) -> str:
    """Which strategy is best to one who dislikes risk, as far as the draws can tell.

    Parameters
    ----------
    levels : sequence of mapping
        Certainty equivalents, as in sensitivity.json; earlier runs do not say what can be told.

    Returns
    -------
    str
    """
    told = [one for one in levels if one.get("judged", True)]
    untold = [one for one in levels if not one.get("judged", True)]
    return " ".join([*([_choices(told)] if told else []), *([_untold(untold)] if untold else [])])


def _choices(found: Sequence[Mapping[str, Any]]) -> str:
    choices = [DOING[one["best"]] for one in found]
    if len(found) > 1 and len(set(choices)) == 1:
        span = f"from {_tolerance(found[0])} to {_tolerance(found[-1])}"
        return f"To one who dislikes risk: {choices[0]}, at every risk tolerance {span}."
    each = [f"{choice} at {_tolerance(one)}" for choice, one in zip(choices, found, strict=True)]
    return f"To one who dislikes risk, by risk tolerance: {joined(each)}."


def _tolerance(level: Mapping[str, Any]) -> str:
    return money(level["risk_tolerance"])


def _untold(found: Sequence[Mapping[str, Any]]) -> str:
    where = joined([_tolerance(one) for one in found])
    return (
        f"What risk aversion would choose at {where} cannot be told: there "
        "a few draws carry most of the weight in the best certainty equivalent "
        f"(Pareto k above {LARGEST_SHAPE:g})."
    )
