"""The lognormal distribution, by its median and the standard deviation of its logarithm."""

from collections.abc import Iterator, Sequence
from math import inf, log

import numpy as np
from scipy import special

from priors.distributions.family import Array, Continuous, Parameters, above_zero, exponential

__all__ = ["FAMILY"]


def _cdf(parameters: Parameters, x: Array) -> Array:
    median, log_sd = parameters
    with np.errstate(divide="ignore", over="ignore"):
        return np.asarray(special.ndtr(np.log(np.maximum(x, 0.0) / median) / log_sd))


def _starts(probabilities: Sequence[float], quantiles: Sequence[float]) -> Iterator[list[float]]:
    scores = special.ndtri([probabilities[0], probabilities[-1]])
    low, high = log(quantiles[0]), log(quantiles[-1])
    log_sd = (high - low) / float(scores[1] - scores[0])
    yield [low - log_sd * float(scores[0]), log(log_sd)]


def _untransform(free: Sequence[float]) -> Parameters:
    return exponential(float(free[0])), exponential(float(free[1]))


FAMILY = Continuous(
    name="lognormal",
    parameters=("median", "log_sd"),
    known="positive, may be large",
    order=2,
    ppf=lambda p, u: p[0] * np.exp(p[1] * special.ndtri(u)),
    cdf=_cdf,
    ends=(0.0, inf),
    of_score=lambda p, z: p[0] * np.exp(p[1] * z),
    elementary=True,
    check=lambda p: above_zero(median=p[0], log_sd=p[1]),
    starts=_starts,
    untransform=_untransform,
)
