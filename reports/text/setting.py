"""What the page needs to know of a prior to write the `--set` that moves it.

Under ``score_shift`` m and ``score_spread`` s a quantity's score z becomes m + s·z, whatever its
family; of an event readers move the probability.
"""

from collections.abc import Mapping
from typing import Any

from priors.distributions.build import FamilyError, build
from priors.registry.quantities import Quantity

__all__ = ["how_to_set", "probability"]

_MOVES = ("score_shift", "score_spread")


def how_to_set(stated: Mapping[str, Any], quantity: Quantity) -> dict[str, Any]:
    """What a `--set` of a moved prior starts from.

    Parameters
    ----------
    stated : mapping
        The prior file's table of the quantity.
    quantity : Quantity
        Its record.

    Returns
    -------
    dict
        ``shift`` and ``spread``, by which the file moves it already; of an event ``plain``: whether
        to state its probability is enough, or the family has to be stated with it.
    """
    if quantity.event:
        moved = any(key in stated for key in _MOVES)
        return {"plain": stated.get("family") == "bernoulli" and not moved}
    return {"shift": stated.get("score_shift", 0.0), "spread": stated.get("score_spread", 1.0)}


def probability(stated: Mapping[str, Any]) -> float | None:
    """The probability of an event.

    Parameters
    ----------
    stated : mapping
        The prior file's table of it.

    Returns
    -------
    float or None
        As it is after all moves; None where the table states no event.
    """
    table = {key: value for key, value in stated.items() if key not in ("unit", "sources", "why")}
    try:
        values, weights = build(table, (0.0, 1.0)).atoms()
    except (FamilyError, LookupError, TypeError):
        return None
    return sum(weight for value, weight in zip(values, weights, strict=True) if value == 1.0)
