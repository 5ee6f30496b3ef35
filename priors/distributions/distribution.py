"""Distributions: quantile and distribution functions of every family, truncated and moved.

Numbers first: everything here takes and returns plain arrays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy import special

from priors.distributions import metalog

__all__ = ["DISCRETE_FAMILIES", "FAMILIES", "Distribution", "pert_shapes"]

type Array = npt.NDArray[np.float64]
type Parameters = tuple[float, ...]

#: Family to the names of its parameters.
FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "constant": ("value",),
        "normal": ("mean", "sd"),
        "lognormal": ("median", "log_sd"),
        "beta": ("alpha", "beta"),
        "gamma": ("shape", "rate"),
        "uniform": ("low", "high"),
        "triangular": ("low", "mode", "high"),
        "pert": ("low", "mode", "high"),
        "bernoulli": ("probability",),
        "discrete": ("values", "weights"),
        "mixture": ("components",),
        "metalog": ("quantiles",),
    }
)

#: Families whose draws take countably many values.
DISCRETE_FAMILIES = frozenset({"constant", "bernoulli", "discrete"})

_BISECTIONS = 200


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution: a family, cut to [`lower`, `upper`], then scaled and shifted.

    Attributes
    ----------
    family : str
        A key of `FAMILIES`.
    parameters : tuple of float
        In the order of `FAMILIES`; of ``discrete`` the values, of ``metalog`` the coefficients.
    lower, upper : float
        Where the family is cut, before `scale` and `shift`.
    scale, shift : float
        A draw is ``scale * y + shift``, where y has the cut family's distribution.
    weights : tuple of float
        Of a ``mixture``'s components or a ``discrete``'s values; they add up to 1.
    components : tuple of Distribution
        Of a ``mixture``; each cut by itself, so that the weights hold as stated.
    bounds : tuple of float
        Of a ``metalog``: the ends of its own domain.
    """

    family: str
    parameters: Parameters
    lower: float = -inf
    upper: float = inf
    scale: float = 1.0
    shift: float = 0.0
    weights: Parameters = ()
    components: tuple["Distribution", ...] = ()
    bounds: tuple[float, float] = (-inf, inf)

    @property
    def discrete(self) -> bool:
        """Whether draws take countably many values."""
        return self.family in DISCRETE_FAMILIES

    @property
    def constant(self) -> bool:
        """Whether all draws are the same."""
        return self.family == "constant"

    def kept(self) -> tuple[float, float]:
        """Probabilities of the uncut family below `lower` and up to `upper`."""
        ends = self._base_cdf(np.array([self.lower, self.upper]))
        return float(ends[0]), float(ends[1])

    def ppf(self, u: npt.ArrayLike) -> Array:
        """Quantile function.

        Parameters
        ----------
        u : array_like
            Probabilities in (0, 1), any shape.

        Returns
        -------
        ndarray
            The quantiles, of the same shape, in the quantity's unit.
        """
        u = np.asarray(u, dtype=np.float64)
        if self.discrete or self.family == "mixture":
            base = self._base_ppf(u)
        else:
            low, high = self.kept()
            base = np.clip(self._base_ppf(low + u * (high - low)), self.lower, self.upper)
        return np.asarray(self.scale * base + self.shift)

    def from_score(self, z: npt.ArrayLike) -> Array:
        """Value at the standard normal score `z`, any shape: ``ppf(Φ(z))``, exact in the tails."""
        z = np.asarray(z, dtype=np.float64)
        if self.family in ("normal", "lognormal") and self.kept() == (0.0, 1.0):
            location, spread = self.parameters
            base = (
                location + spread * z if self.family == "normal" else location * np.exp(spread * z)
            )
            return np.asarray(self.scale * base + self.shift)
        return self.ppf(special.ndtr(z))

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Probability of a value up to `x`, any shape."""
        y = (np.asarray(x, dtype=np.float64) - self.shift) / self.scale
        if self.discrete:
            return self._base_cdf(y)
        if self.family == "mixture":
            return self._mixture_cdf(y)
        low, high = self.kept()
        return np.asarray(np.clip((self._base_cdf(y) - low) / (high - low), 0.0, 1.0))

    def quantile(self, probability: float) -> float:
        """The quantile of one probability."""
        return float(self.ppf(probability))

    def support(self) -> tuple[float, float]:
        """Smallest and largest value that it can take; infinite where there is no end."""
        if self.discrete:
            values = self._values()
            ends = values[0], values[-1]
        elif self.family == "mixture":
            parts = [component.support() for component in self.components]
            ends = min(low for low, _ in parts), max(high for _, high in parts)
        else:
            low, high = self._domain()
            ends = max(self.lower, low), min(self.upper, high)
        return self.scale * ends[0] + self.shift, self.scale * ends[1] + self.shift

    def _domain(self) -> tuple[float, float]:
        if self.family == "metalog":
            return self.bounds
        return _DOMAIN[self.family](self.parameters)

    def _values(self) -> Parameters:
        return (0.0, 1.0) if self.family == "bernoulli" else self.parameters

    def _value_weights(self) -> Parameters:
        if self.family == "bernoulli":
            return 1.0 - self.parameters[0], self.parameters[0]
        return self.weights or (1.0,)

    def _base_ppf(self, u: Array) -> Array:
        if self.discrete:
            steps = np.cumsum(self._value_weights())[:-1]
            return np.asarray(self._values())[np.searchsorted(steps, u, side="right")]
        if self.family == "mixture":
            return self._mixture_ppf(u)
        if self.family == "metalog":
            return metalog.ppf(self.parameters, self.bounds, u)
        return _PPF[self.family](self.parameters, u)

    def _base_cdf(self, x: Array) -> Array:
        if self.discrete:
            steps = np.concatenate([[0.0], np.cumsum(self._value_weights())])
            return np.asarray(steps[np.searchsorted(self._values(), x, side="right")])
        if self.family == "mixture":
            return self._mixture_cdf(x)
        if self.family == "metalog":
            return metalog.cdf(self.parameters, self.bounds, x)
        return _CDF[self.family](self.parameters, x)

    def _mixture_cdf(self, x: Array) -> Array:
        parts = (
            weight * part.cdf(x) for weight, part in zip(self.weights, self.components, strict=True)
        )
        return np.asarray(sum(parts))

    def _mixture_ppf(self, u: Array) -> Array:
        """Bisect between the smallest and the largest quantile of the components."""
        quantiles = np.stack([component.ppf(u) for component in self.components])
        low, high = quantiles.min(axis=0), quantiles.max(axis=0)
        for _ in range(_BISECTIONS):
            middle = 0.5 * (low + high)
            if np.all((middle == low) | (middle == high)):
                break
            above = self._mixture_cdf(middle) >= u
            low, high = np.where(above, low, middle), np.where(above, middle, high)
        return np.asarray(high)


def pert_shapes(parameters: Parameters) -> tuple[float, float]:
    """Shapes of the beta that a PERT distribution stretches over [low, high].

    Notes
    -----
    Malcolm et al. (1959), with the usual weight of 4 on the mode.
    """
    low, mode, high = parameters
    width = high - low
    return 1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width


def _triangular_ppf(parameters: Parameters, u: Array) -> Array:
    low, mode, high = parameters
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1.0 - u) * width * (high - mode))
    return np.where(u * width < mode - low, rising, falling)


def _triangular_cdf(parameters: Parameters, x: Array) -> Array:
    low, mode, high = parameters
    x = np.clip(x, low, high)
    width = high - low
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = (x - low) ** 2 / (width * (mode - low))
        falling = 1.0 - (high - x) ** 2 / (width * (high - mode))
    return np.where(x < mode, rising, falling if high > mode else 1.0)


def _pert_ppf(parameters: Parameters, u: Array) -> Array:
    low, _, high = parameters
    return np.asarray(low + (high - low) * special.betaincinv(*pert_shapes(parameters), u))


def _pert_cdf(parameters: Parameters, x: Array) -> Array:
    low, _, high = parameters
    share = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(special.betainc(*pert_shapes(parameters), share))


def _lognormal_cdf(parameters: Parameters, x: Array) -> Array:
    median, log_sd = parameters
    with np.errstate(divide="ignore", over="ignore"):
        return np.asarray(special.ndtr(np.log(np.maximum(x, 0.0) / median) / log_sd))


_PPF: Mapping[str, Callable[[Parameters, Array], Array]] = {
    "normal": lambda p, u: p[0] + p[1] * special.ndtri(u),
    "lognormal": lambda p, u: p[0] * np.exp(p[1] * special.ndtri(u)),
    "beta": lambda p, u: special.betaincinv(p[0], p[1], u),
    "gamma": lambda p, u: special.gammaincinv(p[0], u) / p[1],
    "uniform": lambda p, u: p[0] + (p[1] - p[0]) * u,
    "triangular": _triangular_ppf,
    "pert": _pert_ppf,
}

_CDF: Mapping[str, Callable[[Parameters, Array], Array]] = {
    "normal": lambda p, x: special.ndtr((x - p[0]) / p[1]),
    "lognormal": _lognormal_cdf,
    "beta": lambda p, x: special.betainc(p[0], p[1], np.clip(x, 0.0, 1.0)),
    "gamma": lambda p, x: special.gammainc(p[0], p[1] * np.maximum(x, 0.0)),
    "uniform": lambda p, x: np.clip((x - p[0]) / (p[1] - p[0]), 0.0, 1.0),
    "triangular": _triangular_cdf,
    "pert": _pert_cdf,
}

_DOMAIN: Mapping[str, Callable[[Parameters], tuple[float, float]]] = {
    "normal": lambda _: (-inf, inf),
    "lognormal": lambda _: (0.0, inf),
    "beta": lambda _: (0.0, 1.0),
    "gamma": lambda _: (0.0, inf),
    "uniform": lambda p: (p[0], p[1]),
    "triangular": lambda p: (p[0], p[2]),
    "pert": lambda p: (p[0], p[2]),
}
