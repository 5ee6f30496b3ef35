"""Parameters from quantiles that hold after the family is cut to its bounds."""

from collections.abc import Callable, Iterator, Sequence
from math import inf, isfinite

import numpy as np
from scipy import special

from priors.distributions.distribution import Distribution
from priors.distributions.family import Array, Continuous

__all__ = ["fit"]

_TOLERANCE = 1e-8
#: Of Newton's method: steps at most, half the width of a difference, and the last step's size.
_STEPS, _WIDTH, _AT_REST = 20, 1e-5, 1e-13


def fit(
    family: Continuous,
    probabilities: Sequence[float],
    quantiles: Sequence[float],
    bounds: tuple[float, float],
) -> Distribution | None:
    """Find the distribution of a continuous family that has the stated quantiles.

    Parameters
    ----------
    family : Continuous
        Any continuous one.
    probabilities : sequence of float
        Increasing; as many as the family has parameters, or any number where it says how to
        `fit` them.
    quantiles : sequence of float
        Increasing, as many, inside the family's domain.
    bounds : tuple of float
        Where the family is cut; the quantiles hold after cutting, each within 1e-8 of its
        probability.

    Returns
    -------
    Distribution or None
        None where the family has no such member.
    """
    if family.fit is not None:
        parameters = family.fit(probabilities, quantiles, bounds)
        return None if parameters is None else Distribution(family.name, parameters, *bounds)
    try:
        candidates = _candidates(family, probabilities, quantiles, bounds)
        fitting = (
            one for one in candidates if _misfit(one, probabilities, quantiles) <= _TOLERANCE
        )
        return next(fitting, None)
    except (ArithmeticError, ValueError):  # floats cannot even measure how far they are apart
        return None


def _candidates(
    family: Continuous,
    probabilities: Sequence[float],
    quantiles: Sequence[float],
    bounds: tuple[float, float],
) -> Iterator[Distribution]:
    """Guesses, and what solvers make of them: the quickest first, the slowest last."""
    miss = _miss(family, probabilities, quantiles, bounds)
    starts = []
    for start in family.starts(probabilities, quantiles):
        if np.all(np.isfinite(start)):
            starts.append(start)
            yield Distribution(family.name, family.untransform(start), *bounds)
            near = _newton(miss, start)
            if near is not None:
                yield Distribution(family.name, family.untransform(near), *bounds)
            yield Distribution(family.name, family.untransform(_root(miss, start)), *bounds)
    for start in starts:
        yield Distribution(family.name, family.untransform(_least_squares(miss, start)), *bounds)


def _misfit(
    base: Distribution, probabilities: Sequence[float], quantiles: Sequence[float]
) -> float:
    with np.errstate(all="ignore"):
        found = base.cdf(quantiles)
    error = np.max(np.abs(found - probabilities))
    return float(error) if isfinite(error) else inf


def _miss(
    family: Continuous,
    probabilities: Sequence[float],
    quantiles: Sequence[float],
    bounds: tuple[float, float],
) -> Callable[[Array], Array]:
    """What a solver is to make zero: error of the log odds at each quantile (quantile,)."""
    target = special.logit(probabilities)

    def miss(free: Array) -> Array:
        parameters = family.untransform(free.tolist())
        with np.errstate(all="ignore"):
            found = Distribution(family.name, parameters, *bounds).cdf(quantiles)
        inside = np.clip(np.nan_to_num(found), 1e-12, 1.0 - 1e-12)
        return np.asarray(special.logit(inside) - target)

    return miss


def _newton(miss: Callable[[Array], Array], start: Sequence[float]) -> list[float] | None:
    """By Newton's method, for the shapes of most priors: importing SciPy's solvers takes longer.

    None where there are not two parameters, or it does not come to rest within a few steps. The
    equations are solved by hand: the bits of a linear algebra library depend on the machine.
    """
    if len(start) != 2:  # two equations, two unknowns
        return None
    free = np.array(start, dtype=np.float64)
    for _ in range(_STEPS):
        wrong = miss(free)
        widths = _WIDTH * np.maximum(1.0, np.abs(free))
        slopes = [
            (miss(free + step) - miss(free - step)) / (2.0 * width)
            for step, width in zip(np.diag(widths), widths, strict=True)
        ]
        (a, c), (b, d) = slopes
        with np.errstate(all="ignore"):
            step = np.array([d * wrong[0] - b * wrong[1], a * wrong[1] - c * wrong[0]])
            step /= a * d - b * c
        if not np.all(np.isfinite(step)):
            return None
        free -= step
        if np.max(np.abs(step)) <= _AT_REST * np.max(np.abs(free)):
            found: list[float] = free.tolist()
            return found
    return None


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
