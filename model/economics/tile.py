"""What every loop over draws begins with: a few draws read together, and looked at together.

They lie side by side in the lanes of a vector, so that each operation is done for all of them at
once. Quantities lie a power of two of bytes apart, and would throw each other out of the cache: so
they are copied first.
"""

from typing import NamedTuple

import numpy as np

from model.economics.axes import N_YEARS
from model.economics.industry import N_ROWS, fill_industry
from model.economics.inputs import Inputs
from model.economics.player import N_OWN, fill_contest, fill_others, fill_own
from model.economics.presence import fill_presence
from model.economics.records import GlobalValues, Number, read_globals, read_player
from model.numerics.arrays import Array
from model.numerics.jit import njit
from model.numerics.lanes import WIDTH, Lanes, empty_lanes, lane, load, scatter

__all__ = ["TILE", "Tile", "fill_draws", "fill_place", "put", "read_tile", "tile_of"]


#: Draws that are read together.
TILE = WIDTH


class Tile(NamedTuple):
    """The quantities of a few draws, and room for what they look like; all but `room` in lanes.

    Attributes
    ----------
    globals_ : lanes (global quantity,)
        In the order and units of `GLOBAL_QUANTITIES`.
    players : lanes (player, player quantity)
        In the order and units of `PLAYER_QUANTITIES`; then the factors of added strategies.
    last : lanes (answer, player)
        Of `Presence`.
    industry : lanes (row, year)
        From `fill_industry`.
    weights, present, others, largest : lanes (player, year)
        From `fill_industry`, `fill_presence` and `fill_others`.
    own : lanes (row, year)
        One player's, from `fill_own` and `fill_contest`.
    room : array (draw,)
        For what is to become lanes.
    """

    globals_: Lanes
    players: Lanes
    last: Lanes
    industry: Lanes
    weights: Lanes
    present: Lanes
    others: Lanes
    largest: Lanes
    own: Lanes
    room: Array


@njit(inline=True)
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
        empty_lanes((inputs.globals_.shape[0],)),
        empty_lanes((count, inputs.players.shape[1])),
        empty_lanes((inputs.last.shape[0], count)),
        empty_lanes((N_ROWS, N_YEARS)),
        empty_lanes((count, N_YEARS)),
        empty_lanes((count, N_YEARS)),
        empty_lanes((count, N_YEARS)),
        empty_lanes((count, N_YEARS)),
        empty_lanes((N_OWN, N_YEARS)),
        np.empty(TILE),
    )


@njit(inline=True)
def read_tile(inputs: Inputs, start: int, stop: int, tile: Tile) -> None:
    """Copy the quantities of the draws from `start` up to `stop`.

    Where they are fewer than `TILE`, the last of them stands in the other lanes too.

    Parameters
    ----------
    inputs : Inputs
        What a loop takes.
    start : int
        Place of the first draw.
    stop : int
        Place after the last one, at most `TILE` further.
    tile : Tile
        Its quantities and who is there are filled.
    """
    whole = stop - start == TILE
    for k in range(inputs.globals_.shape[0]):
        if whole:
            tile.globals_[k] = load(inputs.globals_, (k, start))
        else:
            for n in range(TILE):
                tile.room[n] = inputs.globals_[k, min(start + n, stop - 1)]
            tile.globals_[k] = load(tile.room, (0,))
    for i in range(inputs.players.shape[0]):
        for k in range(inputs.players.shape[1]):
            if whole:
                tile.players[i, k] = load(inputs.players, (i, k, start))
            else:
                for n in range(TILE):
                    tile.room[n] = inputs.players[i, k, min(start + n, stop - 1)]
                tile.players[i, k] = load(tile.room, (0,))
        for answer in range(inputs.last.shape[0]):
            for n in range(TILE):
                tile.room[n] = inputs.last[answer, min(start + n, stop - 1), i]
            tile.last[answer, i] = load(tile.room, (0,))


@njit(inline=True)
def fill_draws(inputs: Inputs, tile: Tile) -> Number:
    """Look at the draws of a tile: the industry, everyone's weights, and who is there.

    Parameters
    ----------
    inputs : Inputs
        What a loop takes.
    tile : Tile
        From `read_tile`; all but its `own` is filled.

    Returns
    -------
    lanes
        Unit cost of the cheapest player, USD per second.
    """
    g = read_globals(tile.globals_)
    cheapest = fill_industry(g, tile.players, tile.industry, tile.weights)
    fill_presence(tile.last, inputs.weight, tile.present)
    fill_others(
        g.competition_entry, tile.weights, tile.present, tile.industry, tile.others, tile.largest
    )
    return cheapest


@njit(inline=True)
def fill_place(g: GlobalValues, i: int, cheapest: Number, tile: Tile) -> None:
    """Look at these draws as the player at place `i` does.

    Parameters
    ----------
    g : Globals
        The draws' global quantities.
    i : int
        Place of the player.
    cheapest : lanes
        From `fill_draws`.
    tile : Tile
        After `fill_draws`; its `own` is filled.
    """
    fill_own(g, read_player(tile.players, i), cheapest, tile.industry, tile.own)
    fill_contest(i, tile.weights, tile.others, tile.largest, tile.own)


@njit(inline=True)
def put(values: Number, out: Array, start: int, stop: int, place: tuple[int, ...]) -> None:
    """Write each lane to its draw in `out`, at `place` on the other axes.

    Parameters
    ----------
    values : lanes
        What is known of the draws from `start` up to `stop`.
    out : array (draw, …)
        Written in place.
    start : int
        Place of the first draw.
    stop : int
        Place after the last one.
    place : tuple of int
        On all axes but the first.
    """
    if stop - start == TILE:
        scatter(out, (start, *place), values)
    else:
        for n in range(stop - start):
            out[(start + n, *place)] = lane(values, n)
