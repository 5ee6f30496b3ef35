"""The metalog distribution: a quantile function linear in its coefficients.

T. W. Keelin (2016), "The Metalog Distributions", Decision Analysis 13(4), 243-277. With one
end of the domain given the quantile function is that of the logarithm of the distance to it,
with both ends that of the logit of the share of the way.

Kept by hand because SciPy has none, and the sampler needs it from stated quantiles, checked to
increase, without loading a package of statistics.
"""

from collections.abc import Sequence
from math import inf, isinf

import numpy as np
import numpy.typing as npt
from scipy import special

from priors.distributions.family import Array, Bounds, Continuous, Parameters

__all__ = ["FAMILY", "cdf", "fit", "ppf"]

_BISECTIONS = 100
_TINY = 1e-300


def _terms(u: Array, count: int) -> Array:
    """The first `count` basis functions at probabilities `u` (n,), as (n, count)."""
    log_odds, centred = special.logit(u), u - 0.5
    columns = [np.ones_like(u), log_odds, centred * log_odds, centred]
    for place in range(4, count):
        power = centred ** (place // 2)
        columns.append(power if place % 2 == 0 else power * log_odds)
    return np.stack(columns[:count], axis=-1)


def _unbound(x: Array, bounds: Bounds) -> Array:
    low, high = bounds
    if isinf(low) and isinf(high):
        return x
    if isinf(high):
        return np.log(x - low)
    if isinf(low):
        return -np.log(high - x)
    return np.log((x - low) / (high - x))


def _bind(y: Array, bounds: Bounds) -> Array:
    low, high = bounds
    if isinf(low) and isinf(high):
        return y
    if isinf(high):
        return low + np.exp(y)
    if isinf(low):
        return high - np.exp(-y)
    return low + (high - low) * special.expit(y)


def ppf(coefficients: Sequence[float], bounds: Bounds, u: npt.ArrayLike) -> Array:
    """Quantile function.

    Parameters
    ----------
    coefficients : sequence of float
        Of the first terms, in Keelin's order.
    bounds : tuple of float
        Ends of the domain; infinite where there is none.
    u : array_like
        Probabilities, any shape.

    Returns
    -------
    ndarray
        Of the shape of `u`.
    """
    u = np.asarray(u, dtype=np.float64)
    inner = np.clip(u.ravel(), _TINY, 1.0 - 1e-16)
    y = (_terms(inner, len(coefficients)) * np.asarray(coefficients)).sum(axis=-1)
    with np.errstate(over="ignore"):
        x = _bind(y, bounds)
    x = np.where(u.ravel() <= 0.0, bounds[0], np.where(u.ravel() >= 1.0, bounds[1], x))
    return np.asarray(x.reshape(u.shape))


def cdf(coefficients: Sequence[float], bounds: Bounds, x: npt.ArrayLike) -> Array:
    """Distribution function, by bisection in the probability's log odds; any shape.

    Parameters
    ----------
    coefficients : sequence of float
        Of the first terms, in Keelin's order.
    bounds : tuple of float
        Ends of the domain; infinite where there is none.
    x : array_like
        Values, any shape.

    Returns
    -------
    ndarray
        Of the shape of `x`: 0 up to the lower end, 1 from the upper end on; between them log
        odds from -40 to 40 are told apart.
    """
    x = np.asarray(x, dtype=np.float64)
    low, high = np.full(x.shape, -40.0), np.full(x.shape, 40.0)
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        above = ppf(coefficients, bounds, special.expit(middle)) >= x
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    inside = special.expit(0.5 * (low + high))
    return np.asarray(np.where(x <= bounds[0], 0.0, np.where(x >= bounds[1], 1.0, inside)))


def fit(
    probabilities: Sequence[float], quantiles: Sequence[float], bounds: Bounds = (-inf, inf)
) -> tuple[float, ...] | None:
    """Coefficients of the metalog through all the quantiles.

    Parameters
    ----------
    probabilities : sequence of float
        Increasing, in (0, 1), two or more.
    quantiles : sequence of float
        Increasing, as many, strictly inside `bounds`.
    bounds : tuple of float
        Ends of the domain; infinite where there is none.

    Returns
    -------
    tuple of float or None
        None where the curve through these quantiles would fall somewhere: no distribution; or
        where there are so many that floats do not tell the terms apart.
    """
    u, y = np.asarray(probabilities, dtype=np.float64), _unbound(np.asarray(quantiles), bounds)
    terms, columns = _terms(u, len(u) + 1), np.arange(len(u))
    if np.linalg.matrix_rank(terms[:, columns]) < len(u):
        # Symmetric probabilities, 7 or 11 or 15: these terms cannot tell them apart, the next can.
        columns[-1] += 1
        if np.linalg.matrix_rank(terms[:, columns]) < len(u):
            return None
    coefficients = np.zeros(columns[-1] + 1)
    coefficients[columns] = np.linalg.solve(terms[:, columns], y)
    grid = special.expit(np.linspace(-25.0, 25.0, 4001))
    curve = (_terms(grid, len(coefficients)) * coefficients).sum(axis=-1)
    if not np.all(np.isfinite(curve)) or np.any(np.diff(curve) <= 0.0):
        return None
    return tuple(float(value) for value in coefficients)


def _fit(
    probabilities: Sequence[float], quantiles: Sequence[float], bounds: Bounds
) -> Parameters | None:
    coefficients = fit(probabilities, quantiles, bounds)
    return None if coefficients is None else (*bounds, *coefficients)


#: Its parameters are the ends of its domain, then the coefficients.
FAMILY = Continuous(
    name="metalog",
    parameters=(),
    known="any shape",
    order=11,
    ppf=lambda p, u: ppf(p[2:], (p[0], p[1]), u),
    cdf=lambda p, x: cdf(p[2:], (p[0], p[1]), x),
    own_ends=lambda p: (p[0], p[1]),
    fit=_fit,
)
