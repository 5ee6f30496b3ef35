"""What a year looks like to everyone: paths over the years of one draw.

`industry` (row, year) holds what all players share, a row each.
"""

import numpy as np

from model.economics import formulas as eco
from model.economics import valuation
from model.economics.axes import N_YEARS
from model.economics.records import GlobalValues, Number, read_player
from model.numerics.arrays import Array
from model.numerics.elementary import exp, expm1, log, log1p
from model.numerics.jit import njit
from model.numerics.lanes import where

__all__ = [
    "COST_INDEX",
    "FRINGE",
    "GAP",
    "GROWTH",
    "MARKET",
    "N_ROWS",
    "PRICE",
    "ROBOTS",
    "SCARCITY",
    "SUBSIDY",
    "fill_industry",
]


# Rows of `industry`.
MARKET, GROWTH, PRICE, COST_INDEX, GAP, SUBSIDY, SCARCITY, FRINGE, ROBOTS = range(9)
N_ROWS = 9


@njit(inline=True)
def fill_industry(g: GlobalValues, players: Array, industry: Array, weights: Array) -> float:
    """Fill `industry` and `weights` from a draw's globals and `players` (player, quantity).

    Parameters
    ----------
    g : Globals
        The draw's global quantities, in the registry's units.
    players : array (player, player quantity)
        The draw's player quantities.
    industry : array (row, year)
        Filled: USD billion/year (market, robots), USD/second (price), the others relative to 2026
        or, of the fringe, a weight in the contest.
    weights : array (player, year)
        Filled: each player's weight in the contest, present or not.

    Returns
    -------
    float
        Unit cost of the cheapest player with any attractiveness, USD per second.
    """
    cheapest = np.inf
    for i in range(players.shape[0]):
        p = read_player(players, i)
        unit_cost = g.compute_unit_cost_2026 * p.cost_ratio
        cheapest = where(p.attractiveness > 0.0, min(cheapest, unit_cost), cheapest)
    fill_decays(g, industry)
    fill_market(g, industry)
    fill_robots(g, industry)
    fill_weights(g, players, weights)
    fill_price(g, players, cheapest, weights, industry)
    return cheapest


@njit(inline=True)
def fill_decays(g: GlobalValues, industry: Array) -> None:
    """Fill what halves or grows at a steady rate."""
    gap = eco.decay(g.compute_cost_gap_half_life)
    subsidy = eco.decay(g.market_subsidy_half_life)
    scarcity = eco.decay(g.compute_scarcity_half_life)
    industry[GAP, 0] = industry[SUBSIDY, 0] = industry[SCARCITY, 0] = 1.0
    industry[FRINGE, 0] = g.competition_fringe_attractiveness
    for t in range(1, N_YEARS):
        industry[GAP, t] = gap * industry[GAP, t - 1]
        industry[SUBSIDY, t] = subsidy * industry[SUBSIDY, t - 1]
        industry[SCARCITY, t] = scarcity * industry[SCARCITY, t - 1]
        industry[FRINGE, t] = (1.0 + g.competition_fringe_growth) * industry[FRINGE, t - 1]


@njit(inline=True)
def fill_market(g: GlobalValues, industry: Array) -> None:
    """Fill market revenue and growth of fixed cost.

    A loop for each step: years do not wait for each other, and the processor works on several.
    """
    log_ratio = log(g.market_size_2033 / g.market_size_2025)
    first_year, by_2033 = expm1(-g.market_growth_fade), expm1(-8.0 * g.market_growth_fade)
    grown = first_year
    for t in range(N_YEARS):
        progress = eco.market_progress(grown, by_2033)
        industry[MARKET, t] = eco.demand(g.market_size_2025, log_ratio, progress)
        # e^(-k(τ + 1)) - 1 from e^(-kτ) - 1, exact where k is small
        grown += first_year * (1.0 + grown)
    for t in range(N_YEARS):
        industry[MARKET, t] = eco.market_revenue(industry[MARKET, t], g.market_ceiling)
    for t in range(N_YEARS):
        industry[GROWTH, t] = eco.fixed_cost_growth(
            industry[MARKET, t], industry[MARKET, 0], g.market_fixed_cost_elasticity
        )


@njit(inline=True)
def fill_robots(g: GlobalValues, industry: Array) -> None:
    """Fill the robotics profit pool."""
    for t in range(N_YEARS):
        # not from the year before: steep ramps leave the range of floats on the way
        odds = valuation.robotics_odds(float(t), g.robotics_years_to_revenue, g.robotics_ramp_years)
        industry[ROBOTS, t] = valuation.robotics_profit(
            g.robotics_success, g.robotics_profit_pool, odds
        )


@njit(inline=True)
def fill_weights(g: GlobalValues, players: Array, weights: Array) -> None:
    """Fill `weights` (player, year): from those of 2026 to the long-run ones."""
    fade = eco.decay(g.competition_share_half_life)
    for i in range(players.shape[0]):
        p = read_player(players, i)
        log_ratio, left = log(p.weight_2026 / p.attractiveness), 1.0
        for t in range(N_YEARS):
            weights[i, t] = eco.contest_weight(p.attractiveness, log_ratio, left)
            left *= fade


@njit(inline=True)
def average_cost(g: GlobalValues, players: Array, weights: Array, t: int) -> Number:
    """Unit cost of 2026, averaged over all players by their weights of year t, USD/second."""
    total, cost = 0.0, 0.0
    for i in range(players.shape[0]):
        total += weights[i, t]
        cost += weights[i, t] * read_player(players, i).cost_ratio
    return g.compute_unit_cost_2026 * cost / total


@njit(inline=True)
def fill_price(
    g: GlobalValues, players: Array, cheapest: float, weights: Array, industry: Array
) -> None:
    """Fill the market's price and the index of the common decline of cost."""
    first = eco.log_cost_decline(
        g.compute_chip_cost_decline, g.compute_efficiency_gain, g.compute_quality_creep
    )
    long_run = -log1p(-g.compute_long_run_decline)
    fade, left = eco.decay(g.compute_decline_half_life), 1.0
    log_index, log_gap = 0.0, 0.0
    for t in range(N_YEARS):
        average = eco.relative_cost(
            cheapest, average_cost(g, players, weights, t), industry[GAP, t]
        )
        target = (1.0 + g.competition_markup) * average
        if t == 0:
            log_gap = log(g.competition_price_2026 / target)
        industry[PRICE, t] = eco.price(target, log_index, log_gap)
        industry[COST_INDEX, t] = exp(log_index)
        decline = eco.fading_decline(first, long_run, left)
        log_gap = eco.next_log_price_gap(log_gap, decline, g.competition_commoditization_rate)
        log_index -= decline
        left *= fade
