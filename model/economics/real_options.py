"""The real options: what leaving later and coming back pay, and what a player then sees.

For every player, on every draw and at every date, from `option_values`.
"""

import numpy as np

from model.economics.axes import LEAVING_YEARS, N_YEARS
from model.economics.exercise import STATES, Exercise
from model.economics.inputs import Inputs, factors_in
from model.economics.one_off import ipo_loss
from model.economics.operations import Factors
from model.economics.option_values import (
    Option,
    exit_for_good,
    fill_exit,
    fill_later_gains,
    fill_strategy,
    option_of,
)
from model.economics.records import GlobalValues, Number, read_globals, read_player
from model.economics.strategies import EXIT, STAY
from model.economics.tile import TILE, Tile, fill_draws, fill_place, read_tile, tile_of
from model.numerics.arrays import Array
from model.numerics.jit import njit
from model.numerics.lanes import lane, store

__all__ = ["exercise_values"]

_N_LEAVING, _N_STATES = len(LEAVING_YEARS), len(STATES)


@njit(inline=True)
def keep(values: Number, out: Array, place: tuple[int, ...], start: int, stop: int) -> None:
    """Put lanes where they belong in `out` (…, draw), from `start` up to `stop`."""
    if stop - start == TILE:
        store(out, (*place, start), values)
    else:
        for n in range(stop - start):
            out[(*place, start + n)] = lane(values, n)


@njit(inline=True)
def keep_option(one: Option, found: Exercise, i: int, strategy: int, start: int, stop: int) -> None:
    """Put one real option of the draws of a tile where it belongs in `found`."""
    for t in range(_N_LEAVING):
        keep(one.pays[t], found.pays, (i, strategy, t), start, stop)
        for n in range(stop - start):
            found.live[i, strategy, t, start + n] = lane(one.live[t], n) > 0.0
        for k in range(_N_STATES):
            keep(one.states[t, k], found.states, (i, strategy, t, k), start, stop)


@njit(inline=True)
def fill_player(
    g: GlobalValues,
    tile: Tile,
    i: int,
    factors: Factors,
    one: Option,
    found: Exercise,
    start: int,
    stop: int,
) -> None:
    """Fill the draws from `start` up to `stop` of `found` with the real options of a player."""
    p, industry, own = read_player(tile.players, i), tile.industry, tile.own
    gain, loss = fill_later_gains(p, industry, own, one.later), ipo_loss(g, p)
    fill_exit(g, p, industry, own, one)
    keep_option(one, found, i, EXIT, start, stop)
    keep(exit_for_good(p, gain), found.npv, (i, EXIT), start, stop)
    found.distress[i, EXIT, start:stop] = N_YEARS
    for strategy in range(STAY, found.npv.shape[1]):
        npv, distress = fill_strategy(g, tile, factors, i, strategy, gain, loss, one)
        keep_option(one, found, i, strategy, start, stop)
        for n in range(stop - start):
            found.distress[i, strategy, start + n] = np.int8(lane(distress, n))
        keep(npv, found.npv, (i, strategy), start, stop)


@njit()
def exercise_values(inputs: Inputs, found: Exercise) -> None:
    """Fill what exercising each real option of every player pays, and what the player then sees.

    On one core; it lets go of Python's lock, so that threads may fill several chains at once.

    Parameters
    ----------
    inputs : Inputs
        Draws, strategies, and which rivals are there.
    found : Exercise
        Filled.
    """
    factors, tile, one = factors_in(inputs), tile_of(inputs), option_of()
    draws = inputs.globals_.shape[1]
    for start in range(0, draws, TILE):
        stop = min(start + TILE, draws)
        read_tile(inputs, start, stop, tile)
        cheapest = fill_draws(inputs, tile)
        g = read_globals(tile.globals_)
        for i in range(found.npv.shape[0]):
            fill_place(g, i, cheapest, tile)
            fill_player(g, tile, i, factors, one, found, start, stop)
