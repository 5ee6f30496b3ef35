"""The uniform distribution in PyTensor."""

import pytensor.tensor as pt

from model.bayes.tensor_family import TensorFamily

__all__ = ["TENSOR"]

TENSOR = TensorFamily(
    quantile=lambda p, u: p[0] + (p[1] - p[0]) * u,
    log_density=lambda p, _: -pt.log(p[1] - p[0]),
)
