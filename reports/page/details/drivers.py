"""What drives the decision, measured in several ways, for readers who want to check."""

from collections.abc import Mapping, Sequence
from typing import Any

from model.risk.tail_shape import LARGEST_SHAPE
from priors.wording import joined
from reports.page.details.table import Table, drawn
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.dollars import measured
from reports.text.flips import short_with_unit
from reports.text.numbers import money, percent
from reports.text.quantities import path_name
from reports.text.strategies import DOING, quantities

__all__ = ["drivers", "risk_text"]

_SHOWN = 10
_COLUMNS = (
    "Number",
    "Shapley share",
    "Sobol, alone",
    "Sobol, with others",
    "Lead at its 10 % point",
    "Lead at its 90 % point",
    "Middle value where the best wins",
    "Where it loses",
)


def drivers(view: View) -> Part | None:
    """Four measures of the largest drivers of each lead; attitudes to risk.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part or None
        None where sensitivity was not analysed.
    """
    players = view.analysed("sensitivity")
    if not players:
        return None
    html = fill(
        "details/drivers.html.j2",
        players=[
            {
                "title": f"{of['label']}: {DOING[of['best']]} over {DOING[of['next']]}",
                "table": drawn(_table(of)),
                "risk": _risk(of),
            }
            for of in players.values()
        ],
        conditions=view.analyses["sensitivity"].get("conditions", {}),
    )
    return Part("drivers", "What drives each lead, and what risk changes", "Drivers", html)


def _risk(analysed: Mapping[str, Any]) -> str:
    return risk_text(analysed["risk"]["certainty_equivalent"]) if analysed.get("risk") else ""


def _table(analysed: Mapping[str, Any]) -> Table:
    inputs = analysed["inputs"]
    largest = sorted(inputs, key=lambda path: -(inputs[path].get("shapley") or 0.0))[:_SHOWN]
    return Table(
        f"Drivers of {analysed['label']}",
        _COLUMNS,
        [_row(path, inputs[path]) for path in largest],
    )


def _row(path: str, found: Mapping[str, Any]) -> tuple[str, ...]:
    ends, medians = found["tornado"], found["regional_sensitivity"]
    unit = quantities().by_path(path).unit

    def median(key: str) -> str:
        return "" if medians[key] is None else short_with_unit(medians[key], unit)

    return (
        path_name(path),
        _share(found.get("shapley")),
        _share(found.get("first_order")),
        _share(found.get("total_order")),
        measured(ends["low"], ends["low_mcse"], sign=True),
        measured(ends["high"], ends["high_mcse"], sign=True),
        median("median_better"),
        median("median_worse"),
    )


def _share(value: float | None) -> str:
    return "" if value is None else percent(min(max(value, 0.0), 1.0))


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
