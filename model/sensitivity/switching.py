"""What would reverse the decision: values, shifts of a prior, and pairs of values.

All functions here take functions, of a value or of a shift, and know nothing of the model behind
them. Evaluate it on common random numbers: the difference of two strategies is then smooth in the
value, and its zeros can be found to any precision, though the Monte Carlo error of the difference
stays: the zeros of the difference plus and minus two standard errors bracket a switching value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.numerics.arrays import Array
from model.numerics.roots import zeros
from priors.errors import InputError, NumericalError

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "Curve",
    "Reversal",
    "decision_map",
    "indifference_curves",
    "reversal_distance",
    "reversal_distances",
    "switching_value",
    "switching_values",
]


@dataclass(frozen=True, slots=True)
class Reversal:
    """A change of the recommendation.

    Attributes
    ----------
    shift : float
        Where it happens, in standard scores of the prior; negative below.
    before, after : str
        The best strategy without a shift, and beyond this one.
    """

    shift: float
    before: str
    after: str


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A piece of the line on which the two best strategies tie.

    Attributes
    ----------
    strategies : (str, str)
        The two.
    points : array (point, 2)
        Values of the two quantities along it.
    """

    strategies: tuple[str, str]
    points: Array


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
        Value of the input → expected difference of the two strategies.
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
    return zeros(function, _grid(low, high, grid), precision)


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
    points = _grid(low, high, grid)

    def one(place: int) -> list[float]:
        return zeros(lambda x: float(at(x)[place]), points, precision)

    return [one(place) for place in range(len(at(float(points[0]))))]


def _grid(low: float, high: float, grid: int | npt.ArrayLike) -> Array:
    if not low < high:
        raise InputError(f"low is {low:g} and high is {high:g}; low < high is needed")
    if isinstance(grid, int):
        return np.linspace(low, high, grid)
    inside = np.asarray(grid, dtype=np.float64)
    return np.unique(np.concatenate([[low], inside[(inside > low) & (inside < high)], [high]]))


def reversal_distance(
    expected: Callable[[float], Mapping[str, float]],
    limit: float = 3.0,
    step: float = 0.25,
    precision: float = 1e-3,
) -> Reversal | None:
    """How far a prior would have to move before another strategy is best.

    Parameters
    ----------
    expected : callable
        Shift of the prior, in its own standard scores with the correlated ones following → expected
        value of each strategy.
    limit : float
        Largest shift, either way.
    step : float
        Shifts are tried at multiples of it, from 0 outwards; a recommendation that changes and
        changes back in between is missed.
    precision : float
        Of the shift.

    Returns
    -------
    Reversal or None
        The smallest shift in absolute value; None where none up to the limit changes the decision.

    Raises
    ------
    InputError
        If limit and step are not above 0, or there are fewer than two strategies.
    NumericalError
        If an expected value is not finite.
    """
    names = list(expected(0.0))

    def values(shift: float) -> Array:
        at = expected(shift)
        return np.array([[at[name] for name in names]], dtype=np.float64)

    return reversal_distances(values, names, limit, step, precision)[0]


def reversal_distances(
    expected: Callable[[float], npt.ArrayLike],
    strategies: Sequence[str],
    limit: float = 3.0,
    step: float = 0.25,
    precision: float = 1e-3,
) -> list[Reversal | None]:
    """Like `reversal_distance`, for several decisions: `expected` gives an array (m, strategy).

    Each shift is evaluated once for all of them.

    Parameters
    ----------
    expected : callable
        Shift in standard scores → expected payoffs (m, strategy).
    strategies : sequence of str
    limit : float
    step : float
    precision : float

    Returns
    -------
    list of Reversal or None
        None where no shift up to the limit changes the decision.

    Raises
    ------
    InputError
        If `limit` or `step` is not above 0.
    NumericalError
        If an expected payoff is not finite.
    """
    if not (limit > 0.0 and step > 0.0):
        raise InputError(f"limit and step are {limit:g} and {step:g}; both must be above 0")
    at = cache(lambda shift: _expected(expected, shift, len(strategies)))
    before = at(0.0).argmax(axis=1)
    found: list[Reversal | None] = [None] * len(before)
    rings = np.append(np.arange(step, limit, step), limit)
    for inner, outer in zip(np.append(0.0, rings[:-1]), rings, strict=True):
        for place in (place for place, reversal in enumerate(found) if reversal is None):
            reversals = [
                _reversal(
                    at, place, side * float(inner), side * float(outer), strategies, precision
                )
                for side in (1.0, -1.0)
                if at(side * float(outer))[place].argmax() != before[place]
            ]
            found[place] = min(reversals, key=lambda reversal: abs(reversal.shift), default=None)
    return found


