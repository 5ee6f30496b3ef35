"""The triangular distribution in PyTensor."""

import pytensor.tensor as pt

from model.bayes.tensor_family import Parameters, Tensor, TensorFamily

__all__ = ["TENSOR"]


def _quantile(p: Parameters, u: Tensor) -> Tensor:
    low, mode, high = p
    width = high - low
    rising = low + pt.sqrt(u * width * (mode - low))
    falling = high - pt.sqrt((1.0 - u) * width * (high - mode))
    return pt.switch(u * width < mode - low, rising, falling)


def _log_density(p: Parameters, x: Tensor) -> Tensor:
    low, mode, high = map(pt.constant, p)  # PyTensor divides by zero without a warning
    height = pt.switch(x < mode, (x - low) / (mode - low), (high - x) / (high - mode))
    return pt.log(2.0 * height / (high - low))


TENSOR = TensorFamily(quantile=_quantile, log_density=_log_density)
