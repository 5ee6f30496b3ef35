"""Which input tells two groups of draws apart: Kolmogorov and Smirnov's distance."""

from dataclasses import dataclass

import numpy as np

from model.numerics.arrays import Array, Flags, Integers
from model.numerics.jit import njit
from model.numerics.standard_errors import error_of_sum

__all__ = ["Distance", "distance"]


@dataclass(frozen=True, slots=True, eq=False)
class Distance:
    """How far apart an input's distribution is in two groups of draws.

    Attributes
    ----------
    distance : float
        Largest difference of the two distribution functions, in absolute value.
    se : float
        Its standard error: that of the difference at the place of the largest, across blocks.
    at : float
        The value of the input at which it is reached.
    medians : tuple of float
        Median of the input where the outcome is better, and where it is not.
    """

    distance: float
    se: float
    at: float
    medians: tuple[float, float]


def distance(values: Array, better: Flags, starts: Integers) -> Distance:
    """Compare an input between the draws where the outcome is better and those where it is not.

    Parameters
    ----------
    values : array (row,)
        Draws of the input, block by block.
    better : array (row,)
        To which group each row belongs.
    starts : array (block + 1,)
        First row of each block, and the end.

    Returns
    -------
    Distance
        NaN, but for the medians, where all draws are of one group.
    """
    groups = np.sort(values[better]), np.sort(values[~better])
    medians = (_median(groups[0]), _median(groups[1]))
    if not all(map(len, groups)):
        return Distance(np.nan, np.nan, np.nan, medians)
    gap, at = _farthest(*groups)
    return Distance(abs(gap), _error(values <= at, better, starts), at, medians)


@njit()
def _farthest(one: Array, other: Array) -> tuple[float, float]:
    """The largest difference of two distribution functions, of ordered values, and where it is."""
    most, at = 0.0, min(one[0], other[0])
    below, beside = 0, 0
    while below < one.size or beside < other.size:
        value = np.inf
        if below < one.size:
            value = one[below]
        if beside < other.size:
            value = min(value, other[beside])
        while below < one.size and one[below] <= value:
            below += 1
        while beside < other.size and other[beside] <= value:
            beside += 1
        gap = below / one.size - beside / other.size
        if abs(gap) > abs(most):
            most, at = gap, value
    return most, at


def _median(ordered: Array) -> float:
    """Median of ordered values; NaN where there are none."""
    size = len(ordered)
    return float(ordered[(size - 1) // 2 : size // 2 + 1].mean()) if size else float("nan")


def _error(inside: Flags, better: Flags, starts: Integers) -> float:
    """Standard error of P(inside | better) − P(inside | not better), linearised, across blocks."""
    error = np.zeros(len(starts) - 1)
    for group, sign in ((better, 1.0), (~better, -1.0)):
        whole, part = (_counts(flags, starts) for flags in (group, inside & group))
        error += sign * (part - whole * (part.sum() / whole.sum())) / whole.sum()
    return float(error_of_sum(error))


def _counts(flags: Flags, starts: Integers) -> Integers:
    """How many are true in each block."""
    return np.add.reduceat(flags, starts[:-1], dtype=np.int64)
