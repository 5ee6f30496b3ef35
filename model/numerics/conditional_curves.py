"""What the strategies are expected to pay given one quantity's value, or two quantities' values.

Read from the joint draws: a local quadratic regression (Fan and Gijbels 1996) on the normal score
of the quantity's rank, its draws first put into narrow bins. Everything correlated with the
quantity follows it, and whatever made the payoffs, options included, is in them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from model.numerics.rank_bins import RankBins, rank_bins

__all__ = ["Curve", "Surface", "expected_given", "expected_given_two"]

type Array = npt.NDArray[np.float64]
type Integers = npt.NDArray[np.int64]

#: Half the width of the window in normal scores, at this many draws; it narrows slowly with more.
_HALF_WIDTH = 0.5
_HALF_WIDTH_TWO = 0.7
_AT_DRAWS = 65536
#: Draws that the window must hold, and share of the draws on either side beyond which no curve is
#: drawn.
_FEWEST = 200
_FURTHEST = 3.0
_STEP = 0.1
_BEYOND = 50


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
        """
        mean = self.mean[:, problem]
        others = mean.copy()
        others[:, best] = -np.inf
        next_ = others.argmax(axis=1)
        points = np.arange(len(mean))
        gap = mean[points, best] - mean[points, next_]
        error = self.error[:, points, problem, best] - self.error[:, points, problem, next_]
        return gap, _across(error), next_


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
    """
    bins = rank_bins(values)
    blocks, count = len(starts) - 1, len(bins.weight)
    block = np.repeat(np.arange(blocks), np.diff(starts))
    cells = block * count + bins.cell
    sums = _sums(cells, payoffs.reshape(len(payoffs), -1), blocks * count)
    sums = sums.reshape(blocks, count, -1)
    weight = np.bincount(cells, minlength=blocks * count).reshape(blocks, count)
    means = sums.sum(axis=0) / bins.weight[:, None]
    ordered = np.sort(values)
    if bins.few:
        smoother, score = np.eye(count), bins.score
        places = np.cumsum(bins.weight).astype(np.int64) - 1
    else:
        score, smoother = _smoother(bins.weight.tobytes(), bins.score.tobytes())
        places = _ranks(score, len(values))
    fitted = smoother @ means
    residual = (sums - weight[:, :, None] * means) / bins.weight[:, None]
    error = np.einsum("pc,bcn->bpn", smoother, residual)
    shape = payoffs.shape[1:]
    return Curve(
        score,
        ordered[places],
        fitted.reshape(-1, *shape),
        error.reshape(blocks, -1, *shape),
        bins.weight,
        bins.few,
    )


def expected_given_two(first: Array, second: Array, payoffs: Array, points: int = 21) -> Surface:
    """Expected payoffs of one problem given two quantities, from their 2nd to 98th percentile.

    Parameters
    ----------
    first, second : array (row,)
        Draws of the two quantities.
    payoffs : array (row, strategy)
        Payoffs of the same draws.
    points : int
        Values of each quantity.
    """
    bins = rank_bins(first), rank_bins(second)
    score = np.linspace(-2.0, 2.0, points)
    half = _HALF_WIDTH_TWO * (_AT_DRAWS / len(first)) ** (1 / 10)
    sides = [_moments_of(one, score, half) for one in bins]
    shape = tuple(len(one.weight) for one in bins)
    cells = bins[0].cell * shape[1] + bins[1].cell

    def table(weights: Array | None) -> Callable[[int, int], Array]:
        grid = np.bincount(cells, weights, shape[0] * shape[1]).reshape(shape)
        return lambda a, b: np.asarray(sides[0][a] @ grid @ sides[1][b].T)

    powers = [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2)]
    counts = table(None)
    matrix = np.empty((points, points, 6, 6))
    for i, (a, b) in enumerate(powers):
        for j, (c, d) in enumerate(powers):
            matrix[:, :, i, j] = counts(a + c, b + d)
    draws = matrix[:, :, 0, 0].copy()
    # A ridge on the slopes, which are those of a corner without draws, too.
    ridge = np.array([0.0, *[1.0] * 5])
    matrix += np.diag(ridge + 1e-9)
    right = np.empty((points, points, 6, payoffs.shape[1]))
    for strategy, one in enumerate(payoffs.T):
        sums = table(one)
        for i, (a, b) in enumerate(powers):
            right[:, :, i, strategy] = sums(a, b)
    mean = np.linalg.solve(matrix, right)[:, :, 0]
    values = [np.sort(one)[_ranks(score, len(one))] for one in (first, second)]
    return Surface(values[0], values[1], mean, draws)


def _sums(cells: Integers, values: Array, count: int) -> Array:
    """Sums (cell, column) of values (row, column) by cell (row,); all columns in one go."""
    from scipy.sparse import csc_array

    ones, starts = np.ones(len(cells)), np.arange(len(cells) + 1)
    return np.asarray(csc_array((ones, cells, starts), shape=(count, len(cells))) @ values)


@lru_cache(maxsize=8)
def _smoother(weights: bytes, scores: bytes) -> tuple[Array, Array]:
    """Scores (point,) and the matrix (point, bin) from the bins' means to the curve.

    Quantities without ties have the same bins, and so the same matrix.
    """
    weight, middle = np.frombuffer(weights), np.frombuffer(scores)
    rows = float(weight.sum())
    furthest = min(_FURTHEST, float(_score_of(max(_BEYOND / rows, 1e-9))))
    count = int(furthest / _STEP)
    score = np.arange(-count, count + 1) * _STEP
    half = _HALF_WIDTH * (_AT_DRAWS / rows) ** (1 / 9)
    smoother = np.zeros((len(score), len(weight)))
    fewest = min(_FEWEST, rows / 4)
    for point, at in enumerate(score):
        width = half
        while True:
            kernel = np.maximum(1.0 - ((middle - at) / width) ** 2, 0.0) * weight
            near = kernel > 0.0
            if weight[near].sum() >= fewest and near.sum() >= 4:
                break
            width *= 1.3
        place = (middle[near] - at) / width
        design = np.stack([np.ones_like(place), place, place**2], axis=1)
        weighted = (design * kernel[near, None]).T
        smoother[point, near] = np.linalg.solve(weighted @ design, weighted)[0]
    return np.asarray(score, np.float64), smoother


def _moments_of(bins: RankBins, score: Array, half: float) -> list[Array]:
    """Kernel times powers 0 … 4 of the distance, each (point, bin)."""
    distance = (bins.score[None] - score[:, None]) / half
    kernel = np.maximum(1.0 - distance**2, 0.0)
    return [kernel * distance**power for power in range(5)]


def _score_of(beyond: float) -> float:
    from scipy.special import ndtri

    return float(-ndtri(beyond))


def _ranks(score: Array, rows: int) -> Integers:
    """Places (point,) of normal scores among sorted draws."""
    from scipy.special import ndtr

    return np.minimum((ndtr(score) * rows).astype(np.int64), rows - 1)


def _across(error: Array) -> Array:
    """Standard error (…) of a sum of the blocks' errors (block, …)."""
    blocks = len(error)
    return np.asarray(np.sqrt((error**2).sum(axis=0) * blocks / (blocks - 1)))
