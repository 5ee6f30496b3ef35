"""All assumptions with their sources and reasons."""

from collections.abc import Iterable, Iterator
from typing import Any

from priors.registry.quantity import Quantity
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View, quantiles
from reports.text.flips import short_with_unit
from reports.text.numbers import count
from reports.text.quantities import subject_name
from reports.text.wording import distribution_in_words
from reports.text.worlds import worlds

__all__ = ["how_many_assumptions", "priors"]

_PROBABILITIES = (0.1, 0.5, 0.9)


def priors(view: View) -> Part:
    """Every quantity: its draws' percentiles, what was stated of it, and why.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part
    """
    html = fill("details/priors.html.j2", groups=list(_groups(view)))
    return Part("priors", f"{how_many_assumptions(view)}, with sources", "Assumptions", html)


def how_many_assumptions(view: View) -> str:
    """What the list of assumptions is called.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    str
        ``All 232 assumptions``.
    """
    own = len(view.players) * len(list(view.selection.own))
    return f"All {count(len(list(view.selection.shared)) + own)} assumptions"


def _groups(view: View) -> Iterator[dict[str, Any]]:
    for quantities in _by_subject(view.selection.shared):
        title = subject_name(quantities[0].name)
        yield {"title": title, "rows": [_row(view, q, None) for q in quantities]}
    for player, entry in view.players.items():
        rows = [_row(view, quantity, player) for quantity in view.selection.own]
        yield {"title": entry["label"], "rows": rows}


def _by_subject(shared: Iterable[Quantity]) -> list[list[Quantity]]:
    subjects: dict[str, list[Quantity]] = {}
    for quantity in shared:
        subjects.setdefault(quantity.name.partition(".")[0], []).append(quantity)
    return list(subjects.values())


def _row(view: View, quantity: Quantity, player: str | None) -> dict[str, Any]:
    stated = view.stated(quantity.name, player)
    return {
        "path": quantity.name if player is None else f"players.{player}.{quantity.key}",
        "label": quantity.label,
        "meaning": quantity.meaning,
        "values": _values(view, quantity, player),
        "stated": distribution_in_words(stated),
        "why": str(stated.get("why", "")),
        "sources": [str(source) for source in stated.get("sources", ())],
    }


def _values(view: View, quantity: Quantity, player: str | None) -> dict[str, str]:
    """Its 10, 50 and 90 % points; one value of a constant, and how often of an event."""
    ordered = view.ordered(quantity.name, player)
    if quantity.event:
        return {"comes true in": worlds(float(ordered.mean()))}
    texts = [short_with_unit(x, quantity.unit) for x in quantiles(ordered, _PROBABILITIES).tolist()]
    if ordered[0] == ordered[-1]:
        return {"always": texts[1]}
    return dict(zip(("low", "middle", "high"), texts, strict=True))
