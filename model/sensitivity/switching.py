"""Switching values: where the expected difference of two strategies is zero.

A function of a value is all that is taken, and nothing is known of the model behind it. Evaluate it
on common random numbers: the difference is then smooth in the value, and its zeros can be found to
any precision, though the Monte Carlo error of the difference stays: the zeros of the difference
plus and minus two standard errors bracket a switching value.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from model.numerics.arguments.door import checked
from model.numerics.arguments.numeric import check_size, doubles
from model.numerics.arguments.scalars import found, real, whole
from model.numerics.arguments.scalars import function as a_function
from model.numerics.arrays import Array
from model.numerics.roots import zeros
from priors.errors import InputError

__all__ = ["switching_value", "switching_values"]

#: Of a precision relative to the range, and of a range relative to its ends.
_FINEST = 1e-14
#: Of a grid; so many evaluations of anything take long.
_MOST_POINTS = 1_000_000


@checked(function=a_function, low=real, high=real, precision=real)
def switching_value(
    function: Callable[[float], float],
    low: float,
    high: float,
    grid: int | npt.ArrayLike = 33,
    precision: float = 1e-8,
) -> list[float]:
    """Values of an input at which two strategies tie: none, one or several.

    Parameters
    ----------
    function : callable
        Value of the input → expected difference of the two strategies. What it raises passes
        through as it is.
    low : float
        Lower end of the range to search.
    high : float
        Upper end of the range to search.
    grid : int or array
        The points at which to look first, or how many, equally spaced. Two crossings between
        neighbouring points may be missed.
    precision : float
        Of the values, relative to ``high − low``.

    Returns
    -------
    list of float
        In increasing order; empty where nothing in the range reverses the decision. At a jump from
        one sign to the other, the place of the jump. Where the strategies tie over a stretch, its
        two ends. A tie without a change of sign counts.

    Raises
    ------
    InputError
        If `low` is not below `high`.
    NumericalError
        If the function is not finite somewhere.
    """
    points = _grid(low, high, grid, precision)
    return zeros(lambda x: _number(function(x), x), points, precision)


@checked(function=a_function, low=real, high=real, precision=real)
def switching_values(
    function: Callable[[float], npt.ArrayLike],
    low: float,
    high: float,
    grid: int | npt.ArrayLike = 33,
    precision: float = 1e-8,
) -> list[list[float]]:
    """Like `switching_value`, for a function with several differences (m,), such as one a player.

    Each value of the input is evaluated once for all of them.

    Parameters
    ----------
    function : callable
        Value of the input → expected differences (m,).
    low : float
    high : float
    grid : int or array
    precision : float

    Returns
    -------
    list of list of float
        For each difference, as from `switching_value`.

    Raises
    ------
    InputError
        If `low` is not below `high`.
    NumericalError
        If a difference is not finite somewhere.
    """
    at = cache(lambda x: np.atleast_1d(np.asarray(function(x), dtype=np.float64)))
    points = _grid(low, high, grid, precision)

    def one(place: int) -> list[float]:
        return zeros(lambda x: float(at(x)[place]), points, precision)

    return [one(place) for place in range(len(at(float(points[0]))))]


def _number(given: Any, x: float) -> float:
    """What the function gave at x, if it is one real number."""
    value = doubles(f"what the function gave at {x:g}", given)
    if value.size != 1:
        raise InputError(f"the function gave {found(given)} at {x:g}; one number is expected")
    check_size("what the function gave", value, smallest=0.0)  # near a zero, as small as it comes
    return float(value.reshape(()))


def _grid(low: float, high: float, grid: int | npt.ArrayLike, precision: float) -> Array:
    if not low < high:
        raise InputError(f"low is {low:g} and high is {high:g}; low < high is needed")
    if not _FINEST <= precision < 1.0:
        raise InputError(f"precision is {precision:g}; {_FINEST:g} or more, below 1, is expected")
    if high - low < _FINEST * max(abs(low), abs(high)):
        raise InputError(f"low and high, {low!r} and {high!r}, are too close to search between")
    if np.ndim(grid) == 0:
        return np.linspace(low, high, whole(2, _MOST_POINTS)("grid", grid))
    inside = doubles("grid", grid)
    if inside.ndim != 1 or not np.isfinite(inside).all() or inside.size > _MOST_POINTS:
        raise InputError(f"grid is {found(grid)}; a list of finite numbers is expected")
    return np.unique(np.concatenate([[low], inside[(inside > low) & (inside < high)], [high]]))
