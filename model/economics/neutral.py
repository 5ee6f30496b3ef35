"""The quantities that a file of the first edition lacks, at values without effect."""

import numpy as np

from model.numerics.arrays import Array
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from priors.registry.quantity import Quantity
from priors.registry.selection import Selection

__all__ = ["complete_globals", "complete_players", "global_sources", "player_sources"]


def complete_globals(stated: Array, quantities: Selection) -> Array:
    """The global quantities that the equations take, from those that a file states.

    Parameters
    ----------
    stated : array (stated quantity, draw)
        In the order and units of ``quantities.shared``.
    quantities : Selection
        Those stated.

    Returns
    -------
    array (global quantity, draw)
        In the registry's order and units; `stated` itself where it lacks none.
    """
    if len(stated) == len(GLOBAL_QUANTITIES):
        return stated
    every = np.empty((len(GLOBAL_QUANTITIES), *stated.shape[1:]))
    rows = iter(stated)
    for place, quantity in enumerate(GLOBAL_QUANTITIES):
        every[place] = next(rows) if quantity.edition <= quantities.edition else quantity.neutral
    return every


def complete_players(stated: Array, quantities: Selection) -> Array:
    """The player quantities that the equations take, from those that a file states.

    Parameters
    ----------
    stated : array (player, stated quantity, draw)
        In the order and units of ``quantities.own``.
    quantities : Selection
        Those stated.

    Returns
    -------
    array (player, player quantity, draw)
        In the registry's order and units, then the factors of added strategies; `stated` itself
        where it lacks none.
    """
    if len(quantities.of_player) == len(PLAYER_QUANTITIES):
        return stated
    keys = [quantity.key for quantity in quantities.own]
    wanted = [q.key if q.key in keys else str(q.neutral) for q in PLAYER_QUANTITIES]
    wanted += [quantity.key for quantity in quantities.factors]
    return np.ascontiguousarray(stated[:, [keys.index(key) for key in wanted]])


def global_sources(quantities: Selection) -> list[Quantity | float]:
    """What stands at each place of the global quantities that the equations take.

    Parameters
    ----------
    quantities : Selection
        Those that a file states.

    Returns
    -------
    list of Quantity or float
        One that the file states, or the value without effect.
    """
    return [
        one if one.edition <= quantities.edition else float(one.neutral or 0.0)
        for one in GLOBAL_QUANTITIES
    ]


def player_sources(quantities: Selection) -> list[Quantity]:
    """What stands at each place of a player's row that the equations take.

    Parameters
    ----------
    quantities : Selection
        Those that a file states.

    Returns
    -------
    list of Quantity
        Those that the file states; one that it lacks has a stated one in its place.
    """
    stated = {one.key: one for one in quantities.own}
    wanted = [stated.get(one.key) or stated[str(one.neutral)] for one in PLAYER_QUANTITIES]
    return [*wanted, *quantities.factors]
