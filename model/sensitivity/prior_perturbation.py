"""How far a prior would have to move before the decision changes, read from the draws at hand.

Let a prior's normal score move by δ, the correlated ones following as in the Gaussian copula that
joins them. The likelihood ratio of the moved joint prior to the old one, exp(δz − δ²/2), is then a
function of that one score z: so E[npv] after the move is the mean of E[npv | z] over the moved z.
No model need be run again.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.numerics.arrays import Array, Integers
from model.numerics.labelled_draws import Outcome, input_columns, unlabel
from model.numerics.rank_bins import block_sums, rank_bins
from model.numerics.standard_errors import jackknife
from model.sensitivity.reversal import reversal_distances
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["prior_perturbation"]


@dataclass(frozen=True, slots=True, eq=False)
class _Binned:
    """Payoffs in bins of one quantity's rank.

    Attributes
    ----------
    weight : array (bin,)
        Draws in each bin.
    total : array (bin, problem, strategy)
        Sums of the payoffs in each bin.
    """

    weight: Array
    total: Array

    def shares(self, shift: float) -> Array:
        """Probability of each bin (bin,) after the move."""
        from scipy.special import ndtr, ndtri

        edges = np.append(0.0, np.cumsum(self.weight)) / self.weight.sum()
        return np.asarray(np.diff(ndtr(ndtri(edges.clip(0.0, 1.0)) - shift)))

    def expected(self, shift: float) -> Array:
        """Expected payoffs (problem, strategy) after the move."""
        each = self.shares(shift) / np.maximum(self.weight, 1.0)
        return np.asarray(np.tensordot(each, self.total, 1))

    def effective(self, shift: float) -> float:
        """Effective number of draws behind the expected payoffs."""
        return float(1.0 / (self.shares(shift) ** 2 / self.weight).sum())


def prior_perturbation(
    npv: "xr.DataArray", inputs: "xr.Dataset", limit: float = 2.0, step: float = 0.25
) -> "xr.Dataset":
    """The smallest move of each input's prior that makes another strategy best.

    Parameters
    ----------
    npv : DataArray
        Dimensions ``draw`` and ``strategy``, maybe ``chain`` and others, such as ``player``.
    inputs : Dataset
        The quantities of the same draws, joined by a Gaussian copula or independent.
    limit : float
        Largest move, in standard scores of the prior.
    step : float
        The multiples that are tried first, in standard scores.

    Returns
    -------
    Dataset
        Along ``input`` (and the other dimensions of `npv` but ``strategy``): ``shift``, NaN where
        none up to the limit changes the decision; ``shift_se``, its Monte Carlo standard error;
        ``after``, the best strategy beyond it; ``effective_draws`` behind the figures there, at
        the limit where there is none. Without ``input``: ``before``, the best strategy as it is.

    Raises
    ------
    InputError
        If a dimension is missing, draws do not match, or there are fewer than 64 of them.
    NumericalError
        If a value is not finite.

    Notes
    -----
    Moving a score by 2 leaves a fiftieth of the draws' weight (e^−4): for larger moves run the
    model with the moved prior, and `model.sensitivity.reversal.reversal_distance`.
    """
    import xarray as xr

    if "strategy" not in npv.dims or npv.sizes["strategy"] < 2:
        raise InputError("a decision needs the dimension 'strategy', with at least two of them")
    npv = npv.transpose(..., "strategy")
    bare = unlabel(npv, inputs)
    names = [str(name) for name in npv["strategy"].values]
    problems = bare.label.isel(strategy=0, drop=True)
    shape = (len(inputs.data_vars), problems.size)
    found = {name: np.full(shape, np.nan) for name in ("shift", "shift_se", "effective_draws")}
    after = np.full(shape, "", dtype=npv["strategy"].dtype)
    for one in input_columns(inputs, npv, bare):
        own = one.outcomes.reshape(-1, len(names))
        binned, blocks = _binned(one.values, bare, own)
        reversals = reversal_distances(binned.expected, names, limit, step)
        for place, (problem, reversal) in enumerate(
            zip(own[:, 0] // len(names), reversals, strict=True)
        ):
            cell = one.position, problem
            at = limit if reversal is None else reversal.shift
            found["effective_draws"][cell] = binned.effective(at)
            if reversal is not None:
                pair = [names.index(reversal.before), names.index(reversal.after)]
                found["shift"][cell], after[cell] = reversal.shift, reversal.after
                found["shift_se"][cell] = _error(binned, blocks, (place, pair), at)
    best = bare.values.mean(axis=0).reshape(-1, len(names)).argmax(axis=1)
    dims, sizes = ("input", *problems.dims), (shape[0], *problems.shape)
    cells = found | {"after": after}
    tables = {name: (dims, table.reshape(sizes)) for name, table in cells.items()}
    before = (problems.dims, np.array(names)[best].reshape(problems.shape))
    coords = dict(problems.coords) | {"input": list(map(str, inputs.data_vars))}
    return xr.Dataset(tables | {"before": before}, coords=coords)


def _binned(values: Array, bare: Outcome, outcomes: Integers) -> tuple[_Binned, list[_Binned]]:
    """The payoffs by the rank of a quantity's draws (row,); and without each block in turn."""
    sums = block_sums([rank_bins(values)], bare.block, bare.values[:, outcomes])
    whole = _Binned(sums.weight.sum(axis=0), sums.total.sum(axis=0))
    without = [
        _Binned(whole.weight - own_weight, whole.total - own)
        for own_weight, own in zip(sums.weight, sums.total, strict=True)
    ]
    return whole, without


def _error(
    whole: _Binned, without: list[_Binned], which: tuple[int, list[int]], shift: float
) -> float:
    """Standard error of the shift at which two strategies of a problem tie (jackknife)."""
    place, (before, after) = which

    def gap(binned: _Binned, at: float) -> float:
        values = binned.expected(at)[place]
        return float(values[after] - values[before])

    step = 1e-3
    slope = (gap(whole, shift + step) - gap(whole, shift - step)) / (2.0 * step)
    others = np.array([gap(one, shift) for one in without])
    spread = float(jackknife(others))
    return spread / abs(slope) if slope else float("inf")
