"""Every zero of a function of one variable that a grid can see: crossings, touches, plateaus."""

from collections.abc import Callable
from functools import cache
from math import isfinite

import numpy as np

from model.numerics.arrays import Array
from priors.errors import InputError, NumericalError

__all__ = ["zeros"]

type Function = Callable[[float], float]

#: A value this small, relative to the largest on the grid, counts as 0 where the sign is the same
#: on both sides.
_TOUCH = 1e-9


def zeros(function: Function, grid: Array, precision: float = 1e-8) -> list[float]:
    """Where `function` is zero on the range of `grid`, in increasing order.

    Between neighbouring points of the grid: a change of sign is closed in on by Brent's method (at
    a jump it ends at the jump); a smallest absolute value without a change of sign is searched for
    a touch, and for two crossings close together. A stretch of zeros gives its two ends.

    Parameters
    ----------
    function : callable
        float → float.
    grid : array (point,)
        Increasing, at least two points.
    precision : float
        Of the zeros, relative to the range of the grid.

    Returns
    -------
    list of float
        More than 4 · `precision` of the range apart.

    Raises
    ------
    InputError
        If the grid does not increase.
    NumericalError
        If a value of the function is not finite.
    """
    grid = np.asarray(grid, dtype=np.float64)
    if grid.ndim != 1 or len(grid) < 2 or not (np.diff(grid) > 0.0).all():
        raise InputError("the grid needs at least two points, each above the one before")
    at = cache(lambda x: _checked(function, x))
    values = np.array([at(x) for x in grid.tolist()])
    tolerance = precision * float(grid[-1] - grid[0])
    found = _exact(at, grid, values, tolerance)
    signs = np.sign(values)
    for place in np.flatnonzero(signs[:-1] * signs[1:] < 0):
        found.append(_crossing(at, grid[place], grid[place + 1], tolerance))
    for dip in _dips(values):
        found += _dip(at, grid[dip - 1 : dip + 2], tolerance, _TOUCH * np.abs(values).max())
    return _distinct(sorted(found), 4.0 * tolerance)


def _checked(function: Function, x: float) -> float:
    value = float(function(x))
    if not isfinite(value):
        raise NumericalError(f"the function gave {value} at {x:g}; a finite number is expected")
    return value


def _crossing(at: Function, low: float, high: float, tolerance: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(at, float(low), float(high), xtol=tolerance, rtol=8.9e-16))


def _exact(at: Function, grid: Array, values: Array, tolerance: float) -> list[float]:
    """Zeros on the grid itself; of neighbouring ones, the ends of the stretch."""
    found = []
    flat = np.concatenate([[False], values == 0.0, [False]])
    starts, ends = (np.flatnonzero(np.diff(flat.astype(int)) == step) for step in (1, -1))
    for start, end in zip(starts, ends - 1, strict=True):
        low, high = float(grid[start]), float(grid[end])
        if start > 0:
            low = _edge(at, low, float(grid[start - 1]), tolerance)
        if end < len(grid) - 1:
            high = _edge(at, high, float(grid[end + 1]), tolerance)
        found += [low, high]
    return found


def _edge(at: Function, zero: float, other: float, tolerance: float) -> float:
    """The end of a stretch of zeros between a `zero` and a place that is none, by bisection."""
    while abs(other - zero) > tolerance:
        middle = (zero + other) / 2.0
        if middle in (zero, other):
            return zero  # no float lies between them
        if at(middle) == 0.0:
            zero = middle
        else:
            other = middle
    return zero


def _dips(values: Array) -> list[int]:
    """Interior points, the values there and at both neighbours of one sign, nearest to 0."""
    size, signs = np.abs(values), np.sign(values)
    inside = slice(1, -1)
    same = (signs[:-2] == signs[inside]) & (signs[2:] == signs[inside]) & (signs[inside] != 0)
    lowest = (size[inside] <= size[:-2]) & (size[inside] <= size[2:])
    # Where even the steeper side, were it to go on to the other neighbour, would not reach 0,
    # a search is not worth its evaluations.
    near = size[inside] <= np.maximum(size[:-2], size[2:]) - size[inside]
    return [int(place) for place in np.flatnonzero(same & lowest & near) + 1]


def _dip(at: Function, near: Array, tolerance: float, touch: float) -> list[float]:
    """Zeros between the two neighbours of a dip: none, a touch, or two crossings."""
    from scipy.optimize import minimize_scalar

    low, high = float(near[0]), float(near[2])
    # Where the two sides meet at an angle, the search ends next to 0, as far as it is precise.
    touch += 4.0 * (abs(at(low)) + abs(at(high))) * tolerance / (high - low)
    sign = 1.0 if at(low) > 0 else -1.0
    deepest = minimize_scalar(
        lambda x: sign * at(float(x)),
        bounds=(low, high),
        method="bounded",
        options={"xatol": tolerance},
    )
    x = float(deepest.x)
    if sign * at(x) < -touch:
        return [_crossing(at, low, x, tolerance), _crossing(at, x, high, tolerance)]
    return [x] if abs(at(x)) <= touch else []


def _distinct(ordered: list[float], apart: float) -> list[float]:
    return [x for place, x in enumerate(ordered) if not place or x - ordered[place - 1] > apart]
