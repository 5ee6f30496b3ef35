"""What is merged: the tables of one file or of one ``--set``, checked for their form."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from priors import schema
from priors.distributions import FAMILIES
from priors.errors import Problem
from priors.files import PriorFile
from priors.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES, Quantity
from priors.records import Origin
from priors.schema import COMPONENT_KEYS, GROUPS, PRIOR_KEYS, QUANTILES
from priors.wording import found, listed, nearest, quoted, suggestion, to_dotted

__all__ = ["SET", "Layer", "Place", "check", "from_file", "prior_tables"]

#: Where a value comes from that no file states.
SET = "--set"

#: Path of a table: ("market", "size_2033"), ("types", "pure_play", "cost_ratio").
type Place = tuple[str, ...]

_MOST_PROBLEMS = 300
_PLAYER_KEYS = tuple(quantity.key for quantity in PLAYER_QUANTITIES)
_QUANTITIES = {tuple(quantity.name.split(".")): quantity for quantity in GLOBAL_QUANTITIES}
_OF_PLAYER = {quantity.key: quantity for quantity in PLAYER_QUANTITIES}


@dataclass(frozen=True, slots=True)
class Layer:
    """Tables of one source, to be merged over those before.

    Attributes
    ----------
    file : str
        Name of the file, or ``--set``.
    data : dict
        The tables.
    line : callable
        Path to the line that states it.
    written : tuple of str
        Of a ``--set``: its path as written, wildcards kept; empty for a file.
    broken : frozenset of tuple
        Places that something wrong was taken out of: nothing is missing there.
    """

    file: str
    data: dict[str, Any]
    line: Callable[[tuple[str | int, ...]], int] = field(default=lambda _: 0, repr=False)
    written: Place = ()
    broken: frozenset[Place] = frozenset()

    def origin(self, path: tuple[str | int, ...]) -> Origin:
        """Where this layer states what is at `path`."""
        shown = (*self.written[: len(path)], *path[len(self.written) :])
        return Origin(self.file, self.line(path), to_dotted(shown))

    def problem(self, path: tuple[str | int, ...], message: str) -> Problem:
        """Something wrong with what is at `path`."""
        origin = self.origin(path)
        return Problem(origin.file, origin.line, origin.path, message)


def from_file(file: PriorFile) -> Layer:
    """The layer of a file that was read."""
    return Layer(file.name, file.data, file.lines.at)


def prior_tables(data: Mapping[str, Any]) -> Iterator[tuple[Place, Quantity, dict[str, Any]]]:
    """Every table of checked `data` that states a prior: its place, its quantity, itself."""
    for place, quantity in _QUANTITIES.items():
        table = data.get(place[0], {}).get(place[1])
        if table is not None:
            yield place, quantity, table
    for group in ("types", "players"):
        for name, tables in data.get(group, {}).items():
            for key, table in tables.items():
                if key in _OF_PLAYER:
                    yield (group, name, key), _OF_PLAYER[key], table


def check(layer: Layer) -> tuple[Layer, list[Problem]]:
    """Check the form of a layer's tables.

    Returns
    -------
    Layer
        What is left once everything wrong is taken out.
    list of Problem
        What was wrong.
    """
    data = deepcopy(layer.data)
    problems: list[Problem] = []
    broken: set[Place] = set()
    try:
        data = schema.adapter.validate_python(data)
    except ValidationError as failure:
        errors = failure.errors(include_url=False, include_context=False)
        for error in errors[:_MOST_PROBLEMS]:
            problems.append(_problem(layer, error["loc"], error["type"], error["input"]))
            broken |= _broken(error["loc"], error["type"])
        if len(errors) > _MOST_PROBLEMS:
            more = f"and {len(errors) - _MOST_PROBLEMS} more problems"
            problems.append(Problem(layer.file, 0, "", more))
        for error in errors:
            _take_out(data, _spoilt(error["loc"], error["type"]))
        data = schema.adapter.validate_python(data)
    problems += _wrong_units(layer, data)
    return replace(layer, data=data, broken=frozenset(broken)), problems


def _wrong_units(layer: Layer, data: Mapping[str, Any]) -> Iterator[Problem]:
    for place, quantity, table in prior_tables(data):
        if table.get("unit", quantity.unit) != quantity.unit:
            message = f"found {quoted(table['unit'])}, expected {quoted(quantity.unit)}"
            yield layer.problem((*place, "unit"), message)


def _spoilt(path: tuple[str | int, ...], kind: str) -> tuple[str | int, ...]:
    """What a problem at `path` spoils: a whole prior, a whole correlation."""
    if _of_key(path, kind):
        return path[:-1]
    if path[0] in ("types", "players"):
        return path[:3]
    return path[:2] if path[0] in GROUPS or path[0] == "correlations" else path[:1]


def _of_key(path: tuple[str | int, ...], kind: str) -> bool:
    """Whether the problem is the name of a player or type itself."""
    return path[-1] == "[key]" and kind == "string_pattern_mismatch"


def _take_out(data: Any, path: tuple[str | int, ...]) -> None:
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


def _broken(path: tuple[str | int, ...], kind: str) -> set[Place]:
    place = tuple(str(key) for key in _spoilt(path, kind))
    broken = {place}
    if kind == "extra_forbidden" and len(place) == len(path):
        close = nearest(place[-1], _names_at(path))
        if close is not None:
            broken.add((*place[:-1], close))
    return broken


def _names_at(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that may stand beside the last of `path`."""
    match path:
        case (_,):
            return schema.FILE_KEYS
        case ("types", _, _):
            return ("label", *_PLAYER_KEYS)
        case ("players", _, _):
            return ("type", "label", *_PLAYER_KEYS)
        case ("correlations", _, _):
            return schema.CORRELATION_KEYS
        case (str(group), _) if group in GROUPS:
            return GROUPS[group]
        case (*_, "components", int(), _):
            return COMPONENT_KEYS
    return PRIOR_KEYS


