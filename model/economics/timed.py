"""The components of the draws on which a right is used: to leave later, or to come back."""

from typing import Any

import numpy as np
import numpy.typing as npt

from model.economics import formulas as eco
from model.economics.axes import N_YEARS, NEVER
from model.economics.components import COMPONENT_NAMES, OPTION_COMPONENT_NAMES
from model.economics.industry import (
    FRINGE,
    GROWTH,
    N_ROWS,
    Operation,
    Rivals,
    api_only,
    fill_cost_ratio,
    fill_industry,
    returning,
    rivals_of,
    staying,
    year_flows,
)
from model.economics.kernel import (
    API_ONLY,
    EXIT,
    STAY,
    TILE,
    add_up,
    ipo_loss,
    operate,
    perpetuity_of,
    robotics_gain,
    write,
)
from model.economics.records import read_globals, read_player
from model.numerics.jit import njit, prange

__all__ = ["apply_timing", "leaving_value", "retention"]

type Array = npt.NDArray[np.float64]
type Years = npt.NDArray[np.int8]

_REENTRY, _ABANDONMENT = (
    len(COMPONENT_NAMES) + OPTION_COMPONENT_NAMES.index(name) for name in ("reentry", "abandonment")
)


@njit()
def leaving_value(
    g: Any, p: Any, scope: float, t: int, discount: float, gain: float, loss: float
) -> Any:
    """What leaving at the end of year t pays, discounted, USD billion.

    `gain` is what exit adds to robotics after year t, `loss` the IPO loss of staying; `scope` is
    the part of either that the strategy has at stake.
    """
    value = discount * (p.salvage - p.exit_cost - p.trust_loss) + scope * gain
    return value + scope * g.ipo_refund * loss if t == 0 else value


@njit()
def retention(g: Any, p: Any, rivals: Rivals, fringe: float, t: int) -> Any:
    """Revenue after coming back at the end of year t over that of having stayed."""
    others = rivals.total + fringe
    largest = rivals.largest / others if others > 0.0 else 0.0
    return eco.reentry_retention(p.reentry_share, g.competition_lock_in, float(t), largest)


@njit()
def come_back(g: Any, p: Any, rivals: Rivals, industry: Array, cost_ratio: Array, back: int) -> Any:
    """What coming back at the end of year `back` is worth, its cost paid, discounted."""
    perpetuity = perpetuity_of(g, p)
    operation = returning(retention(g, p, rivals, industry[FRINGE, back], back))
    discount, step = eco.first_discount(p.discount_rate), eco.discount_step(p.discount_rate)
    value = 0.0
    for t in range(N_YEARS):
        if t == back:
            value -= discount * p.reentry_cost * industry[GROWTH, t]
        elif t > back:
            flows = year_flows(p, operation, rivals, industry, cost_ratio, t)
            factor = discount * (1.0 + perpetuity) if t == N_YEARS - 1 else discount
            value += factor * (eco.cash_flow(flows) + flows.compute_opportunity)
        discount *= step
    return value


@njit()
def leave(  # noqa: PLR0913, PLR0917  # compiled: no records of arrays
    g: Any,
    p: Any,
    operation: Operation,
    scope: float,
    rivals: Rivals,
    industry: Array,
    cost_ratio: Array,
    left: int,
    out: Array,
    draw: int,
    i: int,
    strategy: int,
) -> None:
    """Write one strategy's components where it is left at the end of year `left`."""
    perpetuity = perpetuity_of(g, p)
    worth = operate(p, operation, rivals, perpetuity, industry, cost_ratio, left + 1)
    write(worth, out, draw, i, strategy)
    discount = eco.first_discount(p.discount_rate)
    for _ in range(left):
        discount *= eco.discount_step(p.discount_rate)
    later = robotics_gain(p, perpetuity, industry, left + 1)
    paid = leaving_value(g, p, scope, left, discount, later, ipo_loss(g, p))
    out[draw, i, strategy, _ABANDONMENT] = paid


@njit()
def apply_to_draw(
    global_row: Array, players: Array, timing: Years, out: Array, npv: Array, draw: int
) -> None:
    """Rewrite one draw's components where `timing` (draw, player, strategy) says so."""
    g = read_globals(global_row)
    industry, cost_ratio = np.empty((N_ROWS, N_YEARS)), np.empty(N_YEARS)
    cheapest = fill_industry(g, players, industry)
    for i in range(players.shape[0]):
        p, rivals = read_player(players, i), rivals_of(i, players)
        fill_cost_ratio(g, p, cheapest, industry, cost_ratio)
        back = timing[draw, i, EXIT]
        if back != NEVER:
            out[draw, i, EXIT, _REENTRY] = come_back(g, p, rivals, industry, cost_ratio, back)
        left = timing[draw, i, STAY]
        if left != NEVER:
            own = staying()
            leave(g, p, own, 1.0, rivals, industry, cost_ratio, left, out, draw, i, STAY)
        left = timing[draw, i, API_ONLY]
        if left != NEVER:
            own = api_only(p)
            leave(
                g, p, own, p.api_scope, rivals, industry, cost_ratio, left, out, draw, i, API_ONLY
            )
        add_up(out, npv, draw, i)


@njit(parallel=True)
def _apply(globals_: Array, players: Array, timing: Years, out: Array, npv: Array) -> None:
    draws, n_players, n_quantities = globals_.shape[1], players.shape[0], players.shape[1]
    for tile in prange((draws + TILE - 1) // TILE):
        own, row = np.empty((n_players, n_quantities)), np.empty(globals_.shape[0])
        for draw in range(tile * TILE, min(tile * TILE + TILE, draws)):
            row[:] = globals_[:, draw]
            own[:, :] = players[:, :, draw]
            apply_to_draw(row, own, timing, out, npv, draw)


def apply_timing(
    globals_: Array, players: Array, timing: Years, components: Array, npv: Array
) -> None:
    """Rewrite the components and NPVs of the draws on which a right is used.

    On those where a player leaves, flows are summed up to the year of leaving, and
    ``abandonment`` holds what leaving pays; where it comes back, ``reentry`` what that is worth.

    Parameters
    ----------
    globals_, players : ndarray
        As `evaluate` takes them.
    timing : ndarray of int8, shape (draw, player, strategy)
        The year index at whose end `stay` or `api_only` is left, or `exit` comes back; `NEVER`.
    components : ndarray, shape (draw, player, strategy, component)
        From `evaluate`, with room for `OPTION_COMPONENT_NAMES` at the end; changed in place.
    npv : ndarray, shape (draw, player, strategy)
        Changed in place.
    """
    _apply(globals_, players, timing, components, npv)
