"""The Weibull distribution: times until something happens, and other positive quantities.

Its distribution function is 1 - exp(-(x / life)^shape). The second parameter is its scale, under
the name that reliability engineers give it, characteristic life: a share 1 - 1/e, 63.2 %, lies
below it. The key ``scale`` of a prior's table moves a whole prior of any family, so it cannot be
that. A shape of 1 is an exponential with mean `life`; a hazard falls over time below a shape of 1
and rises above it.
"""

from collections.abc import Iterator, Sequence
from math import inf, log, log1p

import numpy as np
from scipy import special

from priors.distributions.family import Array, Continuous, Parameters, above_zero, exponential

__all__ = ["FAMILY"]


def _at_hazard(parameters: Parameters, hazard: Array) -> Array:
    """Value by which the cumulative hazard, -log(1 - u), is this."""
    shape, life = parameters
    with np.errstate(over="ignore"):
        return np.asarray(life * hazard ** (1.0 / shape))


def _ppf(parameters: Parameters, u: Array) -> Array:
    with np.errstate(divide="ignore"):
        return _at_hazard(parameters, -np.log1p(-u))


def _cdf(parameters: Parameters, x: Array) -> Array:
    shape, life = parameters
    with np.errstate(over="ignore"):
        return np.asarray(-np.expm1(-((np.maximum(x, 0.0) / life) ** shape)))


def _starts(probabilities: Sequence[float], quantiles: Sequence[float]) -> Iterator[list[float]]:
    """Exact: the logarithm of the cumulative hazard is a line over the logarithm of the value."""
    first, last = (log(-log1p(-probabilities[place])) for place in (0, -1))
    shape = (last - first) / (log(quantiles[-1]) - log(quantiles[0]))
    yield [log(shape), log(quantiles[0]) - first / shape]


def _untransform(free: Sequence[float]) -> Parameters:
    return exponential(float(free[0])), exponential(float(free[1]))


FAMILY = Continuous(
    name="weibull",
    parameters=("shape", "life"),
    known="positive, such as a time until something happens",
    ppf=_ppf,
    cdf=_cdf,
    ends=(0.0, inf),
    of_score=lambda p, z: _at_hazard(p, -special.log_ndtr(-z)),
    elementary=True,
    check=lambda p: above_zero(shape=p[0], life=p[1]),
    starts=_starts,
    untransform=_untransform,
)
