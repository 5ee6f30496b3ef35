"""What a run is about: its joint draws, and the strategies that are compared on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from model.economics.inputs import Inputs, inputs_of
from model.economics.neutral import complete_globals, complete_players
from model.economics.operations import Factors, factors_of
from model.economics.presence import Presence
from model.economics.strategies import Strategy
from model.numerics.arrays import Array
from model.sampling.draws import Draws
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES, Quantity

__all__ = ["Setting", "first_draws", "fix", "of_chain"]


@dataclass(frozen=True, slots=True)
class Setting:
    """The draws and the strategies of a run.

    Attributes
    ----------
    drawn : Draws
        Joint draws of every quantity.
    strategies : tuple of Strategy
        Those compared, `exit` and `stay` first.
    fixed : mapping of str to float or str
        Quantities that are not as drawn: a value, or the key of the same player's quantity that
        stands in for it.
    """

    drawn: Draws
    strategies: tuple[Strategy, ...]
    fixed: Mapping[str, float | str] = field(default_factory=dict)

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
        globals_ = complete_globals(drawn.globals_(chain), drawn.quantities)
        players = complete_players(drawn.of_players(chain), drawn.quantities)
        return inputs_of(
            fix(globals_, GLOBAL_QUANTITIES, self.fixed),
            fix(players.swapaxes(0, 1), PLAYER_QUANTITIES, self.fixed).swapaxes(0, 1),
            self.factors,
            of_chain(presence, chain, drawn.shape[1]),
        )


def fix(values: Array, quantities: Sequence[Quantity], fixed: Mapping[str, float | str]) -> Array:
    """The values with some quantities not as drawn.

    Parameters
    ----------
    values : array (quantity, …)
        In the order of `quantities`; left as they are.
    quantities : sequence of Quantity
        What the first rows are.
    fixed : mapping of str to float or str
        As in `Setting`.

    Returns
    -------
    array (quantity, …)
        `values` itself where none of them is fixed.
    """
    rows = {place: fixed[q.name] for place, q in enumerate(quantities) if q.name in fixed}
    if not rows:
        return values
    keys = [quantity.key for quantity in quantities]
    found = values.copy()
    for row, stated in rows.items():
        found[row] = values[keys.index(stated)] if isinstance(stated, str) else stated
    return found


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


def first_draws(setting: Setting, presence: Presence, most: int) -> Inputs:
    """What the equations take of the first draws of each chain, which are well spread themselves.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    presence : Presence
        Which rivals are there, of all draws chain by chain.
    most : int
        Draws of each chain, if there are so many.

    Returns
    -------
    Inputs
        Draws chain by chain.
    """
    chains, per_chain = setting.drawn.shape
    count = min(per_chain, most)
    inputs = [setting.inputs(chain, presence) for chain in range(chains)]
    last = [one.last[:, :count] for one in inputs]
    return inputs_of(
        np.concatenate([one.globals_[:, :count] for one in inputs], axis=1),
        np.concatenate([one.players[..., :count] for one in inputs], axis=2),
        setting.factors,
        Presence(np.concatenate(last, axis=1), presence.weight),
    )
