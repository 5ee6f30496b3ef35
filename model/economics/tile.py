"""What every loop over draws begins with: a few draws read together, one of them looked at.

Quantities lie a power of two of bytes apart: read one draw at a time, they would throw each other
out of the cache. So a tile of draws is copied first, draw by draw.
"""

from typing import NamedTuple

import numpy as np

from model.economics.axes import N_YEARS
from model.economics.industry import N_ROWS, fill_industry
from model.economics.inputs import Inputs, presence_in
from model.economics.player import N_OWN, fill_contest, fill_own
from model.economics.presence import fill_presence
from model.economics.records import GlobalValues, read_globals, read_player
from model.numerics.arrays import Array
from model.numerics.jit import njit

__all__ = ["TILE", "Tile", "fill_draw", "fill_place", "read_tile", "tile_of"]


#: Draws that are read together.
TILE = 32


class Tile(NamedTuple):
    """The quantities of a few draws, and room for what one of them looks like.

    Attributes
    ----------
    globals_ : array (draw, global quantity)
        In the order and units of `GLOBAL_QUANTITIES`.
    players : array (draw, player, player quantity)
        In the order and units of `PLAYER_QUANTITIES`; then the factors of added strategies.
    industry : array (row, year)
        One draw's, from `fill_industry`.
    weights, present : array (player, year)
        One draw's, from `fill_industry` and `fill_presence`.
    own : array (row, year)
        One player's in one draw, from `fill_own` and `fill_contest`.
    """

    globals_: Array
    players: Array
    industry: Array
    weights: Array
    present: Array
    own: Array


@njit()
def tile_of(inputs: Inputs) -> Tile:
    """Room for a tile of the inputs.

    Parameters
    ----------
    inputs : Inputs
        What a loop takes.

    Returns
    -------
    Tile
        Not filled.
    """
    count = inputs.players.shape[0]
    return Tile(
        np.empty((TILE, inputs.globals_.shape[0])),
        np.empty((TILE, count, inputs.players.shape[1])),
        np.empty((N_ROWS, N_YEARS)),
        np.empty((count, N_YEARS)),
        np.empty((count, N_YEARS)),
        np.empty((N_OWN, N_YEARS)),
    )


@njit()
def read_tile(inputs: Inputs, start: int, stop: int, tile: Tile) -> None:
    """Copy the quantities of the draws from `start` up to `stop`.

    Parameters
    ----------
    inputs : Inputs
        What a loop takes.
    start : int
        Place of the first draw.
    stop : int
        Place after the last one, at most `TILE` further.
    tile : Tile
        Its quantities are filled, the draw `start` first.
    """
    for k in range(inputs.globals_.shape[0]):
        for n in range(stop - start):
            tile.globals_[n, k] = inputs.globals_[k, start + n]
    for i in range(inputs.players.shape[0]):
        for k in range(inputs.players.shape[1]):
            for n in range(stop - start):
                tile.players[n, i, k] = inputs.players[i, k, start + n]


@njit(inline=True)
def fill_draw(inputs: Inputs, tile: Tile, n: int, draw: int) -> float:
    """Look at one draw: the industry, everyone's weights, and who is there.

    Parameters
    ----------
    inputs : Inputs
        What a loop takes.
    tile : Tile
        From `read_tile`; its industry, weights and presence are filled.
    n : int
        Place of the draw in the tile.
    draw : int
        Its place in the inputs.

    Returns
    -------
    float
        Unit cost of the cheapest player, USD per second.
    """
    g = read_globals(tile.globals_[n])
    cheapest = fill_industry(g, tile.players[n], tile.industry, tile.weights)
    fill_presence(presence_in(inputs), draw, tile.present)
    return cheapest


@njit(inline=True)
def fill_place(g: GlobalValues, rows: Array, i: int, cheapest: float, tile: Tile) -> None:
    """Look at that draw as the player at place `i` does.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    rows : array (player, player quantity)
        The draw's player quantities.
    i : int
        Place of the player.
    cheapest : float
        From `fill_draw`.
    tile : Tile
        After `fill_draw`; its `own` is filled.
    """
    fill_own(g, read_player(rows, i), cheapest, tile.industry, tile.own)
    fill_contest(i, g.competition_entry, tile.weights, tile.present, tile.industry, tile.own)
