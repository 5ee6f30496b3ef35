"""The compiled loop over draws, players, strategies and years that evaluates the economics.

One draw after another, each writing only its own output: so the bytes are the same on any
number of cores.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from model import economics as eco
from model.dims import COMPONENTS, N_YEARS, NEVER, OPTION_COMPONENTS, STRATEGIES
from model.jit import njit, prange
from model.rows import read_globals, read_player
from model.world import (
    FRINGE,
    GROWTH,
    N_WORLD,
    ROBOTS,
    Operation,
    Rivals,
    api_only,
    fill_cost_ratio,
    fill_world,
    returning,
    rivals_of,
    staying,
    year_flows,
)

__all__ = [
    "TILE",
    "evaluate",
    "ipo_loss",
    "leaving_value",
    "perpetuity_of",
    "retention",
    "robotics_gain",
    "transpose",
]

type Array = npt.NDArray[np.float64]
type Years = npt.NDArray[np.int8]

_EXIT, _STAY, _API_ONLY = (STRATEGIES.index(name) for name in ("exit", "stay", "api_only"))
_ALL = (*COMPONENTS, *OPTION_COMPONENTS)
_ROBOTICS, _IPO, _TRUST, _SETTLEMENT, _REENTRY, _ABANDONMENT = (
    _ALL.index(name)
    for name in (
        "robotics",
        "ipo",
        "developer_trust",
        "exit_settlement",
        "reentry",
        "abandonment",
    )
)
#: Draws that are copied and evaluated together.
TILE = 32


@njit()
def perpetuity_of(g: Any, p: Any) -> Any:
    """Value of all flows after the last year over that year's flow."""
    return eco.rate_to_perpetuity(p.discount_rate, g.valuation_terminal_growth)


@njit()
def robotics_gain(p: Any, perpetuity: float, world: Array, first: int) -> Any:
    """What exit adds to robotics in year `first` and after, USD billion, discounted."""
    discount, step = eco.first_discount(p.discount_rate), eco.discount_step(p.discount_rate)
    pool = 0.0
    for t in range(N_YEARS):
        if t >= first:
            pool += discount * world[ROBOTS, t]
        if t == N_YEARS - 1:
            pool += perpetuity * discount * world[ROBOTS, t]
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
def operate(
    p: Any,
    operation: Operation,
    rivals: Rivals,
    perpetuity: float,
    world: Array,
    cost_ratio: Array,
    years: int,
    out: Array,
) -> Any:
    """Write the present values of operating for `years` into `out` (component,).

    Returns
    -------
    float
        Discount factor of the last of them.
    """
    discount, step = eco.first_discount(p.discount_rate), eco.discount_step(p.discount_rate)
    total = eco.Flows(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    cash = 0.0
    for t in range(years):
        flows = year_flows(p, operation, rivals, world, cost_ratio, t)
        cash += eco.cash_flow(flows)
        if cash <= -p.funding:
            out[_SETTLEMENT] = p.salvage * p.distress_recovery * discount
            break
        factor = discount * (1.0 + perpetuity) if t == N_YEARS - 1 else discount
        total = eco.add_flows(total, flows, factor)
        discount *= step
    out[0], out[1], out[2], out[3], out[4], out[5] = total
    return discount / step


@njit()
def come_back(g: Any, p: Any, rivals: Rivals, world: Array, cost_ratio: Array, back: int) -> Any:
    """What coming back at the end of year `back` is worth, its cost paid, discounted."""
    perpetuity = perpetuity_of(g, p)
    operation = returning(retention(g, p, rivals, world[FRINGE, back], back))
    discount, step = eco.first_discount(p.discount_rate), eco.discount_step(p.discount_rate)
    value = 0.0
    for t in range(N_YEARS):
        if t == back:
            value -= discount * p.reentry_cost * world[GROWTH, t]
        elif t > back:
            flows = year_flows(p, operation, rivals, world, cost_ratio, t)
            factor = discount * (1.0 + perpetuity) if t == N_YEARS - 1 else discount
            value += factor * (eco.cash_flow(flows) + flows.compute_opportunity)
        discount *= step
    return value


@njit()
def evaluate_player(
    g: Any,
    p: Any,
    cheapest: float,
    rivals: Rivals,
    world: Array,
    cost_ratio: Array,
    timing: Years,
    out: Array,
) -> None:
    """Write one player's components into `out` (strategy, component), zero before.

    `timing` (strategy,): the year at whose end `stay` and `api_only` leave, or `exit` comes back.
    """
    perpetuity = perpetuity_of(g, p)
    fill_cost_ratio(g, p, cheapest, world, cost_ratio)
    gain, loss = robotics_gain(p, perpetuity, world, 0), ipo_loss(g, p)
    out[_EXIT, _ROBOTICS] = gain
    out[_EXIT, _TRUST] = -p.trust_loss
    out[_EXIT, _SETTLEMENT] = p.salvage - p.exit_cost
    if timing[_EXIT] != NEVER:
        out[_EXIT, _REENTRY] = come_back(g, p, rivals, world, cost_ratio, timing[_EXIT])
    out[_STAY, _IPO] = -loss
    out[_API_ONLY, _ROBOTICS] = gain * (1.0 - p.api_scope)
    out[_API_ONLY, _IPO] = -loss * p.api_scope
    for strategy in (_STAY, _API_ONLY):
        operation = staying() if strategy == _STAY else api_only(p)
        scope = 1.0 if strategy == _STAY else p.api_scope
        left = timing[strategy]
        years = N_YEARS if left == NEVER else left + 1
        own = out[strategy]
        discount = operate(p, operation, rivals, perpetuity, world, cost_ratio, years, own)
        if left != NEVER:
            later = robotics_gain(p, perpetuity, world, left + 1)
            own[_ABANDONMENT] = leaving_value(g, p, scope, left, discount, later, loss)


@njit()
def evaluate_draw(global_row: Array, players: Array, timing: Years, out: Array, npv: Array) -> None:
    """Write one draw's components into `out` (player, strategy, component), and their sums."""
    g = read_globals(global_row)
    world = np.empty((N_WORLD, N_YEARS))
    cost_ratio = np.empty(N_YEARS)
    cheapest = fill_world(g, players, world)
    for i in range(players.shape[0]):
        p = read_player(players[i])
        out[i] = 0.0
        rivals = rivals_of(i, players)
        evaluate_player(g, p, cheapest, rivals, world, cost_ratio, timing[i], out[i])
        for strategy in range(out.shape[1]):
            npv[i, strategy] = out[i, strategy].sum()


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
    globals_: Array,
    players: Array,
    timing: Years,
    start: int,
    stop: int,
    out: Array,
    npv: Array,
) -> None:
    """Evaluate the draws from `start` up to `stop`."""
    n_players, n_quantities = players.shape[:2]
    global_rows = np.empty((stop - start, globals_.shape[0]))
    player_rows = np.empty((stop - start, n_players, n_quantities))
    transpose(globals_, start, global_rows)
    for i in range(n_players):
        transpose(players[i], start, player_rows[:, i])
    for n in range(stop - start):
        draw = start + n
        evaluate_draw(global_rows[n], player_rows[n], timing[draw], out[draw], npv[draw])


