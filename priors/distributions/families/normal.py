"""The normal distribution."""

from collections.abc import Iterator, Sequence
from math import log

from scipy import special

from priors.distributions.family import Continuous, Parameters, above_zero, exponential

__all__ = ["FAMILY"]


def _starts(probabilities: Sequence[float], quantiles: Sequence[float]) -> Iterator[list[float]]:
    low, high = special.ndtri([probabilities[0], probabilities[-1]])
    sd = (quantiles[-1] - quantiles[0]) / float(high - low)
    yield [quantiles[0] - sd * float(low), log(sd)]


def _untransform(free: Sequence[float]) -> Parameters:
    return float(free[0]), exponential(float(free[1]))


FAMILY = Continuous(
    name="normal",
    parameters=("mean", "sd"),
    known="may be negative",
    order=1,
    ppf=lambda p, u: p[0] + p[1] * special.ndtri(u),
    cdf=lambda p, x: special.ndtr((x - p[0]) / p[1]),
    of_score=lambda p, z: p[0] + p[1] * z,
    elementary=True,
    check=lambda p: above_zero(sd=p[1]),
    starts=_starts,
    untransform=_untransform,
)
