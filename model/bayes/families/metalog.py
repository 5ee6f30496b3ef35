"""The metalog distribution in PyTensor: a formula that PyTensor can differentiate."""

from math import inf

import pytensor
import pytensor.tensor as pt

from model.bayes.ops import DistributionFunction
from model.bayes.tensor_family import Parameters, Tensor, TensorFamily
from priors.distributions.distribution import Distribution

__all__ = ["TENSOR"]

_SMALLEST, _LARGEST = 1e-300, 1.0 - 1e-16


def _quantile(p: Parameters, u: Tensor) -> Tensor:
    """Keelin's quantile function (priors.distributions.families.metalog)."""
    (low,), (high,), *coefficients = p
    inner = pt.clip(u, _SMALLEST, _LARGEST)
    log_odds, centred = pt.log(inner) - pt.log1p(-inner), inner - 0.5
    terms = [1.0, log_odds, centred * log_odds, centred]
    for place in range(4, len(coefficients)):
        power = centred ** (place // 2)
        terms.append(power if place % 2 == 0 else power * log_odds)
    y = sum(a * term for a, term in zip(coefficients, terms, strict=False))
    if low == -inf:
        return y if high == inf else high - pt.exp(-y)
    return low + (pt.exp(y) if high == inf else (high - low) * pt.sigmoid(y))


def _log_density(p: Parameters, x: Tensor) -> Tensor:
    """One over the slope of the quantile function, at the probability of `x`."""
    whole = Distribution("metalog", tuple(float(number) for (number,) in p))
    u = DistributionFunction(whole)(x)
    slope = pytensor.grad(_quantile(p, u).sum(), u)
    return pt.switch(pt.and_(pt.gt(u, 0.0), pt.lt(u, 1.0)), -pt.log(slope), -inf)


TENSOR = TensorFamily(
    quantile=_quantile,
    log_density=_log_density,
    differentiable=("quantile",),
    together=False,
)
