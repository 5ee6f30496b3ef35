"""Which edition a prior file is of, which strategies it adds, and so which quantities it states."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from priors.errors import Problem
from priors.reading.files import PriorFile
from priors.reading.layers import Layer
from priors.reading.schema import NAME_PATTERN
from priors.registry.selection import (
    BUILT_IN,
    EDITION,
    FACTORS,
    MOST_STRATEGIES,
    Selection,
    factor_quantities,
    select,
)
from priors.wording import quoted

__all__ = ["edition_of", "factor_of", "only_in_second", "selection_of"]

_FACTOR = re.compile(rf"(.+)_(?:{'|'.join(FACTORS)})")


def edition_of(chain: Sequence[PriorFile]) -> tuple[int, list[str]]:
    """The edition that a file is of, from what it and those that it extends say.

    Parameters
    ----------
    chain : sequence of PriorFile
        The furthest ancestor first.

    Returns
    -------
    int
        1 or 2: what the file states, or else what it extends has. A file that extends nothing and
        states no schema is of the first where it lacks every quantity of the second.
    list of str
        What to say of that: a line for each file that is not read as it might be expected.
    """
    notes: list[str] = []
    first, *others = chain
    edition = _stated(first) or (EDITION if _states_second(first.data) else 1)
    for before, file in zip(chain, others, strict=False):
        stated = _stated(file) or edition
        if stated < edition:
            read = f"states schema = 1 and extends {before.name}, of schema 2: read as of schema 2"
            notes.append(f"{file.name}: {read}")
        edition = max(edition, stated)
    if edition == 1:
        name = chain[-1].name
        how = "read with the quantities of the second at their neutral values"
        more = f"`decide priors migrate {name}` writes one of the second"
        notes.append(f"{name}: a file of the first edition (schema 1), {how}; {more}")
    return edition, notes


def _stated(file: PriorFile) -> int | None:
    """The schema that a file states; None where it states none, or what is none."""
    schema = file.data.get("schema")
    return schema if type(schema) is int and schema in (1, EDITION) else None


def _states_second(data: Mapping[str, Any]) -> bool:
    """Whether tables as read state anything that the first edition does not have."""
    shared = [q.name.split(".") for q in select().shared if q.edition > 1]
    own = {q.key for q in select().of_player if q.edition > 1}
    tables = [table for kind in ("types", "players") for table in _tables(data.get(kind))]
    return (
        "strategies" in data
        or any(key in _table(data.get(group)) for group, key in shared)
        or any(key in own for table in tables for key in table)
    )


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: Any) -> Iterator[Mapping[str, Any]]:
    return (_table(one) for one in _table(value).values())


def only_in_second(path: Sequence[str | int]) -> bool:
    """Whether only the second edition has what is at `path`.

    Parameters
    ----------
    path : sequence of str or int
        Of a table in a prior file: ``("market", "ceiling")``, ``("types", "lab", "weight_2026")``.

    Returns
    -------
    bool
    """
    if path[0] in ("types", "players"):
        name = f"player.{path[-1]}" if len(path) == 3 else ""
    else:
        name = ".".join(map(str, path))
    quantity = select().by_name.get(name)
    return name == "strategies" or (quantity is not None and quantity.edition > 1)


def factor_of(key: str) -> str | None:
    """The strategy whose factor `key` would be, by its form.

    Parameters
    ----------
    key : str
        Such as ``paid_only_share``.

    Returns
    -------
    str or None
        ``paid_only``; None where the key has not the form of a factor.
    """
    match = _FACTOR.fullmatch(key)
    return match[1] if match and re.fullmatch(NAME_PATTERN, match[1]) else None


def selection_of(layers: Sequence[Layer], edition: int) -> tuple[Selection, list[Problem]]:
    """The quantities of the file that these layers are merged to.

    Parameters
    ----------
    layers : sequence of Layer
        As read, not yet checked.
    edition : int
        From `edition_of`.

    Returns
    -------
    Selection
        Of that edition and of the strategies that the layers add, in their order.
    list of Problem
        Strategies whose name is taken, and those that are too many.
    """
    if edition == 1:
        return select(1), []
    stated: dict[str, Layer] = {}
    for layer in layers:
        for name in _table(layer.data.get("strategies")):
            if re.fullmatch(NAME_PATTERN, name):
                stated.setdefault(name, layer)
    taken = {name: why for name in stated if (why := _taken(name))}
    problems = [stated[name].problem(("strategies", name), why) for name, why in taken.items()]
    free = [name for name in stated if name not in taken]
    if len(free) > MOST_STRATEGIES:
        first = free[MOST_STRATEGIES]
        text = f"found {len(free)} strategies, expected at most {MOST_STRATEGIES}"
        problems.append(stated[first].problem(("strategies", first), text))
    return select(edition, tuple(free[:MOST_STRATEGIES])), problems


def _taken(name: str) -> str:
    """Why a strategy may not have this name; empty where it may."""
    if name in BUILT_IN:
        return f"found {quoted(name)}, a strategy that every file has; expected another name"
    keys = {quantity.key for quantity in select().of_player}
    for quantity in factor_quantities(name):
        if quantity.key in keys:
            why = f"whose factor {quantity.key} is a quantity of every player"
            return f"found {quoted(name)}, {why}; expected another name"
    return ""
