"""The triangular distribution: its density rises to the mode, and falls from it, in a line."""

from collections.abc import Iterator, Sequence
from math import log

import numpy as np

from priors.distributions.family import Array, Continuous, Parameters, exponential, in_order

__all__ = ["FAMILY", "starts", "untransform"]


def _ppf(parameters: Parameters, u: Array) -> Array:
    low, mode, high = parameters
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1.0 - u) * width * (high - mode))
    return np.where(u * width < mode - low, rising, falling)


def _cdf(parameters: Parameters, x: Array) -> Array:
    low, mode, high = parameters
    x = np.clip(x, low, high)
    width = high - low
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = (x - low) ** 2 / (width * (mode - low))
        falling = 1.0 - (high - x) ** 2 / (width * (high - mode))
    return np.where(x < mode, rising, falling if high > mode else 1.0)


def starts(_: Sequence[float], quantiles: Sequence[float]) -> Iterator[list[float]]:
    """The mode and the logarithms of its distances from both ends, whatever the probabilities.

    Parameters
    ----------
    quantiles : sequence of float
        Three, increasing.

    Yields
    ------
    list of float
        Unconstrained parameters (3,), as `untransform` takes them.
    """
    low, middle, high = quantiles
    width = high - low
    yield [middle, log(2.0 * (middle - low)), log(2.0 * (high - middle))]
    # for one whose bounds leave little but a slope
    yield [low, log(0.1 * width), log(1.5 * width)]
    yield [high, log(1.5 * width), log(0.1 * width)]


def untransform(free: Sequence[float]) -> Parameters:
    """Low, mode and high.

    Parameters
    ----------
    free : sequence of float
        The mode, then the logarithms of its distances from low and high.

    Returns
    -------
    tuple of float
        Low ≤ mode ≤ high.
    """
    mode = float(free[0])
    return mode - exponential(float(free[1])), mode, mode + exponential(float(free[2]))


FAMILY = Continuous(
    name="triangular",
    parameters=("low", "mode", "high"),
    known="lowest, most likely, highest",
    order=6,
    ppf=_ppf,
    cdf=_cdf,
    own_ends=lambda p: (p[0], p[2]),
    elementary=True,
    check=lambda p: in_order(*p),
    starts=starts,
    untransform=untransform,
)
