"""JSON schemas of the files that records are written to, made from the records themselves."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin

from model.analyses.results.checks import Checks
from model.analyses.results.decision import Decision
from model.analyses.results.manifest import Manifest
from model.analyses.results.option import OptionAnalysis
from model.analyses.results.record import Entry, Figure, entries, without_null
from model.analyses.results.sensitivity import SensitivityAnalysis
from model.analyses.results.structure import StructureAnalysis
from model.analyses.results.views import ViewsAnalysis

__all__ = ["FILES", "FOLDER", "json_schema"]

#: Each file of a run that is written from a record, without its extension.
FILES: Mapping[str, type] = {
    "checks": Checks,
    "decision": Decision,
    "manifest": Manifest,
    "option": OptionAnalysis,
    "sensitivity": SensitivityAnalysis,
    "structure": StructureAnalysis,
    "views": ViewsAnalysis,
}
#: Where the schemas lie, one a file.
FOLDER = Path(__file__).parent / "schemas"

_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number"}

type Content = dict[str, Any]


def json_schema(record: type) -> Content:
    """JSON schema (draft 2020-12) of what `plain` makes of a record.

    Keys that a later version adds are allowed: a file's ``schema`` number stays when it gains some.

    Parameters
    ----------
    record : type
        Class of the record.

    Returns
    -------
    dict
        An object; records within it stand under ``$defs``, by the names of their classes.
    """
    definitions = {one.__name__: _object(one) for one in _records(record)}
    own = definitions.pop(record.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": record.__name__,
        **own,
        "$defs": dict(sorted(definitions.items())),
    }


def _records(record: type) -> Iterator[type]:
    """The record and those that are objects of their own within it, each once."""
    seen: dict[type, None] = {}
    left = [record]
    while left:
        one = left.pop()
        if one not in seen:
            seen[one] = None
            left += [part for entry in _entries(one) for part in _within(entry.hint)]
    return iter(seen)


def _within(hint: Any) -> list[type]:
    """Records in a type."""
    hint, _ = without_null(hint)
    if is_dataclass(hint):
        return [] if hint is Figure else [hint]  # type: ignore[list-item]  # a class, not a record
    return [record for part in get_args(hint) for record in _within(part)]


def _entries(record: type) -> Iterator[Entry]:
    """Entries of a record, with those of the records that bring their keys in their places."""
    for entry in entries(record):
        if entry.flat:
            yield from (
                one._replace(absent=one.absent or entry.absent) for one in _entries(entry.hint)
            )
        else:
            yield entry


def _object(record: type) -> Content:
    properties: Content = {}
    required: list[str] = []
    for entry in _entries(record):
        keys = _properties(entry)
        properties |= keys
        required += [] if entry.absent else list(keys)
    meaning = (inspect.getdoc(record) or "").partition("\n")[0]
    return {
        "description": meaning,
        "type": "object",
        "properties": properties,
        "required": required,
    }


def _properties(entry: Entry) -> Content:
    """The keys that a field has in the file: two where it is a figure."""
    if entry.hint is Figure:
        found = _or_null({"type": "number"}, entry.nullable)
        return {entry.name: found, f"{entry.name}_mcse": found}
    if get_args(entry.hint)[1:] == (Figure,):
        each = {"type": "object", "additionalProperties": {"type": "number"}}
        return {entry.name: each, f"{entry.name}_mcse": each}
    return {entry.name: _or_null(_type(entry.hint), entry.nullable)}


def _type(hint: Any) -> Content:
    if isinstance(hint, TypeAliasType):
        hint = hint.__value__
    if is_dataclass(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}  # type: ignore[union-attr]  # a class
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (UnionType, Union):
        return {"anyOf": [_type(one) for one in inner]}
    if origin is Sequence:
        return {"type": "array", "items": _element(inner[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _element(inner[1])}
    return {"type": _PLAIN[hint]}


def _element(hint: Any) -> Content:
    bare, nullable = without_null(hint)
    return _or_null(_type(bare), nullable)


def _or_null(schema: Content, nullable: bool) -> Content:
    if not nullable:
        return schema
    if set(schema) == {"type"}:
        return {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}
