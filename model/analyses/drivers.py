"""Which quantities move the best strategy's lead over the next."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from model.analyses.comparison import Comparison
from model.analyses.problems import Case
from model.sensitivity import indices as sensitivity

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["add_drivers"]

type Content = dict[str, Any]

#: Draws that are enough for the Shapley effects: the first ones of each chain, which are
#: themselves well spread.
_SHAPLEY_DRAWS = 16_384
#: Share of the draws at either end at which the lead is cut for them. A few draws in the far tail
#: would else be most of the variance, and nothing could be said of who made them.
_CUT = 0.01
_TORNADO = ("low", "low_se", "high", "high_se", "swing", "swing_se", "low_value", "high_value")
_SEPARATION = ("distance", "se", "at", "median_better", "median_worse")


def add_drivers(
    case: Case, comparisons: Mapping[str, Comparison], found: Mapping[str, Content]
) -> None:
    """Add Shapley effects, tornado and separation of the lead to every input in `found`."""
    lead = _lead(case, comparisons)
    shares = case.tables(_shapley(lead, case.inputs))
    ends = case.tables(sensitivity.tornado(lead, case.inputs))
    apart = case.tables(sensitivity.regional_sensitivity(lead > 0.0, case.inputs))
    places = {str(name): column for column, name in enumerate(case.inputs)}
    for row, name in enumerate(case.names):
        content = found[name]
        content["explained"] = float(shares["explained"][row])
        content["probability_best_beats_next"] = float(apart["probability_better"][row])
        content["separation_null"] = float(apart["null"][row])
        for quantity, path in case.inputs_of[name].items():
            at = row, places[quantity]
            content["inputs"][path] |= {
                "shapley": float(shares["shapley"][at]),
                "shapley_se": float(shares["se"][at]),
                "tornado": {key: float(ends[key][at]) for key in _TORNADO},
                "separation": {key: float(apart[key][at]) for key in _SEPARATION},
            }


def _lead(case: Case, comparisons: Mapping[str, Comparison]) -> "xr.DataArray":
    """The lead in every decision, labelled as the payoffs are."""
    leads = np.stack([one.lead for one in comparisons.values()], axis=-1)
    like = case.npv.isel(strategy=0, drop=True)
    return like.copy(data=leads.reshape(like.shape))


def _shapley(lead: "xr.DataArray", inputs: "xr.Dataset") -> "xr.Dataset":
    """Shapley effects on the lead, cut at both ends, from some of the draws."""
    over = ["chain", "draw"]
    low, high = (lead.quantile(end, over).drop_vars("quantile") for end in (_CUT, 1.0 - _CUT))
    first = {"draw": slice(0, max(64, _SHAPLEY_DRAWS // lead.sizes["chain"]))}
    cut = lead.clip(low, high).transpose(*lead.dims)
    return sensitivity.shapley(cut[first], inputs.isel(first))
