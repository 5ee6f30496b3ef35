"""The form of a layer: keys and types as the schema has them, every departure worded."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from priors.characters import hidden
from priors.distributions.catalog import FAMILIES
from priors.distributions.family import Mixed
from priors.errors import Problem, did_you_mean, nearest
from priors.reading import schema
from priors.reading.editions import factor_of, only_in_second
from priors.reading.layers import Layer, Place, prior_tables
from priors.reading.schema import OWN_KEYS, Form
from priors.registry.selection import FACTORS, Selection
from priors.wording import found, joined, quoted, suggestion

__all__ = ["check"]

type KeyPath = tuple[str | int, ...]

_MOST_PROBLEMS = 300
#: What may have several lines.
_IN_LINES = frozenset({"why", "description", "sources"})


def check(layer: Layer, form: Form) -> tuple[Layer, list[Problem]]:
    """Check the form of a layer's tables.

    Parameters
    ----------
    layer : Layer
        Its tables as they were read; they stay as they are.
    form : Form
        That of the whole file, with the quantities that it states.

    Returns
    -------
    Layer
        What is left once everything wrong is taken out: a whole prior or correlation at a time.
        A bare number has become a table of a ``constant``; `broken` and `misspelt` are filled.
    list of Problem
        What was wrong, keys and types first, then units. Of the former no more than 300 are
        worded in full.
    """
    data = layer.data
    problems: list[Problem] = list(_hidden(layer, layer.data, ()))
    broken: set[Place] = set()
    misspelt: set[Place] = set()
    try:
        data = form.adapter.validate_python(data)
    except ValidationError as failure:
        errors = failure.errors(include_url=False, include_context=False)
        for error in errors[:_MOST_PROBLEMS]:
            problems.append(_problem(layer, form, error["loc"], error["type"], error["input"]))
            broken.add(_place(_spoilt(form, error["loc"], error["type"])))
            misspelt |= _misspelt(form, error["loc"], error["type"])
        # Without the nearest name, which takes a hundredth of a second each to find.
        rest = errors[_MOST_PROBLEMS:]
        problems += [layer.problem(error["loc"], "found what cannot stand there") for error in rest]
        data = deepcopy(data)
        for error in errors:
            _take_out(data, _spoilt(form, error["loc"], error["type"]))
        data = form.adapter.validate_python(data)
    problems += _wrong_units(layer, data, form.quantities)
    checked = replace(layer, data=data, broken=frozenset(broken), misspelt=frozenset(misspelt))
    return checked, problems


def _hidden(layer: Layer, value: Any, path: KeyPath) -> Iterator[Problem]:
    """Refuse what no reader sees: it would steer a terminal or turn text around.

    Keys need not be looked at, nor the file's name: none that is known has such characters.
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _hidden(layer, inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _hidden(layer, inner, (*path, place))
    elif isinstance(value, str) and path != ("name",):
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        if wrong := hidden(value, lines=key in _IN_LINES):
            lines = "" if wrong not in "\t\n" else " in one line"
            text = f"found the character U+{ord(wrong):04X}, expected visible characters{lines}"
            yield layer.problem(path, text)


def _wrong_units(layer: Layer, data: Mapping[str, Any], quantities: Selection) -> Iterator[Problem]:
    for place, quantity, table in prior_tables(data, quantities):
        if table.get("unit", quantity.unit) != quantity.unit:
            message = f"found {quoted(table['unit'])}, expected {quoted(quantity.unit)}"
            yield layer.problem((*place, "unit"), message)


def _spoilt(form: Form, path: KeyPath, kind: str) -> KeyPath:
    """What a problem at `path` spoils: a whole prior, a whole correlation."""
    if _of_key(path, kind):
        return path[:-1]
    whole = path[0] not in (*OWN_KEYS, *form.groups, "correlations")
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


def _misspelt(form: Form, path: KeyPath, kind: str) -> set[Place]:
    """The known place that an unknown one is close to."""
    if kind != "extra_forbidden" or len(path) > _depth(path):
        return set()
    close = nearest(str(path[-1]), _names_at(form, path))
    return {_place((*path[:-1], close))} if close is not None else set()


def _names_at(form: Form, path: KeyPath) -> tuple[str, ...]:
    """The keys that may stand beside the last of `path`."""
    if len(path) == 1:
        return form.file_keys
    if path[0] == "correlations":
        return schema.CORRELATION_KEYS
    if len(path) == _depth(path):
        priors = () if path[0] == "strategies" else form.of_player
        return form.groups.get(str(path[0])) or (*OWN_KEYS[str(path[0])], *priors)
    inside = path[-3:-2] == ("components",)
    return schema.COMPONENT_KEYS if inside else schema.PRIOR_KEYS


def _depth(path: KeyPath) -> int:
    """How long the path of a prior's table is, or of a strategy's key, where `path` leads there."""
    return 3 if path[0] in OWN_KEYS else 2


def _as_stated(data: Any, path: KeyPath) -> KeyPath:
    """`path` as far as the data go: a bare number has no key ``value``."""
    for place, key in enumerate(path):
        if not isinstance(data, dict | list):
            return path[:place]
        data = data.get(key) if isinstance(data, dict) else data[int(key)]
    return path


def _problem(layer: Layer, form: Form, path: KeyPath, kind: str, value: Any) -> Problem:
    if _of_key(path, kind):
        path = path[:-1]
        whose = f"a {str(path[0]).removesuffix('s').replace('strategie', 'strategy')}"
        text = f"found {found(path[-1])}, expected as name of {whose} a small letter, then small "
        return layer.problem(path, text + "letters, digits and underscores, at most 64 in all")
    if kind == "extra_forbidden":
        return layer.problem(path, _unknown(form, path))
    if kind == "missing":
        return layer.problem(path[:-1], f"found no {path[-1]}, expected one")
    expected = _expected(path, kind, value)
    # 2.0 is no 2: the point must be seen.
    shown = repr(value) if path == ("schema",) and isinstance(value, float) else found(value)
    path = _as_stated(layer.data, path)
    return layer.problem(path, f"found {shown}, expected {expected}")


def _unknown(form: Form, path: KeyPath) -> str:
    key = str(path[-1])
    if path[-3:-2] == ("components",):
        if key in ("scale", "shift", "score_shift", "score_spread"):
            return f"found {key} inside a mixture, expected it in the mixture's own table"
        if key == "components":
            return "found a mixture inside a mixture, expected a continuous family"
    if key in schema.QUANTILES or (key[:1] == "p" and key[1:].isdecimal() and key.isascii()):
        return f"found the unknown key {quoted(key)}, expected a quantile from p01 to p99"
    if form.quantities.edition == 1 and only_in_second(path):
        return f"found {quoted(key)}, which schema 1 does not have; expected schema = 2"
    if path[0] == "strategies" and len(path) == _depth(path) and key in FACTORS:
        where = f"under types or players, as {path[1]}_{key}"
        return f"found {key} in a strategy's table, expected it {where}"
    noun = "key"
    if len(path) == _depth(path) and path[0] not in ("correlations", "strategies"):
        noun = "quantity" if path[0] in form.groups else "key or quantity"
    names, needed = _names_at(form, path), _needed(form, path)
    close = did_you_mean(key, names)
    hint = f"{close}{needed}" if close or needed else f"; {suggestion(key, names)}"
    return f"found the unknown {noun} {quoted(key)}{hint}"


def _needed(form: Form, path: KeyPath) -> str:
    """What a key with the form of a strategy's factor needs, where the strategy is not declared."""
    own = len(path) == _depth(path) and path[0] in ("types", "players")
    strategy = factor_of(str(path[-1])) if own else None
    if strategy is None or strategy in form.quantities.strategies:
        return ""
    also = "schema = 2 and " if form.quantities.edition == 1 else ""
    return f"; a strategy's factor needs {also}a table [strategies.{strategy}]"


def _expected(path: KeyPath, kind: str, value: Any) -> str:
    if path == ("schema",):
        return "1 or 2, a whole number without quotation marks"
    if kind == "literal_error":
        return _expected_family(path, value)
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
    "string_too_short": "a name for readers",
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
