"""The form of a layer: keys and types as the schema has them, every departure worded."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from priors.distributions.catalog import FAMILIES
from priors.distributions.family import Mixed
from priors.errors import Problem, did_you_mean, nearest
from priors.reading import schema
from priors.reading.layers import Layer, Place, prior_tables
from priors.registry.quantities import PLAYER_QUANTITIES
from priors.wording import found, joined, quoted, suggestion

__all__ = ["check"]

type KeyPath = tuple[str | int, ...]

_MOST_PROBLEMS = 300
_PLAYER_KEYS = tuple(quantity.key for quantity in PLAYER_QUANTITIES)
#: Keys of a type's and a player's table that are no priors.
_OWN_KEYS = {"types": ("label",), "players": ("type", "label")}


def check(layer: Layer) -> tuple[Layer, list[Problem]]:
    """Check the form of a layer's tables.

    Parameters
    ----------
    layer : Layer
        Its tables as they were read; they stay as they are.

    Returns
    -------
    Layer
        What is left once everything wrong is taken out: a whole prior or correlation at a time.
        A bare number has become a table of a ``constant``; `broken` and `misspelt` are filled.
    list of Problem
        What was wrong, keys and types first, then units. Of the former no more than 300 are
        worded.
    """
    data = layer.data
    problems: list[Problem] = []
    broken: set[Place] = set()
    misspelt: set[Place] = set()
    try:
        data = schema.adapter.validate_python(data)
    except ValidationError as failure:
        errors = failure.errors(include_url=False, include_context=False)
        for error in errors[:_MOST_PROBLEMS]:
            problems.append(_problem(layer, error["loc"], error["type"], error["input"]))
            broken.add(_place(_spoilt(error["loc"], error["type"])))
            misspelt |= _misspelt(error["loc"], error["type"])
        if len(errors) > _MOST_PROBLEMS:
            more = f"and {len(errors) - _MOST_PROBLEMS} more problems"
            problems.append(Problem(layer.file, 0, "", more))
        data = deepcopy(data)
        for error in errors:
            _take_out(data, _spoilt(error["loc"], error["type"]))
        data = schema.adapter.validate_python(data)
    problems += _wrong_units(layer, data)
    checked = replace(layer, data=data, broken=frozenset(broken), misspelt=frozenset(misspelt))
    return checked, problems


def _wrong_units(layer: Layer, data: Mapping[str, Any]) -> Iterator[Problem]:
    for place, quantity, table in prior_tables(data):
        if table.get("unit", quantity.unit) != quantity.unit:
            message = f"found {quoted(table['unit'])}, expected {quoted(quantity.unit)}"
            yield layer.problem((*place, "unit"), message)


def _spoilt(path: KeyPath, kind: str) -> KeyPath:
    """What a problem at `path` spoils: a whole prior, a whole correlation."""
    if _of_key(path, kind):
        return path[:-1]
    whole = path[0] not in (*_OWN_KEYS, *schema.GROUPS, "correlations")
    return path[:1] if whole else path[: _depth(path)]


def _of_key(path: KeyPath, kind: str) -> bool:
    """Whether the problem is the name of a player or type itself."""
    return path[-1] == "[key]" and kind == "string_pattern_mismatch"


def _take_out(data: Any, path: KeyPath) -> None:
    for key in path[:-1]:
        try:
            data = data[key]
        except KeyError:
            return
    if isinstance(data, dict):
        data.pop(path[-1], None)
    elif isinstance(path[-1], int):
        # Something takes its place, so that the others keep theirs.
        data[path[-1]] = {"between": ["", ""], "rank": 0.0}


def _place(path: KeyPath) -> Place:
    return tuple(str(key) for key in path)


def _misspelt(path: KeyPath, kind: str) -> set[Place]:
    """The known place that an unknown one is close to."""
    if kind != "extra_forbidden" or len(path) > _depth(path):
        return set()
    close = nearest(str(path[-1]), _names_at(path))
    return {_place((*path[:-1], close))} if close is not None else set()


def _names_at(path: KeyPath) -> tuple[str, ...]:
    """The keys that may stand beside the last of `path`."""
    if len(path) == 1:
        return schema.FILE_KEYS
    if path[0] == "correlations":
        return schema.CORRELATION_KEYS
    if len(path) == _depth(path):
        return schema.GROUPS.get(str(path[0])) or (*_OWN_KEYS[str(path[0])], *_PLAYER_KEYS)
    inside = path[-3:-2] == ("components",)
    return schema.COMPONENT_KEYS if inside else schema.PRIOR_KEYS


def _depth(path: KeyPath) -> int:
    """How long the path of a prior's table is, where `path` leads into one."""
    return 3 if path[0] in _OWN_KEYS else 2


