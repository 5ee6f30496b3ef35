"""The compiled loop over draws, players, strategies and years that evaluates the economics.

One draw after another, each writing only its own output: so the bytes are the same on any
number of cores.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model.economics import formulas as eco
from model.economics.axes import N_YEARS
from model.economics.components import COMPONENT_NAMES
from model.economics.industry import (
    N_ROWS,
    ROBOTS,
    Operation,
    Rivals,
    api_only,
    fill_cost_ratio,
    fill_industry,
    rivals_of,
    staying,
    year_flows,
)
from model.economics.records import read_globals, read_player
from model.economics.strategies import STRATEGY_NAMES
from model.numerics.jit import njit, prange

__all__ = [
    "API_ONLY",
    "EXIT",
    "SETTLEMENT",
    "STAY",
    "TILE",
    "add_up",
    "evaluate",
    "ipo_loss",
    "operate",
    "perpetuity_of",
    "robotics_gain",
    "transpose",
    "write",
]

type Array = npt.NDArray[np.float64]

EXIT, STAY, API_ONLY = (STRATEGY_NAMES.index(name) for name in ("exit", "stay", "api_only"))
ROBOTICS, IPO, TRUST, SETTLEMENT = (
    COMPONENT_NAMES.index(name)
    for name in ("robotics", "ipo", "developer_trust", "exit_settlement")
)
#: Draws that are copied and evaluated together.
TILE = 32


class Operated(NamedTuple):
    """Present values of running the business, USD billion.

    Attributes
    ----------
    flows : Flows
        The operating cash flows.
    settlement : float
        What is recovered when funding runs out.
    """

    flows: eco.Flows
    settlement: float


@njit()
def perpetuity_of(g: Any, p: Any) -> Any:
    """Value of all flows after the last year over that year's flow."""
    return eco.rate_to_perpetuity(p.discount_rate, g.valuation_terminal_growth)


@njit()
def robotics_gain(p: Any, perpetuity: float, industry: Array, first: int) -> Any:
    """What exit adds to robotics in year `first` and after, USD billion, discounted."""
    discount, step = eco.first_discount(p.discount_rate), eco.discount_step(p.discount_rate)
    pool = 0.0
    for t in range(N_YEARS):
        if t >= first:
            pool += discount * industry[ROBOTS, t]
        if t == N_YEARS - 1:
            pool += perpetuity * discount * industry[ROBOTS, t]
        discount *= step
    return pool * p.robotics_capture * (p.robotics_uplift - p.robotics_complement)


@njit()
def ipo_loss(g: Any, p: Any) -> Any:
    """What carrying video costs the owners at the listing, USD billion."""
    return eco.ipo_loss(
        p.valuation,
        g.ipo_owner_pass_through,
        g.ipo_valuation_impact,
        g.ipo_delay_years,
        g.ipo_delay_cost,
        p.ipo_exposure,
    )


