"""What the tensor form of a continuous family states: one record, in a file of its name.

A file in `model.bayes.families` holds one record, ``TENSOR``, of the family of that name in
`priors.distributions.families`. Cutting, scaling and shifting are left to `model.bayes.quantiles`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, pi, sqrt
from typing import Any, Literal

import numpy as np
import pytensor.tensor as pt

from priors.distributions.family import Array
from priors.distributions.family import Parameters as Numbers

__all__ = ["Parameters", "Tensor", "TensorFamily", "log_normal_density", "probability", "score"]

#: A symbolic vector or number.
type Tensor = Any
#: The parameters of one family, a vector over distributions each.
type Parameters = Sequence[Array]

_LOG_ROOT_2PI = 0.5 * log(2.0 * pi)


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorFamily:
    """A family's functions in PyTensor, of parameters and a vector (distribution,).

    Attributes
    ----------
    quantile : callable
        Quantiles at probabilities, uncut.
    log_density : callable
        Logarithm of the density at values inside the domain, uncut.
    of_score : callable, optional
        Values at normal scores, uncut and exact in both tails.
    differentiable : tuple of str
        Which of ``quantile`` and ``of_score`` PyTensor may differentiate by itself; the slope of
        the other follows from `log_density`.
    prepared : callable
        The parameters that these functions take, from those of the family.
    together : bool
        Whether members of any parameters may stand in one vector.
    """

    quantile: Callable[[Parameters, Tensor], Tensor]
    log_density: Callable[[Parameters, Tensor], Tensor]
    of_score: Callable[[Parameters, Tensor], Tensor] | None = None
    differentiable: tuple[Literal["quantile", "of_score"], ...] = ()
    prepared: Callable[[Numbers], Numbers] = tuple
    together: bool = True

    def columns(self, rows: Sequence[Numbers]) -> Parameters:
        """The parameters that the functions take, (distribution,) each; (1,) unless `together`.

        Parameters
        ----------
        rows : sequence of tuple of float
            The family's parameters of each distribution.

        Returns
        -------
        list of array
            One a parameter.
        """
        prepared = [self.prepared(row) for row in (rows if self.together else rows[:1])]
        return [np.array(column, dtype=np.float64) for column in zip(*prepared, strict=True)]


def probability(z: Tensor) -> Tensor:
    """Φ(z), exact in the lower tail.

    Parameters
    ----------
    z : tensor
        Standard normal scores.

    Returns
    -------
    tensor
    """
    return 0.5 * pt.erfc(-z / sqrt(2.0))


def score(u: Tensor) -> Tensor:
    """Φ⁻¹(u).

    Parameters
    ----------
    u : tensor
        Probabilities.

    Returns
    -------
    tensor
        Standard normal scores.
    """
    return -sqrt(2.0) * pt.erfcinv(2.0 * u)


def log_normal_density(z: Tensor) -> Tensor:
    """Logarithm of the standard normal density.

    Parameters
    ----------
    z : tensor
        Standard normal scores.

    Returns
    -------
    tensor
    """
    return -0.5 * z**2 - _LOG_ROOT_2PI
