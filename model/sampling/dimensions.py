"""Which dimension of the sampler each quantity has.

Global quantities come first, in the order of the registry, then each player's. The factors of
added strategies count from the last dimension down, so that a strategy more, like a player more,
changes no other quantity's draws.
"""

from functools import lru_cache

from model.sampling.sobol_sequence import MAX_DIMENSIONS
from priors.registry.selection import FACTORS, MOST_STRATEGIES, Selection

__all__ = ["check_dimensions", "dimension", "number_of_dimensions"]


@lru_cache(maxsize=64)
def _places(quantities: Selection) -> dict[str, int]:
    """Place of each quantity among those of its kind."""
    kinds = (quantities.shared, quantities.of_player, quantities.factors)
    return {quantity.name: place for kind in kinds for place, quantity in enumerate(kind)}


def dimension(quantities: Selection, name: str, place: int | None) -> int:
    """The sampler's dimension of a quantity.

    Parameters
    ----------
    quantities : Selection
        Those of the prior file.
    name : str
        The quantity's dotted path.
    place : int or None
        Place of the player; None for a global quantity.

    Returns
    -------
    int

    Raises
    ------
    KeyError
        If the name is of no quantity of the file.
    """
    own = _places(quantities)[name]
    if place is None:
        return own
    if any(quantity.name == name for quantity in quantities.factors):
        return MAX_DIMENSIONS - 1 - len(FACTORS) * MOST_STRATEGIES * place - own
    return len(quantities.shared) + len(quantities.of_player) * place + own


def number_of_dimensions(quantities: Selection, players: int) -> int:
    """How many of the sampler's dimensions have to be there, from the first.

    Parameters
    ----------
    quantities : Selection
        Those of the prior file.
    players : int
        Number of players, excluded ones counted.

    Returns
    -------
    int
        All of them where the file adds strategies, whose factors count from the last one down.
    """
    lower = len(quantities.shared) + len(quantities.of_player) * players
    return max(lower, MAX_DIMENSIONS) if quantities.factors else lower


def check_dimensions(quantities: Selection, players: int) -> str | None:
    """What is wrong with so many quantities for Sobol points, None if nothing is.

    Parameters
    ----------
    quantities : Selection
        Those of the prior file.
    players : int
        Number of players, excluded ones counted.

    Returns
    -------
    str or None
    """
    count = len(quantities.shared) + len(quantities.of_player) * players
    if quantities.factors:
        count += len(FACTORS) * (MOST_STRATEGIES * (players - 1) + len(quantities.strategies))
    if count <= MAX_DIMENSIONS:
        return None
    return f"{count} quantities are more than the {MAX_DIMENSIONS} dimensions of Sobol points"
