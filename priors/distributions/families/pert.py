"""The PERT distribution: a beta stretched over [low, high], smoother than the triangular."""

import numpy as np
from scipy import special

from priors.distributions.families import triangular
from priors.distributions.family import Array, Continuous, Parameters, in_order

__all__ = ["FAMILY", "shapes"]


def shapes(parameters: Parameters) -> tuple[float, float]:
    """Shapes of the beta that a PERT distribution stretches over [low, high].

    Parameters
    ----------
    parameters : tuple of float
        Low, mode and high, low below high.

    Returns
    -------
    float
        First shape, 1 + 4 (mode - low) / (high - low): from 1 to 5.
    float
        Second shape, 1 + 4 (high - mode) / (high - low); the two add up to 6.

    Notes
    -----
    Malcolm et al. (1959), with the usual weight of 4 on the mode.
    """
    low, mode, high = parameters
    width = high - low
    return 1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width


def _ppf(parameters: Parameters, u: Array) -> Array:
    low, _, high = parameters
    return np.asarray(low + (high - low) * special.betaincinv(*shapes(parameters), u))


def _cdf(parameters: Parameters, x: Array) -> Array:
    low, _, high = parameters
    share = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(special.betainc(*shapes(parameters), share))


FAMILY = Continuous(
    name="pert",
    parameters=("low", "mode", "high"),
    known="lowest, most likely, highest",
    order=7,
    ppf=_ppf,
    cdf=_cdf,
    own_ends=lambda p: (p[0], p[2]),
    check=lambda p: in_order(*p),
    starts=triangular.starts,
    untransform=triangular.untransform,
)
