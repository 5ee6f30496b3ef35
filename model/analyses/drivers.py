"""Which quantities move the best strategy's lead over the next."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from model.analyses.along import Along
from model.analyses.comparison import Comparison
from model.analyses.problems import Case
from model.analyses.results.drivers import (
    Drivers,
    InputDrivers,
    RegionalSensitivity,
)
from model.analyses.results.record import Figure
from model.sensitivity import indices as sensitivity

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["drivers"]

type Table = Mapping[str, Any]

#: Draws that are enough for the Shapley effects: the first ones of each chain, which are
#: themselves well spread.
_SHAPLEY_DRAWS = 16_384
#: Share of the draws at either end at which the lead is cut for them. A few draws in the far tail
#: would else be most of the variance, and nothing could be said of who made them.
_CUT = 0.01


def drivers(
    case: Case, comparisons: Mapping[str, Comparison], read: Mapping[str, Mapping[str, Along]]
) -> dict[str, Drivers]:
    """Shapley effects, tornado and regional sensitivity of the lead, in every decision.

    Parameters
    ----------
    case : Case
        The decisions.
    comparisons : mapping of str to Comparison
        Decision to its two best strategies.
    read : mapping of str to mapping of str to Along
        Decision to path to what is read along the quantity.

    Returns
    -------
    dict of str to Drivers
        Decision to shares of variance, and the lead's conditional means in USD billion.
    """
    lead = _lead(case, comparisons)
    shares = case.tables(_shapley(lead, case.inputs))
    apart = case.tables(sensitivity.regional_sensitivity(lead > 0.0, case.inputs))
    places = {str(name): column for column, name in enumerate(case.inputs)}
    return {
        name: Drivers(
            explained=float(shares["explained"][row]),
            probability_best_beats_next=float(apart["probability_better"][row]),
            regional_sensitivity_null=float(apart["null"][row]),
            inputs={
                path: InputDrivers(
                    shapley=_figure(shares, "shapley", "se", (row, places[quantity])),
                    tornado=read[name][path].tornado,
                    regional_sensitivity=_regional(apart, (row, places[quantity])),
                )
                for quantity, path in case.inputs_of[name].items()
            },
        )
        for row, name in enumerate(case.names)
    }


def _figure(table: Table, name: str, error: str, at: tuple[int, int]) -> Figure:
    return Figure(float(table[name][at]), float(table[error][at]))


def _regional(apart: Table, at: tuple[int, int]) -> RegionalSensitivity:
    return RegionalSensitivity(
        distance=_figure(apart, "distance", "se", at),
        at=float(apart["at"][at]),
        median_better=float(apart["median_better"][at]),
        median_worse=float(apart["median_worse"][at]),
    )


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
