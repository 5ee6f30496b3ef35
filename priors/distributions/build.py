"""Distributions from what a prior file states: parameters, or quantiles that hold after cutting."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

import numpy as np

from priors.distributions.distribution import DISCRETE_FAMILIES, FAMILIES, Distribution, Parameters
from priors.distributions.fitting import fit

__all__ = ["FAMILIES", "Distribution", "FamilyError", "build", "quantile_keys"]

#: Share of the mass that `scale` and `shift` may push out of the support.
_MASS_OUTSIDE = 0.01
#: A cut family that keeps less than this has nothing left to draw from.
_MASS_KEPT = 1e-6
_WEIGHT_TOLERANCE = 1e-9
#: Families whose values have ends, whatever the parameters.
_DOMAIN = {"beta": (0.0, 1.0), "gamma": (0.0, inf), "lognormal": (0.0, inf)}


class FamilyError(ValueError):
    """What is stated gives no distribution.

    Attributes
    ----------
    problems : tuple of (str, str)
        Key in the prior's table ("" for the table itself), and what is wrong with it.
    """

    def __init__(self, *problems: tuple[str, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{key}: {text}" if key else text for key, text in problems))


def quantile_keys(stated: Mapping[str, Any]) -> list[str]:
    """The keys ``p01`` … ``p99`` of a prior's table, in order of probability."""
    return sorted(key for key in stated if _is_quantile(key))


def _is_quantile(key: str) -> bool:
    return len(key) == 3 and key[0] == "p" and key[1:].isdecimal() and key != "p00"


def build(stated: Mapping[str, Any], support: tuple[float, float]) -> Distribution:
    """Make the distribution that a prior's table states.

    Parameters
    ----------
    stated : mapping
        ``family``; its parameters or quantiles ``p01`` … ``p99``; perhaps ``lower``, ``upper``,
        ``scale``, ``shift``.
    support : tuple of float
        Ends of the quantity's support: the bounds where the table states none.

    Returns
    -------
    Distribution
        Stated quantiles hold after cutting to the bounds.

    Raises
    ------
    FamilyError
        With everything that is wrong: parameters out of range, quantiles out of order or
        impossible for the family, values outside the support, more than 1 % of the mass moved
        out of the support by ``scale`` and ``shift``.
    """
    bounds = _bounds(stated, support)
    family = stated["family"]
    if family in DISCRETE_FAMILIES:
        base = _discrete(stated, family)
    elif family == "mixture":
        base = _mixture(stated, bounds)
    else:
        base = _continuous(stated, family, bounds)
    return _move(base, stated, support, bounds)


def _bounds(stated: Mapping[str, Any], support: tuple[float, float]) -> tuple[float, float]:
    problems = []
    lower = float(stated.get("lower", support[0]))
    upper = float(stated.get("upper", support[1]))
    for key, bound in (("lower", lower), ("upper", upper)):
        if not support[0] <= bound <= support[1]:
            problems.append((key, f"{bound:g} is outside the support {_range(support)}"))
    if lower >= upper:
        problems.append(("lower", f"{lower:g} is not below the upper bound {upper:g}"))
    if problems:
        raise FamilyError(*problems)
    return lower, upper


def _range(ends: tuple[float, float]) -> str:
    return f"[{ends[0]:g}, {ends[1]:g}]"


def _discrete(stated: Mapping[str, Any], family: str) -> Distribution:
    if family == "constant":
        return Distribution(family, (float(stated["value"]),))
    if family == "bernoulli":
        probability = float(stated["probability"])
        if not 0.0 <= probability <= 1.0:
            raise FamilyError(("probability", f"{probability:g} is not between 0 and 1"))
        return Distribution(family, (probability,))
    values, weights = [float(v) for v in stated["values"]], [float(w) for w in stated["weights"]]
    if not values or len(values) != len(weights):
        found = f"{len(values)} values and {len(weights)} weights"
        raise FamilyError(("weights", f"{found}: expected as many weights as values"))
    if len(set(values)) < len(values):
        raise FamilyError(("values", "a value is stated twice"))
    _check_weights(weights, "weights")
    order = np.argsort(values)
    return Distribution(
        family,
        tuple(values[i] for i in order),
        weights=tuple(weights[i] for i in order),
    )


def _check_weights(weights: Sequence[float], key: str) -> None:
    if any(weight < 0.0 for weight in weights):
        raise FamilyError((key, "a weight is below 0"))
    if abs(sum(weights) - 1.0) > _WEIGHT_TOLERANCE:
        raise FamilyError((key, f"the weights add up to {sum(weights):.10g}, not to 1"))


def _mixture(stated: Mapping[str, Any], bounds: tuple[float, float]) -> Distribution:
    parts, problems = [], []
    for place, component in enumerate(stated["components"]):
        try:
            parts.append(build({k: v for k, v in component.items() if k != "weight"}, bounds))
        except FamilyError as error:
            problems += [(f"components.{place}.{key}".rstrip("."), m) for key, m in error.problems]
    weights = tuple(float(component["weight"]) for component in stated["components"])
    try:
        _check_weights(weights, "components")
    except FamilyError as error:
        problems += error.problems
    if problems:
        raise FamilyError(*problems)
    return Distribution("mixture", (), *bounds, weights=weights, components=tuple(parts))


