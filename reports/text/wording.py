"""Names and phrases that the report uses for what the model calls by identifiers."""

from collections.abc import Iterator, Mapping
from typing import Any

from model.economics.components import COMPONENTS
from priors.distributions.catalog import FAMILIES
from reports.text.numbers import money, number

__all__ = [
    "capital",
    "component_name",
    "distribution_in_words",
    "with_unit",
    "within_sentence",
]

_COMPONENT_LABELS: Mapping[str, str] = {one.name: one.label for one in COMPONENTS}


def capital(text: str) -> str:
    """The text with its first letter as at the start of a sentence.

    Parameters
    ----------
    text : str
        Not empty.

    Returns
    -------
    str
    """
    return text[0].upper() + text[1:]


def within_sentence(label: str) -> str:
    """A label within a sentence: small but for an abbreviation such as IPO.

    Parameters
    ----------
    label : str
        As tables have it.

    Returns
    -------
    str
    """
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def component_name(component: str) -> str:
    """A component's name for readers.

    Parameters
    ----------
    component : str
        Its one name; of an unknown one, underscores become spaces.

    Returns
    -------
    str
    """
    return _COMPONENT_LABELS.get(component, component.replace("_", " "))


def distribution_in_words(stated: Mapping[str, Any]) -> str:
    """What a prior's table states, in one line: ``lognormal, 10 %: 2, 90 %: 9, spread × 0.7``.

    Parameters
    ----------
    stated : mapping
        The table; keys that say nothing of the shape are left out.

    Returns
    -------
    str
    """
    shape = {key: value for key, value in stated.items() if key not in _SCORES}
    return ", ".join([_shape_in_words(shape), *_moves_in_words(stated)])


def _moves_in_words(stated: Mapping[str, Any]) -> Iterator[str]:
    shift, spread = (stated.get(key, neutral) for key, neutral in _SCORES.items())
    if shift != _SCORES["score_shift"]:
        yield f"moved by {_value(shift)} {'score' if shift == 1 else 'scores'}"
    if spread != _SCORES["score_spread"]:
        yield f"spread × {_value(spread)}"


def _shape_in_words(stated: Mapping[str, Any]) -> str:
    name = str(stated.get("family", ""))
    if name in FAMILIES and FAMILIES[name].in_words:
        values = {key: _value(stated.get(key)) for key in FAMILIES[name].parameters}
        return FAMILIES[name].in_words.format(**values)
    if "components" in stated:
        parts = [
            f"{_value(part.get('weight'))} × {_shape_in_words(part)}"
            for part in stated["components"]
        ]
        return f"{name} of {' and '.join(parts)}"
    named = ((_quantile_name(key), value) for key, value in stated.items() if key not in _NO_SHAPE)
    return ", ".join([name, *(f"{key}: {_value(value)}" for key, value in named)])


_SCORES = {"score_shift": 0.0, "score_spread": 1.0}
_NO_SHAPE = frozenset({"family", "weight", "unit", "sources", "why", "type", "label"})


def with_unit(value: float, unit: str) -> str:
    """A quantity's value to two digits in words: ``$3.9 billion a year``, ``12 % a year``.

    Parameters
    ----------
    value : float
        In the unit.
    unit : str
        As the registry has it; another is put behind the number.

    Returns
    -------
    str
    """
    short = number(float(f"{value:.2g}"))
    percent = number(float(f"{100.0 * value:.2g}"))
    return {
        "1": short,
        "years": f"{short} years",
        "fraction": f"{percent} %",
        "fraction/year": f"{percent} % a year",
        "1/year": f"{short} a year",
        "USD/second": f"${short} a second",
        "USD billion": money(float(f"{value:.2g}")),
        "USD billion/year": f"{money(float(f'{value:.2g}'))} a year",
    }.get(unit, f"{short} {unit}")


def _quantile_name(key: str) -> str:
    if len(key) == 3 and key[0] == "p" and key[1:].isdecimal():
        return f"{int(key[1:])} %"
    return key.replace("_", " ")


def _value(value: Any) -> str:
    if isinstance(value, int | float):
        return number(float(value))
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return str(value)
