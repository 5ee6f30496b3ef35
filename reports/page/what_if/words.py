"""What the page says of a quantity that can be moved: its name, unit, reason and sources."""

from collections.abc import Iterable
from typing import Any

from priors.reading.records import Player
from priors.registry.quantity import Quantity
from reports.page.view import View
from reports.text.quantities import subject_name
from reports.text.setting import how_to_set

__all__ = ["described", "kinds"]

#: Sources that are shown beside a control; the others stand in the table of priors.
_SOURCES = 3


def described(view: View, quantity: Quantity, player: Player | None) -> dict[str, Any]:
    """What stands beside the control of a quantity.

    Parameters
    ----------
    view : View
        The run.
    quantity : Quantity
        Which one.
    player : Player or None
        Whose; None of one of the industry.

    Returns
    -------
    dict
        Plain JSON.
    """
    stated = view.stated(quantity.name, None if player is None else player.name)
    sources = stated.get("sources", ())
    said: dict[str, Any] = {
        "path": quantity.name if player is None else f"players.{player.name}.{quantity.key}",
        "kind": quantity.name,
        "group": subject_name(quantity.name) if player is None else player.label,
        "why": str(stated.get("why", "")),
        "sources": [str(source) for source in sources][:_SOURCES],
    }
    said["set"] = how_to_set(stated, quantity)
    return said | ({"event": True} if quantity.event else {})


def kinds(quantities: Iterable[Quantity]) -> dict[str, dict[str, str]]:
    """What the quantities of one name have in common.

    Parameters
    ----------
    quantities : iterable of Quantity
        Those that can be moved.

    Returns
    -------
    dict of str to dict
        Name for readers, meaning, unit.
    """
    return {
        one.name: {
            "name": one.label,
            "meaning": one.meaning,
            "unit": "" if one.unit in ("1", "0 or 1") else one.unit,
        }
        for one in quantities
    }
