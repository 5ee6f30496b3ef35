"""By how much a prior must move to reverse the decision, from a function of the shift."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from model.numerics.arrays import Array
from priors.errors import InputError, NumericalError

__all__ = ["Reversal", "reversal_distance", "reversal_distances"]


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