def _problem(layer: Layer, path: tuple[str | int, ...], kind: str, value: Any) -> Problem:
    if _of_key(path, kind):
        path = path[:-1]
        whose = "a type" if path[0] == "types" else "a player"
        text = f"found {found(path[-1])}, expected as name of {whose} a small letter, then small "
        return layer.problem(path, text + "letters, digits and underscores, at most 64 in all")
    if kind == "extra_forbidden":
        return layer.problem(path, _unknown(path))
    if kind == "missing":
        return layer.problem(path[:-1], f"found no {path[-1]}, expected one")
    return layer.problem(path, f"found {found(value)}, expected {_expected(path, kind, value)}")


def _unknown(path: tuple[str | int, ...]) -> str:
    key = str(path[-1])
    if path[-2:-1] and isinstance(path[-2], int) and "components" in path:
        if key in ("scale", "shift"):
            return f"found {key} inside a mixture, expected it in the mixture's own table"
        if key == "components":
            return "found a mixture inside a mixture, expected a continuous family"
    if key in QUANTILES or (key[:1] == "p" and key[1:].isdecimal() and key.isascii()):
        return f"found the unknown key {quoted(key)}, expected a quantile from p01 to p99"
    noun = "key"
    if path[0] in GROUPS and len(path) == 2:
        noun = "quantity"
    elif path[0] in ("types", "players") and len(path) == 3:
        noun = "key or quantity"
    names = _names_at(path)
    return f"found the unknown {noun} {quoted(key)}; {suggestion(key, names)}"


def _expected(path: tuple[str | int, ...], kind: str, value: Any) -> str:
    match kind, path[-1]:
        case "literal_error", "schema":
            return "1"
        case "literal_error", "family":
            return _expected_family(path, value)
        case "string_pattern_mismatch", _:
            return "a name of at most 100 letters, digits, spaces and _ . + ( ) -"
        case "too_short" | "too_long", _:
            return "the names of two quantities"
        case "greater_than" | "less_than", _:
            return "a rank correlation between -1 and 1, both left out"
        case "dict_type", _ if path[0] in GROUPS and len(path) == 2:
            return "a number or a table"
        case "dict_type", _ if path[0] in ("types", "players") and len(path) == 3:
            return "a number or a table"
    return _TYPES.get(kind, "another value")


def _expected_family(path: tuple[str | int, ...], value: Any) -> str:
    inside = "components" in path
    if inside and value == "mixture":
        return "a continuous family: a mixture holds no mixture"
    names = schema.COMPONENT_FAMILIES if inside else tuple(FAMILIES)
    close = nearest(value, names) if isinstance(value, str) else None
    hint = f'; did you mean "{close}"?' if close else ""
    return f"one of {listed(names)}{hint}"


_TYPES = {
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "a string",
    "string_unicode": "valid Unicode text",
    "list_type": "an array",
    "dict_type": "a table",
    "bool_type": "true or false",
}
