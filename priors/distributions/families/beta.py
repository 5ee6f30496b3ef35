"""The beta distribution between 0 and 1."""

from collections.abc import Iterator, Sequence
from math import log

import numpy as np
from scipy import special

from priors.distributions.families import gamma
from priors.distributions.family import Continuous, Parameters, above_zero, exponential

__all__ = ["FAMILY"]


def _starts(probabilities: Sequence[float], quantiles: Sequence[float]) -> Iterator[list[float]]:
    """By the mean and the standard deviation of a normal; as a gamma, for one that hugs 0."""
    scores = special.ndtri([probabilities[0], probabilities[-1]])
    low, high = quantiles[0], quantiles[-1]
    sd = (high - low) / float(scores[1] - scores[0])
    mean = min(max(low - sd * float(scores[0]), low), high)
    size = max(mean * (1.0 - mean) / sd**2 - 1.0, 0.1)
    yield [log(size * mean), log(size * (1.0 - mean))]
    yield gamma.start(probabilities, quantiles)


def _untransform(free: Sequence[float]) -> Parameters:
    return exponential(float(free[0])), exponential(float(free[1]))


FAMILY = Continuous(
    name="beta",
    parameters=("alpha", "beta"),
    known="a share between 0 and 1",
    order=3,
    ppf=lambda p, u: special.betaincinv(p[0], p[1], u),
    cdf=lambda p, x: special.betainc(p[0], p[1], np.clip(x, 0.0, 1.0)),
    ends=(0.0, 1.0),
    check=lambda p: above_zero(alpha=p[0], beta=p[1]),
    starts=_starts,
    untransform=_untransform,
)
