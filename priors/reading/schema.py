"""The form of a prior file: which keys there are, and which type of value each takes.

Numbers are checked later, once all files are merged: see `priors.reading.resolve`.
"""

# The tables are built from the registry at run time, out of a static checker's sight.
# mypy: disable-error-code="attr-defined, misc, valid-type"

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Required, TypedDict

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter

from priors.distributions.catalog import CONTINUOUS, DISCRETE, FAMILIES
from priors.distributions.family import Family, Mixed
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES, Quantity

__all__ = [
    "COMPONENT_FAMILIES",
    "COMPONENT_KEYS",
    "CORRELATION_KEYS",
    "FILE_KEYS",
    "GROUPS",
    "NAME_PATTERN",
    "PRIOR_KEYS",
    "QUANTILES",
    "adapter",
    "json_schema",
]

#: Names of players and types: they stand in paths, tables and file names.
NAME_PATTERN = r"^[a-z][a-z0-9_]{0,63}$"
#: What a mixture may have as components.
COMPONENT_FAMILIES = tuple(CONTINUOUS)
QUANTILES = tuple(f"p{percent:02d}" for percent in range(1, 100))
#: Names of the global quantities' tables, such as ``market``.
GROUPS: dict[str, tuple[str, ...]] = {}
for _quantity in GLOBAL_QUANTITIES:
    _group = _quantity.name.partition(".")[0]
    GROUPS[_group] = (*GROUPS.get(_group, ()), _quantity.key)

_NAME_OF_FILE = r"^\w[\w .+()-]{0,99}$"
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Text = Annotated[str, Field(strict=True)]
Name = Annotated[str, StringConstraints(strict=True, pattern=NAME_PATTERN)]


def _table(name: str, keys: dict[str, Any], meaning: str) -> Any:
    """A type of table: its keys, all optional unless `Required`, and no others."""
    table: Any = TypedDict(name, keys, total=False)
    table.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)
    table.__doc__ = meaning
    return table


def _from_number(value: Any) -> Any:
    """A bare number is a constant."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"family": "constant", "value": value}
    return value


def _parameters(families: Iterable[Family], kind: Any) -> dict[str, Any]:
    return {name: kind for family in families for name in family.parameters}


_NUMBERS: dict[str, Any] = dict.fromkeys((*QUANTILES, "lower", "upper"), Number)
_ARRAYS = [family for family in DISCRETE.values() if family.arrays]
_PLAIN = [one for one in FAMILIES.values() if one not in _ARRAYS and not isinstance(one, Mixed)]

_COMPONENT_KEYS: dict[str, Any] = {
    "weight": Required[Number],
    "family": Required[Literal[COMPONENT_FAMILIES]],
    **_parameters(CONTINUOUS.values(), Number),
    **_NUMBERS,
}

_PRIOR_KEYS: dict[str, Any] = {
    "family": Literal[tuple(FAMILIES)],
    **_parameters(_PLAIN, Number),
    **_parameters(_ARRAYS, list[Number]),
    "components": list[
        _table("Component", _COMPONENT_KEYS, "A part of a mixture: a weight and a family.")
    ],
    **_NUMBERS,
    "scale": Number,
    "shift": Number,
    "unit": Text,
    "sources": list[Text],
    "why": Text,
}

_Prior = _table("Prior", _PRIOR_KEYS, "A prior: family, parameters or quantiles, bounds, sources.")
Prior = Annotated[_Prior, BeforeValidator(_from_number, json_schema_input_type=_Prior | float)]


def _described(quantity: Quantity) -> Any:
    """The type of a prior of `quantity`, with what an editor shows of it."""
    usual = f"values {quantity.support}; median usually {quantity.usual_range}"
    text = f"{quantity.meaning} [{quantity.unit}]; {usual}"
    return Annotated[Prior, Field(title=quantity.label, description=text)]


_OF_PLAYER: dict[str, Any] = {quantity.key: _described(quantity) for quantity in PLAYER_QUANTITIES}
_CORRELATION_KEYS: dict[str, Any] = {
    "between": Required[Annotated[list[Text], Field(min_length=2, max_length=2)]],
    "rank": Required[Annotated[Number, Field(gt=-1.0, lt=1.0)]],
    "why": Text,
    "sources": list[Text],
    "inactive": Annotated[bool, Field(strict=True)],
}


def _group_table(group: str) -> Any:
    keys = {
        quantity.key: _described(quantity)
        for quantity in GLOBAL_QUANTITIES
        if quantity.name.partition(".")[0] == group
    }
    return _table(group.capitalize(), keys, f"The quantities of {group}.")


_FILE_KEYS: dict[str, Any] = {
    "schema": Literal[1, 2],
    "name": Annotated[str, StringConstraints(strict=True, pattern=_NAME_OF_FILE)],
    "extends": Text,
    "exclude": list[Text],
    "description": Text,
    **{group: _group_table(group) for group in GROUPS},
    "types": dict[Name, _table("Type", {"label": Text, **_OF_PLAYER}, "A type of player.")],
    "players": dict[
        Name, _table("Player", {"type": Text, "label": Text, **_OF_PLAYER}, "A player.")
    ],
    "correlations": list[_table("Correlation", _CORRELATION_KEYS, "A rank correlation.")],
}

#: Checks the tables of a prior file.
adapter: TypeAdapter[Any] = TypeAdapter(_table("PriorFile", _FILE_KEYS, "A prior file of decide."))

#: Keys that a prior's table and a mixture's component take, without the quantiles.
PRIOR_KEYS = tuple(key for key in _PRIOR_KEYS if key not in QUANTILES)
COMPONENT_KEYS = tuple(key for key in _COMPONENT_KEYS if key not in QUANTILES)
CORRELATION_KEYS = tuple(_CORRELATION_KEYS)
FILE_KEYS = tuple(_FILE_KEYS)


def json_schema() -> dict[str, Any]:
    """The JSON schema of a prior file, for editors.

    Returns
    -------
    dict
        Of draft 2020-12, generated from the same types as `adapter`. It knows keys, types and
        families; ranges of numbers are only checked once files are merged.
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **adapter.json_schema()}