def _expected(function: Callable[[float], npt.ArrayLike], shift: float, count: int) -> Array:
    values = np.asarray(function(shift), dtype=np.float64).reshape(-1, count)
    if count < 2:
        raise InputError("a decision needs at least two strategies")
    if not np.isfinite(values).all():
        raise NumericalError(f"an expected value is not finite at a shift of {shift:g}")
    return values


def _reversal(
    at: Callable[[float], Array],
    place: int,
    inner: float,
    outer: float,
    strategies: Sequence[str],
    precision: float,
) -> Reversal:
    """Close in on the change between `inner`, where the decision is as it was, and `outer`."""
    from scipy.optimize import brentq

    before = int(at(0.0)[place].argmax())
    others = np.arange(len(strategies)) != before

    def gap(shift: float) -> float:
        values = at(shift)[place]
        return float(values[others].max() - values[before])

    shift = inner
    if gap(inner) < 0.0:
        shift = float(brentq(gap, inner, outer, xtol=precision))
    values = np.where(others, at(shift)[place], -np.inf)
    return Reversal(shift, strategies[before], strategies[int(values.argmax())])


def decision_map(
    function: Callable[[float, float], Mapping[str, float]],
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    names: tuple[str, str] = ("x", "y"),
) -> "xr.Dataset":
    """The best strategy over a grid of two quantities' values.

    Parameters
    ----------
    function : callable
        Values of the two quantities → expected value of each strategy.
    x : array
        Increasing values of the first quantity.
    y : array
        Increasing values of the second.
    names : (str, str)
        Their names, which become the dimensions.

    Returns
    -------
    Dataset
        ``expected`` (x, y, strategy); ``best`` (x, y), the best strategy's name; ``lead`` (x, y),
        by how much it is better than the next.

    Raises
    ------
    InputError
        If an axis has fewer than two values or does not increase.
    NumericalError
        If an expected value is not finite.
    """
    import xarray as xr

    axes = [np.asarray(axis, dtype=np.float64) for axis in (x, y)]
    for name, axis in zip(names, axes, strict=True):
        if axis.ndim != 1 or len(axis) < 2 or not (np.diff(axis) > 0.0).all():
            raise InputError(f"{name} needs at least two values, each above the one before")
    cells = [[function(float(a), float(b)) for b in axes[1]] for a in axes[0]]
    strategies = list(cells[0][0])
    expected = np.array([[[cell[name] for name in strategies] for cell in row] for row in cells])
    if not np.isfinite(expected).all():
        raise NumericalError(f"{int((~np.isfinite(expected)).sum())} values are not finite")
    ordered = np.sort(expected, axis=2)
    return xr.Dataset(
        {
            "expected": ((*names, "strategy"), expected),
            "best": (names, np.array(strategies)[expected.argmax(axis=2)]),
            "lead": (names, ordered[..., -1] - ordered[..., -2]),
        },
        coords={names[0]: axes[0], names[1]: axes[1], "strategy": strategies},
    )


def indifference_curves(found: "xr.Dataset") -> list[Curve]:
    """The lines on a `decision_map` along which its two best strategies tie.

    Linear interpolation between the grid's points (marching squares, by contourpy).

    Parameters
    ----------
    found : Dataset
        From `decision_map`.

    Returns
    -------
    list of Curve
    """
    from itertools import combinations

    from contourpy import contour_generator

    expected = found["expected"]
    x, y = (expected[dim].values for dim in expected.dims[:2])
    values = expected.values
    curves = []
    for one, other in combinations(range(values.shape[2]), 2):
        tie = values[..., one] - values[..., other]
        names = tuple(str(expected["strategy"].values[place]) for place in (one, other))
        others = np.delete(values, (one, other), axis=2)
        margin = values[..., one] - others.max(axis=2) if others.size else np.ones_like(tie)
        for line in contour_generator(x, y, tie.T).lines(0.0):
            # Rounding may put the end of a line just outside the grid.
            points = np.clip(np.asarray(line), (x[0], y[0]), (x[-1], y[-1]))
            pieces = _leading(points, _interpolated(x, y, margin, points))
            curves += [Curve((names[0], names[1]), piece) for piece in pieces]
    return curves


def _interpolated(x: Array, y: Array, values: Array, points: Array) -> Array:
    from scipy.interpolate import RegularGridInterpolator

    return np.asarray(RegularGridInterpolator((x, y), values)(points), dtype=np.float64)


def _leading(line: Array, margin: Array) -> list[Array]:
    """The pieces of a line (point, 2) on which `margin` (point,) is not negative."""
    change = np.flatnonzero((margin[:-1] < 0.0) != (margin[1:] < 0.0))
    part = margin[change] / (margin[change] - margin[change + 1])
    meets = line[change] + part[:, None] * (line[change + 1] - line[change])
    whole = np.insert(line, change + 1, meets, axis=0)
    kept = np.insert(margin >= 0.0, change + 1, True)
    places = np.flatnonzero(kept)
    runs = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)
    return [whole[run] for run in runs if len(run) > 1]
