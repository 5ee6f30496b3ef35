"""The form of a prior file: which keys there are, and which type of value each takes.

Numbers are checked later, once all files are merged: see `priors.reading.resolve`.
"""

# The tables are built from the registry at run time, out of a static checker's sight.
# mypy: disable-error-code="attr-defined, misc, valid-type"

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, Required, TypedDict

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter

from priors.distributions.catalog import CONTINUOUS, DISCRETE, FAMILIES
from priors.distributions.family import Family, Mixed
from priors.registry.quantities import Quantity
from priors.registry.selection import EDITION, FACTORS, Selection, factor_quantities, select

__all__ = [
    "COMPONENT_FAMILIES",
    "COMPONENT_KEYS",
    "CORRELATION_KEYS",
    "NAME_PATTERN",
    "OWN_KEYS",
    "PRIOR_KEYS",
    "QUANTILES",
    "Form",
    "form_of",
    "json_schema",
]

#: Names of players, types and strategies: they stand in paths, tables and file names.
NAME_PATTERN = r"^[a-z][a-z0-9_]{0,63}$"
#: What a mixture may have as components.
COMPONENT_FAMILIES = tuple(CONTINUOUS)
QUANTILES = tuple(f"p{percent:02d}" for percent in range(1, 100))
#: Keys of a strategy's, a type's and a player's table that are no priors.
OWN_KEYS: dict[str, tuple[str, ...]] = {
    "strategies": ("label", "why"),
    "types": ("label",),
    "players": ("type", "label"),
}

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
    "score_shift": Number,
    "score_spread": Number,
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


_CORRELATION_KEYS: dict[str, Any] = {
    "between": Required[Annotated[list[Text], Field(min_length=2, max_length=2)]],
    "rank": Required[Annotated[Number, Field(gt=-1.0, lt=1.0)]],
    "why": Text,
    "sources": list[Text],
    "inactive": Annotated[bool, Field(strict=True)],
}
_Label = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
_Strategy = _table(
    "Strategy", {"label": _Label, "why": Text}, "An operating strategy beside those of every file."
)

#: Keys that a prior's table and a mixture's component take, without the quantiles.
PRIOR_KEYS = tuple(key for key in _PRIOR_KEYS if key not in QUANTILES)
COMPONENT_KEYS = tuple(key for key in _COMPONENT_KEYS if key not in QUANTILES)
CORRELATION_KEYS = tuple(_CORRELATION_KEYS)


@dataclass(frozen=True, slots=True)
class Form:
    """The form of the prior files that state the same quantities.

    Attributes
    ----------
    quantities : Selection
        Those that they state.
    adapter : TypeAdapter
        Checks the tables of such a file.
    groups : dict
        Names of the global quantities' tables, such as ``market``, to the keys of the quantities.
    of_player : tuple of str
        Keys of the quantities of a player.
    file_keys : tuple of str
        Keys and tables at the top of a file.
    """

    quantities: Selection
    adapter: TypeAdapter[Any]
    groups: dict[str, tuple[str, ...]]
    of_player: tuple[str, ...]
    file_keys: tuple[str, ...]


@lru_cache(maxsize=16)
def form_of(quantities: Selection) -> Form:
    """The form of a prior file, built once for all files of the same quantities.

    Parameters
    ----------
    quantities : Selection
        Of the file's edition, and of the strategies that it adds.

    Returns
    -------
    Form
    """
    groups: dict[str, dict[str, Any]] = {}
    for quantity in quantities.shared:
        group = quantity.name.partition(".")[0]
        groups.setdefault(group, {})[quantity.key] = _described(quantity)
    own = {quantity.key: _described(quantity) for quantity in quantities.own}
    keys = _file_keys(groups, own, strategies=quantities.edition > 1)
    return Form(
        quantities,
        TypeAdapter(_table("PriorFile", keys, "A prior file of decide.")),
        {group: tuple(tables) for group, tables in groups.items()},
        tuple(own),
        tuple(keys),
    )


def _file_keys(
    groups: dict[str, dict[str, Any]], own: dict[str, Any], *, strategies: bool
) -> dict[str, Any]:
    """The types of a file's tables, from those of its priors."""
    shared = {
        group: _table(group.capitalize(), tables, f"The quantities of {group}.")
        for group, tables in groups.items()
    }
    kind = _table("Type", {"label": Text, **own}, "A type of player.")
    player = _table("Player", {"type": Text, "label": Text, **own}, "A player.")
    return {
        "schema": Annotated[int, Field(strict=True, ge=1, le=EDITION)],
        "name": Annotated[str, StringConstraints(strict=True, pattern=_NAME_OF_FILE)],
        "extends": Text,
        "exclude": list[Text],
        "description": Text,
        **shared,
        **({"strategies": dict[Name, _Strategy]} if strategies else {}),
        "types": dict[Name, kind],
        "players": dict[Name, player],
        "correlations": list[_table("Correlation", _CORRELATION_KEYS, "A rank correlation.")],
    }


def json_schema() -> dict[str, Any]:
    """The JSON schema of a prior file, for editors.

    Returns
    -------
    dict
        Of draft 2020-12, generated from the same types as the adapters. It knows keys, types and
        families; ranges of numbers, and whether a strategy is declared whose factor is stated, are
        only checked once files are merged.
    """
    # Any name may be a strategy's: one stands for all of them.
    name = "strategy"
    schema = form_of(select(strategies=(name,))).adapter.json_schema()
    for table in ("Type", "Player"):
        of = schema["$defs"][table]
        of["patternProperties"] = {
            f"^[a-z][a-z0-9_]*_{factor}$": of["properties"].pop(quantity.key)
            for factor, quantity in zip(FACTORS, factor_quantities(name), strict=True)
        }
        for stated in of["patternProperties"].values():
            stated["title"] = stated["title"].replace(name, "A strategy")
            stated["description"] = stated["description"].replace(f" {name}", " a strategy")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
