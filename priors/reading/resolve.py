"""From merged tables to distributions: types into players, everything checked and built."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from priors.distributions.build import Distribution, FamilyError
from priors.distributions.stated import distribution
from priors.errors import Problem, did_you_mean
from priors.reading.layers import Place
from priors.reading.merge import Group, Merged, Stated, Table, overlay
from priors.reading.records import Origin, Player, Prior
from priors.registry.quantities import Quantity
from priors.registry.selection import Selection
from priors.wording import joined, quoted, suggestion

__all__ = ["Resolver"]

#: By how much every discount rate exceeds every terminal growth.
_GROWTH_GAP = 0.01
#: Players, and types, that a file may have.
_MOST = 200
_NOT_STATED = frozenset({"unit", "sources", "why"})


class Resolver:
    """Resolves merged tables, collecting everything that is wrong.

    Attributes
    ----------
    merged : Merged
        The merged layers.
    main : str
        Name of the first file: that of problems without a place of their own.
    quantities : Selection
        Those of the file.
    problems : list of Problem
        What was wrong; filled by `players` and `priors`.
    """

    def __init__(self, merged: Merged, main: str, quantities: Selection) -> None:
        self.merged = merged
        self.main = main
        self.quantities = quantities
        self.problems: list[Problem] = []
        self._factors = {quantity.key for quantity in quantities.factors}
        self._built: dict[str, Distribution | FamilyError] = {}

    def players(self) -> tuple[list[Player], list[Player]]:
        """The players and the excluded ones, each by place.

        Returns
        -------
        list of Player
            Those that are simulated.
        list of Player
            Those that ``exclude`` names, which keep their place.
        """
        self._limit("types", self.merged.types)
        self._limit("players", self.merged.players)
        groups = self.merged.players
        if not groups and not self._explained("players"):
            self._missing("players", "found no player, expected at least one")
        excluded = self._excluded()
        everyone = [
            Player(name, self._type(name, group), _label(name, group), place)
            for place, (name, group) in enumerate(groups.items())
        ]
        if groups and excluded >= set(groups):
            self._report(self.merged.keys["exclude"].origin, "", "excludes every player")
        left = [player for player in everyone if player.name not in excluded]
        return left, [player for player in everyone if player.name in excluded]

    def _limit(self, kind: str, groups: dict[str, Group]) -> None:
        """Refuse so many players or types that no machine could hold them; check the first."""
        if len(groups) > _MOST:
            self._missing(kind, f"found {len(groups)}, expected at most {_MOST}")
            for name in list(groups)[_MOST:]:
                del groups[name]

    def _report(self, origin: Origin, key: str, message: str) -> None:
        path = f"{origin.path}.{key}" if key else origin.path
        self.problems.append(Problem(origin.file, origin.line, path, message))

    def _missing(self, path: str, message: str) -> None:
        self.problems.append(Problem(self.main, 0, path, message))

    def _excluded(self) -> set[str]:
        exclude = self.merged.keys.get("exclude")
        if exclude is None:
            return set()
        names = exclude.value
        for name in dict.fromkeys(names):
            if name not in self.merged.players:
                hint = suggestion(name, self.merged.players)
                self._report(exclude.origin, "", f"found the unknown player {quoted(name)}; {hint}")
            if names.count(name) > 1:
                self._report(exclude.origin, "", f"found {quoted(name)} more than once")
        return set(names)

    def _type(self, name: str, group: Group) -> str:
        types = self.merged.types
        stated = group.keys.get("type")
        if stated is None:
            if not self._explained("players", name, "type"):
                others = (other for other in self.merged.players if other != name)
                hint = did_you_mean(name, others)
                text = "found no type, expected one: every player states its type"
                self._report(group.origin, "", text + hint)
            return ""
        if stated.value not in types:
            text = f"found the unknown type {quoted(stated.value)}; "
            self._report(stated.origin, "", text + suggestion(stated.value, types))
            return ""
        return str(stated.value)

    def priors(self) -> dict[tuple[str, str | None], Prior]:
        """Every quantity's prior: the global ones, then player by player.

        Returns
        -------
        dict
            (quantity name, player or None) to its Prior, in the order of the registry; without
            those that `problems` now has a line on.
        """
        priors: dict[tuple[str, str | None], Prior] = {}
        for quantity in self.quantities.shared:
            place = tuple(quantity.name.split("."))
            table = self.merged.quantities.get(quantity.name)
            if table and not self._within(self.merged.broken, *place):
                self._add(priors, quantity, None, table, quantity)
            elif not table and not self._explained(*place):
                self._missing(quantity.name, "found nothing, expected a prior")
        rate = self._discount_rate(priors)
        supported = [(one, rate if one.name == rate.name else one) for one in self.quantities.own]
        self._check_types(supported)
        for name, group in self.merged.players.items():
            for quantity, support in supported:
                self._add_of_player(priors, quantity, name, group, support)
        return priors

    def _add_of_player(
        self,
        priors: dict[tuple[str, str | None], Prior],
        quantity: Quantity,
        name: str,
        group: Group,
        support: Quantity,
    ) -> None:
        """Build a player's prior from its own table over its type's; report it where missing."""
        key = quantity.key
        kind = group.keys["type"].value if "type" in group.keys else ""
        inherited = self.merged.types.get(kind)
        if self._within(self.merged.broken, "players", name, key):
            return
        unsure = inherited is None or self._within(self.merged.broken, "types", kind, key)
        if unsure and not _owns(group, key):
            return
        table = overlay(self._default(quantity), _inherit(inherited, group, key))
        if table:
            self._add(priors, quantity, name, table, support)
            return
        # A type that states some of its priors has been told already which it lacks.
        told = inherited is None or self._states_any(inherited)
        if not told and not self._explained("players", name, key):
            text = "found nothing, expected a prior: neither the player nor its type"
            origin = replace(group.origin, path=f"{group.origin.path}.{key}")
            self._report(origin, "", f"{text} {quoted(kind)} has one")

    def _default(self, quantity: Quantity) -> Table:
        """What a quantity is where no file states it: a strategy's factor is 1."""
        strategy = key.rpartition("_")[0] if (key := quantity.key) in self._factors else ""
        declared = self.merged.strategies.get(strategy)
        if declared is None:
            return {}
        origin = declared.origin
        return {"family": Stated("constant", origin), "value": Stated(1.0, origin)}

    def _states_any(self, kind: Group) -> bool:
        """Whether a type states any quantity that every player has."""
        return any(kind.priors.get(quantity.key) for quantity in self.quantities.of_player)

    def _type_of(self, player: Group) -> Group | None:
        stated = player.keys.get("type")
        return self.merged.types.get(stated.value) if stated else None

    def _within(self, places: set[Place], *place: str) -> bool:
        return any(place[:length] in places for length in range(1, len(place) + 1))

    def _explained(self, *place: str) -> bool:
        """Whether what is missing there was taken out, or misspelt."""
        return self._within(self.merged.broken | self.merged.misspelt, *place)

    def _discount_rate(self, priors: Mapping[tuple[str, str | None], Prior]) -> Quantity:
        """The discount rate with its support: above the highest terminal growth."""
        rate = self.quantities.by_name["player.discount_rate"]
        growth = priors.get(("valuation.terminal_growth", None))
        if growth is None:
            return rate
        highest = growth.distribution.support()[1]
        if not isfinite(highest):
            text = "found no upper bound, expected one: state upper, or a family that has an end"
            self._report(growth.origin, "", text)
            return rate
        # Rounded, so that 0.04 + 0.01 is not a hair above the 0.05 that a file states.
        return replace(rate, lower=round(highest + _GROWTH_GAP, 12), lower_open=False)

    def _check_types(self, supported: list[tuple[Quantity, Quantity]]) -> None:
        """Check the types' own priors, and that each type states all of them, or none.

        None: the form of a resolved file, whose players state everything themselves.
        """
        stated = (player.keys.get("type") for player in self.merged.players.values())
        used = {kind.value for kind in stated if kind}
        for name, group in self.merged.types.items():
            for quantity, support in supported:
                broken = self._within(self.merged.broken, "types", name, quantity.key)
                if group.priors.get(quantity.key) and not broken:
                    table = overlay(self._default(quantity), group.priors[quantity.key])
                    self._add({}, quantity, name, table, support)
            lacking = [
                quantity.key
                for quantity in self.quantities.of_player
                if not group.priors.get(quantity.key)
                and not self._explained("types", name, quantity.key)
            ]
            if not self._states_any(group) or not lacking:
                continue
            if name in used:
                for key in lacking:
                    text = "found nothing, expected a prior: every type states every quantity"
                    self._report(replace(group.origin, path=f"types.{name}.{key}"), "", text)
            else:
                self._report(group.origin, "", self._unused(name, lacking))

    def _unused(self, name: str, lacking: list[str]) -> str:
        hint = did_you_mean(name, (other for other in self.merged.types if other != name))
        count = len(self.quantities.of_player)
        stated = f"{count - len(lacking)} of {count} quantities"
        return f"found a type without players that states {stated}, expected all{hint}"

    def _add(
        self,
        priors: dict[tuple[str, str | None], Prior],
        quantity: Quantity,
        player: str | None,
        table: Table,
        support: Quantity,
    ) -> None:
        """Build one prior; report it where that fails."""
        stated = {key: entry.value for key, entry in table.items() if key not in _NOT_STATED}
        built = self._build(stated, support)
        if isinstance(built, FamilyError):
            for key, message in built.problems:
                self._report_key(table, key, message + _reason(support, message))
            return
        sources, why = table.get("sources"), table.get("why")
        priors[quantity.name, player] = Prior(
            quantity,
            player,
            built,
            stated,
            tuple(sources.value) if sources else (),
            why.value if why else "",
            table["family"].origin,
            {key: entry.origin for key, entry in table.items()},
        )

    def _report_key(self, table: Table, key: str, message: str) -> None:
        entry = table.get(key.partition(".")[0])
        if entry is not None:
            line = entry.inside.get(key, entry.origin.line)
            self._report(replace(entry.origin, line=line), key, message)
            return
        # The whole table is at fault: most likely what was stated last over its distribution.
        origins = [entry.origin for name, entry in table.items() if name not in _NOT_STATED]
        first = table.get("family", next(iter(table.values()))).origin
        over = [one for one in origins if (one.file, one.path) != (first.file, first.path)]
        self._report(over[-1] if over else first, "", message)

    def _build(self, stated: Mapping[str, Any], support: Quantity) -> Distribution | FamilyError:
        """Build a distribution, once for all players that inherit it."""
        known = repr((stated, support.name, support.lower))
        if known not in self._built:
            try:
                self._built[known] = distribution(stated, support)
            except FamilyError as error:
                self._built[known] = error
        return self._built[known]

    def notes_on_types(self) -> Iterator[str]:
        """Warnings of types' priors that reach no player.

        A player's prior that a later file or ``--set`` states is no fault of the type's.

        Yields
        ------
        str
            A line for each file that states such priors.
        """
        idle: dict[str, list[str]] = {}
        for name, group in self.merged.types.items():
            players = [one for one in self.merged.players.values() if self._type_of(one) is group]
            for key, table in group.priors.items():
                for file in dict.fromkeys(entry.origin.file for entry in table.values()):
                    if all(self._owned_before(player, key, file) for player in players):
                        idle.setdefault(file, []).append(f"types.{name}.{key}")
        for file, paths in idle.items():
            reach = "reaches" if len(paths) == 1 else "reach"
            why = "each player of the type states its own, or there is none"
            yield f"{file}: {joined(paths)} {reach} no player: {why}"

    def _owned_before(self, player: Group, key: str, file: str) -> bool:
        """Whether a player had a prior of its own when `file` stated its type's."""
        if not _owns(player, key):
            return False
        order = self.merged.files
        return order.index(player.priors[key]["family"].origin.file) <= order.index(file)


def _reason(support: Quantity, message: str) -> str:
    """Why a discount rate is outside of a support that no reader can look up."""
    derived = support.key == "discount_rate" and f"{support.lower:g}" in message
    return f" ({_GROWTH_GAP:g} above the highest terminal growth)" if derived else ""


def _label(name: str, group: Group) -> str:
    return str(group.keys["label"].value) if "label" in group.keys else name


def _owns(player: Group, key: str) -> bool:
    """Whether a player's own table states a whole distribution."""
    return "family" in player.priors.get(key, {})


def _inherit(inherited: Group | None, player: Group, key: str) -> Table:
    """A player's table over its type's."""
    return overlay(inherited.priors.get(key, {}) if inherited else {}, player.priors.get(key, {}))
