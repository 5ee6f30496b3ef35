"""Which input tells two groups of draws apart: Kolmogorov and Smirnov's distance."""

from dataclasses import dataclass

import numpy as np

from model.numerics.arrays import Array, Flags, Integers
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


def distance(values: Array, order: Integers, better: Flags, starts: Integers) -> Distance:
    """Compare an input between the draws where the outcome is better and those where it is not.

    Parameters
    ----------
    values : array (row,)
        Draws of the input, block by block.
    order : array (row,)
        Rows in increasing order of the input.
    better : array (row,)
        To which group each row belongs.
    starts : array (block + 1,)
        First row of each block, and the end.

    Returns
    -------
    Distance
        NaN, but for the medians, where all draws are of one group.
    """
    ordered, group = values[order], better[order]
    below = np.cumsum(group)
    count = int(below[-1])
    rows = len(order)
    if count in (0, rows):
        medians = (_median(ordered[group]), _median(ordered[~group]))
        return Distance(np.nan, np.nan, np.nan, medians)
    last = np.append(ordered[1:] != ordered[:-1], True)
    gap = below / count - (np.arange(1, rows + 1) - below) / (rows - count)
    place = int(np.argmax(np.where(last, np.abs(gap), -1.0)))
    return Distance(
        float(abs(gap[place])),
        _error(values <= ordered[place], better, starts),
        float(ordered[place]),
        (_median(ordered[group]), _median(ordered[~group])),
    )


def _median(values: Array) -> float:
    """Median of values; NaN where there are none."""
    return float(np.median(values)) if len(values) else float("nan")


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
