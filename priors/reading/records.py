"""What a prior file says once it is read: the records that everything else takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from priors.registry.quantities import Quantity
from priors.registry.selection import EDITION, Selection, select

if TYPE_CHECKING:
    from priors.distributions.distribution import Distribution

__all__ = ["AddedStrategy", "Correlation", "Origin", "Player", "Prior", "Priors"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was stated.

    Attributes
    ----------
    file : str
        Name of the prior file, or ``--set``.
    line : int
        Line in it; 0 where there is none.
    path : str
        The table that states it, such as ``types.pure_play.cost_ratio``.
    """

    file: str
    line: int
    path: str


@dataclass(frozen=True, slots=True)
class Prior:
    """The prior of one quantity, or of one player's quantity.

    Attributes
    ----------
    quantity : Quantity
        What it is a prior of.
    player : str or None
        Whose; None for a global quantity.
    distribution : Distribution
        The distribution, ready to be sampled.
    stated : mapping
        Family, parameters or quantiles, bounds, scale and shift as the file states them.
    sources : tuple of str
        Where the figures come from.
    why : str
        Why the quantiles are what they are.
    origin : Origin
        Where the distribution was stated.
    origins : mapping
        Key of the prior's table to where it was stated: a `scale` may come from elsewhere.
    """

    quantity: Quantity
    player: str | None
    distribution: "Distribution"
    stated: Mapping[str, Any]
    sources: tuple[str, ...]
    why: str
    origin: Origin
    origins: Mapping[str, Origin] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Path in the prior file, such as ``players.openai.cost_ratio``."""
        if self.player is None:
            return self.quantity.name
        return f"players.{self.player}.{self.quantity.key}"


@dataclass(frozen=True, slots=True)
class Player:
    """A player: who decides.

    Attributes
    ----------
    name : str
        Its name in files and tables, such as ``openai``.
    type : str
        Its type, such as ``gpu_renter``.
    label : str
        Its name for readers.
    place : int
        Place among all players of the file, excluded ones counted; fixes its dimensions.
    """

    name: str
    type: str
    label: str
    place: int


@dataclass(frozen=True, slots=True)
class AddedStrategy:
    """An operating strategy that a prior file adds.

    Attributes
    ----------
    name : str
        Its one name, such as ``paid_only``; its factors are the player quantities
        ``paid_only_share`` and so on.
    label : str
        Its name for readers.
    why : str
        What it is and why it is compared.
    """

    name: str
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Correlation:
    """A rank correlation between two priors, wildcards expanded.

    Attributes
    ----------
    first, second : tuple of (str, str or None)
        Quantity name and player of each end.
    rank : float
        Spearman correlation.
    why : str
        The reason.
    """

    first: tuple[str, str | None]
    second: tuple[str, str | None]
    rank: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Priors:
    """A resolved prior file: every quantity of every player with its distribution.

    Attributes
    ----------
    name, description : str
        The file's own.
    players : tuple of Player
        In order of their place, without the excluded.
    excluded : tuple of Player
        Left out by ``exclude``: they keep their place and dimensions, so that the others' draws
        stay as they are.
    types : mapping
        Name of each type to its label, in file order.
    priors : mapping
        (quantity name, player or None) to its Prior; the excluded players' included.
    correlations : tuple of Correlation
        Wildcards expanded.
    resolved : str
        Text of the resolved prior file: no ``extends``; reading it gives the same draws.
    files : mapping
        Every file read (as named) to its SHA-256.
    notes : tuple of str
        Warnings for the user.
    edition : int
        Edition of the model that the file is of: 1 lacks the quantities of the second.
    strategies : tuple of AddedStrategy
        Operating strategies that the file adds, in its order.
    shipped : str
        Name of the shipped file that it is, as it is; empty of any other, and with overrides.
    """

    name: str
    description: str
    players: tuple[Player, ...]
    excluded: tuple[Player, ...]
    types: Mapping[str, str]
    priors: Mapping[tuple[str, str | None], Prior]
    correlations: tuple[Correlation, ...]
    resolved: str
    files: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    edition: int = EDITION
    strategies: tuple[AddedStrategy, ...] = ()
    shipped: str = ""

    @property
    def quantities(self) -> Selection:
        """The quantities that the file states."""
        return select(self.edition, tuple(strategy.name for strategy in self.strategies))

    def all_players(self) -> tuple[Player, ...]:
        """Players and excluded ones, by place.

        Returns
        -------
        tuple of Player
            Their order is that of their dimensions in the sampler.
        """
        return tuple(sorted((*self.players, *self.excluded), key=lambda player: player.place))
