"""Quantiles inside compiled code, without sorting."""

import numpy as np

from model.numerics.arrays import Array
from model.numerics.jit import njit

__all__ = ["quantile"]


@njit(inner=True)
def quantile(values: Array, count: int, share: float) -> float:
    """Quantile of the first values, linear between neighbours as NumPy's is by default.

    Hoare's selection: the values change places, so a further quantile of the same ones is as good.

    Parameters
    ----------
    values : array (place,)
        Reordered as far as `count`; finite.
    count : int
        How many of them there are, at least 1.
    share : float
        From 0 to 1.

    Returns
    -------
    float
        In the values' unit.
    """
    place = share * (count - 1)
    wanted = int(place)
    low, high = 0, count - 1
    while low < high:
        pivot, left, right = values[(low + high) // 2], low, high
        while left <= right:
            while values[left] < pivot:
                left += 1
            while values[right] > pivot:
                right -= 1
            if left <= right:
                values[left], values[right] = values[right], values[left]
                left += 1
                right -= 1
        if wanted <= right:
            high = right
        elif wanted >= left:
            low = left
        else:
            break
    found = values[wanted]
    if wanted + 1 < count:
        above = np.inf
        for i in range(wanted + 1, count):
            above = min(above, values[i])
        found += (place - wanted) * (above - found)
    return float(found)
