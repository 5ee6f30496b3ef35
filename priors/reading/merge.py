"""Merging layers: an extended file, the file itself, every ``--set``, in that order.

A table that states `family` replaces the inherited distribution whole, its sources and reason too;
otherwise keys merge. Types go into players only after all layers are merged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from priors.reading.layers import Layer, Place, prior_tables
from priors.reading.records import Origin
from priors.registry.selection import Selection

__all__ = ["Group", "Merged", "Pair", "Stated", "Table", "merge", "overlay"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value, and the table and line that state it; `inside`, the lines of a mixture's keys."""

    value: Any
    origin: Origin
    inside: Mapping[str, int] = field(default_factory=dict)


#: A prior's table: keys to what they state.
type Table = dict[str, Stated]


@dataclass(slots=True)
class Group:
    """A strategy, type or player: where it first appears, its own keys, its stated priors."""

    origin: Origin
    keys: Table = field(default_factory=dict)
    priors: dict[str, Table] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """A stated correlation, wildcards kept.

    Attributes
    ----------
    between : tuple of str
        The two paths, as written.
    rank : float
        Spearman correlation; 0 removes an inherited one.
    why : str
        The reason.
    inactive : bool
        Whether it is marked as having no effect.
    origin : Origin
        Where it is stated.
    index : int
        Place among its layer's correlations.
    """

    between: tuple[str, str]
    rank: float
    why: str
    inactive: bool
    origin: Origin
    index: int


@dataclass(slots=True)
class Merged:
    """All layers in one.

    Attributes
    ----------
    keys : dict
        ``name``, ``description``, ``exclude``.
    quantities : dict
        Name of a global quantity to its prior's table.
    strategies, types, players : dict
        By name, in order of appearance.
    pairs : list of list of Pair
        The correlations of each layer.
    files : list of str
        Names of the layers' files, in their order.
    broken, misspelt : set of tuple
        Places as in `Layer`.
    """

    keys: Table = field(default_factory=dict)
    quantities: dict[str, Table] = field(default_factory=dict)
    strategies: dict[str, Group] = field(default_factory=dict)
    types: dict[str, Group] = field(default_factory=dict)
    players: dict[str, Group] = field(default_factory=dict)
    pairs: list[list[Pair]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    broken: set[Place] = field(default_factory=set)
    misspelt: set[Place] = field(default_factory=set)


def overlay(inherited: Table, own: Table) -> Table:
    """One prior's table over another's.

    Parameters
    ----------
    inherited : dict
        Key to what states it; may be empty.
    own : dict
        The one that counts where both state a key.

    Returns
    -------
    dict
        A new table: `own` alone, but for an inherited unit, where it states a family.
    """
    if "family" not in own:
        return inherited | own
    unit = {"unit": inherited["unit"]} if "unit" in inherited else {}
    return unit | own


def merge(layers: Iterable[Layer], quantities: Selection) -> Merged:
    """Merge checked layers, the last over all others.

    Parameters
    ----------
    layers : iterable of Layer
        Checked by `form.check`; the furthest ancestor first, each ``--set`` last.
    quantities : Selection
        Those of the file.

    Returns
    -------
    Merged
        Types not yet merged into players, correlations not yet expanded.
    """
    merged = Merged()
    for layer in layers:
        _merge_keys(merged, layer)
        _merge_groups(merged.strategies, layer, "strategies")
        _merge_groups(merged.types, layer, "types")
        _merge_groups(merged.players, layer, "players")
        for place, quantity, table in prior_tables(layer.data, quantities):
            own = _stated(layer, place, table)
            if quantity.scope == "player":
                group = getattr(merged, place[0])[place[1]]
                group.priors[place[2]] = overlay(group.priors.get(place[2], {}), own)
            else:
                inherited = merged.quantities.get(quantity.name, {})
                merged.quantities[quantity.name] = overlay(inherited, own)
        merged.pairs.append(_pairs(layer))
        merged.files.append(layer.file)
        merged.broken |= layer.broken
        merged.misspelt |= layer.misspelt
    return merged


def _stated(layer: Layer, place: Place, table: dict[str, Any]) -> Table:
    path = layer.origin(place).path
    stated = {}
    for key, value in table.items():
        origin = Origin(layer.file, layer.line((*place, key)), path)
        inside = _lines_inside(layer, place, value) if key == "components" else {}
        stated[key] = Stated(value, origin, inside)
    return stated


def _lines_inside(layer: Layer, place: Place, components: list[dict[str, Any]]) -> dict[str, int]:
    return {
        f"components.{index}.{key}": layer.line((*place, "components", index, key))
        for index, component in enumerate(components)
        for key in component
    }


def _merge_keys(merged: Merged, layer: Layer) -> None:
    for key in ("name", "description", "exclude"):
        # A name and a description are of one file; they are not inherited.
        if not layer.written and key != "exclude":
            merged.keys.pop(key, None)
        if key in layer.data:
            merged.keys[key] = Stated(layer.data[key], layer.origin((key,)))


def _merge_groups(groups: dict[str, Group], layer: Layer, kind: str) -> None:
    for name, table in layer.data.get(kind, {}).items():
        group = groups.setdefault(name, Group(layer.origin((kind, name))))
        for key in ("type", "label", "why"):
            if key in table:
                group.keys[key] = Stated(table[key], layer.origin((kind, name, key)))


def _pairs(layer: Layer) -> list[Pair]:
    return [
        Pair(
            (stated["between"][0], stated["between"][1]),
            stated["rank"],
            stated.get("why", ""),
            stated.get("inactive", False),
            layer.origin(("correlations", index)),
            index,
        )
        for index, stated in enumerate(layer.data.get("correlations", []))
        if ("correlations", str(index)) not in layer.broken
    ]
