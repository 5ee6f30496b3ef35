"""A mixture of continuous distributions, each cut by itself, so that the weights hold as stated."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from priors.distributions.family import Array, FamilyError, Mixed, Parameters

__all__ = ["FAMILY", "check_weights"]

_BISECTIONS = 200
_WEIGHT_TOLERANCE = 1e-9


class _Component(Protocol):
    def ppf(self, u: Array, /) -> Array: ...

    def cdf(self, x: Array, /) -> Array: ...


def check_weights(weights: Sequence[float], key: str) -> None:
    """Raise `FamilyError`, naming `key`, unless the weights are probabilities that add up to 1.

    Parameters
    ----------
    weights : sequence of float
        As a prior's table states them.
    key : str
        Key of that table which is to blame.

    Raises
    ------
    FamilyError
        If a weight is below 0, or their sum differs from 1 by more than 1e-9.
    """
    if any(weight < 0.0 for weight in weights):
        raise FamilyError((key, "a weight is below 0"))
    if abs(sum(weights) - 1.0) > _WEIGHT_TOLERANCE:
        raise FamilyError((key, f"the weights add up to {sum(weights):.10g}, not to 1"))


def _cdf(weights: Parameters, components: Sequence[_Component], x: Array) -> Array:
    parts = (weight * part.cdf(x) for weight, part in zip(weights, components, strict=True))
    return np.asarray(sum(parts))


def _ppf(weights: Parameters, components: Sequence[_Component], u: Array) -> Array:
    """Bisect between the smallest and the largest quantile of the components."""
    quantiles = np.stack([component.ppf(u) for component in components])
    low, high = quantiles.min(axis=0), quantiles.max(axis=0)
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        if np.all((middle == low) | (middle == high)):
            break
        above = _cdf(weights, components, middle) >= u
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.asarray(high)


FAMILY = Mixed(
    name="mixture",
    parameters=("components",),
    known="two or more regimes",
    order=10,
    ppf=_ppf,
    cdf=_cdf,
)
