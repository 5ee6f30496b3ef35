"""Conditional means of outcomes given one quantity or two: the one smoother of a report.

A local quadratic regression (Fan and Gijbels 1996) on the normal score of the quantity's rank, so
that neither its unit nor its tails matter, its draws first put into narrow bins. Local, so that a
heavy tail at one end does not bend the other. Epanechnikov's kernel; with two quantities, the
product of two. Everything correlated with the quantities follows them.

A value that many draws share (an event, a class, a bound) is conditioned on as it is.

No library serves: statsmodels and SciPy smooth draw by draw, with neither ties nor what each block
of draws adds to the error; and scikit-learn has no local polynomials.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np

from model.numerics.arrays import Array, ByBlock, ByRow, Flags, Integers
from model.numerics.rank_bins import BlockSums, RankBins, block_sums, rank_bins

__all__ = [
    "Axis",
    "LocalMeans",
    "axis_at",
    "axis_of",
    "local_means",
    "means_of_sums",
    "score_errors",
]

#: Half the width of the window in normal scores, at this many draws, by number of quantities; it
#: narrows slowly with more draws.
_HALF_WIDTH = {1: 0.5, 2: 0.7}
_AT_DRAWS = 65536
#: Draws (of few draws, this share) and bins that a window must hold; else it is widened.
_FEWEST = 200
_FEWEST_SHARE = 0.25
_FEWEST_BINS = 4
_WIDER = 1.3
#: A value that makes up this share of the draws is conditioned on as it is.
_ATOM = 0.01
#: Draws' worth of weight that holds the slopes in a corner of two quantities without draws.
_RIDGE = {1: 0.0, 2: 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One quantity, and the points at which means given it are wanted.

    Attributes
    ----------
    bins : RankBins
        Its draws by rank.
    score : array (point,)
        Normal score of the rank of each point.
    value : array (point,)
        The quantity's value there.
    shared : array (bin,)
        Whether the bin is of a single value that many draws share.
    inside : array (point,)
        Bin in which each point is.
    """

    bins: RankBins
    score: Array
    value: Array
    shared: Flags
    inside: Integers


@dataclass(frozen=True, slots=True, eq=False)
class LocalMeans:
    """Conditional means of several outcomes at points of one quantity, or of a grid of two.

    Attributes
    ----------
    mean : array (…point, …outcome)
        The conditional means; one point dimension a quantity.
    slope : array (quantity, …point, …outcome)
        Their slopes in each quantity's normal score; 0 at a value that many draws share.
    error : array (block, …point, …outcome)
        What each block adds to the error of the mean at the point's own value: the errors are
        their sums (`standard_errors.error_of_sum`).
    draws : array (…point,)
        Draws in the window, weighted by the kernel.
    """

    mean: Array
    slope: Array
    error: ByBlock
    draws: Array


class _Windows(NamedTuple):
    """Kernel weights of one quantity's bins around each point.

    Attributes
    ----------
    half : array (point,)
        Half the width of each window.
    moment : list of array (point, bin)
        Kernel times powers 0 … 4 of the distance, in half widths.
    """

    half: Array
    moment: list[Array]


def axis_of(values: ByRow, score: Array | None = None) -> Axis:
    """The points of a quantity at these normal scores of its rank.

    Parameters
    ----------
    values : array (row,)
        Draws of the quantity.
    score : array (point,), optional
        If left out, or if the quantity has a few values only, each bin is a point.

    Returns
    -------
    Axis
    """
    return axis_at(rank_bins(values), score)


def axis_at(bins: RankBins, score: Array | None = None) -> Axis:
    """The same of a quantity that is binned already.

    Parameters
    ----------
    bins : RankBins
        Of the quantity.
    score : array (point,), optional
        As for `axis_of`.

    Returns
    -------
    Axis
    """
    from scipy.special import ndtr

    ordered = bins.ordered
    ends = np.cumsum(bins.weight).astype(np.int64)
    if score is None or bins.few:
        places = ends - 1
        inside = np.arange(len(ends))
        score = bins.score
    else:
        places = np.minimum((ndtr(score) * len(ordered)).astype(np.int64), len(ordered) - 1)
        inside = np.searchsorted(ends, places, side="right")
    shared = ordered[ends - 1] == ordered[(ends - bins.weight).astype(np.int64)]
    shared &= (bins.weight >= max(2.0, _ATOM * len(ordered))) | bins.few
    return Axis(bins, score, ordered[places], shared, inside)


def local_means(axes: Sequence[Axis], outcomes: ByRow, block: Integers) -> LocalMeans:
    """E[outcome | quantities] at the points of one axis, or on the grid of two.

    Parameters
    ----------
    axes : sequence of Axis
        One or two quantities.
    outcomes : array (row, …)
        Draws of the outcomes.
    block : array (row,)
        Block of each row, from 0; all 0 where no error is wanted, which is then 0.

    Returns
    -------
    LocalMeans
    """
    return means_of_sums(axes, block_sums([one.bins for one in axes], block, outcomes))


