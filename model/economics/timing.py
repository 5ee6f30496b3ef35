"""The components of the draws on which a real option is exercised."""

from typing import NamedTuple

import numpy as np

from model.economics.axes import LEAVING_YEARS, NEVER, RETURN_YEARS
from model.economics.components import place_of
from model.economics.exercise import STATES
from model.economics.inputs import Inputs, factors_in
from model.economics.kernel import (
    Operated,
    add_up,
    evaluate_player,
    operate,
    write,
)
from model.economics.one_off import robotics_gain
from model.economics.operations import Factors, Operation, operation_of
from model.economics.real_options import (
    fill_coming_back,
    fill_later_gains,
    leaving_value,
)
from model.economics.records import (
    GlobalValues,
    Number,
    PlayerValues,
    read_globals,
    read_player,
)
from model.economics.strategies import EXIT, STAY
from model.economics.tile import TILE, Tile, fill_draw, fill_place, read_tile, tile_of
from model.numerics.arrays import Array, Years
from model.numerics.jit import njit

__all__ = ["evaluate_timed"]


_REENTRY, _ABANDONMENT = place_of("reentry"), place_of("abandonment")
_N_LEAVING, _N_RETURN, _N_STATES = len(LEAVING_YEARS), len(RETURN_YEARS), len(STATES)
_FIRST_RETURN = RETURN_YEARS[0]


class Left(NamedTuple):
    """Present values of a strategy that is left, USD billion.

    Attributes
    ----------
    worth : Operated
        Of running the business until then.
    paid : float
        What leaving pays.
    """

    worth: Operated
    paid: float


@njit()
def leave(
    g: GlobalValues, p: PlayerValues, operation: Operation, industry: Array, own: Array, left: int
) -> Left:
    """Run the business until it is left at the end of year `left`."""
    worth = operate(p, operation, industry, own, left + 1)
    later = robotics_gain(g, p, industry, own, left + 1)
    return Left(worth, leaving_value(g, p, operation.scope, left, own, later))


@njit()
def come_back(g: GlobalValues, p: PlayerValues, industry: Array, own: Array, back: int) -> Number:
    """What coming back at the end of year `back` pays, discounted, USD billion."""
    later, returns = np.empty(_N_LEAVING), np.empty(_N_RETURN)
    states = np.empty((_N_RETURN, _N_STATES))
    fill_later_gains(g, p, industry, own, later)
    fill_coming_back(g, p, industry, own, later, returns, states)
    return returns[back - _FIRST_RETURN]


@njit()
def apply_to_player(
    g: GlobalValues,
    rows: Array,
    i: int,
    factors: Factors,
    tile: Tile,
    timing: Years,
    out: Array,
) -> None:
    """Rewrite a player's components in one draw (strategy, component) where `timing` says so.

    `rows` (player, quantity) holds all quantities, `timing` (strategy,) the player's years.
    """
    p, industry, own = read_player(rows, i), tile.industry, tile.own
    if timing[EXIT] != NEVER:
        out[EXIT, _REENTRY] = come_back(g, p, industry, own, timing[EXIT])
    for strategy in range(STAY, len(timing)):
        if timing[strategy] != NEVER:
            operation = operation_of(rows[i], factors, strategy)
            found = leave(g, p, operation, industry, own, timing[strategy])
            write(found.worth, out[strategy])
            out[strategy, _ABANDONMENT] = found.paid


@njit()
def _evaluate(inputs: Inputs, timing: Years, out: Array, npv: Array) -> None:
    factors, tile, draws = factors_in(inputs), tile_of(inputs), len(npv)
    for start in range(0, draws, TILE):
        stop = min(start + TILE, draws)
        read_tile(inputs, start, stop, tile)
        for draw in range(start, stop):
            n = draw - start
            g, rows = read_globals(tile.globals_[n]), tile.players[n]
            cheapest = fill_draw(inputs, tile, n, draw)
            out[draw] = 0.0
            for i in range(len(rows)):
                fill_place(g, rows, i, cheapest, tile)
                evaluate_player(g, rows, factors, i, tile.industry, tile.own, out, draw)
                apply_to_player(g, rows, i, factors, tile, timing[draw, i], out[draw, i])
                add_up(out, npv, draw, i)


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
