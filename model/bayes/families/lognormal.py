"""The lognormal distribution in PyTensor."""

import pytensor.tensor as pt

from model.bayes.tensor_family import TensorFamily, log_normal_density, score

__all__ = ["TENSOR"]

TENSOR = TensorFamily(
    quantile=lambda p, u: p[0] * pt.exp(p[1] * score(u)),
    log_density=lambda p, x: log_normal_density(pt.log(x / p[0]) / p[1]) - pt.log(x * p[1]),
    of_score=lambda p, z: p[0] * pt.exp(p[1] * z),
    differentiable=("of_score",),
)
