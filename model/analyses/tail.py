"""What the far draws carry of a mean, from each chain's largest draws alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from model.analyses.results.levers import Tail
from model.analyses.results.record import Figure
from model.numerics.arrays import Array
from model.numerics.pooled import MARGIN, ShortPieceError
from model.numerics.standard_errors import jackknife
from model.numerics.threads import in_threads

__all__ = ["tail_of"]

#: Share of the draws that is called the tail.
_TAIL = 0.01
_LONGER = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class _Largest:
    """The draws of one chain that are largest in size, which none left out exceeds.

    `floor` is the size of the smallest, 0 where none is left out; `total` is of all `size` draws.
    """

    values: Array
    floor: float
    total: float
    size: int


def tail_of(draws: Callable[[int], Array], chains: int, margin: float = MARGIN) -> Tail:
    """What the 1 % of draws that are largest in size carry of the mean; errors by jackknife.

    Parameters
    ----------
    draws : callable
        Place of a chain to its draws (draw,), in any unit; called from several threads.
    chains : int
        Number of chains.
    margin : float
        By how many standard deviations of the tail's number of draws in a chain more of them are
        kept; the figures are the same whatever it is.

    Returns
    -------
    Tail
    """
    found = in_threads(lambda chain: _largest(draws(chain), margin), range(chains))
    try:
        share, without = _carried(found)
        each = np.array([_carried(found[:k] + found[k + 1 :]) for k in range(chains)])
    except ShortPieceError:
        return tail_of(draws, chains, _LONGER * margin)
    errors = jackknife(each)
    return Tail(Figure(share, float(errors[0])), Figure(without, float(errors[1])))


def _largest(draws: Array, margin: float) -> _Largest:
    size, total = len(draws), float(draws.sum())
    # A tenth more: without one chain, the others' tail is of more of each.
    count = ceil(1.1 * _TAIL * size + margin * sqrt(_TAIL * size)) + 2
    if count >= size:
        return _Largest(draws, 0.0, total, size)
    place = size - count
    kept = draws[np.argpartition(np.abs(draws), place)[place:]]
    return _Largest(kept, float(np.abs(kept).min()), total, size)


def _carried(chains: Sequence[_Largest]) -> tuple[float, float]:
    """Part of the sum of all draws that is the tail's, NaN of a sum of 0; mean of the others."""
    size, total = sum(one.size for one in chains), sum(one.total for one in chains)
    count = max(1, round(_TAIL * size))
    values = np.concatenate([one.values for one in chains])
    place = len(values) - count
    if place < 0:
        raise ShortPieceError
    order = np.argpartition(np.abs(values), place) if place else np.arange(len(values))
    tail = values[order[place:]]
    if np.abs(tail).min() < max(one.floor for one in chains):
        raise ShortPieceError
    carried = float(tail.sum())
    return (carried / total if total else np.nan), (total - carried) / (size - count)
