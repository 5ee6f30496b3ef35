"""The uniform distribution between two ends."""

from collections.abc import Iterator, Sequence
from math import log

import numpy as np

from priors.distributions.family import Continuous, Parameters, exponential, in_order

__all__ = ["FAMILY"]


def _starts(probabilities: Sequence[float], quantiles: Sequence[float]) -> Iterator[list[float]]:
    width = (quantiles[-1] - quantiles[0]) / (probabilities[-1] - probabilities[0])
    yield [quantiles[0] - width * probabilities[0], log(width)]


def _untransform(free: Sequence[float]) -> Parameters:
    low = float(free[0])
    return low, low + exponential(float(free[1]))


FAMILY = Continuous(
    name="uniform",
    parameters=("low", "high"),
    known="lowest and highest, nothing between them likelier",
    order=5,
    ppf=lambda p, u: p[0] + (p[1] - p[0]) * u,
    cdf=lambda p, x: np.clip((x - p[0]) / (p[1] - p[0]), 0.0, 1.0),
    own_ends=lambda p: (p[0], p[1]),
    elementary=True,
    check=lambda p: in_order(p[0], p[0], p[1]),
    starts=_starts,
    untransform=_untransform,
)
