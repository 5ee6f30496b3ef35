"""The Weibull distribution in PyTensor."""

import pytensor.tensor as pt

from model.bayes.tensor_family import Parameters, Tensor, TensorFamily, probability

__all__ = ["TENSOR"]


def _of_score(p: Parameters, z: Tensor) -> Tensor:
    """Each tail from its own small probability: the cumulative hazard is -log Φ(-z)."""
    hazard = pt.switch(z < 0.0, -pt.log1p(-probability(z)), -pt.log(probability(-z)))
    return p[1] * hazard ** (1.0 / p[0])


def _log_density(p: Parameters, x: Tensor) -> Tensor:
    shape, life = p
    log_share = pt.log(x / life)
    return pt.log(shape / life) + (shape - 1.0) * log_share - pt.exp(shape * log_share)


TENSOR = TensorFamily(
    quantile=lambda p, u: p[1] * (-pt.log1p(-u)) ** (1.0 / p[0]),
    log_density=_log_density,
    of_score=_of_score,
)
