"""Whether the content of a run's JSON file is of the form of its record: kinds of values, keys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from types import UnionType
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin

from model.analyses.results.record import Entry, Figure, entries, without_null
from priors.errors import InputError
from priors.wording import to_dotted

__all__ = ["check_form"]

_KINDS: Mapping[Any, tuple[str, tuple[type, ...]]] = {
    str: ("a text", (str,)),
    bool: ("true or false", (bool,)),
    int: ("a whole number", (int,)),
    float: ("a number", (int, float)),
}
_NUMBERS = Mapping[str, float]

type Path = tuple[str | int, ...]


def check_form(content: Mapping[str, Any], record: type, where: str, *, keys: bool = False) -> None:
    """Refuse values of another kind than a record's fields.

    Parameters
    ----------
    content : mapping
        Of a JSON file.
    record : type
        Dataclass of the result that it was written from.
    where : str
        The file, for the message.
    keys : bool
        Whether keys that every file of today has must be there; files of earlier versions lack
        some, and are of use.

    Raises
    ------
    InputError
        With the first fault.
    """
    for path, fault in _object(content, record, (), keys=keys):
        raise InputError(f"{where}: is damaged: {to_dotted(path)}{': ' if path else ''}{fault}")


def _object(value: Any, record: Any, path: Path, *, keys: bool) -> Iterator[tuple[Path, str]]:
    if not isinstance(value, Mapping):
        yield path, f"{_kind(value)} instead of an object"
        return
    for entry in entries(record):
        if entry.flat:
            yield from _object(value, entry.hint, path, keys=keys)
            continue
        for name, hint in _stated(entry):
            if name in value:
                yield from _value(value[name], hint, entry, (*path, name), keys=keys)
            elif keys and not entry.absent:
                yield path, f"there is no {name}"


def _stated(entry: Entry) -> list[tuple[str, Any]]:
    """The keys of a field in its file, each with the type of its value."""
    if entry.hint is Figure:
        return [(entry.name, float), (f"{entry.name}_mcse", float)]
    if get_args(entry.hint)[1:] == (Figure,):
        return [(entry.name, _NUMBERS), (f"{entry.name}_mcse", _NUMBERS)]
    return [(entry.name, entry.hint)]


def _value(
    value: Any, hint: Any, entry: Entry, path: Path, *, keys: bool
) -> Iterator[tuple[Path, str]]:
    if value is not None or not (entry.nullable or entry.absent):
        yield from _typed(value, hint, path, keys=keys)


def _typed(value: Any, hint: Any, path: Path, *, keys: bool) -> Iterator[tuple[Path, str]]:
    hint, nullable = without_null(hint)
    if isinstance(hint, TypeAliasType):
        hint = hint.__value__
    origin = get_origin(hint)
    if value is None and nullable:
        return
    if is_dataclass(hint):
        yield from _object(value, hint, path, keys=keys)
    elif origin is Literal:
        if value not in get_args(hint) or isinstance(value, bool):
            expected = " or ".join(map(str, get_args(hint)))
            yield path, f"{_kind(value)} instead of {expected}"
    elif origin in (UnionType, Union):
        found = [list(_typed(value, one, path, keys=keys)) for one in get_args(hint)]
        yield from min(found, key=len)
    elif origin is not None and issubclass(origin, Mapping):
        yield from _mapping(value, get_args(hint)[1], path, keys=keys)
    elif origin is not None and issubclass(origin, Sequence):
        yield from _sequence(value, get_args(hint)[0], path, keys=keys)
    elif hint in _KINDS:
        yield from _plain(value, hint, path)


def _mapping(value: Any, hint: Any, path: Path, *, keys: bool) -> Iterator[tuple[Path, str]]:
    if not isinstance(value, Mapping):
        yield path, f"{_kind(value)} instead of an object"
        return
    for name, one in value.items():
        yield from _typed(one, hint, (*path, name), keys=keys)


def _sequence(value: Any, hint: Any, path: Path, *, keys: bool) -> Iterator[tuple[Path, str]]:
    if not isinstance(value, list):
        yield path, f"{_kind(value)} instead of a list"
        return
    for place, one in enumerate(value):
        yield from _typed(one, hint, (*path, place), keys=keys)


def _plain(value: Any, hint: Any, path: Path) -> Iterator[tuple[Path, str]]:
    name, kinds = _KINDS[hint]
    if not isinstance(value, kinds) or (isinstance(value, bool) and hint is not bool):
        yield path, f"{_kind(value)} instead of {name}"


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return next(name for kind, (name, _) in _KINDS.items() if type(value) is kind)