def _as_stated(data: Any, path: KeyPath) -> KeyPath:
    """`path` as far as the data go: a bare number has no key ``value``."""
    for place, key in enumerate(path):
        if not isinstance(data, dict | list):
            return path[:place]
        data = data.get(key) if isinstance(data, dict) else data[int(key)]
    return path


def _problem(layer: Layer, path: KeyPath, kind: str, value: Any) -> Problem:
    if _of_key(path, kind):
        path = path[:-1]
        whose = "a type" if path[0] == "types" else "a player"
        text = f"found {found(path[-1])}, expected as name of {whose} a small letter, then small "
        return layer.problem(path, text + "letters, digits and underscores, at most 64 in all")
    if kind == "extra_forbidden":
        return layer.problem(path, _unknown(path))
    if kind == "missing":
        return layer.problem(path[:-1], f"found no {path[-1]}, expected one")
    expected = _expected(path, kind, value)
    path = _as_stated(layer.data, path)
    return layer.problem(path, f"found {found(value)}, expected {expected}")


def _unknown(path: KeyPath) -> str:
    key = str(path[-1])
    if path[-3:-2] == ("components",):
        if key in ("scale", "shift"):
            return f"found {key} inside a mixture, expected it in the mixture's own table"
        if key == "components":
            return "found a mixture inside a mixture, expected a continuous family"
    if key in schema.QUANTILES or (key[:1] == "p" and key[1:].isdecimal() and key.isascii()):
        return f"found the unknown key {quoted(key)}, expected a quantile from p01 to p99"
    noun = "key"
    if len(path) == _depth(path) and path[0] != "correlations":
        noun = "quantity" if path[0] in schema.GROUPS else "key or quantity"
    names = _names_at(path)
    return f"found the unknown {noun} {quoted(key)}; {suggestion(key, names)}"


def _expected(path: KeyPath, kind: str, value: Any) -> str:
    if kind == "literal_error":
        return _expected_family(path, value) if path[-1] == "family" else "1"
    if kind == "dict_type" and len(path) == _depth(path) and path[0] != "correlations":
        return "a number or a table"
    return _EXPECTED.get(kind, "another value")


def _expected_family(path: KeyPath, value: Any) -> str:
    inside = "components" in path
    if inside and isinstance(value, str) and isinstance(FAMILIES.get(value), Mixed):
        return f"a continuous family: a {value} holds no {value}"
    names = schema.COMPONENT_FAMILIES if inside else tuple(FAMILIES)
    hint = did_you_mean(value, names) if isinstance(value, str) else ""
    return f"one of {joined(names, ' or ')}{hint}"


_EXPECTED = {
    "string_pattern_mismatch": "a name of at most 100 letters, digits, spaces and _ . + ( ) -",
    "too_short": "the names of two quantities",
    "too_long": "the names of two quantities",
    "greater_than": "a rank correlation between -1 and 1, both left out",
    "less_than": "a rank correlation between -1 and 1, both left out",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "a string",
    "string_unicode": "valid Unicode text",
    "list_type": "an array",
    "dict_type": "a table",
    "bool_type": "true or false",
}
