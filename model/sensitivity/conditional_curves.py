"""What the strategies are expected to pay along one quantity, or over a grid of two."""

from dataclasses import dataclass

import numpy as np

from model.numerics.arrays import Array, Integers
from model.numerics.local_regression import (
    Axis,
    axis_at,
    axis_of,
    local_means,
    means_of_sums,
    score_errors,
)
from model.numerics.rank_bins import BlockSums, RankBins, block_sums, rank_bins
from model.numerics.standard_errors import error_of_sum

__all__ = [
    "Curve",
    "Ends",
    "Surface",
    "conditional_ends",
    "curve_of_sums",
    "ends_of_sums",
    "expected_given",
    "expected_given_two",
]

#: The curve's points: how far out, in normal scores; draws on either side beyond which none is
#: drawn; the step.
_FURTHEST = 3.0
_BEYOND = 50
_STEP = 0.1
#: A map goes from the 2nd to the 98th percentile.
_MAPPED = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Expected payoffs along one quantity.

    Attributes
    ----------
    score, value : array (point,)
        Normal score of the rank, increasing, and the quantity's value there.
    mean : array (point, problem, strategy)
        Expected payoffs given the quantity.
    error : array (block, point, problem, strategy)
        What each block of draws adds to the error of the mean: the errors are their sums.
    weight : array (bin,)
        Draws in each of the bins that the quantity was put into.
    few : bool
        Whether the quantity has a few values only, each a point: no curve goes between them.
    """

    score: Array
    value: Array
    mean: Array
    error: Array
    weight: Array
    few: bool

    def gap(self, problem: int, best: int) -> tuple[Array, Array, Integers]:
        """Lead of the strategy `best` over the best of the others, its standard error, and which.

        Each is (point,).

        Parameters
        ----------
        problem : int
            Place of the decision.
        best : int
            Place of the strategy.

        Returns
        -------
        gap : array (point,)
            In the payoffs' unit; below 0 where another is better.
        error : array (point,)
            Its standard error.
        next_ : array of int (point,)
            Place of the best of the others.
        """
        mean = self.mean[:, problem]
        others = mean.copy()
        others[:, best] = -np.inf
        next_ = others.argmax(axis=1)
        points = np.arange(len(mean))
        gap = mean[points, best] - mean[points, next_]
        error = self.error[:, points, problem, best] - self.error[:, points, problem, next_]
        return gap, error_of_sum(error), next_


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Expected payoffs over a grid of two quantities.

    Attributes
    ----------
    x, y : array
        Values of the two quantities.
    mean : array (x, y, strategy)
        Expected payoffs.
    draws : array (x, y)
        Draws behind them.
    """

    x: Array
    y: Array
    mean: Array
    draws: Array


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Outcomes with a quantity at a low and at a high value.

    Attributes
    ----------
    value : array (end,)
        The two values.
    mean : array (end, outcome)
        The conditional means.
    error : array (block, end, outcome)
        What each block adds to the error of the mean at the quantile: the errors are their sums.
    """

    value: Array
    mean: Array
    error: Array


def conditional_ends(
    values: Array, outcomes: Array, block: Integers, probabilities: tuple[float, float]
) -> Ends:
    """E[outcome | quantity = q] at two quantiles q of the quantity: two points of its curve.

    For an event, whatever the probabilities, the two points are its two values.

    Parameters
    ----------
    values : array (row,)
        Draws of the quantity.
    outcomes : array (row, outcome)
        Draws of the outcomes.
    block : array (row,)
        Block of each row, from 0.
    probabilities : (float, float)
        Of the quantiles, in increasing order.

    Returns
    -------
    Ends
        In the units of the quantity and of the outcomes.
    """
    bins = rank_bins(values)
    sums = block_sums([bins], block, outcomes)
    return ends_of_sums(values, bins, sums, block, probabilities)


def ends_of_sums(
    values: Array,
    bins: RankBins,
    sums: BlockSums,
    block: Integers,
    probabilities: tuple[float, float],
) -> Ends:
    """The same from sums of the outcomes.

    Parameters
    ----------
    values : array (row,)
        Draws of the quantity.
    bins : RankBins
        The same draws by rank.
    sums : BlockSums
        Of the outcomes (block, bin, outcome).
    block : array (row,)
        Block of each row, from 0.
    probabilities : (float, float)
        Of the quantiles, in increasing order.

    Returns
    -------
    Ends
        In the units of the quantity and of the outcomes.
    """
    from scipy.special import ndtri

    axis = axis_at(bins, np.asarray(ndtri(probabilities)))
    found = means_of_sums([axis], sums)
    ends = _ends(axis, probabilities)
    value = axis.value[ends]
    away = score_errors(values[:, None] <= value, block)
    error = found.error[:, ends] + away[..., None] * found.slope[0, ends]
    return Ends(value, found.mean[ends], error)


def _ends(axis: Axis, probabilities: tuple[float, float]) -> Integers:
    """Which points of the axis are at the two quantiles."""
    bins = axis.bins
    if not bins.few or len(bins.weight) == 2:
        return np.arange(2)
    below = np.cumsum(bins.weight) / bins.weight.sum()
    return np.searchsorted(below[:-1], probabilities)


def expected_given(values: Array, payoffs: Array, starts: Integers) -> Curve:
    """Expected payoffs given a quantity.

    Parameters
    ----------
    values : array (row,)
        Draws of the quantity, block by block.
    payoffs : array (row, problem, strategy)
        Payoffs of the same draws.
    starts : array (block + 1,)
        First row of each block, and the end.

    Returns
    -------
    Curve
    """
    bins, block = rank_bins(values), np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return curve_of_sums(bins, block_sums([bins], block, payoffs))


def curve_of_sums(bins: RankBins, sums: BlockSums) -> Curve:
    """The same from sums of the payoffs.

    Parameters
    ----------
    bins : RankBins
        The quantity.
    sums : BlockSums
        Of the payoffs (block, bin, problem, strategy).

    Returns
    -------
    Curve
    """
    axis = axis_at(bins, _scores(len(bins.ordered)))
    found = means_of_sums([axis], sums)
    return Curve(axis.score, axis.value, found.mean, found.error, bins.weight, bins.few)


def expected_given_two(first: Array, second: Array, payoffs: Array, points: int = 21) -> Surface:
    """Expected payoffs of one problem given two quantities, from their 2nd to 98th percentile.

    Parameters
    ----------
    first : array (row,)
        Draws of the one quantity.
    second : array (row,)
        Draws of the other.
    payoffs : array (row, strategy)
        Payoffs of the same draws.
    points : int
        Values of each quantity.

    Returns
    -------
    Surface
    """
    score = np.linspace(-_MAPPED, _MAPPED, points)
    x, y = axis_of(first, score), axis_of(second, score)
    found = local_means([x, y], payoffs, np.zeros(len(payoffs), np.int64))
    return Surface(x.value, y.value, found.mean, found.draws)


def _scores(rows: int) -> Array:
    """Normal scores of a curve's points, for so many draws."""
    from scipy.special import ndtri

    # Of fewer than 110 draws or so, what lies around the median is all that is drawn.
    beyond = min(max(_BEYOND / rows, 1e-9), 0.5)
    count = max(int(min(_FURTHEST, float(-ndtri(beyond))) / _STEP), 1)
    return np.asarray(np.arange(-count, count + 1) * _STEP, np.float64)
