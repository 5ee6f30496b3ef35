"""The priors with their sources and reasons."""

from collections.abc import Iterable, Iterator
from typing import Any

from priors.registry.quantity import Quantity
from reports.page.sparkline import density_path, drawn_ends
from reports.page.templating import fill
from reports.page.view import Section, View, quantiles
from reports.text.quantities import subject_name
from reports.text.wording import distribution_in_words

__all__ = ["priors"]

_PERCENTILES = (0.05, 0.5, 0.95)


def priors(view: View) -> Section:
    """Every quantity: its draws' percentiles, what was stated of it, and why.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section
    """
    return Section(
        "priors",
        "The priors, and their sources",
        fill("priors.html.j2", groups=list(_groups(view))),
    )


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
    ordered = view.ordered(quantity.name, player)
    return {
        "path": quantity.name if player is None else f"players.{player}.{quantity.key}",
        "meaning": quantity.meaning,
        "unit": "no unit" if quantity.unit == "1" else quantity.unit,
        "quantiles": quantiles(ordered, _PERCENTILES).tolist(),
        **_shapes(view, quantity, player),
        "stated": distribution_in_words(stated),
        "why": str(stated.get("why", "")),
        "sources": [str(source) for source in stated.get("sources", ())],
    }


def _shapes(view: View, quantity: Quantity, player: str | None) -> dict[str, str]:
    """Paths of the density, and of the prior's beside it where it has learned from evidence."""
    if quantity.event:
        return {"density": "", "before": ""}
    ordered = view.ordered(quantity.name, player)
    if not view.posterior or "prior" not in view.run.children:
        return {"density": density_path(ordered), "before": ""}
    before = view.prior_ordered(quantity.name, player)
    ends = drawn_ends(before)
    return {"density": density_path(ordered, ends), "before": density_path(before, ends)}
