"""A quantity's draws put into bins by rank: what the estimators see of it.

Ranks rather than values, so that heavy tails and units do not matter. The bins are equally wide in
the normal score of the rank: many draws each in the middle, a few each in the tails, where a
decision on a heavy-tailed quantity often turns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.numerics.arrays import Array, ByBlock, ByRow, Integers
from model.numerics.jit import njit

__all__ = ["FEW", "BlockSums", "RankBins", "block_sums", "rank_bins", "sums_by_cell"]

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
    ordered : array (row,)
        The draws from low to high.
    """

    cell: Integers
    weight: Array
    score: Array
    ordered: ByRow

    @property
    def few(self) -> bool:
        """Whether it has so few values that each has a bin to itself."""
        return len(self.weight) <= FEW


@dataclass(frozen=True, slots=True, eq=False)
class BlockSums:
    """What the draws of each block have in each bin.

    Attributes
    ----------
    weight : array (block, …bin)
        Rows; one bin dimension a quantity.
    total : array (block, …bin, …outcome)
        Sums of the outcomes.
    """

    weight: ByBlock
    total: ByBlock


def rank_bins(values: ByRow) -> RankBins:
    """Bin `values` (row,) by rank; equal values share a bin.

    Parameters
    ----------
    values : array (row,)
        Draws in any order and unit, all finite.

    Returns
    -------
    RankBins
        About 256 bins at most.
    """
    from scipy.special import ndtr, ndtri

    ordered = np.sort(values)
    rows = len(ordered)
    firsts = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    if len(firsts) >= _BINS:
        scores = np.linspace(-_OUTERMOST, _OUTERMOST, _BINS + 1)[1:-1]
        places = np.clip((ndtr(scores) * rows).astype(np.int64), firsts[0], rows - 1)
        firsts = np.unique(np.searchsorted(ordered, ordered[places]))
    cell = _cells(np.ascontiguousarray(values), ordered[firsts])
    weight = np.diff([0, *firsts, rows]).astype(np.float64)
    middle = ndtri((np.cumsum(weight) - weight / 2) / rows)
    return RankBins(cell, weight, middle, ordered)


def _cells(values: ByRow, lows: Array) -> Integers:
    """How many of the ascending `lows` are at or below each value (row,)."""
    padded = np.full((1 << len(lows).bit_length()) - 1, np.inf)
    padded[: len(lows)] = lows
    cell = np.zeros(len(values), np.int64)
    _count(values, padded, cell)
    return cell


@njit()
def _count(values: ByRow, lows: Array, cell: Integers) -> None:
    """Count in `cell`, from 0, the `lows` at or below each value, of which there are 2ⁿ − 1.

    By halving, one step for all values before the next, so that the processor takes several at a
    time and need not guess.
    """
    step = (lows.size + 1) // 2
    while step > 0:
        for row in range(values.size):
            further = cell[row] + step
            cell[row] = further if lows[further - 1] <= values[row] else cell[row]
        step //= 2


def block_sums(bins: Sequence[RankBins], block: Integers, outcomes: ByRow) -> BlockSums:
    """Rows and sums of outcomes in each block and bin.

    Parameters
    ----------
    bins : sequence of RankBins
        Of one quantity, or of several that are binned together.
    block : array (row,)
        Block of each row, from 0.
    outcomes : array (row, …)
        What is summed.

    Returns
    -------
    BlockSums
    """
    shape = (int(block.max()) + 1, *(len(one.weight) for one in bins))
    cells = block
    for one in bins:
        cells = cells * len(one.weight) + one.cell
    count = int(np.prod(shape))
    total = sums_by_cell(cells, outcomes.reshape(len(outcomes), -1), count)
    weight = np.bincount(cells, minlength=count).astype(np.float64)
    return BlockSums(weight.reshape(shape), total.reshape(*shape, *outcomes.shape[1:]))


def sums_by_cell(cells: Integers, values: ByRow, count: int) -> Array:
    """Sums (cell, column) of values (row, column) by cell (row,), all columns in one go.

    Rows are added in their order, so that the result has the same bytes on any machine.

    Parameters
    ----------
    cells : array (row,)
        Cell of each row, from 0.
    values : array (row, column)
        What is summed.
    count : int
        Number of cells.

    Returns
    -------
    array (cell, column)
        0 for a cell without rows.
    """
    total = np.zeros((count, values.shape[1]))
    _add_rows(cells, np.ascontiguousarray(values, np.float64), total)
    return total


@njit()
def _add_rows(cells: Integers, values: ByRow, total: Array) -> None:
    """Add each row of `values` (row, column) to its cell's of `total` (cell, column)."""
    for row in range(cells.size):
        out = total[cells[row]]
        for column in range(values.shape[1]):
            out[column] += values[row, column]
