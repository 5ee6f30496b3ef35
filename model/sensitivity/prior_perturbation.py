"""How far a prior would have to move before the decision changes, read from the draws at hand.

Let a prior's normal score move by δ, the correlated ones following as in the Gaussian copula that
joins them. The likelihood ratio of the moved joint prior to the old one, exp(δz − δ²/2), is then a
function of that one score z: so E[npv] after the move is the mean of E[npv | z] over the moved z.
No model need be run again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from model.numerics.arrays import Array
from model.numerics.labelled_draws import Column, Outcome, input_columns, unlabel
from model.numerics.rank_bins import BlockSums, block_sums, rank_bins
from model.numerics.standard_errors import jackknife
from model.numerics.threads import in_threads
from model.sensitivity.reversal import reversal_distances
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Move", "moves_of_sums", "prior_perturbation"]


#: The multiples that are tried first, in standard scores.
_STEP = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class _Binned:
    """Payoffs in bins of one quantity's rank.

    Attributes
    ----------
    weight : array (bin,)
        Draws in each bin.
    total : array (bin, problem, strategy)
        Sums of the payoffs in each bin.
    edge : array (bin + 1,)
        Normal scores between the bins, infinite at the ends.
    """

    weight: Array
    total: Array
    edge: Array

    @classmethod
    def of(cls, weight: Array, total: Array) -> "_Binned":
        """Of draws and sums of payoffs in each bin."""
        from scipy.special import ndtri

        below = np.append(0.0, np.cumsum(weight)) / weight.sum()
        return cls(weight, total, np.asarray(ndtri(below.clip(0.0, 1.0))))

    def shares(self, shift: float) -> Array:
        """Probability of each bin (bin,) after the move."""
        from scipy.special import ndtr

        return np.asarray(np.diff(ndtr(self.edge - shift)))

    def expected(self, shift: float) -> Array:
        """Expected payoffs (problem, strategy) after the move."""
        each = self.shares(shift) / np.maximum(self.weight, 1.0)
        return np.asarray(np.tensordot(each, self.total, 1))

    def effective(self, shift: float) -> float:
        """Effective number of draws behind the expected payoffs."""
        return float(1.0 / (self.shares(shift) ** 2 / self.weight).sum())


@dataclass(frozen=True, slots=True)
class Move:
    """Where the decision of one problem changes as the prior of one quantity moves.

    Attributes
    ----------
    shift, error, effective_draws : float
        The move in standard scores, NaN where there is none, its standard error, and the draws
        behind it.
    after : str
        The best strategy beyond it.
    """

    shift: float
    error: float
    effective_draws: float
    after: str


def prior_perturbation(
    npv: "xr.DataArray", inputs: "xr.Dataset", limit: float = 2.0, step: float = _STEP
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
    each = in_threads(
        lambda one: _moves(one, bare, names, limit, step), input_columns(inputs, npv, bare)
    )
    shape = (len(inputs.data_vars), problems.size)
    found = {name: np.full(shape, np.nan) for name in ("shift", "shift_se", "effective_draws")}
    after = np.full(shape, "", dtype=npv["strategy"].dtype)
    for cell, move in chain.from_iterable(each):
        found["shift"][cell], found["shift_se"][cell] = move.shift, move.error
        found["effective_draws"][cell], after[cell] = move.effective_draws, move.after
    best = bare.values.mean(axis=0).reshape(-1, len(names)).argmax(axis=1)
    dims, sizes = ("input", *problems.dims), (shape[0], *problems.shape)
    cells = found | {"after": after}
    tables = {name: (dims, table.reshape(sizes)) for name, table in cells.items()}
    before = (problems.dims, np.array(names)[best].reshape(problems.shape))
    coords = dict(problems.coords) | {"input": list(map(str, inputs.data_vars))}
    return xr.Dataset(tables | {"before": before}, coords=coords)


def _moves(
    one: Column, bare: Outcome, names: list[str], limit: float, step: float
) -> list[tuple[tuple[int, int], Move]]:
    """Places of a quantity and of every problem that its draws belong to, and the move there."""
    own = one.outcomes.reshape(-1, len(names))
    sums = block_sums([rank_bins(one.values)], bare.block, bare.values[:, own])
    moves = moves_of_sums(sums, names, limit, step)
    return [
        ((one.position, int(problem) // len(names)), move)
        for problem, move in zip(own[:, 0], moves, strict=True)
    ]


def moves_of_sums(
    sums: BlockSums, names: Sequence[str], limit: float, step: float = _STEP
) -> list[Move]:
    """The smallest move of one quantity's prior that makes another strategy best.

    Parameters
    ----------
    sums : BlockSums
        Of the payoffs (block, bin, problem, strategy).
    names : sequence of str
        The strategies.
    limit : float
        Largest move, in standard scores of the prior.
    step : float
        The multiples that are tried first, in standard scores.

    Returns
    -------
    list of Move
        One a problem.
    """
    binned = _Binned.of(sums.weight.sum(axis=0), sums.total.sum(axis=0))
    reversals = reversal_distances(binned.expected, names, limit, step)
    moves = []
    for place, reversal in enumerate(reversals):
        at, error, after = limit, np.nan, ""
        if reversal is not None:
            at, after = reversal.shift, reversal.after
            pair = [names.index(reversal.before), names.index(after)]
            error = _error(binned, sums, (place, pair), at)
        shift = np.nan if reversal is None else at
        moves.append(Move(shift, error, binned.effective(at), after))
    return moves


def _error(whole: _Binned, sums: BlockSums, which: tuple[int, list[int]], shift: float) -> float:
    """Standard error of the shift at which two strategies of a problem tie (jackknife)."""
    place, (before, after) = which

    def gap(binned: _Binned, at: float) -> float:
        values = binned.expected(at)[place]
        return float(values[after] - values[before])

    step = 1e-3
    slope = (gap(whole, shift + step) - gap(whole, shift - step)) / (2.0 * step)
    others = np.array(
        [
            gap(_Binned.of(whole.weight - weight, whole.total - total), shift)
            for weight, total in zip(sums.weight, sums.total, strict=True)
        ]
    )
    spread = float(jackknife(others))
    return spread / abs(slope) if slope else float("inf")
