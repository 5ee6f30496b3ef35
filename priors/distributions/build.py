"""Distributions from what a prior file states: parameters, or quantiles that hold after cutting."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from priors.distributions.catalog import FAMILIES
from priors.distributions.distribution import OUTMOST_SCORE, Distribution
from priors.distributions.families.mixture import check_weights
from priors.distributions.family import Bounds, Continuous, Discrete, FamilyError
from priors.distributions.fitting import fit

__all__ = ["Distribution", "FamilyError", "build", "quantile_keys"]

#: Share of the mass that `scale` and `shift` may push out of the support.
_MASS_OUTSIDE = 0.01
#: Of a thousand draws, one lies farther out than this many scores, on either side.
_MOST_SCORES = 3.0
#: Some priors of a file state the same, and most of two files that are compared.
_fit = lru_cache(maxsize=1024)(fit)
#: A cut family that keeps less than this has nothing left to draw from.
_MASS_KEPT = 1e-6


def quantile_keys(stated: Mapping[str, Any]) -> list[str]:
    """The keys ``p01`` … ``p99`` of a prior's table, in order of probability.

    Parameters
    ----------
    stated : mapping
        A prior's table; other keys are passed over.

    Returns
    -------
    list of str
        Such as ``["p10", "p90"]``; empty where parameters state the prior.
    """
    return sorted(key for key in stated if _is_quantile(key))


def _is_quantile(key: str) -> bool:
    return len(key) == 3 and key[0] == "p" and key[1:].isdecimal() and key != "p00"


def build(stated: Mapping[str, Any], support: Bounds) -> Distribution:
    """Make the distribution that a prior's table states.

    Parameters
    ----------
    stated : mapping
        ``family``; its parameters or quantiles ``p01`` … ``p99``; perhaps ``lower``, ``upper``,
        ``scale``, ``shift``, ``score_shift``, ``score_spread``.
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
        out of the support by ``scale`` and ``shift``, scores of a constant moved.
    """
    bounds = _bounds(stated, support)
    family = FAMILIES[stated["family"]]
    if isinstance(family, Discrete):
        base = Distribution(family.name, family.read(stated))
    elif isinstance(family, Continuous):
        base = _continuous(stated, family, bounds)
    else:
        base = _mixture(stated, bounds)
    return _move_scores(_move(base, stated, support, bounds), stated)


def _bounds(stated: Mapping[str, Any], support: Bounds) -> Bounds:
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


def _range(ends: Bounds) -> str:
    return f"[{ends[0]:g}, {ends[1]:g}]"


def _mixture(stated: Mapping[str, Any], bounds: Bounds) -> Distribution:
    parts, problems = [], []
    for place, component in enumerate(stated["components"]):
        try:
            parts.append(build({k: v for k, v in component.items() if k != "weight"}, bounds))
        except FamilyError as error:
            problems += [(f"components.{place}.{key}".rstrip("."), m) for key, m in error.problems]
    weights = tuple(float(component["weight"]) for component in stated["components"])
    try:
        check_weights(weights, "components")
    except FamilyError as error:
        problems += error.problems
    if problems:
        raise FamilyError(*problems)
    return Distribution(stated["family"], (), *bounds, weights=weights, components=tuple(parts))


def _continuous(stated: Mapping[str, Any], family: Continuous, bounds: Bounds) -> Distribution:
    keys = quantile_keys(stated)
    if keys:
        return _by_quantiles(family, keys, [float(stated[key]) for key in keys], bounds)
    parameters = tuple(float(stated[name]) for name in family.parameters)
    problems = tuple(family.check(parameters))
    if problems:
        raise FamilyError(*problems)
    base = Distribution(family.name, parameters, *bounds)
    low, high = base.kept()
    if high - low < _MASS_KEPT:
        text = f"only {high - low:.2g} of the mass lies in {_range(bounds)}"
        raise FamilyError(("", f"{text}: expected the bulk of it there"))
    return base


def _by_quantiles(
    family: Continuous, keys: Sequence[str], quantiles: Sequence[float], bounds: Bounds
) -> Distribution:
    probabilities = [int(key[1:]) / 100.0 for key in keys]
    _check_quantiles(family, keys, quantiles, bounds)
    undetermined = family.undetermined(probabilities)
    if undetermined:
        raise FamilyError(("", undetermined))
    found = _fit(family, tuple(probabilities), tuple(quantiles), bounds)
    if found is None:
        text = f"no {family.name} distribution on {_range(bounds)} has these quantiles"
        raise FamilyError(("", text))
    return found


def _check_quantiles(
    family: Continuous, keys: Sequence[str], quantiles: Sequence[float], bounds: Bounds
) -> None:
    problems = []
    name, expected = family.name, len(family.parameters)
    if family.fit is not None:
        if len(keys) < 2:
            problems.append(("", f"found {len(keys)} quantile: a {name} takes two or more"))
    elif len(keys) != expected:
        found = f"found {len(keys)} quantiles ({', '.join(keys)})"
        problems.append(("", f"{found}: {name} takes {expected}"))
    low, high = family.ends
    for key, value in zip(keys, quantiles, strict=True):
        if not bounds[0] < value < bounds[1]:
            problems.append((key, f"{value:g} is not inside {_range(bounds)}"))
        elif not low < value < high:
            problems.append((key, f"{value:g} is not inside {_range((low, high))} of a {name}"))
    for place in range(1, len(keys)):
        if quantiles[place] <= quantiles[place - 1]:
            before = f"{keys[place - 1]} = {quantiles[place - 1]:g}"
            problems.append((keys[place], f"{quantiles[place]:g} is not above {before}"))
    if problems:
        raise FamilyError(*problems)


def _move(
    base: Distribution,
    stated: Mapping[str, Any],
    support: Bounds,
    bounds: Bounds,
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
    parts = tuple(_cut(part, low, high) for part in base.components)
    return replace(_cut(base, low, high), scale=scale, shift=shift, components=parts)


def _move_scores(base: Distribution, stated: Mapping[str, Any]) -> Distribution:
    """Move `base` in standard scores, last: what it is at each score is settled, its ends too."""
    moves = [key for key in ("score_shift", "score_spread") if key in stated]
    if not moves:
        return base
    if base.constant:
        text = "a constant has no scores to move: expected scale or shift, or a family that varies"
        raise FamilyError(*((key, text) for key in moves))
    shift, spread = float(stated.get("score_shift", 0.0)), float(stated.get("score_spread", 1.0))
    if spread <= 0.0:
        raise FamilyError(("score_spread", f"{spread:g} is not above 0"))
    moved = replace(base, score_shift=shift, score_spread=spread)
    farthest = abs(shift) + _MOST_SCORES * spread
    if farthest > OUTMOST_SCORE and not (moved.discrete or moved.exact_in_tails):
        text = f"reaches {farthest:.3g} scores from the median: at most {OUTMOST_SCORE:g}"
        raise FamilyError((moves[0], f"{text}, beyond which floats tell nothing apart"))
    return moved


def _cut(part: Distribution, low: float, high: float) -> Distribution:
    return replace(part, lower=max(part.lower, low), upper=min(part.upper, high))


def _move_discrete(
    base: Distribution, scale: float, shift: float, ends: Bounds, support: Bounds
) -> Distribution:
    outside = [value for value in base.atoms()[0] if not ends[0] <= value <= ends[1]]
    if outside:
        moved = ", ".join(f"{scale * value + shift:g}" for value in outside)
        raise FamilyError((base.record.parameters[0], f"{moved} is outside {_range(support)}"))
    return replace(base, scale=scale, shift=shift)
