"""Quantiles of distributions in PyTensor, from normal scores, with their slopes.

The values are those of `Distribution.from_score`; the slopes are written down, not derived by
PyTensor: those of its inverse incomplete beta and gamma functions overflow at shapes over a
hundred, and an inverse found numerically, as a mixture's, has none. By the implicit function
theorem the slope of x = F⁻¹(Φ(z)) is φ(z) / f(x), f being the density.
"""

from collections.abc import Callable, Sequence
from functools import partial
from math import log
from typing import Any

import numpy as np
import pytensor.tensor as pt
from pytensor.compile.builders import OpFromGraph

from model.bayes.catalog import TENSORS
from model.bayes.ops import MixtureQuantile
from model.bayes.tensor_family import Parameters, Tensor, log_normal_density, probability
from priors.distributions.distribution import OUTMOST_SCORE, Distribution

__all__ = ["Place", "Tensor", "gather", "quantiles"]

#: A vector, and a row of it.
type Place = tuple[Any, int]


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
    scores = _moved(distributions, scores)
    distributions = [distribution.of_own_scores for distribution in distributions]
    groups: dict[Any, list[int]] = {}
    for number, distribution in enumerate(distributions):
        groups.setdefault(_group(distribution), []).append(number)
    places: dict[int, Place] = {}
    for numbers in groups.values():
        vector = _values([distributions[number] for number in numbers], scores[np.array(numbers)])
        places |= {number: (vector, row) for row, number in enumerate(numbers)}
    return [places[number] for number in range(len(distributions))]


def _moved(distributions: Sequence[Distribution], scores: Tensor) -> Tensor:
    """The scores at which the distributions without their moves are what these are at `scores`.

    A moved prior needs no density of its own: it is a quantile function of a moved score.
    """
    moved = [one for one in distributions if one is not one.of_own_scores]
    if not moved:
        return scores
    ends = np.array(
        [
            OUTMOST_SCORE if one is not one.of_own_scores and not one.exact_in_tails else np.inf
            for one in distributions
        ]
    )
    shift, spread = _column(distributions, "score_shift"), _column(distributions, "score_spread")
    return pt.clip(shift + spread * scores, -ends, ends)


def gather(places: Sequence[Place]) -> Tensor:
    """One vector (place,) of what lies at `places`, in few operations.

    Parameters
    ----------
    places : sequence of (tensor, int)
        A vector, and the place in it.

    Returns
    -------
    tensor (place,)
    """
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
    tensor = TENSORS.get(distribution.family)
    if tensor is None or not tensor.together:
        return distribution
    return distribution.family, distribution.kept() == (0.0, 1.0)


def _values(members: Sequence[Distribution], z: Tensor) -> Tensor:
    """Values of the members of one group at scores `z` (member,)."""
    first = members[0]
    if first.constant:
        return pt.constant(np.array([member.quantile(0.5) for member in members]))
    if first.components:
        return _mixture(first, z)
    base = _steps(first, probability(z)) if first.discrete else _of_family(members, z)
    return _column(members, "scale") * base + _column(members, "shift")


def _column(members: Sequence[Distribution], name: str) -> Tensor:
    return pt.constant(np.array([getattr(member, name) for member in members]))


def _parameters(members: Sequence[Distribution]) -> Parameters:
    return TENSORS[members[0].family].columns([member.parameters for member in members])


def _cut(members: Sequence[Distribution], base: Callable[[Tensor], Tensor], z: Tensor) -> Tensor:
    """Quantiles of the family `base`, cut to the members' bounds."""
    low, high = (np.array(ends) for ends in zip(*(one.kept() for one in members), strict=True))
    value = base(low + probability(z) * (high - low))
    return pt.clip(value, _column(members, "lower"), _column(members, "upper"))


def _of_family(members: Sequence[Distribution], z: Tensor) -> Tensor:
    """Quantiles of the members' family, cut; the slope from the density where it is needed."""
    tensor, parameters = TENSORS[members[0].family], _parameters(members)
    kept = [member.kept() for member in members]
    mass = np.array([log(high - low) for low, high in kept])
    of_score = tensor.of_score if kept[0] == (0.0, 1.0) else None

    def value(z: Tensor) -> Tensor:
        if of_score is not None:
            return of_score(parameters, z)
        return _cut(members, partial(tensor.quantile, parameters), z)

    def slope(z: Tensor, value: Tensor) -> Tensor:
        return pt.exp(log_normal_density(z) + mass - tensor.log_density(parameters, value))

    if ("quantile" if of_score is None else "of_score") in tensor.differentiable:
        return value(z)
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
    values, weights = distribution.atoms()
    passed = pt.ge(u[:, None], np.cumsum(weights[:-1])[None, :]).sum(axis=1)
    return pt.constant(np.array(values, dtype=np.float64))[passed]


def _mixture(mixture: Distribution, z: Tensor) -> Tensor:
    """Quantiles of a mixture in the quantity's unit: its scale and shift are applied."""

    def slope(z: Tensor, value: Tensor) -> Tensor:
        base = (value - mixture.shift) / mixture.scale
        density = sum(
            weight * _density(component, base)
            for weight, component in zip(mixture.weights, mixture.components, strict=True)
        )
        return mixture.scale * pt.exp(log_normal_density(z)) / density

    return _with_slope(MixtureQuantile(mixture), slope, z)


def _density(component: Distribution, x: Tensor) -> Tensor:
    """Density of a mixture's component, cut, at `x` (n,)."""
    low, high = component.support()
    inside = pt.and_(pt.ge(x, low), pt.le(x, high))
    kept = component.kept()
    log_density = TENSORS[component.family].log_density(_parameters([component]), x)
    return pt.switch(inside, pt.exp(log_density) / (kept[1] - kept[0]), 0.0)
