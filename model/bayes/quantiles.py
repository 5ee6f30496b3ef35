"""Quantile functions in PyTensor: one for each family, from normal scores, with their slopes.

The values are those of `Distribution.from_score`; the slopes are written down, not derived by
PyTensor: those of its inverse incomplete beta and gamma functions overflow at shapes over a
hundred, and an inverse found numerically, as a mixture's, has none. By the implicit function
theorem the slope of x = F⁻¹(Φ(z)) is φ(z) / f(x), f being the density.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import inf, log, pi, sqrt
from typing import Any

import numpy as np
import pytensor
import pytensor.tensor as pt
from pytensor.compile.builders import OpFromGraph

from model.bayes.ops import DistributionFunction, MixtureQuantile
from priors.distributions.distribution import Distribution, pert_shapes

__all__ = ["Place", "Tensor", "gather", "quantiles"]

#: A symbolic vector or number.
type Tensor = Any
#: The parameters of one family, a vector over distributions each.
type Parameters = Sequence[Any]
#: A vector, and a row of it.
type Place = tuple[Any, int]

_LOG_ROOT_2PI = 0.5 * log(2.0 * pi)
_SMALLEST, _LARGEST = 1e-300, 1.0 - 1e-16


def quantiles(distributions: Sequence[Distribution], scores: Tensor) -> list[Place]:
    """The values of `distributions` at normal scores.

    Parameters
    ----------
    distributions : sequence of Distribution
        Constants among them take a score too, and ignore it.
    scores : tensor, shape (distribution,)
        Standard normal scores.

    Returns
    -------
    list of (tensor, int)
        For each distribution the vector that its value is in, in the quantity's unit, and where.
        Those of one family are computed together, and not with those of another: so a gradient
        needs no more than the families that it goes through. A discrete quantity is a step of
        its score, with slope zero.
    """
    groups: dict[Any, list[int]] = {}
    for number, distribution in enumerate(distributions):
        groups.setdefault(_group(distribution), []).append(number)
    places: dict[int, Place] = {}
    for numbers in groups.values():
        vector = _values([distributions[number] for number in numbers], scores[np.array(numbers)])
        places |= {number: (vector, row) for row, number in enumerate(numbers)}
    return [places[number] for number in range(len(distributions))]


def gather(places: Sequence[Place]) -> Tensor:
    """One vector (place,) of what lies at `places`, in few operations."""
    rows: dict[Any, list[int]] = {}
    for number, (vector, _) in enumerate(places):
        rows.setdefault(vector, []).append(number)
    parts = [vector[np.array([places[n][1] for n in own])] for vector, own in rows.items()]
    if len(parts) == 1:
        return parts[0]
    order = np.argsort(np.concatenate(list(rows.values())))
    return pt.concatenate(parts)[order]


def _group(distribution: Distribution) -> Any:
    """What distributions have in common that are computed together."""
    if distribution.constant:
        return "constant"
    if distribution.family in _FAMILIES:
        return distribution.family, distribution.kept() == (0.0, 1.0)
    return distribution


def _values(members: Sequence[Distribution], z: Tensor) -> Tensor:
    """Values of the members of one group at scores `z` (member,)."""
    first = members[0]
    if first.constant:
        return pt.constant(np.array([member.quantile(0.5) for member in members]))
    if first.family == "mixture":
        return _mixture(first, z)
    if first.discrete:
        base = _steps(first, _probability(z))
    elif first.family == "metalog":
        base = _cut(members, partial(_metalog, first), z)
    elif first.family in _OF_SCORE and first.kept() == (0.0, 1.0):
        base = _OF_SCORE[first.family](_parameters(members), z)
    else:
        base = _with_density(members, z)
    return _column(members, "scale") * base + _column(members, "shift")


def _column(members: Sequence[Distribution], name: str) -> Tensor:
    return pt.constant(np.array([getattr(member, name) for member in members]))


def _parameters(members: Sequence[Distribution]) -> Parameters:
    """The members' parameters; of a pert those of its beta: low, width, alpha, beta."""
    rows = [
        (p[0], p[2] - p[0], *pert_shapes(p)) if member.family == "pert" else p
        for member in members
        for p in [member.parameters]
    ]
    return [pt.constant(np.array(column, dtype=np.float64)) for column in zip(*rows, strict=True)]


