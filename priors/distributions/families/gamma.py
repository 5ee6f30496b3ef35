"""The gamma distribution, by its shape and rate."""

from collections.abc import Iterator, Sequence
from math import exp, inf, log

import numpy as np
from scipy import special

from priors.distributions.family import Continuous, Parameters, above_zero, exponential

__all__ = ["FAMILY", "start"]


def start(probabilities: Sequence[float], quantiles: Sequence[float]) -> list[float]:
    """Logarithms of shape and rate of the gamma with the first two of the quantiles.

    The shape is found from the ratio of the quantiles, which falls as the shape grows.

    Parameters
    ----------
    probabilities : sequence of float
        Two, increasing, in (0, 1).
    quantiles : sequence of float
        Two, increasing, above 0.

    Returns
    -------
    list of float
        Two logarithms. The shape lies between 0.01 and 1e8: the nearer end where no shape in
        there has this ratio.
    """
    from scipy import optimize

    def excess(log_shape: float) -> float:
        low, high = special.gammaincinv(exp(log_shape), probabilities)
        return log(high) - log(low) - log(quantiles[1]) + log(quantiles[0])

    log_shape = log(0.01), log(1e8)
    if excess(log_shape[0]) <= 0.0 or excess(log_shape[1]) >= 0.0:
        found = log_shape[excess(log_shape[0]) > 0.0]
    else:
        found = optimize.brentq(excess, *log_shape, xtol=1e-14)
    at_rate_1 = float(special.gammaincinv(exp(found), probabilities[1]))
    return [found, log(at_rate_1) - log(quantiles[1])]


def _starts(probabilities: Sequence[float], quantiles: Sequence[float]) -> Iterator[list[float]]:
    yield start(probabilities, quantiles)


def _untransform(free: Sequence[float]) -> Parameters:
    return exponential(float(free[0])), exponential(float(free[1]))


FAMILY = Continuous(
    name="gamma",
    parameters=("shape", "rate"),
    known="positive, may be large",
    order=4,
    ppf=lambda p, u: special.gammaincinv(p[0], u) / p[1],
    cdf=lambda p, x: special.gammainc(p[0], p[1] * np.maximum(x, 0.0)),
    ends=(0.0, inf),
    check=lambda p: above_zero(shape=p[0], rate=p[1]),
    starts=_starts,
    untransform=_untransform,
)
