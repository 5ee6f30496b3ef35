"""Student's t distribution, located and spread: a normal with heavy tails.

A value is ``location + spread * t``, t having `df` degrees of freedom. `spread` is what `sd` is to
a normal, and is not called that since the standard deviation is larger, spread √(df / (df - 2)),
and infinite for `df` up to 2; the key ``scale`` of a prior's table moves a whole prior of any
family. Any `df` above 0 may be stated, but up to 1 there is no mean either: then cut it.

Three quantiles tell a member, unless they lie symmetrically about the median: those fit every
`df`, and are refused. Only members with a mean, `df` above 1, are looked for; above 1e8 it is a
normal to nine digits.
"""

from collections.abc import Iterator, Sequence
from math import exp, log

import numpy as np
from scipy import special

from priors.distributions.family import Array, Continuous, Parameters, above_zero, exponential

__all__ = ["FAMILY", "standard_at_score", "standard_ppf"]

#: Logarithms of the least and the largest `df` - 1 that are looked for.
_LOG_EXCESS = log(1e-9), log(1e8)
_SYMMETRIC = 1e-9


def _lower(df: float | Array, tail: Array) -> Array:
    """Quantiles, none positive, of probabilities up to 1/2: SciPy has +inf for a probability of 0.

    Notes
    -----
    The inverse incomplete beta function, 1/(1 + t²/df), would lose digits for large `df`.
    """
    return np.asarray(-np.abs(special.stdtrit(df, tail)))


def standard_ppf(df: float | Array, u: Array) -> Array:
    """Quantiles at probabilities `u`, with location 0 and spread 1; exact in the lower tail.

    Parameters
    ----------
    df : float or array
        Degrees of freedom, above 0; broadcast against `u`.
    u : array
        Probabilities from 0 to 1.

    Returns
    -------
    ndarray
        Infinite at 0 and 1.
    """
    found = _lower(df, np.minimum(u, 1.0 - u))
    return np.asarray(np.where(u < 0.5, found, -found))


def standard_at_score(df: float | Array, z: Array) -> Array:
    """Values at normal scores `z`, with location 0 and spread 1; exact in both tails.

    Parameters
    ----------
    df : float or array
        Degrees of freedom, above 0; broadcast against `z`.
    z : array
        Standard normal scores.

    Returns
    -------
    ndarray
        Of the sign of `z`, and no nearer to 0.
    """
    return np.asarray(np.copysign(_lower(df, special.ndtr(-np.abs(z))), z))


def _starts(probabilities: Sequence[float], quantiles: Sequence[float]) -> Iterator[list[float]]:
    """Exact where nothing is cut: `df` from how the middle quantile divides the outer two."""
    from scipy import optimize

    u = np.asarray(probabilities)
    share = (quantiles[1] - quantiles[0]) / (quantiles[2] - quantiles[0])

    def located(log_excess: float) -> list[float]:
        t = standard_ppf(1.0 + exp(log_excess), u).tolist()
        spread = (quantiles[2] - quantiles[0]) / (t[2] - t[0])
        return [quantiles[0] - spread * t[0], log(spread), log_excess]

    def excess(log_excess: float) -> float:
        t = standard_ppf(1.0 + exp(log_excess), u).tolist()
        return float((t[1] - t[0]) / (t[2] - t[0]) - share)

    at_ends = [excess(end) for end in _LOG_EXCESS]
    if at_ends[0] * at_ends[1] < 0.0:
        yield located(optimize.brentq(excess, *_LOG_EXCESS, xtol=1e-14))
    else:
        yield located(min(_LOG_EXCESS, key=lambda end: abs(excess(end))))
    # for one of which the bounds leave a piece
    yield from (located(log(df - 1.0)) for df in (3.0, 30.0))


def _untransform(free: Sequence[float]) -> Parameters:
    excess = exp(min(float(free[2]), _LOG_EXCESS[1]))
    return float(free[0]), exponential(float(free[1])), 1.0 + excess


def _undetermined(probabilities: Sequence[float]) -> str:
    first, middle, last = probabilities
    if abs(first + last - 1.0) > _SYMMETRIC or abs(middle - 0.5) > _SYMMETRIC:
        return ""
    return "quantiles symmetric about p50 fit any df: expected others, such as p50, p75, p95"


FAMILY = Continuous(
    name="student_t",
    parameters=("location", "spread", "df"),
    known="may be negative, and far out more often than a normal",
    ppf=lambda p, u: p[0] + p[1] * standard_ppf(p[2], u),
    cdf=lambda p, x: special.stdtr(p[2], (x - p[0]) / p[1]),
    of_score=lambda p, z: p[0] + p[1] * standard_at_score(p[2], z),
    check=lambda p: above_zero(spread=p[1], df=p[2]),
    starts=_starts,
    untransform=_untransform,
    undetermined=_undetermined,
)