@njit(inline=True)
def operate(
    p: Any,
    operation: Operation,
    rivals: Rivals,
    perpetuity: float,
    industry: Array,
    cost_ratio: Array,
    years: int,
) -> Operated:
    """Run the business for the first `years`, and for good where those are all there are."""
    discount, step = eco.first_discount(p.discount_rate), eco.discount_step(p.discount_rate)
    total = eco.Flows(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    cash = 0.0
    for t in range(years):
        flows = year_flows(p, operation, rivals, industry, cost_ratio, t)
        cash += eco.cash_flow(flows)
        if cash <= -p.funding:
            return Operated(total, p.salvage * p.distress_recovery * discount)
        factor = discount * (1.0 + perpetuity) if t == N_YEARS - 1 else discount
        total = eco.add_flows(total, flows, factor)
        discount *= step
    return Operated(total, 0.0)


@njit(inline=True)
def write(worth: Operated, out: Array, draw: int, i: int, strategy: int) -> None:
    """Write the components of running a business into `out` (draw, player, strategy, component)."""
    flows = worth.flows
    out[draw, i, strategy, 0] = flows.video_margin
    out[draw, i, strategy, 1] = flows.platform_synergy
    out[draw, i, strategy, 2] = flows.consumer_subsidy
    out[draw, i, strategy, 3] = flows.fixed_cost
    out[draw, i, strategy, 4] = flows.legal
    out[draw, i, strategy, 5] = flows.compute_opportunity
    out[draw, i, strategy, SETTLEMENT] = worth.settlement


@njit(inline=True)
def evaluate_player(
    g: Any,
    p: Any,
    rivals: Rivals,
    industry: Array,
    cost_ratio: Array,
    out: Array,
    draw: int,
    i: int,
) -> None:
    """Write one player's components into `out` (draw, player, strategy, component), zero before."""
    perpetuity = perpetuity_of(g, p)
    gain, loss = robotics_gain(p, perpetuity, industry, 0), ipo_loss(g, p)
    out[draw, i, EXIT, ROBOTICS] = gain
    out[draw, i, EXIT, TRUST] = -p.trust_loss
    out[draw, i, EXIT, SETTLEMENT] = p.salvage - p.exit_cost
    stay = operate(p, staying(), rivals, perpetuity, industry, cost_ratio, N_YEARS)
    write(stay, out, draw, i, STAY)
    out[draw, i, STAY, IPO] = -loss
    api = operate(p, api_only(p), rivals, perpetuity, industry, cost_ratio, N_YEARS)
    write(api, out, draw, i, API_ONLY)
    out[draw, i, API_ONLY, ROBOTICS] = gain * (1.0 - p.api_scope)
    out[draw, i, API_ONLY, IPO] = -loss * p.api_scope


@njit(inline=True)
def add_up(out: Array, npv: Array, draw: int, i: int) -> None:
    """Sum one player's components into `npv` (draw, player, strategy)."""
    for strategy in range(out.shape[2]):
        total = 0.0
        for component in range(out.shape[3]):
            total += out[draw, i, strategy, component]
        npv[draw, i, strategy] = total


@njit()
def transpose(values: Array, start: int, rows: Array) -> None:
    """Copy `values` (quantity, draw) from draw `start` on into `rows` (draw, quantity).

    Quantities lie a power of two of bytes apart: read one draw at a time, they would throw each
    other out of the cache.
    """
    for place in range(values.shape[0]):
        for n in range(rows.shape[0]):
            rows[n, place] = values[place, start + n]


@njit()
def evaluate_tile(
    globals_: Array, players: Array, start: int, stop: int, out: Array, npv: Array
) -> None:
    """Evaluate the draws from `start` up to `stop`.

    No view is made of arrays that the threads share: it would be counted in memory that they
    share too, and the counting would cost more than the economics.
    """
    n_players, n_quantities = players.shape[:2]
    global_rows = np.empty((stop - start, globals_.shape[0]))
    player_rows = np.empty((stop - start, n_players, n_quantities))
    industry, cost_ratio = np.empty((N_ROWS, N_YEARS)), np.empty(N_YEARS)
    transpose(globals_, start, global_rows)
    for i in range(n_players):
        transpose(players[i], start, player_rows[:, i])
    for n in range(stop - start):
        draw = start + n
        g, own = read_globals(global_rows[n]), player_rows[n]
        cheapest = fill_industry(g, own, industry)
        out[draw] = 0.0
        for i in range(n_players):
            p = read_player(own, i)
            fill_cost_ratio(g, p, cheapest, industry, cost_ratio)
            evaluate_player(g, p, rivals_of(i, own), industry, cost_ratio, out, draw, i)
            add_up(out, npv, draw, i)


@njit(parallel=True)
def _evaluate(globals_: Array, players: Array, out: Array, npv: Array) -> None:
    draws = globals_.shape[1]
    for tile in prange((draws + TILE - 1) // TILE):
        start = tile * TILE
        evaluate_tile(globals_, players, start, min(start + TILE, draws), out, npv)


@njit()
def _evaluate_serial(globals_: Array, players: Array, out: Array, npv: Array) -> None:
    evaluate_tile(globals_, players, 0, globals_.shape[1], out, npv)


def evaluate(
    globals_: Array, players: Array, out: Array | None = None, *, serial: bool = False
) -> tuple[Array, Array]:
    """Evaluate every component of every strategy, without the rights to come back and to leave.

    Parameters
    ----------
    globals_ : ndarray, shape (global quantity, draw)
        In the order and units of `GLOBAL_QUANTITIES`.
    players : ndarray, shape (player, player quantity, draw)
        In the order and units of `PLAYER_QUANTITIES`.
    out : ndarray, optional
        Room for the components, so that a loop over blocks need not allocate it each time; may
        have room for more components, which are set to 0.
    serial : bool
        Use one core: faster for a few draws at a time. The numbers are the same.

    Returns
    -------
    components : ndarray, shape (draw, player, strategy, component)
        Present values, USD billion, in the order of `STRATEGY_NAMES` and `COMPONENT_NAMES`.
    npv : ndarray, shape (draw, player, strategy)
        Their sums over the components.
    """
    shape = (globals_.shape[1], players.shape[0], len(STRATEGY_NAMES))
    if out is None:
        out = np.empty((*shape, len(COMPONENT_NAMES)))
    npv = np.empty(shape)
    function = _evaluate_serial if serial else _evaluate
    function(np.ascontiguousarray(globals_), np.ascontiguousarray(players), out, npv)
    return out, npv
