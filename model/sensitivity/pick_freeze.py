"""Sobol's indices by pick and freeze, on scrambled Sobol points.

First order as in Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), total order as
in Jansen (1999): with A and B two independent samples of the inputs, and A with input i from B,

    first_i = E[f(B) (f(A with B_i) − f(A))] / Var f
    total_i = E[(f(A) − f(A with B_i))²] / (2 Var f)

Kept by hand because the intervals of `scipy.stats.sobol_indices` and SALib are those of random
points: on the tests' two functions 2 to 20 times too wide.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.numerics.arguments.numeric import check_largest, doubles, rows_by_place
from model.numerics.arrays import Array, Flags
from model.numerics.standard_errors import jackknife
from priors.errors import InputError, NumericalError

__all__ = ["Function", "Indices", "Quantile", "Sums", "indices", "scramblings"]

type Function = Callable[[Array], npt.ArrayLike]
type Quantile = Callable[[Array], npt.ArrayLike]

#: Numbers in the argument of one call, about: 32 MB.
_NUMBERS = 4_000_000
_BITS = 32
#: A range this narrow, relative to the values, is of their rounding.
_ROUNDING = 1e-14


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Means over the points of one scrambling, of g = f − origin.

    Attributes
    ----------
    origin : array (output,)
        A constant near the mean of f, so that nothing is lost to cancellation.
    mean, square : array (output,)
        Of g and g² over A and B.
    cross : array (input, output)
        Of g(B) (g(A with B_i) − g(A)).
    shift : array (input, output)
        Of g(A with B_i) − g(A).
    change : array (input, output)
        Of (g(A) − g(A with B_i))².
    low, high : array (output,)
        Least and greatest f at all points.
    flat : bool
        Whether f gives one number a row, and not a row of outputs.
    """

    origin: Array
    mean: Array
    square: Array
    cross: Array
    shift: Array
    change: Array
    low: Array
    high: Array
    flat: bool


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Indices (input, output) and their standard errors; NaN where an output does not vary."""

    first_order: Array
    first_order_se: Array
    total_order: Array
    total_order_se: Array


def scramblings(
    function: Function, marginals: Mapping[str, Quantile], n: int, count: int, seed: int
) -> list[Sums]:
    """Evaluate the function (input + 2) · n times: independent scramblings of one sequence.

    Each is a whole, if smaller, study of its own, so that their spread is the error of their mean
    whatever the sequence gains over random points. One scrambling of all points would be closer to
    the truth, on smooth functions of few inputs up to several times, but nothing in it shows by
    how much: its segments and random parts of it vary as if there were no such gain.

    Parameters
    ----------
    function : callable
        (row, input) → (row,) or (row, output).
    marginals : mapping
        Name of each input to its inverse distribution function.
    n : int
        Points of A, and of B, in all scramblings together: a power of two.
    count : int
        Scramblings: a power of two, at most `n`.
    seed : int
        Of the scramblings.

    Returns
    -------
    list of Sums
        One a scrambling.

    Raises
    ------
    InputError
        If the function's result has another shape.
    NumericalError
        If a point or a result is not finite.
    """
    from scipy.stats import qmc

    random = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        engine = qmc.Sobol(2 * len(marginals), bits=_BITS, rng=random)
        # Midpoints of the cells, so that no point lies at 0, where quantiles may be infinite.
        uniform = engine.random(n // count) + 0.5**_BITS / 2.0
        found.append(_sums(function, *_samples(marginals, uniform)))
    return found


def _sums(function: Function, first: Array, second: Array) -> Sums:
    """Evaluate the function at A, B, and A with each input from B."""
    points, inputs = first.shape
    # Copies: a function may work in the array that it is given.
    at_first, at_second = _evaluate(function, first.copy()), _evaluate(function, second.copy())
    flat, outputs = at_first.ndim == 1, at_first.shape[1:]
    _check_outputs(at_second, outputs)
    origin = np.atleast_1d(at_first.mean(axis=0))
    low = np.minimum(at_first.min(axis=0), at_second.min(axis=0))
    high = np.maximum(at_first.max(axis=0), at_second.max(axis=0))
    at_first = at_first.reshape(points, -1) - origin
    at_second = at_second.reshape(points, -1) - origin
    cross, shift, change = (np.empty((inputs, len(origin))) for _ in range(3))
    batch = max(1, _NUMBERS // first.size)
    for start in range(0, inputs, batch):
        chosen = slice(start, min(start + batch, inputs))
        values = _evaluate(function, _mixed(first, second, chosen))
        _check_outputs(values, outputs)
        low, high = np.minimum(low, values.min(axis=0)), np.maximum(high, values.max(axis=0))
        values = values.reshape(-1, *at_first.shape)
        moved = values - origin - at_first
        cross[chosen] = (at_second * moved).mean(axis=1)
        shift[chosen] = moved.mean(axis=1)
        change[chosen] = (moved**2).mean(axis=1)
    both = np.concatenate([at_first, at_second])
    means = origin, both.mean(axis=0), (both**2).mean(axis=0)
    return Sums(*means, cross, shift, change, np.atleast_1d(low), np.atleast_1d(high), flat)


def _samples(marginals: Mapping[str, Quantile], uniform: Array) -> tuple[Array, Array]:
    """The samples A and B (row, input)."""
    count = len(marginals)
    both = np.empty((2, len(uniform), count))
    for place, (name, quantile) in enumerate(marginals.items()):
        for half in (0, 1):
            both[half, :, place] = _values(name, quantile, uniform[:, place + half * count])
    return both[0], both[1]


def _values(label: str, quantile: Quantile, uniform: Array) -> Array:
    """What an inverse distribution function gives; a single number where it is a constant."""
    name = f"the inverse distribution function of {label!r}"
    given = quantile(np.ascontiguousarray(uniform))
    values = doubles(f"what {name} gave", given)
    if values.shape not in ((), uniform.shape):
        raise InputError(f"{name} gave shape {values.shape} for {len(uniform)} probabilities")
    if not np.isfinite(values).all():
        raise NumericalError(f"{name} is not finite somewhere")
    check_largest(f"what {name} gave", values)
    return rows_by_place(given, values)


def _mixed(first: Array, second: Array, chosen: slice) -> Array:
    """A with one input from B, for each of the chosen inputs, below one another."""
    places = range(chosen.start, chosen.stop)
    mixed = np.repeat(first[None], len(places), axis=0)
    for row, place in enumerate(places):
        mixed[row, :, place] = second[:, place]
    return mixed.reshape(-1, first.shape[1])


def _evaluate(function: Function, points: Array) -> Array:
    count = len(points)
    given = function(points)
    values = doubles("what the function gave", given)
    if values.ndim not in (1, 2) or len(values) != count or not values.size:
        raise InputError(
            f"the function gave shape {values.shape} for {count} points; "
            f"({count},) or ({count}, outputs) is expected"
        )
    if not np.isfinite(values).all():
        count = int((~np.isfinite(values)).sum())
        raise NumericalError(f"the function gave {count} values that are not finite")
    check_largest("what the function gave", values)
    # A copy: a function may give the same array each time.
    return rows_by_place(given, values).copy()


def _check_outputs(values: Array, outputs: tuple[int, ...]) -> None:
    if values.shape[1:] != outputs:
        raise InputError(
            f"the function gave {values.shape[1:]} outputs for some points, {outputs} for others"
        )


def indices(sums: Sequence[Sums]) -> Indices:
    """Pool the scramblings; standard errors by leaving out one at a time (jackknife).

    Parameters
    ----------
    sums : sequence of Sums
        From `scramblings`, two or more.

    Returns
    -------
    Indices
        Shares of the output's variance.
    """
    everything = np.ones(len(sums), bool)
    first, total = _pooled(sums, everything)
    left_out = np.array(
        [_pooled(sums, everything & (np.arange(len(sums)) != one)) for one in range(len(sums))]
    )
    first_se, total_se = jackknife(left_out)
    return Indices(first, first_se, total, total_se)


def _pooled(sums: Sequence[Sums], kept: Flags) -> tuple[Array, Array]:
    """First and total order (input, output) from some of the scramblings."""

    def stack(name: str) -> Array:
        return np.array([getattr(one, name) for one in sums])[kept]

    origin, mean = stack("origin"), stack("mean")
    centre = (origin + mean).mean(axis=0)
    away = centre - origin
    variance = (stack("square") - 2.0 * away * mean + away**2).mean(axis=0)
    cross = (stack("cross") - away[:, None] * stack("shift")).mean(axis=0)
    change = stack("change").mean(axis=0)
    low, high = stack("low").min(axis=0), stack("high").max(axis=0)
    # What varies by its rounding only has a variance, too: of the rounding.
    varies = high - low > _ROUNDING * np.maximum(np.abs(low), np.abs(high))
    scale = np.where(varies & (variance > 0.0), variance, np.nan)
    return cross / scale, change / (2.0 * scale)
