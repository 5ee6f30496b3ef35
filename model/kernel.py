"""The compiled loop over draws, players, strategies and years that evaluates the economics.

One draw after another, each writing only its own output: so the bytes are the same on any
number of cores.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model import economics as eco
from model.dims import COMPONENTS, N_YEARS, STRATEGIES
from model.jit import njit, prange
from model.rows import read_globals, read_player

__all__ = ["evaluate"]

type Array = npt.NDArray[np.float64]


class Operation(NamedTuple):
    """How a strategy runs the business, relative to `stay`."""

    reach: float
    fixed: float
    burden: float
    app: float


_EXIT, _STAY, _API_ONLY = (STRATEGIES.index(name) for name in ("exit", "stay", "api_only"))
_ROBOTICS, _IPO, _TRUST, _SETTLEMENT = (
    COMPONENTS.index(name) for name in ("robotics", "ipo", "developer_trust", "exit_settlement")
)
# What a year looks like to everyone: rows of the array `world`.
_MARKET, _GROWTH, _PRICE, _COST_INDEX, _GAP, _SUBSIDY, _SCARCITY, _FRINGE, _ROBOTS = range(9)
_N_WORLD = 9
#: Draws that are copied and evaluated together.
_TILE = 32


@njit()
def fill_world(g: Any, players: Array, world: Array) -> float:
    """Fill `world` (row, year) from a draw's globals and `players` (player, quantity).

    Returns
    -------
    float
        Unit cost of the cheapest player, USD per second.
    """
    cheapest, weight, weighted_cost = np.inf, 0.0, 0.0
    for i in range(players.shape[0]):
        p = read_player(players[i])
        unit_cost = g.compute_unit_cost_2026 * p.cost_ratio
        cheapest = min(cheapest, unit_cost)
        weight += p.attractiveness
        weighted_cost += p.attractiveness * unit_cost
    average_cost = weighted_cost / weight
    fill_decays(g, world)
    fill_market(g, world)
    fill_price(g, cheapest, average_cost, world)
    return cheapest


@njit()
def fill_decays(g: Any, world: Array) -> None:
    """Fill what halves or grows at a steady rate."""
    gap = eco.decay(g.compute_cost_gap_half_life)
    subsidy = eco.decay(g.market_subsidy_half_life)
    scarcity = eco.decay(g.compute_scarcity_half_life)
    world[_GAP, 0] = world[_SUBSIDY, 0] = world[_SCARCITY, 0] = 1.0
    world[_FRINGE, 0] = g.competition_fringe_attractiveness
    for t in range(1, N_YEARS):
        world[_GAP, t] = gap * world[_GAP, t - 1]
        world[_SUBSIDY, t] = subsidy * world[_SUBSIDY, t - 1]
        world[_SCARCITY, t] = scarcity * world[_SCARCITY, t - 1]
        world[_FRINGE, t] = (1.0 + g.competition_fringe_growth) * world[_FRINGE, t - 1]


@njit()
def fill_market(g: Any, world: Array) -> None:
    """Fill market revenue, growth of fixed cost and the robotics profit pool."""
    log_ratio = np.log(g.market_size_2033 / g.market_size_2025)
    first_year, by_2033 = np.expm1(-g.market_growth_fade), np.expm1(-8.0 * g.market_growth_fade)
    progress_0 = eco.market_progress(first_year, by_2033)
    grown = first_year
    for t in range(N_YEARS):
        progress = eco.market_progress(grown, by_2033)
        world[_MARKET, t] = eco.market_revenue(g.market_size_2025, log_ratio, progress)
        world[_GROWTH, t] = eco.market_growth(
            log_ratio, progress - progress_0, g.market_fixed_cost_elasticity
        )
        # not from the year before: steep ramps leave the range of floats on the way
        odds = eco.robotics_odds(float(t), g.robotics_years_to_revenue, g.robotics_ramp_years)
        world[_ROBOTS, t] = eco.robotics_profit(g.robotics_success, g.robotics_profit_pool, odds)
        # e^(-k(τ + 1)) - 1 from e^(-kτ) - 1, exact where k is small
        grown += first_year * (1.0 + grown)


@njit()
def fill_price(g: Any, cheapest: float, average_cost: float, world: Array) -> None:
    """Fill the market's price and the index of the common decline of cost."""
    decline = eco.log_cost_decline(
        g.compute_chip_cost_decline, g.compute_efficiency_gain, g.compute_quality_creep
    )
    rate = g.competition_commoditization_rate
    log_gap = np.log(g.competition_price_2026 / ((1.0 + g.competition_markup) * average_cost))
    gap_closed, first_year = 0.0, -np.expm1(-rate)
    index, index_step = 1.0, np.exp(-decline)
    for t in range(N_YEARS):
        average = eco.relative_cost(cheapest, average_cost, world[_GAP, t])
        target = (1.0 + g.competition_markup) * average
        world[_PRICE, t] = eco.price(float(t), target, log_gap, gap_closed, decline, rate)
        world[_COST_INDEX, t] = index
        # 1 - e^(-κ(t + 1)) from 1 - e^(-κt), exact where κ is small
        gap_closed += first_year * (1.0 - gap_closed)
        index *= index_step


