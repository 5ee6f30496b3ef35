"""One prior's distribution from its merged table: keys, numbers and support checked."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np

from priors.distributions.build import Distribution, FamilyError, build, quantile_keys
from priors.distributions.catalog import CONTINUOUS, DISCRETE, FAMILIES
from priors.registry.quantities import Quantity
from priors.wording import joined

__all__ = ["distribution"]

_PARAMETERS = frozenset(name for family in FAMILIES.values() for name in family.parameters)


def distribution(stated: Mapping[str, Any], support: Quantity) -> Distribution:
    """Build the distribution that a table states for a quantity.

    Parameters
    ----------
    stated : mapping
        The table, without unit, sources and reason.
    support : Quantity
        The quantity, with the support that counts.

    Returns
    -------
    Distribution
        Cut and moved as stated; its draws are finite, and not all of them an end of the support.

    Raises
    ------
    FamilyError
        With everything that is wrong.
    """
    wrong = list(_wrong_keys(stated))
    if wrong:
        raise FamilyError(*wrong)
    family = stated["family"]
    if support.event and family not in DISCRETE:
        expected = sorted(DISCRETE, key=lambda name: DISCRETE[name].certain)
        message = f"found {family}, expected {joined(expected, ' or ')} for an event"
        raise FamilyError(("family", message))
    try:
        with np.errstate(all="ignore"):
            built = build(stated, (support.lower, support.upper))
            typical = built.ppf([0.001, 0.5, 0.999])
    except FamilyError:
        raise
    except (ArithmeticError, ValueError) as error:
        raise FamilyError(("", f"no distribution can be built from this: {error}")) from error
    if not np.all(np.isfinite(typical)):
        raise FamilyError((_moved(stated), "its draws would not be finite"))
    if built.discrete:
        _check_values(built, support)
    elif _moved(stated) and (typical[0] == typical[-1] or not all(map(support.supports, typical))):
        text = f"moved so far, most draws would be {typical[1]:g}: expected a smaller move"
        raise FamilyError((_moved(stated), text))
    return built


def _moved(stated: Mapping[str, Any]) -> str:
    """The key that moves the scores; empty where none does."""
    return next((key for key in ("score_shift", "score_spread") if key in stated), "")


def _wrong_keys(stated: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Check that the keys are those of the family; yields key and message."""
    if "family" not in stated:
        yield "", "found no family, expected one"
        return
    family = stated["family"]
    yield from _wrong_parameters(stated, family)
    for place, component in enumerate(stated.get("components", [])):
        for key, message in _wrong_parameters(component, component["family"]):
            yield f"components.{place}.{key}".rstrip("."), message


def _wrong_parameters(stated: Mapping[str, Any], family: str) -> Iterator[tuple[str, str]]:
    names = FAMILIES[family].parameters
    by_quantiles = family in CONTINUOUS
    quantiles = quantile_keys(stated)
    foreign = [key for key in stated if key in _PARAMETERS and key not in names]
    foreign += [] if by_quantiles else quantiles
    for key in foreign:
        yield key, f"found {key}, expected {_takes(family, names, by_quantiles)}"
    if foreign:
        return
    given = [name for name in names if name in stated]
    if given and quantiles:
        text = f"found parameters ({', '.join(given)}) and quantiles ({', '.join(quantiles)})"
        yield given[0], f"{text}, expected one or the other"
    elif not quantiles and (len(given) < len(names) or not names):
        lacking = [name for name in names if name not in stated]
        what = f"found no {joined(lacking, ' or ')}" if lacking else "found no quantile"
        yield "", f"{what}, expected {_takes(family, names, by_quantiles)}"


def _takes(family: str, names: Sequence[str], by_quantiles: bool) -> str:
    """What a family is stated by: ``mean and sd, or 2 quantiles (normal)``."""
    if not names:
        return f"two or more quantiles ({family})"
    quantiles = f", or {len(names)} quantiles" if by_quantiles else ""
    return f"{joined(names)}{quantiles} ({family})"


def _check_values(built: Distribution, support: Quantity) -> None:
    moved = [built.scale * value + built.shift for value in built.atoms()[0]]
    wrong = [value for value in moved if not support.supports(value)]
    if wrong:
        values_text = joined([f"{value:g}" for value in wrong])
        text = f"found {values_text}, expected {_support(support)}"
        raise FamilyError((built.record.parameters[0], text))


def _support(quantity: Quantity) -> str:
    if quantity.event:
        return "0 or 1"
    above = f"{'more than' if quantity.lower_open else 'at least'} {quantity.lower:g}"
    if not isfinite(quantity.upper):
        return above
    return f"{above} and {'less than' if quantity.upper_open else 'at most'} {quantity.upper:g}"
