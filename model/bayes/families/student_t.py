"""Student's t distribution in PyTensor, its quantiles by SciPy.

The inverse incomplete beta function, from which a graph could be written, loses digits in the
tails once there are some hundred degrees of freedom.
"""

import pytensor.tensor as pt
from scipy import special

from model.bayes.ops import Called
from model.bayes.tensor_family import Parameters, Tensor, TensorFamily
from priors.distributions.families.student_t import standard_at_score, standard_ppf

__all__ = ["TENSOR"]


def _log_density(p: Parameters, x: Tensor) -> Tensor:
    location, spread, df = p
    # the logarithm of the beta function: a difference of two of gamma would lose digits
    constant = -0.5 * pt.log(df) - special.betaln(0.5, 0.5 * df) - pt.log(spread)
    return constant - 0.5 * (df + 1.0) * pt.log1p(((x - location) / spread) ** 2 / df)


TENSOR = TensorFamily(
    quantile=lambda p, u: p[0] + p[1] * Called(standard_ppf, p[2])(u),
    log_density=_log_density,
    of_score=lambda p, z: p[0] + p[1] * Called(standard_at_score, p[2])(z),
)
