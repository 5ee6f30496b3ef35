"""The payoffs of one decision, read from scratch files a chain at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.economics.strategies import Strategy
from model.numerics.arrays import Array
from model.numerics.scratch import Scratch

__all__ = ["StoredPayoffs"]


@dataclass(frozen=True, slots=True)
class StoredPayoffs:
    """What one decision is judged on, without the real options.

    Attributes
    ----------
    strategies : tuple of Strategy
        Those compared, `exit` and `stay` first.
    scratch : Scratch
        NPVs (chain, player, strategy, draw), USD billion.
    members : sequence of int
        Places of the players whose NPVs are added up.
    """

    strategies: tuple[Strategy, ...]
    scratch: Scratch
    members: Sequence[int]

    @property
    def chains(self) -> int:
        """Number of chains."""
        return len(self.scratch.files)

    @property
    def one_more_year(self) -> bool:
        """Whether staying is left at the end of the first year: nobody can."""
        return False

    @property
    def required(self) -> float | None:
        """Standard errors by which the best strategy must lead: two."""
        return None

    @property
    def rivals_stay(self) -> Array | None:
        """NPVs if rivals stayed: they do."""
        return None

    def chain(self, chain: int) -> Array:
        """One chain's NPVs.

        Parameters
        ----------
        chain : int
            Place of the chain.

        Returns
        -------
        array (strategy, draw)
            USD billion.
        """
        return np.stack([self.column(chain, place) for place in range(len(self.strategies))])

    def column(self, chain: int, strategy: int) -> Array:
        """One chain's NPVs of one strategy.

        Parameters
        ----------
        chain : int
            Place of the chain.
        strategy : int
            Place of the strategy.

        Returns
        -------
        array (draw,)
            USD billion.
        """
        total = np.empty(self.scratch.draws)
        self.scratch.read(chain, (self.members[0], strategy), total)
        if len(self.members) > 1:
            own = np.empty_like(total)
            for player in self.members[1:]:
                self.scratch.read(chain, (player, strategy), own)
                total += own
        return total

    def chain_for_good(self, chain: int) -> Array | None:
        """Exit less stay without the real options: nothing else than with them.

        Parameters
        ----------
        chain : int
            Place of the chain.

        Returns
        -------
        None
        """
        del chain
        return None
