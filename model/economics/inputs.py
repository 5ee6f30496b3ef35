"""What the compiled loops take: draws, strategies, and which rivals are there."""

from typing import NamedTuple

import numpy as np

from model.economics.operations import Factors, factors_of
from model.economics.presence import Presence, everybody
from model.numerics.arrays import Array, Integers, Years
from model.numerics.jit import njit

__all__ = ["Inputs", "factors_in", "inputs_of"]


class Inputs(NamedTuple):
    """Draws, strategies, and which rivals are there.

    Attributes
    ----------
    globals_ : array (global quantity, draw)
        In the order and units of `GLOBAL_QUANTITIES`.
    players : array (player, player quantity, draw)
        In the order and units of `PLAYER_QUANTITIES`; then the factors of added strategies.
    numbers, columns : array (strategy, factor)
        Of `Factors`.
    last, weight : array (answer, draw, player), array (answer,)
        Of `Presence`.
    """

    globals_: Array
    players: Array
    numbers: Array
    columns: Integers
    last: Years
    weight: Array


@njit(inline=True)
def factors_in(inputs: Inputs) -> Factors:
    """The factors of the strategies.

    Parameters
    ----------
    inputs : Inputs
        What a loop takes.

    Returns
    -------
    Factors
    """
    return Factors(inputs.numbers, inputs.columns)


def inputs_of(
    globals_: Array,
    players: Array,
    factors: Factors | None = None,
    presence: Presence | None = None,
) -> Inputs:
    """The inputs, their arrays contiguous.

    Parameters
    ----------
    globals_ : array (global quantity, draw)
        As in `Inputs`.
    players : array (player, player quantity, draw)
        As in `Inputs`.
    factors : Factors, optional
        By default of the strategies that every file has.
    presence : Presence, optional
        By default everybody, always.

    Returns
    -------
    Inputs
    """
    return Inputs(
        np.ascontiguousarray(globals_),
        np.ascontiguousarray(players),
        *(factors_of() if factors is None else factors),
        *(everybody(globals_.shape[1], len(players)) if presence is None else presence),
    )
