"""Which dimension of the sampler each quantity has, and which Sobol column it is drawn from.

Global quantities come first, in the order of the registry, then each player's. The factors of
added strategies count from the last dimension down, so that a strategy more, like a player more,
changes no other quantity's draws.

The columns are a table of their own: the quantities that matter most have those that go best
together (`scripts/sobol_columns.py` makes it).
"""

from functools import cache
from pathlib import Path

from model.sampling.sobol_sequence import MAX_DIMENSIONS
from priors.registry.selection import FACTORS, MOST_STRATEGIES, Selection

__all__ = ["check_dimensions", "columns", "dimension", "number_of_dimensions"]

_TABLE = Path(__file__).with_name("sobol_columns.txt")


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
    own = quantities.places[name]
    if place is None:
        return own
    if len(quantities.factors) > own and quantities.factors[own].name == name:
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


@cache
def _table() -> tuple[int, ...]:
    """Column of each dimension, for the quantities of the second edition."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(int(word) for line in lines if not line.startswith("#") for word in line.split())


def columns(quantities: Selection, count: int) -> tuple[int, ...]:
    """Which column of the Sobol sequence each of the first dimensions is drawn from.

    Parameters
    ----------
    quantities : Selection
        Those of the prior file.
    count : int
        Number of dimensions.

    Returns
    -------
    tuple of int
        Of files of the first edition each its own, so that they keep their draws.
    """
    return tuple(range(count)) if quantities.edition == 1 else _table()[:count]
