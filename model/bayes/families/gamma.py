"""The gamma distribution in PyTensor."""

import pytensor.tensor as pt

from model.bayes.tensor_family import Parameters, Tensor, TensorFamily

__all__ = ["TENSOR"]


def _log_density(p: Parameters, x: Tensor) -> Tensor:
    y = p[1] * x
    return (p[0] - 1.0) * pt.log(y) - y - pt.gammaln(p[0]) + pt.log(p[1])


TENSOR = TensorFamily(
    quantile=lambda p, u: pt.gammaincinv(p[0], u) / p[1],
    log_density=_log_density,
)
