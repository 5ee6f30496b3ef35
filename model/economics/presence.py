"""Which rivals are in the market, by draw and year."""

from typing import NamedTuple

import numpy as np

from model.economics.axes import N_YEARS
from model.numerics.arrays import Array, Years
from model.numerics.jit import njit
from model.numerics.lanes import where

__all__ = ["Presence", "everybody", "fill_presence", "mean_presence"]


class Presence(NamedTuple):
    """Until when each player is there, as one or more answers, each with its weight.

    Attributes
    ----------
    last : array of int8 (answer, draw, player)
        Last year index in which the player is there.
    weight : array (answer,)
        Adding up to 1: a player that half of the answers have gone is half there.
    """

    last: Years
    weight: Array


def everybody(draws: int, players: int) -> Presence:
    """Nobody ever leaves.

    Parameters
    ----------
    draws : int
        Number of draws.
    players : int
        Number of players.

    Returns
    -------
    Presence
    """
    return Presence(np.full((1, draws, players), N_YEARS - 1, dtype=np.int8), np.ones(1))


@njit(inline=True)
def fill_presence(last: Array, weight: Array, present: Array) -> None:
    """Fill `present` (player, year) with w: 1 where a player is there, 0 after.

    Parameters
    ----------
    last : array (answer, player)
        One draw's, or lanes of several draws': last year index in which the player is there.
    weight : array (answer,)
        Of each answer.
    present : array (player, year)
        Filled, from 0 to 1.
    """
    for i in range(present.shape[0]):
        for t in range(N_YEARS):
            present[i, t] = 0.0
            for answer in range(weight.shape[0]):
                present[i, t] += where(last[answer, i] >= t, weight[answer], 0.0)


def mean_presence(presence: Presence) -> Array:
    """Mean w of each player and year over all draws.

    Parameters
    ----------
    presence : Presence
        Of all draws.

    Returns
    -------
    array (player, year)
        From 0 to 1.
    """
    there = [(presence.last >= year).mean(axis=1) for year in range(N_YEARS)]
    return np.asarray(np.einsum("a,tai->it", presence.weight, np.array(there)))