def _probability(z: Tensor) -> Tensor:
    """Φ(z), exact in the lower tail."""
    return 0.5 * pt.erfc(-z / sqrt(2.0))


def _score(u: Tensor) -> Tensor:
    return -sqrt(2.0) * pt.erfcinv(2.0 * u)


def _log_normal_density(z: Tensor) -> Tensor:
    return -0.5 * z**2 - _LOG_ROOT_2PI


def _cut(members: Sequence[Distribution], base: Callable[[Tensor], Tensor], z: Tensor) -> Tensor:
    """Quantiles of the family `base`, cut to the members' bounds."""
    low, high = (np.array(ends) for ends in zip(*(one.kept() for one in members), strict=True))
    value = base(low + _probability(z) * (high - low))
    return pt.clip(value, _column(members, "lower"), _column(members, "upper"))


def _with_density(members: Sequence[Distribution], z: Tensor) -> Tensor:
    """Quantiles of the members' family, cut, with the slope from the density."""
    family, parameters = members[0].family, _parameters(members)
    mass = np.array([log(high - low) for low, high in (one.kept() for one in members)])

    def value(z: Tensor) -> Tensor:
        return _cut(members, partial(_FAMILIES[family], parameters), z)

    def slope(z: Tensor, value: Tensor) -> Tensor:
        return pt.exp(_log_normal_density(z) + mass - _LOG_DENSITY[family](parameters, value))

    return _with_slope(value, slope, z)


def _with_slope(
    value: Callable[[Tensor], Tensor], slope: Callable[[Tensor, Tensor], Tensor], z: Tensor
) -> Tensor:
    """`value` of `z` (n,), whose derivative is `slope` of both; zero where that is not finite.

    An Op, since PyMC simplifies a graph before it takes gradients: what only marks a part of it
    as constant is gone by then.
    """

    def pullback(inputs: list[Any], outputs: list[Any], cotangents: list[Any]) -> list[Any]:
        stated = slope(inputs[0], outputs[0])
        return [cotangents[0] * pt.switch(pt.isfinite(stated), stated, 0.0)]

    inner = pt.vector(dtype="float64", shape=z.type.shape)
    return OpFromGraph([inner], [value(inner)], inline=True, pullback=pullback)(z)


def _steps(distribution: Distribution, u: Tensor) -> Tensor:
    """Values of a discrete distribution at probabilities `u`."""
    values, weights = distribution.parameters, distribution.weights[:-1]
    if distribution.family == "bernoulli":
        values, weights = (0.0, 1.0), (1.0 - distribution.parameters[0],)
    passed = pt.ge(u[:, None], np.cumsum(weights)[None, :]).sum(axis=1)
    return pt.constant(np.array(values, dtype=np.float64))[passed]


def _mixture(mixture: Distribution, z: Tensor) -> Tensor:
    """Quantiles of a mixture in the quantity's unit: its scale and shift are applied."""

    def slope(z: Tensor, value: Tensor) -> Tensor:
        base = (value - mixture.shift) / mixture.scale
        density = sum(
            weight * _density(component, base)
            for weight, component in zip(mixture.weights, mixture.components, strict=True)
        )
        return mixture.scale * pt.exp(_log_normal_density(z)) / density

    return _with_slope(MixtureQuantile(mixture), slope, z)


def _density(component: Distribution, x: Tensor) -> Tensor:
    """Density of a mixture's component, cut, at `x` (n,)."""
    if component.family == "metalog":
        return _metalog_density(component, x)
    low, high = component.support()
    inside = pt.and_(pt.ge(x, low), pt.le(x, high))
    kept = component.kept()
    parameters = _parameters([component])
    density = pt.exp(_LOG_DENSITY[component.family](parameters, x)) / (kept[1] - kept[0])
    return pt.switch(inside, density, 0.0)


