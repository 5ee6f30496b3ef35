"""Stochastic dominance between strategies, and how sure the draws are of it."""

from typing import TYPE_CHECKING

import numpy as np

from model.numerics.arrays import Array
from model.numerics.labelled_draws import Outcome, unlabel
from model.numerics.standard_errors import error_of_sum
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["dominance"]


#: Standard errors beyond which a violation is no accident. Three and not two, as the violation is
#: the largest over many places.
_SURE = 3.0


def dominance(npv: "xr.DataArray") -> "xr.Dataset":
    """Which strategy dominates which, by first and by second order.

    First order: whatever the amount, the dominating strategy is the less likely to end below it;
    everybody who likes more rather than less prefers it. Second order: its worst p of outcomes has
    the higher mean, whatever p; everybody averse to risk prefers it. First implies second.

    Parameters
    ----------
    npv : DataArray
        Dimensions ``draw`` and ``strategy``, maybe ``chain`` and others, such as ``player``.

    Returns
    -------
    Dataset
        Along ``strategy`` (who may dominate), ``other`` (who may be dominated), ``order`` (1, 2)
        and the other dimensions: ``violation``, by how much the condition fails where it fails
        most, as a probability (order 1) or in money (order 2: the mean of the worst p times p), 0
        where it holds at every draw; ``se``, its Monte Carlo standard error there, from paired
        draws; ``verdict``: "yes" where the condition holds at every draw, "doubtful" where it
        fails by no more than three standard errors, "no" where it fails by more, "equal" where the
        two distributions are the same, "" for a strategy and itself.

    Raises
    ------
    InputError
        If a dimension is missing, or there are fewer than two strategies or 64 draws.
    NumericalError
        If a payoff is not finite.

    Notes
    -----
    "Yes" is said of the draws: of outcomes rarer than one in as many as there are draws they know
    nothing. Conditions as in H. Levy, Stochastic Dominance (2016), chapter 3.
    """
    import xarray as xr

    if "strategy" not in npv.dims or npv.sizes["strategy"] < 2:
        raise InputError("dominance needs the dimension 'strategy', with at least two of them")
    bare = unlabel(npv.transpose(..., "strategy"))
    strategies, count = npv["strategy"].values, npv.sizes["strategy"]
    values = bare.values.reshape(len(bare.values), -1, count)
    shape = (2, values.shape[1], count, count)
    violation, se = np.full(shape, np.nan), np.full(shape, np.nan)
    verdict = np.full(shape, "", dtype="<U8")
    for problem in range(values.shape[1]):
        ordered = np.sort(values[:, problem], axis=0)
        for one, other in np.argwhere(~np.eye(count, dtype=bool)):
            pair = values[:, problem, [one, other]]
            for order, compare in enumerate((_first_order, _second_order)):
                cell = order, problem, one, other
                violation[cell], se[cell] = compare(pair, ordered[:, [one, other]], bare)
                same = np.array_equal(ordered[:, one], ordered[:, other])
                verdict[cell] = "equal" if same else _verdict(violation[cell], se[cell])
    label = bare.label.isel(strategy=0, drop=True)
    dims = ("order", *label.dims, "strategy", "other")
    coords = dict(label.coords) | {
        "order": [1, 2],
        "strategy": strategies,
        "other": ("other", strategies),
    }
    sizes = (2, *label.shape, count, count)
    tables = {"violation": violation, "se": se, "verdict": verdict}
    found = {name: (dims, table.reshape(sizes)) for name, table in tables.items()}
    return xr.Dataset(found, coords=coords).transpose("strategy", "other", "order", ...)


def _verdict(violation: float, se: float) -> str:
    if violation <= 0.0:
        return "yes"
    return "no" if violation > _SURE * se else "doubtful"


def _first_order(pair: Array, ordered: Array, bare: Outcome) -> tuple[float, float]:
    """Largest excess of the first's distribution function over the second's, and its error."""
    first, second = ordered.T
    rows = len(first)
    last = np.append(first[1:] != first[:-1], True)
    below_second = np.searchsorted(second, first, side="right")
    excess = np.where(last, (np.arange(1, rows + 1) - below_second) / rows, -np.inf)
    place = int(excess.argmax())
    below = (pair <= first[place]).astype(np.float64)
    return max(float(excess[place]), 0.0), _paired_error(below[:, 0] - below[:, 1], bare)


def _second_order(pair: Array, ordered: Array, bare: Outcome) -> tuple[float, float]:
    """Largest excess of the second's lower partial mean over the first's, and its error."""
    rows = len(pair)
    excess = np.cumsum(ordered[:, 1] - ordered[:, 0]) / rows
    place = int(excess.argmax())
    short = np.minimum(pair - ordered[place], 0.0)
    return max(float(excess[place]), 0.0), _paired_error(short[:, 1] - short[:, 0], bare)


def _paired_error(difference: Array, bare: Outcome) -> float:
    """Standard error of the mean of `difference` (row,), across blocks."""
    sums = np.add.reduceat(difference - difference.mean(), bare.starts[:-1])
    return float(error_of_sum(sums) / len(difference))
