"""Parameters from quantiles that hold after the family is cut to its bounds."""

from collections.abc import Callable, Iterator, Sequence
from math import exp, inf, isfinite, log

import numpy as np
import numpy.typing as npt
from scipy import special

from priors.distributions import metalog
from priors.distributions.distribution import Distribution, Parameters

__all__ = ["fit"]

type Array = npt.NDArray[np.float64]

_TOLERANCE = 1e-8
#: Keeps exp() of an unconstrained parameter finite while the solver wanders.
_LARGEST_LOG = 300.0


def fit(
    family: str,
    probabilities: Sequence[float],
    quantiles: Sequence[float],
    bounds: tuple[float, float],
) -> Distribution | None:
    """Find the distribution of a continuous family that has the stated quantiles.

    Parameters
    ----------
    family : str
        Any continuous one but ``mixture``.
    probabilities, quantiles : sequence of float
        Increasing; as many as the family has parameters (``metalog``: two or more); quantiles
        inside the family's domain.
    bounds : tuple of float
        Where the family is cut; the quantiles hold after cutting.

    Returns
    -------
    Distribution or None
        None where the family has no such member.
    """
    if family == "metalog":
        coefficients = metalog.fit(probabilities, quantiles, bounds)
        if coefficients is None:
            return None
        return Distribution(family, coefficients, *bounds, bounds=bounds)
    try:
        candidates = _candidates(family, probabilities, quantiles, bounds)
        fitting = (
            one for one in candidates if _misfit(one, probabilities, quantiles) <= _TOLERANCE
        )
        return next(fitting, None)
    except (ArithmeticError, ValueError):  # floats cannot even measure how far they are apart
        return None


def _candidates(
    family: str,
    probabilities: Sequence[float],
    quantiles: Sequence[float],
    bounds: tuple[float, float],
) -> Iterator[Distribution]:
    """Guesses, and what solvers make of them; the slow solver last."""
    miss = _miss(family, probabilities, quantiles, bounds)
    starts = []
    for start in _starts(family, probabilities, quantiles):
        if np.all(np.isfinite(start)):
            starts.append(start)
            yield Distribution(family, _untransform(family, start), *bounds)
            yield Distribution(family, _untransform(family, _root(miss, start)), *bounds)
    for start in starts:
        yield Distribution(family, _untransform(family, _least_squares(miss, start)), *bounds)


def _misfit(
    base: Distribution, probabilities: Sequence[float], quantiles: Sequence[float]
) -> float:
    with np.errstate(all="ignore"):
        found = base.cdf(quantiles)
    error = np.max(np.abs(found - probabilities))
    return float(error) if isfinite(error) else inf


def _starts(
    family: str, probabilities: Sequence[float], quantiles: Sequence[float]
) -> Iterator[list[float]]:
    """Unconstrained parameters to start from.

    The first is exact for a family of two parameters, but beta, that nothing cuts.
    """
    scores = special.ndtri([probabilities[0], probabilities[-1]])
    low, high = quantiles[0], quantiles[-1]
    sd = (high - low) / float(scores[1] - scores[0])
    mean = low - sd * float(scores[0])
    if family == "normal":
        yield [mean, log(sd)]
    elif family == "lognormal":
        log_sd = (log(high) - log(low)) / float(scores[1] - scores[0])
        yield [log(low) - log_sd * float(scores[0]), log(log_sd)]
    elif family == "uniform":
        width = (high - low) / (probabilities[-1] - probabilities[0])
        yield [low - width * probabilities[0], log(width)]
    elif family == "gamma":
        yield _gamma_start(probabilities, quantiles)
    elif family == "beta":
        mean = min(max(mean, low), high)
        size = max(mean * (1.0 - mean) / sd**2 - 1.0, 0.1)
        yield [log(size * mean), log(size * (1.0 - mean))]
        # as a gamma, for one that hugs 0
        yield _gamma_start(probabilities, quantiles)
    else:
        middle, width = quantiles[1], high - low
        yield [middle, log(2.0 * (middle - low)), log(2.0 * (high - middle))]
        # for one whose bounds leave little but a slope
        yield [low, log(0.1 * width), log(1.5 * width)]
        yield [high, log(1.5 * width), log(0.1 * width)]


def _gamma_start(probabilities: Sequence[float], quantiles: Sequence[float]) -> list[float]:
    """Shape from the ratio of the quantiles, which falls as the shape grows; then the rate."""
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


def _untransform(family: str, free: Sequence[float]) -> Parameters:
    first, second = float(free[0]), exp(min(float(free[1]), _LARGEST_LOG))
    if family == "normal":
        return first, second
    if family == "uniform":
        return first, first + second
    if family in ("triangular", "pert"):
        return first - second, first, first + exp(min(float(free[2]), _LARGEST_LOG))
    return exp(min(first, _LARGEST_LOG)), second


def _miss(
    family: str,
    probabilities: Sequence[float],
    quantiles: Sequence[float],
    bounds: tuple[float, float],
) -> Callable[[Array], Array]:
    """What a solver is to make zero: error of the log odds at each quantile (quantile,)."""
    target = special.logit(probabilities)

    def miss(free: Array) -> Array:
        parameters = _untransform(family, free.tolist())
        with np.errstate(all="ignore"):
            found = Distribution(family, parameters, *bounds).cdf(quantiles)
        inside = np.clip(np.nan_to_num(found), 1e-12, 1.0 - 1e-12)
        return np.asarray(special.logit(inside) - target)

    return miss


def _root(miss: Callable[[Array], Array], start: Sequence[float]) -> list[float]:
    from scipy import optimize

    with np.errstate(all="ignore"):
        found = optimize.root(miss, np.asarray(start), method="hybr", options={"xtol": 1e-13})
    return [float(value) for value in found.x]


def _least_squares(miss: Callable[[Array], Array], start: Sequence[float]) -> list[float]:
    """Slower; for bounds that leave a piece which fewer parameters would describe."""
    from scipy import optimize

    with np.errstate(all="ignore"):
        found = optimize.least_squares(miss, start, x_scale="jac", xtol=1e-15, ftol=1e-15)
    return [float(value) for value in found.x]