@njit()
def fill_cost_ratio(g: Any, p: Any, cheapest: float, world: Array, cost_ratio: Array) -> None:
    """Fill `cost_ratio` (year,): a player's cost per dollar of revenue."""
    unit_cost = g.compute_unit_cost_2026 * p.cost_ratio
    for t in range(N_YEARS):
        gap = world[_GAP, t]
        cost = eco.relative_cost(cheapest, unit_cost, gap) * world[_COST_INDEX, t]
        cost_ratio[t] = cost / eco.own_price(world[_PRICE, t], p.price_premium, gap)


@njit()
def year_flows(
    p: Any, operation: Any, rivals: float, world: Array, cost_ratio: Array, t: int
) -> Any:
    """Operating cash flows of year t as if funding had no limit.

    `rivals` is the other players' attractiveness.
    """
    share = eco.share(p.attractiveness * operation.reach, rivals + world[_FRINGE, t])
    return eco.operating_flows(
        world[_MARKET, t] * share,
        cost_ratio[t],
        p.synergy,
        operation.app * p.consumer_subsidy_2026 * world[_SUBSIDY, t],
        operation.fixed * p.fixed_cost * world[_GROWTH, t],
        operation.burden * p.legal_loss,
        p.compute_opportunity * world[_SCARCITY, t],
    )