@njit(parallel=True)
def _evaluate(globals_: Array, players: Array, timing: Years, out: Array, npv: Array) -> None:
    draws = globals_.shape[1]
    for tile in prange((draws + TILE - 1) // TILE):
        start = tile * TILE
        evaluate_tile(globals_, players, timing, start, min(start + TILE, draws), out, npv)


@njit()
def _evaluate_serial(
    globals_: Array, players: Array, timing: Years, out: Array, npv: Array
) -> None:
    evaluate_tile(globals_, players, timing, 0, globals_.shape[1], out, npv)


def evaluate(
    globals_: Array,
    players: Array,
    timing: Years | None = None,
    out: Array | None = None,
    *,
    serial: bool = False,
) -> tuple[Array, Array]:
    """Evaluate every component of every strategy.

    Parameters
    ----------
    globals_ : ndarray, shape (global quantity, draw)
        In the order and units of `GLOBAL_QUANTITIES`.
    players : ndarray, shape (player, player quantity, draw)
        In the order and units of `PLAYER_QUANTITIES`.
    timing : ndarray of int8, shape (draw, player, strategy), optional
        The year index at whose end `stay` or `api_only` is left, or `exit` comes back; `NEVER`
        where that right is not used. Without it there are no rights.
    out : ndarray, optional
        Room for the components, so that a loop over blocks need not allocate it each time.
    serial : bool
        Use one core: faster for a few draws at a time. The numbers are the same.

    Returns
    -------
    components : ndarray, shape (draw, player, strategy, component)
        Present values, USD billion, in the order of `STRATEGIES` and `COMPONENTS`; with
        `timing` then those of `OPTION_COMPONENTS`.
    npv : ndarray, shape (draw, player, strategy)
        Their sums over the components.
    """
    shape = (globals_.shape[1], players.shape[0], len(STRATEGIES))
    count = len(COMPONENTS) if timing is None else len(_ALL)
    if out is None:
        out = np.empty((*shape, count))
    if timing is None:
        timing = np.full(shape, NEVER, dtype=np.int8)
    npv = np.empty(shape)
    function = _evaluate_serial if serial else _evaluate
    function(np.ascontiguousarray(globals_), np.ascontiguousarray(players), timing, out, npv)
    return out, npv