def means_of_sums(axes: Sequence[Axis], sums: BlockSums) -> LocalMeans:
    """The same from sums of the outcomes, which is all that it takes.

    Parameters
    ----------
    axes : sequence of Axis
        One or two quantities.
    sums : BlockSums
        Of the outcomes in their bins; of a single block where no error is wanted.

    Returns
    -------
    LocalMeans
    """
    outcomes = sums.total.shape[1 + len(axes) :]
    sums = BlockSums(sums.weight, sums.total.reshape(*sums.weight.shape, -1))
    windows = [_windows(one, round(sums.weight.sum()), len(axes)) for one in axes]
    powers = [one for one in product(range(3), repeat=len(axes)) if sum(one) <= 2]
    powers.sort(key=lambda one: (sum(one), [-power for power in one]))
    whole = BlockSums(sums.weight.sum(axis=0)[None], sums.total.sum(axis=0)[None])
    matrix, right = (one[0] for one in _equations(windows, powers, whole))
    draws = matrix[..., 0, 0].copy()
    regular = _regular(matrix, _RIDGE[len(axes)])
    fitted = np.linalg.solve(regular, right)
    influence = np.linalg.solve(regular, np.eye(len(powers))[:, :1])[..., 0]
    error = np.zeros((len(sums.weight), *fitted[..., 0, :].shape))
    if len(error) > 1:
        matrices, rights = _equations(windows, powers, sums)
        error = np.einsum("...t,b...to->b...o", influence, rights - matrices @ fitted)
    shape = (*draws.shape, *outcomes)
    slopes = [
        fitted[..., 1 + place, :] / _along(window.half, place, len(axes))[..., None]
        for place, window in enumerate(windows)
    ]
    return LocalMeans(
        fitted[..., 0, :].reshape(shape),
        np.stack(slopes).reshape(len(axes), *shape),
        error.reshape(len(error), *shape),
        draws,
    )


def score_errors(below: Flags, block: Integers) -> ByBlock:
    """What each block adds to the error of quantiles' normal scores (block, point).

    R. R. Bahadur, Annals of Mathematical Statistics 37 (1966), 577. Quasi-random draws hit the
    quantiles. Times the slope, it is what not knowing the quantile adds to a mean's error.

    Parameters
    ----------
    below : array (row, point)
        Which draws are at or below each quantile.
    block : array (row,)
        Block of each row, from 0.

    Returns
    -------
    array (block, point)
        In normal scores; 0 where all draws or none are below the quantile.
    """
    from scipy.special import ndtri

    size, columns = np.bincount(block), np.ascontiguousarray(below.T)
    counts = np.array([np.bincount(block[one], minlength=len(size)) for one in columns])
    share = counts.sum(axis=1) / len(below)
    missing = share[:, None] * size - counts
    with np.errstate(invalid="ignore"):
        density = np.exp(-(ndtri(share) ** 2) / 2.0) / np.sqrt(2.0 * np.pi)
    inside = (share > 0.0) & (share < 1.0)
    return np.where(inside, missing.T / len(below) / np.where(inside, density, 1.0), 0.0)


def _windows(axis: Axis, rows: int, dimensions: int) -> _Windows:
    """The kernel around each point, as wide as it takes to hold enough draws and bins.

    Values that many draws share are no neighbours of others, unless there is little else.
    """
    narrowing = (_AT_DRAWS / rows) ** (1 / (8 + dimensions))
    half = np.full(len(axis.score), _HALF_WIDTH[dimensions] * narrowing)
    fewest = min(_FEWEST, _FEWEST_SHARE * rows)
    away = axis.bins.score - axis.score[:, None]
    alone = axis.shared[axis.inside]
    single = ~axis.shared
    if axis.bins.weight[single].sum() < fewest or single.sum() < _FEWEST_BINS:
        single = np.ones_like(single)
    while True:
        near = (np.abs(away) < half[:, None]) & single
        enough = (near @ axis.bins.weight >= fewest) & (near.sum(axis=1) >= _FEWEST_BINS)
        if (enough | alone).all():
            break
        half[~(enough | alone)] *= _WIDER
    distance = away / half[:, None]
    kernel = np.maximum(1.0 - distance**2, 0.0) * single
    kernel[alone] = np.eye(len(single))[axis.inside[alone]]
    distance[alone] = 0.0
    return _Windows(half, [kernel * distance**power for power in range(5)])


def _equations(
    windows: Sequence[_Windows], powers: Sequence[tuple[int, ...]], sums: BlockSums
) -> tuple[Array, Array]:
    """Normal equations at each point: (block, …point, term, term), (block, …point, term, outcome).

    A term is the product of a power of the distance from each quantity's point.
    """
    orders = sorted({tuple(map(sum, zip(*two, strict=True))) for two in product(powers, repeat=2)})
    counts = {
        order: _contracted(windows, order, sums.weight[..., None])[..., 0] for order in orders
    }
    matrix = [
        [counts[tuple(map(sum, zip(one, two, strict=True)))] for two in powers] for one in powers
    ]
    right = [_contracted(windows, order, sums.total) for order in powers]
    return np.moveaxis(np.array(matrix), (0, 1), (-2, -1)), np.stack(right, axis=-2)


def _contracted(windows: Sequence[_Windows], order: tuple[int, ...], table: Array) -> Array:
    """The kernel's moments of a table (block, …bin, column): (block, …point, column)."""
    for place, (window, power) in enumerate(zip(windows, order, strict=True), start=1):
        table = np.moveaxis(np.tensordot(window.moment[power], table, (1, place)), 0, place)
    return table


def _regular(matrix: Array, ridge: float) -> Array:
    """The matrix (…, term, term) with a ridge on the slopes, and 1 for slopes there are not."""
    terms = np.arange(matrix.shape[-1])
    diagonal = matrix[..., terms, terms]
    held = np.where(terms > 0, ridge, 0.0) + 1e-9 * (ridge > 0.0)
    regular = matrix.copy()
    regular[..., terms, terms] = np.where(diagonal == 0.0, 1.0, diagonal + held)
    return regular


def _along(values: Array, place: int, dimensions: int) -> Array:
    """Values (point,) along one dimension of several."""
    return values.reshape([-1 if one == place else 1 for one in range(dimensions)])
