"""A quantity's draws put into bins by rank: what the estimators see of it.

Ranks rather than values, so that heavy tails and units do not matter. The bins are equally wide in
the normal score of the rank: many draws each in the middle, a few each in the tails, where a
decision on a heavy-tailed quantity often turns.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["FEW", "RankBins", "orthonormal_polynomials", "rank_bins"]

type Array = npt.NDArray[np.float64]
type Integers = npt.NDArray[np.int64]

#: A quantity with no more values than this is an event or a class: each value is a group.
FEW = 10
_BINS = 256
#: Score of the outermost edge: one draw in 120,000 lies beyond.
_OUTERMOST = 4.3


@dataclass(frozen=True, slots=True, eq=False)
class RankBins:
    """Bins of a quantity, from low to high.

    Attributes
    ----------
    cell : array (row,)
        Bin of each row.
    weight : array (bin,)
        Rows in each bin, at least one.
    score : array (bin,)
        Normal score of the bin's middle rank.
    """

    cell: Integers
    weight: Array
    score: Array

    @property
    def few(self) -> bool:
        """Whether it has so few values that each has a bin to itself."""
        return len(self.weight) <= FEW


def rank_bins(values: Array) -> RankBins:
    """Bin `values` (row,) by rank; equal values share a bin."""
    from scipy.special import ndtr, ndtri

    order = np.argsort(values)
    ordered = values[order]
    rows = len(ordered)
    firsts = np.flatnonzero(np.diff(ordered)) + 1
    if len(firsts) >= _BINS:
        scores = np.linspace(-_OUTERMOST, _OUTERMOST, _BINS + 1)[1:-1]
        places = np.clip((ndtr(scores) * rows).astype(np.int64), firsts[0], rows - 1)
        firsts = np.unique(np.searchsorted(ordered, ordered[places]))
    counts = np.diff([0, *firsts, rows])
    cell = np.empty(rows, np.int64)
    cell[order] = np.repeat(np.arange(len(counts)), counts)
    weight = counts.astype(np.float64)
    return RankBins(cell, weight, ndtri((np.cumsum(weight) - weight / 2) / rows))


def orthonormal_polynomials(bins: RankBins, degree: int) -> Array:
    """Polynomials of degree 1 … `degree` in the score, orthonormal over the rows: (degree, bin).

    Fewer where there are not enough bins to tell them apart.
    """
    degree = min(degree, len(bins.weight) - 1)
    share = np.sqrt(bins.weight / bins.weight.sum())
    scaled = bins.score / max(1.0, float(np.abs(bins.score).max()))
    powers = np.polynomial.legendre.legvander(scaled, degree)
    basis, triangle = np.linalg.qr(powers * share[:, None])
    signs = np.sign(np.diag(triangle))
    return np.asarray((basis * signs / share[:, None]).T[1:], np.float64)