def _metalog_density(component: Distribution, x: Tensor) -> Tensor:
    """One over the slope of the quantile function, at the probability of `x`."""
    low, high = component.kept()
    u = low + DistributionFunction(component)(x) * (high - low)
    slope = pytensor.grad(_metalog(component, u).sum(), u)
    inside = pt.and_(pt.gt(u, low), pt.lt(u, high))
    return pt.switch(inside, 1.0 / (slope * (high - low)), 0.0)


def _metalog(distribution: Distribution, u: Tensor) -> Tensor:
    """Keelin's quantile function (priors.distributions.metalog) in the unit of its domain."""
    inner = pt.clip(u, _SMALLEST, _LARGEST)
    log_odds, centred = pt.log(inner) - pt.log1p(-inner), inner - 0.5
    terms = [1.0, log_odds, centred * log_odds, centred]
    for place in range(4, len(distribution.parameters)):
        power = centred ** (place // 2)
        terms.append(power if place % 2 == 0 else power * log_odds)
    y = sum(a * term for a, term in zip(distribution.parameters, terms, strict=False))
    low, high = distribution.bounds
    if low == -inf:
        return y if high == inf else high - pt.exp(-y)
    return low + (pt.exp(y) if high == inf else (high - low) * pt.sigmoid(y))


def _triangular(p: Parameters, u: Tensor) -> Tensor:
    low, mode, high = p
    width = high - low
    rising = low + pt.sqrt(u * width * (mode - low))
    falling = high - pt.sqrt((1.0 - u) * width * (high - mode))
    return pt.switch(u * width < mode - low, rising, falling)


def _triangular_log_density(p: Parameters, x: Tensor) -> Tensor:
    low, mode, high = p
    height = pt.switch(x < mode, (x - low) / (mode - low), (high - x) / (high - mode))
    return pt.log(2.0 * height / (high - low))


def _beta_log_density(p: Parameters, x: Tensor) -> Tensor:
    a, b = p
    constant = pt.gammaln(a + b) - pt.gammaln(a) - pt.gammaln(b)
    return (a - 1.0) * pt.log(x) + (b - 1.0) * pt.log1p(-x) + constant


def _lognormal_log_density(p: Parameters, x: Tensor) -> Tensor:
    return _log_normal_density(pt.log(x / p[0]) / p[1]) - pt.log(x * p[1])


def _gamma_log_density(p: Parameters, x: Tensor) -> Tensor:
    y = p[1] * x
    return (p[0] - 1.0) * pt.log(y) - y - pt.gammaln(p[0]) + pt.log(p[1])


#: Quantile of each family, uncut, at its parameters and probabilities.
_FAMILIES: Mapping[str, Callable[[Parameters, Tensor], Tensor]] = {
    "normal": lambda p, u: p[0] + p[1] * _score(u),
    "lognormal": lambda p, u: p[0] * pt.exp(p[1] * _score(u)),
    "beta": lambda p, u: pt.betaincinv(p[0], p[1], u),
    "gamma": lambda p, u: pt.gammaincinv(p[0], u) / p[1],
    "uniform": lambda p, u: p[0] + (p[1] - p[0]) * u,
    "triangular": _triangular,
    "pert": lambda p, u: p[0] + p[1] * pt.betaincinv(p[2], p[3], u),
}

#: The two that are functions of the score itself where nothing is cut: exact in the tails.
_OF_SCORE: Mapping[str, Callable[[Parameters, Tensor], Tensor]] = {
    "normal": lambda p, z: p[0] + p[1] * z,
    "lognormal": lambda p, z: p[0] * pt.exp(p[1] * z),
}

#: Logarithm of each family's density, uncut, inside its domain.
_LOG_DENSITY: Mapping[str, Callable[[Parameters, Tensor], Tensor]] = {
    "normal": lambda p, x: _log_normal_density((x - p[0]) / p[1]) - pt.log(p[1]),
    "lognormal": _lognormal_log_density,
    "beta": _beta_log_density,
    "gamma": _gamma_log_density,
    "uniform": lambda p, _: -pt.log(p[1] - p[0]),
    "triangular": _triangular_log_density,
    "pert": lambda p, x: _beta_log_density(p[2:], (x - p[0]) / p[1]) - pt.log(p[1]),
}
