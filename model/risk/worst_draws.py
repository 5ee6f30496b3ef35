"""The mean of the worst draws, on plain arrays."""

import numpy as np

from model.numerics.arrays import Array

__all__ = ["mean_of_lowest", "mean_of_worst"]


def mean_of_worst(values: Array, probability: float) -> Array:
    """Mean (…) of the worst part of draws (…, row), the one at the boundary taken in part.

    Parameters
    ----------
    values : array (…, row)
        Draws, in any order.
    probability : float
        The part, above 0 and at most 1.

    Returns
    -------
    array (…)
        In the draws' unit.
    """
    whole = min(int(probability * values.shape[-1]), values.shape[-1] - 1)
    # Sorted, so that the sum has the same bytes whatever the order of the draws.
    lowest = np.sort(np.partition(values, whole)[..., : whole + 1])
    return mean_of_lowest(lowest, probability * values.shape[-1])


def mean_of_lowest(ordered: Array, count: float) -> Array:
    """Mean (…) of the lowest draws (…, row), the one at the boundary taken in part.

    Parameters
    ----------
    ordered : array (…, row)
        Draws in ascending order; those above the boundary may be left out.
    count : float
        How many, above 0.

    Returns
    -------
    array (…)
        In the draws' unit.
    """
    whole = min(int(count), ordered.shape[-1] - 1)
    total = ordered[..., :whole].sum(axis=-1) + (count - whole) * ordered[..., whole]
    return np.asarray(total / count)
