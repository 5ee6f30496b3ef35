"""The shipped JSON schemas of a run's files, made strict: no key but those that they name."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from model.analyses.results.json_schema import FOLDER

__all__ = ["faults"]


def faults(name: str, content: Any) -> list[str]:
    """What in the content of a run's file, such as ``decision``, is not as its schema has it."""
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return [
        f"{one.json_path}: {one.message[:200]}"
        for one in Draft202012Validator(_closed(schema)).iter_errors(content)
    ]


def _closed(schema: Any) -> Any:
    if isinstance(schema, dict):
        closed = {key: _closed(one) for key, one in schema.items()}
        return {"additionalProperties": False, **closed} if "properties" in closed else closed
    return [_closed(one) for one in schema] if isinstance(schema, list) else schema
