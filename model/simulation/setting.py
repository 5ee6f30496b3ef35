"""What a run is about: its joint draws, and the strategies that are compared on them."""

from dataclasses import dataclass

import numpy as np

from model.economics.inputs import Inputs, inputs_of
from model.economics.neutral import complete_globals, complete_players
from model.economics.operations import Factors, factors_of
from model.economics.presence import Presence
from model.economics.strategies import Strategy
from model.sampling.joint import Draws

__all__ = ["Setting", "of_chain"]


@dataclass(frozen=True, slots=True)
class Setting:
    """The draws and the strategies of a run.

    Attributes
    ----------
    drawn : Draws
        Joint draws of every quantity.
    strategies : tuple of Strategy
        Those compared, `exit` and `stay` first.
    """

    drawn: Draws
    strategies: tuple[Strategy, ...]

    @property
    def factors(self) -> Factors:
        """How the strategies run the business."""
        added = [quantity.key for quantity in self.drawn.quantities.factors]
        return factors_of(self.strategies, added)

    @property
    def cells(self) -> tuple[int, int]:
        """Number of players, and of strategies."""
        return len(self.drawn.players), len(self.strategies)

    def inputs(self, chain: int, presence: Presence) -> Inputs:
        """What the equations take of one chain.

        Parameters
        ----------
        chain : int
            Place of the chain.
        presence : Presence
            Which rivals are there, of all draws chain by chain.

        Returns
        -------
        Inputs
        """
        drawn = self.drawn
        return inputs_of(
            complete_globals(drawn.globals_(chain), drawn.quantities),
            complete_players(drawn.of_players(chain), drawn.quantities),
            self.factors,
            of_chain(presence, chain, drawn.shape[1]),
        )


def of_chain(presence: Presence, chain: int, draws: int) -> Presence:
    """One chain's part of who is there.

    Parameters
    ----------
    presence : Presence
        Of all draws, chain by chain.
    chain : int
        Place of the chain.
    draws : int
        Draws of a chain.

    Returns
    -------
    Presence
    """
    part = slice(chain * draws, (chain + 1) * draws)
    return Presence(np.ascontiguousarray(presence.last[:, part]), presence.weight)
