"""The PERT distribution in PyTensor: a beta of the share of the way from low to high."""

import pytensor.tensor as pt

from model.bayes.families import beta
from model.bayes.tensor_family import TensorFamily
from priors.distributions.families.pert import shapes

__all__ = ["TENSOR"]

TENSOR = TensorFamily(
    quantile=lambda p, u: p[0] + p[1] * pt.betaincinv(p[2], p[3], u),
    log_density=lambda p, x: beta.log_density(p[2:], (x - p[0]) / p[1]) - pt.log(p[1]),
    prepared=lambda p: (p[0], p[2] - p[0], *shapes(p)),
)
