"""The components of the draws on which a real option is exercised."""

import numpy as np

from model.economics.axes import LEAVING_YEARS, N_YEARS, NEVER, RETURN_YEARS
from model.economics.components import place_of
from model.economics.inputs import Inputs, factors_in
from model.economics.kernel import evaluate_player, put_player
from model.economics.operations import Factors, Operation, operation_of
from model.economics.option_values import (
    Option,
    fill_coming_back,
    fill_later_gains,
    leaving_value,
    option_of,
)
from model.economics.records import (
    GlobalValues,
    Number,
    PlayerValues,
    read_globals,
    read_player,
)
from model.economics.strategies import EXIT, STAY
from model.economics.tile import TILE, Tile, fill_draws, fill_place, read_tile, tile_of
from model.numerics.arrays import Array, Years
from model.numerics.jit import njit
from model.numerics.lanes import alike, any_of, empty_lanes, load, where

__all__ = ["evaluate_timed"]


_REENTRY, _ABANDONMENT = place_of("reentry"), place_of("abandonment")
_N_LEAVING, _N_RETURN = len(LEAVING_YEARS), len(RETURN_YEARS)
_FIRST_RETURN = RETURN_YEARS[0]


@njit(inline=True)
def read_timing(
    timing: Years, start: int, stop: int, i: int, room: Array, left: Array, until: Array
) -> None:
    """Read when a player's strategies are left, or come back, in the draws of a tile.

    `room` (draw,) is overwritten; `left` and `until`, lanes (strategy,), are filled: the year as
    in `timing`, and how many years the strategy is run.
    """
    for strategy in range(left.shape[0]):
        for n in range(TILE):
            room[n] = timing[min(start + n, stop - 1), i, strategy]
        left[strategy] = load(room, (0,))
        until[strategy] = where(left[strategy] == NEVER, N_YEARS, left[strategy] + 1)


@njit(inline=True)
def leave(
    g: GlobalValues, p: PlayerValues, operation: Operation, own: Array, later: Array, left: Number
) -> Number:
    """What leaving at the end of year `left` pays, discounted, USD billion; 0 for `NEVER`.

    `later` (date,) is from `fill_later_gains`.
    """
    paid = alike(left, 0.0)
    for t in range(_N_LEAVING):
        paid = where(left == t, leaving_value(g, p, operation.scope, t, own, later[t]), paid)
    return paid


@njit(inline=True)
def come_back(
    g: GlobalValues, tile: Tile, i: int, later: Array, one: Option, back: Number
) -> Number:
    """What coming back at the end of year `back` pays, discounted, USD billion; 0 for `NEVER`.

    `later` (date,) is from `fill_later_gains`; `one` is overwritten.
    """
    p = read_player(tile.players, i)
    fill_coming_back(g, p, tile.industry, tile.own, later, one.pays, one.states)
    paid = alike(back, 0.0)
    for date in range(_N_RETURN):
        paid = where(back == date + _FIRST_RETURN, one.pays[date], paid)
    return paid


@njit(inline=True)
def exercise_player(
    g: GlobalValues, tile: Tile, i: int, factors: Factors, left: Array, one: Option, out: Array
) -> None:
    """Add what a player's real options pay to `out` (strategy, component), used as `left` says.

    `left` (strategy,) is from `read_timing`; `one` is overwritten.
    """
    p = read_player(tile.players, i)
    fill_later_gains(p, tile.industry, tile.own, one.later)
    if any_of(left[EXIT] > NEVER):
        out[EXIT, _REENTRY] = come_back(g, tile, i, one.later, one, left[EXIT])
    for strategy in range(STAY, out.shape[0]):
        operation = operation_of(tile.players[i], factors, strategy)
        out[strategy, _ABANDONMENT] = leave(g, p, operation, tile.own, one.later, left[strategy])


@njit()
def _evaluate(inputs: Inputs, timing: Years, out: Array, npv: Array) -> None:
    factors, tile, (draws, players, strategies) = factors_in(inputs), tile_of(inputs), npv.shape
    found, one = empty_lanes((strategies, out.shape[3])), option_of()
    left, until = empty_lanes((strategies,)), empty_lanes((strategies,))
    for start in range(0, draws, TILE):
        stop = min(start + TILE, draws)
        read_tile(inputs, start, stop, tile)
        cheapest = fill_draws(inputs, tile)
        g = read_globals(tile.globals_)
        for i in range(players):
            fill_place(g, i, cheapest, tile)
            read_timing(timing, start, stop, i, tile.room, left, until)
            evaluate_player(g, tile, factors, i, until, found)
            exercise_player(g, tile, i, factors, left, one, found)
            put_player(found, out, npv, start, stop, i)


def evaluate_timed(inputs: Inputs, timing: Years, out: Array) -> tuple[Array, Array]:
    """Evaluate every component of every strategy, with the real options used as stated.

    On one core. On the draws where a player leaves, flows are summed up to the year of leaving, and
    ``abandonment`` holds what leaving pays; where it comes back, ``reentry`` what that pays.

    Parameters
    ----------
    inputs : Inputs
        Draws, strategies, and which rivals are there.
    timing : ndarray of int8, shape (draw, player, strategy)
        The year index at whose end an operating strategy is left, or `exit` comes back; `NEVER`.
    out : ndarray, shape (draw, player, strategy, component)
        Room for the components, those of `OPTION_COMPONENT_NAMES` at the end.

    Returns
    -------
    components : ndarray, shape (draw, player, strategy, component)
        `out`, filled: present values, USD billion.
    npv : ndarray, shape (draw, player, strategy)
        Their sums over the components.
    """
    npv = np.empty(out.shape[:3])
    _evaluate(inputs, timing, out, npv)
    return out, npv
