"""The quantities of one prior file: its edition's, and those that its own strategies bring."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from priors.registry.quantity import Quantity, at_least_zero, share

__all__ = [
    "BUILT_IN",
    "EDITION",
    "FACTORS",
    "MOST_STRATEGIES",
    "Selection",
    "factor_quantities",
    "select",
]

#: The edition of the model that is current: the schema of new prior files.
EDITION = 2
#: How an operating strategy is run, relative to `stay`; a strategy that a file adds has a player
#: quantity for each, such as ``paid_only_share``.
FACTORS: tuple[str, ...] = ("share", "fixed", "scope", "subsidy")
#: Names of the strategies that every file has, which none may add.
BUILT_IN: tuple[str, ...] = ("exit", "stay", "api_only")
#: Strategies that a file may add: as many as have dimensions of the sampler set aside.
MOST_STRATEGIES = 8

#: Lower ends of supports that the second edition moved: a prior of the first is cut there.
_FIRST_LOWER = {"ipo.valuation_impact": 0.0}
_MEANING = {
    "share": "weight in the contest kept by {}, relative to stay",
    "fixed": "fixed cost of {}, relative to stay",
    "scope": "legal and IPO burden of {}, and what it holds back from robotics, relative to stay",
    "subsidy": "consumer subsidy of {}, relative to stay",
}


@dataclass(frozen=True)
class Selection:
    """The quantities that a prior file states, or that a run has draws of.

    Attributes
    ----------
    edition : int
        Of the model: 1 lacks what has a `Quantity.neutral` value.
    strategies : tuple of str
        Names of the operating strategies that the file adds, in its order.
    shared : tuple of Quantity
        Of the industry, in the order of the registry.
    of_player : tuple of Quantity
        Of a player, in the order of the registry.
    factors : tuple of Quantity
        Of a player: those of each added strategy, in the order of `FACTORS`.
    """

    edition: int
    strategies: tuple[str, ...]
    shared: tuple[Quantity, ...]
    of_player: tuple[Quantity, ...]
    factors: tuple[Quantity, ...]

    @property
    def own(self) -> tuple[Quantity, ...]:
        """All those of a player: the registry's first."""
        return self.of_player + self.factors

    @property
    def every(self) -> tuple[Quantity, ...]:
        """All of them: those of the industry first."""
        return self.shared + self.own

    @cached_property
    def by_name(self) -> dict[str, Quantity]:
        """Dotted path to quantity."""
        return {quantity.name: quantity for quantity in self.every}

    @cached_property
    def places(self) -> dict[str, int]:
        """Place of each quantity among those of its kind: shared, of a player, or factors."""
        kinds = (self.shared, self.of_player, self.factors)
        return {quantity.name: place for kind in kinds for place, quantity in enumerate(kind)}

    def by_path(self, path: str) -> Quantity:
        """The quantity that a path names: ``player.salvage`` for ``players.pika.salvage``.

        Parameters
        ----------
        path : str
            A global quantity's name, or a player's own path.

        Returns
        -------
        Quantity

        Raises
        ------
        KeyError
            If it names none.
        """
        own = path.startswith("players.")
        return self.by_name[f"player.{path.rpartition('.')[2]}" if own else path]


@lru_cache(maxsize=64)
def factor_quantities(strategy: str) -> tuple[Quantity, ...]:
    """The player quantities of an added strategy, in the order of `FACTORS`.

    Parameters
    ----------
    strategy : str
        Its name, such as ``paid_only``.

    Returns
    -------
    tuple of Quantity
        Each is 1 where no file states it.
    """
    made = []
    for factor in FACTORS:
        make, most = (share, 1.0) if factor == "scope" else (at_least_zero, 1.5)
        name, label = f"player.{strategy}_{factor}", f"{strategy}: {factor}"
        made.append(make(name, label, "1", (0.0, most), _MEANING[factor].format(strategy)))
    return tuple(made)


@lru_cache(maxsize=64)
def select(edition: int = EDITION, strategies: tuple[str, ...] = ()) -> Selection:
    """The quantities of a prior file of an edition that adds these strategies.

    Parameters
    ----------
    edition : int
        1 or 2.
    strategies : tuple of str
        Names of the operating strategies that the file adds.

    Returns
    -------
    Selection
    """
    shared = tuple(q for q in GLOBAL_QUANTITIES if q.edition <= edition)
    if edition == 1:
        shared = tuple(replace(q, lower=_FIRST_LOWER.get(q.name, q.lower)) for q in shared)
    of_player = tuple(q for q in PLAYER_QUANTITIES if q.edition <= edition)
    factors = tuple(q for strategy in strategies for q in factor_quantities(strategy))
    return Selection(edition, strategies, shared, of_player, factors)
