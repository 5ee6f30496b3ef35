"""The components of the draws on which a real option is exercised."""

from typing import NamedTuple

import numpy as np

from model.economics.axes import N_YEARS, NEVER, RETURN_YEARS
from model.economics.components import place_of
from model.economics.industry import N_ROWS, fill_industry
from model.economics.kernel import TILE, Operated, add_up, operate, robotics_gain, write
from model.economics.operations import Operation, operation_of
from model.economics.player import N_OWN, Rivals, fill_own, rivals_of
from model.economics.real_options import STATES, fill_coming_back, leaving_value
from model.economics.records import GlobalValues, PlayerValues, read_globals, read_player
from model.economics.strategies import EXIT, OPERATING
from model.numerics.arrays import Array, Years
from model.numerics.jit import njit, prange

__all__ = ["apply_timing"]


_REENTRY, _ABANDONMENT = place_of("reentry"), place_of("abandonment")
_N_RETURN, _FIRST_RETURN, _N_STATES = len(RETURN_YEARS), RETURN_YEARS[0], len(STATES)


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
    g: GlobalValues,
    p: PlayerValues,
    operation: Operation,
    rivals: Rivals,
    industry: Array,
    own: Array,
    left: int,
) -> Left:
    """Run the business until it is left at the end of year `left`."""
    worth = operate(p, operation, rivals, industry, own, left + 1)
    later = robotics_gain(g, p, industry, own, left + 1)
    return Left(worth, leaving_value(g, p, operation.scope, left, own, later))


@njit()
def apply_to_draw(
    global_row: Array, rows: Array, timing: Years, out: Array, npv: Array, draw: int
) -> None:
    """Rewrite one draw's components where `timing` (draw, player, strategy) says so."""
    g = read_globals(global_row)
    industry, own = np.empty((N_ROWS, N_YEARS)), np.empty((N_OWN, N_YEARS))
    returns, states = np.empty(_N_RETURN), np.empty((_N_RETURN, _N_STATES))
    cheapest = fill_industry(g, rows, industry)
    for i in range(rows.shape[0]):
        p, rivals = read_player(rows, i), rivals_of(i, rows)
        fill_own(g, p, cheapest, industry, own)
        back = timing[draw, i, EXIT]
        if back != NEVER:
            fill_coming_back(g, p, rivals, industry, own, returns, states)
            out[draw, i, EXIT, _REENTRY] = returns[back - _FIRST_RETURN]
        for strategy in OPERATING:
            left = timing[draw, i, strategy]
            if left != NEVER:
                operation = operation_of(rows[i], strategy)
                found = leave(g, p, operation, rivals, industry, own, left)
                write(found.worth, out, draw, i, strategy)
                out[draw, i, strategy, _ABANDONMENT] = found.paid
        add_up(out, npv, draw, i)


@njit(parallel=True)
def _apply(globals_: Array, players: Array, timing: Years, out: Array, npv: Array) -> None:
    draws, n_players, n_quantities = globals_.shape[1], players.shape[0], players.shape[1]
    for tile in prange((draws + TILE - 1) // TILE):
        rows, global_row = np.empty((n_players, n_quantities)), np.empty(globals_.shape[0])
        for draw in range(tile * TILE, min(tile * TILE + TILE, draws)):
            global_row[:] = globals_[:, draw]
            rows[:, :] = players[:, :, draw]
            apply_to_draw(global_row, rows, timing, out, npv, draw)


def apply_timing(
    globals_: Array, players: Array, timing: Years, components: Array, npv: Array
) -> None:
    """Rewrite the components and NPVs of the draws on which a real option is exercised.

    On those where a player leaves, flows are summed up to the year of leaving, and
    ``abandonment`` holds what leaving pays; where it comes back, ``reentry`` what that pays.

    Parameters
    ----------
    globals_ : ndarray, shape (global quantity, draw)
        As `evaluate` takes them.
    players : ndarray, shape (player, player quantity, draw)
        As `evaluate` takes them.
    timing : ndarray of int8, shape (draw, player, strategy)
        The year index at whose end an operating strategy is left, or `exit` comes back; `NEVER`.
    components : ndarray, shape (draw, player, strategy, component)
        From `evaluate`, with room for `OPTION_COMPONENT_NAMES` at the end; changed in place.
    npv : ndarray, shape (draw, player, strategy)
        Changed in place.
    """
    _apply(globals_, players, timing, components, npv)