@njit()
def operate(
    p: Any,
    operation: Any,
    rivals: float,
    perpetuity: float,
    world: Array,
    cost_ratio: Array,
    out: Array,
) -> None:
    """Write the present values of operating into `out` (component,), distress included."""
    discount, step = eco.first_discount(p.discount_rate), eco.discount_step(p.discount_rate)
    total = eco.Flows(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    cash = 0.0
    for t in range(N_YEARS):
        flows = year_flows(p, operation, rivals, world, cost_ratio, t)
        cash += eco.cash_flow(flows)
        if cash <= -p.funding:
            out[_SETTLEMENT] = p.salvage * p.distress_recovery * discount
            break
        factor = discount * (1.0 + perpetuity) if t == N_YEARS - 1 else discount
        total = eco.add_flows(total, flows, factor)
        discount *= step
    out[0], out[1], out[2], out[3], out[4], out[5] = total


@njit()
def robotics_value(rate: float, perpetuity: float, world: Array) -> Any:
    """Present value of the industry's robotics profit, USD billion."""
    discount, step = eco.first_discount(rate), eco.discount_step(rate)
    value = 0.0
    for t in range(N_YEARS):
        value += discount * world[_ROBOTS, t]
        discount *= step
    return value + perpetuity * discount / step * world[_ROBOTS, N_YEARS - 1]


@njit()
def evaluate_player(
    g: Any, p: Any, cheapest: float, rivals: float, world: Array, cost_ratio: Array, out: Array
) -> None:
    """Write one player's components into `out` (strategy, component), zero before."""
    perpetuity = eco.rate_to_perpetuity(p.discount_rate, g.valuation_terminal_growth)
    fill_cost_ratio(g, p, cheapest, world, cost_ratio)
    whole = Operation(1.0, 1.0, 1.0, 1.0)
    operate(p, whole, rivals, perpetuity, world, cost_ratio, out[_STAY])
    api = Operation(p.api_share, p.api_fixed, p.api_scope, 0.0)
    operate(p, api, rivals, perpetuity, world, cost_ratio, out[_API_ONLY])

    pool = robotics_value(p.discount_rate, perpetuity, world)
    gain = pool * p.robotics_capture * (p.robotics_uplift - p.robotics_complement)
    loss = eco.ipo_loss(
        p.valuation,
        g.ipo_owner_pass_through,
        g.ipo_valuation_impact,
        g.ipo_delay_years,
        g.ipo_delay_cost,
        p.ipo_exposure,
    )
    out[_EXIT, _ROBOTICS] = gain
    out[_EXIT, _TRUST] = -p.trust_loss
    out[_EXIT, _SETTLEMENT] = p.salvage - p.exit_cost
    out[_STAY, _IPO] = -loss
    out[_API_ONLY, _ROBOTICS] = gain * (1.0 - p.api_scope)
    out[_API_ONLY, _IPO] = -loss * p.api_scope


@njit()
def evaluate_draw(global_row: Array, players: Array, out: Array, npv: Array) -> None:
    """Write one draw's components into `out` (player, strategy, component), and their sums."""
    g = read_globals(global_row)
    world = np.empty((_N_WORLD, N_YEARS))
    cost_ratio = np.empty(N_YEARS)
    cheapest = fill_world(g, players, world)
    total = 0.0
    for i in range(players.shape[0]):
        total += read_player(players[i]).attractiveness
    for i in range(players.shape[0]):
        p = read_player(players[i])
        out[i] = 0.0
        evaluate_player(g, p, cheapest, total - p.attractiveness, world, cost_ratio, out[i])
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
    globals_: Array, players: Array, start: int, stop: int, out: Array, npv: Array
) -> None:
    """Evaluate the draws from `start` up to `stop`."""
    n_players, n_quantities = players.shape[:2]
    global_rows = np.empty((stop - start, globals_.shape[0]))
    player_rows = np.empty((stop - start, n_players, n_quantities))
    transpose(globals_, start, global_rows)
    for i in range(n_players):
        transpose(players[i], start, player_rows[:, i])
    for n in range(stop - start):
        evaluate_draw(global_rows[n], player_rows[n], out[start + n], npv[start + n])


@njit(parallel=True)
def _evaluate(globals_: Array, players: Array, out: Array, npv: Array) -> None:
    draws = globals_.shape[1]
    for tile in prange((draws + _TILE - 1) // _TILE):
        start = tile * _TILE
        evaluate_tile(globals_, players, start, min(start + _TILE, draws), out, npv)


@njit()
def _evaluate_serial(globals_: Array, players: Array, out: Array, npv: Array) -> None:
    evaluate_tile(globals_, players, 0, globals_.shape[1], out, npv)


def evaluate(
    globals_: Array, players: Array, out: Array | None = None, *, serial: bool = False
) -> tuple[Array, Array]:
    """Evaluate every component of every strategy.

    Parameters
    ----------
    globals_ : ndarray, shape (global quantity, draw)
        In the order and units of `GLOBAL_QUANTITIES`.
    players : ndarray, shape (player, player quantity, draw)
        In the order and units of `PLAYER_QUANTITIES`.
    out : ndarray, optional
        Room for the components, so that a loop over blocks need not allocate it each time.
    serial : bool
        Use one core: faster for a few draws at a time. The numbers are the same.

    Returns
    -------
    components : ndarray, shape (draw, player, strategy, component)
        Present values, USD billion, in the order of `STRATEGIES` and `COMPONENTS`.
    npv : ndarray, shape (draw, player, strategy)
        Their sums over the components.
    """
    shape = (globals_.shape[1], players.shape[0], len(STRATEGIES))
    if out is None:
        out = np.empty((*shape, len(COMPONENTS)))
    npv = np.empty(shape)
    function = _evaluate_serial if serial else _evaluate
    function(np.ascontiguousarray(globals_), np.ascontiguousarray(players), out, npv)
    return out, npv