def _continuous(
    stated: Mapping[str, Any], family: str, bounds: tuple[float, float]
) -> Distribution:
    keys = quantile_keys(stated)
    if keys:
        probabilities = [int(key[1:]) / 100.0 for key in keys]
        quantiles = [float(stated[key]) for key in keys]
        _check_quantiles(family, keys, quantiles, bounds)
        found = fit(family, probabilities, quantiles, bounds)
        if found is None:
            text = f"no {family} distribution on {_range(bounds)} has these quantiles"
            raise FamilyError(("", text))
        return found
    parameters = tuple(float(stated[name]) for name in FAMILIES[family])
    _check_parameters(family, parameters)
    base = Distribution(family, parameters, *bounds)
    low, high = base.kept()
    if high - low < _MASS_KEPT:
        text = f"only {high - low:.2g} of the mass lies in {_range(bounds)}"
        raise FamilyError(("", f"{text}: expected the bulk of it there"))
    return base


def _check_quantiles(
    family: str, keys: Sequence[str], quantiles: Sequence[float], bounds: tuple[float, float]
) -> None:
    problems = []
    expected = len(FAMILIES[family])
    if family == "metalog":
        if len(keys) < 2:
            problems.append(("", f"found {len(keys)} quantile: a metalog takes two or more"))
    elif len(keys) != expected:
        problems.append(
            ("", f"found {len(keys)} quantiles ({', '.join(keys)}): {family} takes {expected}")
        )
    low, high = _DOMAIN.get(family, (-inf, inf))
    for key, value in zip(keys, quantiles, strict=True):
        if not bounds[0] < value < bounds[1]:
            problems.append((key, f"{value:g} is not inside {_range(bounds)}"))
        elif not low < value < high:
            problems.append((key, f"{value:g} is not inside {_range((low, high))} of a {family}"))
    for place in range(1, len(keys)):
        if quantiles[place] <= quantiles[place - 1]:
            before = f"{keys[place - 1]} = {quantiles[place - 1]:g}"
            problems.append((keys[place], f"{quantiles[place]:g} is not above {before}"))
    if problems:
        raise FamilyError(*problems)


def _check_parameters(family: str, parameters: Parameters) -> None:
    problems = []
    positive = {"normal": (1,), "lognormal": (0, 1), "beta": (0, 1), "gamma": (0, 1)}
    for place in positive.get(family, ()):
        if parameters[place] <= 0.0:
            name = FAMILIES[family][place]
            problems.append((name, f"{parameters[place]:g} is not above 0"))
    if family in ("uniform", "triangular", "pert"):
        if parameters[0] >= parameters[-1]:
            problems.append(("high", f"{parameters[-1]:g} is not above low = {parameters[0]:g}"))
        elif not parameters[0] <= parameters[-2] <= parameters[-1]:
            problems.append(("mode", f"{parameters[1]:g} is not between low and high"))
    if problems:
        raise FamilyError(*problems)


def _move(
    base: Distribution,
    stated: Mapping[str, Any],
    support: tuple[float, float],
    bounds: tuple[float, float],
) -> Distribution:
    """Scale and shift `base`, and cut it to the support again."""
    scale, shift = float(stated.get("scale", 1.0)), float(stated.get("shift", 0.0))
    if scale <= 0.0:
        raise FamilyError(("scale", f"{scale:g} is not above 0"))
    low, high = max(bounds[0], (support[0] - shift) / scale), (support[1] - shift) / scale
    high = min(bounds[1], high)
    if base.discrete:
        return _move_discrete(base, scale, shift, (low, high), support)
    outside = 1.0 - float(base.cdf(high) - base.cdf(low)) if low < high else 1.0
    if outside > _MASS_OUTSIDE:
        text = f"{outside:.1%} of the mass would leave the support {_range(support)}"
        raise FamilyError(("shift" if "shift" in stated else "scale", f"{text}: at most 1 %"))
    if base.family == "mixture":
        parts = tuple(_cut(part, low, high) for part in base.components)
        return Distribution(
            "mixture", (), low, high, scale, shift, weights=base.weights, components=parts
        )
    moved = _cut(base, low, high)
    return Distribution(
        moved.family, moved.parameters, low, high, scale, shift, bounds=moved.bounds
    )


def _cut(part: Distribution, low: float, high: float) -> Distribution:
    low, high = max(part.lower, low), min(part.upper, high)
    return Distribution(part.family, part.parameters, low, high, bounds=part.bounds)


def _move_discrete(
    base: Distribution,
    scale: float,
    shift: float,
    ends: tuple[float, float],
    support: tuple[float, float],
) -> Distribution:
    values = base.parameters if base.family != "bernoulli" else (0.0, 1.0)
    outside = [value for value in values if not ends[0] <= value <= ends[1]]
    if outside:
        moved = ", ".join(f"{scale * value + shift:g}" for value in outside)
        key = {"constant": "value", "bernoulli": "probability"}.get(base.family, "values")
        raise FamilyError((key, f"{moved} is outside {_range(support)}"))
    return Distribution(
        base.family, base.parameters, scale=scale, shift=shift, weights=base.weights
    )
