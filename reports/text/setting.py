"""How `--set` moves a prior by standard scores: exactly where its family is closed under that.

Under ``shift`` m and ``spread`` s a quantity's score z becomes m + s·z. A normal stays normal, a
lognormal lognormal, an event an event with another probability. For every other family, bounded
ones included, a staircase of values comes close and is always possible; the page says what it is.
"""

from collections.abc import Mapping
from typing import Any

from scipy.special import ndtri

from priors.distributions.build import FamilyError, build, quantile_keys
from priors.distributions.catalog import CONTINUOUS
from priors.registry.quantities import Quantity

__all__ = ["how_to_set"]

#: Mass that bounds may cut off a closed family before it counts as another.
_CUT = 1e-9


def how_to_set(stated: Mapping[str, Any], quantity: Quantity) -> dict[str, Any]:
    """What the page needs to write the `--set` of a moved prior.

    Parameters
    ----------
    stated : mapping
        The prior file's table of the quantity.
    quantity : Quantity
        Its record: support.

    Returns
    -------
    dict
        ``form``: ``normal``, ``lognormal`` or ``staircase``. For the first two ``location`` and
        ``spread``, and ``keys``: quantile key to its score, or the names of the parameters.
    """
    family = CONTINUOUS.get(str(stated.get("family", "")))
    if family is None or family.what_if == "staircase":
        return {"form": "staircase"}
    keys = quantile_keys(stated)
    try:
        built = build(_shape(stated), (quantity.lower, quantity.upper))
    except FamilyError:
        return {"form": "staircase"}
    low, high = built.kept()
    if low > _CUT or high < 1.0 - _CUT:
        return {"form": "staircase"}
    location, spread = built.parameters
    scores = {key: float(ndtri(int(key[1:]) / 100.0)) for key in keys}
    form = {"form": family.what_if, "location": location, "spread": spread}
    return form | ({"keys": scores} if scores else {"names": list(family.parameters)})


def _shape(stated: Mapping[str, Any]) -> dict[str, Any]:
    """The table without what moves it as a whole, which `--set` leaves as it is."""
    return {key: value for key, value in stated.items() if key not in ("scale", "shift")}
