"""The beta distribution in PyTensor."""

import pytensor.tensor as pt

from model.bayes.tensor_family import Parameters, Tensor, TensorFamily

__all__ = ["TENSOR", "log_density"]


def log_density(p: Parameters, x: Tensor) -> Tensor:
    """Logarithm of the density at shapes `p` and values `x`.

    Parameters
    ----------
    p : parameters
        The two shapes, each (distribution,), above 0.
    x : tensor (distribution,)
        Between 0 and 1.

    Returns
    -------
    tensor (distribution,)
    """
    a, b = p
    constant = pt.gammaln(a + b) - pt.gammaln(a) - pt.gammaln(b)
    return (a - 1.0) * pt.log(x) + (b - 1.0) * pt.log1p(-x) + constant


TENSOR = TensorFamily(
    quantile=lambda p, u: pt.betaincinv(p[0], p[1], u),
    log_density=log_density,
)
