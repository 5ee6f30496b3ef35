"""What a year looks like to everyone: paths over the years of one draw.

`industry` (row, year) holds what all players share, a row each.
"""

import numpy as np

from model.economics import formulas as eco
from model.economics import valuation
from model.economics.axes import N_YEARS
from model.economics.records import GlobalValues, read_player
from model.numerics.arrays import Array
from model.numerics.jit import njit

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


@njit()
def fill_industry(g: GlobalValues, players: Array, industry: Array) -> float:
    """Fill `industry` (row, year) from a draw's globals and `players` (player, quantity).

    Parameters
    ----------
    g : Globals
        The draw's global quantities, in the registry's units.
    players : array (player, player quantity)
        The draw's player quantities.
    industry : array (row, year)
        Filled: USD billion/year (market, robots), USD/second (price), the others relative to 2026
        or, of the fringe, attractiveness.

    Returns
    -------
    float
        Unit cost of the cheapest player, USD per second.
    """
    cheapest, weight, weighted_cost = np.inf, 0.0, 0.0
    for i in range(players.shape[0]):
        p = read_player(players, i)
        unit_cost = g.compute_unit_cost_2026 * p.cost_ratio
        cheapest = min(cheapest, unit_cost)
        weight += p.attractiveness
        weighted_cost += p.attractiveness * unit_cost
    average_cost = weighted_cost / weight
    fill_decays(g, industry)
    fill_market(g, industry)
    fill_price(g, cheapest, average_cost, industry)
    return cheapest


@njit()
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


@njit()
def fill_market(g: GlobalValues, industry: Array) -> None:
    """Fill market revenue, growth of fixed cost and the robotics profit pool."""
    log_ratio = np.log(g.market_size_2033 / g.market_size_2025)
    first_year, by_2033 = np.expm1(-g.market_growth_fade), np.expm1(-8.0 * g.market_growth_fade)
    progress_0 = eco.market_progress(first_year, by_2033)
    grown = first_year
    for t in range(N_YEARS):
        progress = eco.market_progress(grown, by_2033)
        industry[MARKET, t] = eco.market_revenue(g.market_size_2025, log_ratio, progress)
        industry[GROWTH, t] = eco.market_growth(
            log_ratio, progress - progress_0, g.market_fixed_cost_elasticity
        )
        # not from the year before: steep ramps leave the range of floats on the way
        odds = valuation.robotics_odds(float(t), g.robotics_years_to_revenue, g.robotics_ramp_years)
        industry[ROBOTS, t] = valuation.robotics_profit(
            g.robotics_success, g.robotics_profit_pool, odds
        )
        # e^(-k(τ + 1)) - 1 from e^(-kτ) - 1, exact where k is small
        grown += first_year * (1.0 + grown)


@njit()
def fill_price(g: GlobalValues, cheapest: float, average_cost: float, industry: Array) -> None:
    """Fill the market's price and the index of the common decline of cost."""
    decline = eco.log_cost_decline(
        g.compute_chip_cost_decline, g.compute_efficiency_gain, g.compute_quality_creep
    )
    rate = g.competition_commoditization_rate
    log_gap = np.log(g.competition_price_2026 / ((1.0 + g.competition_markup) * average_cost))
    gap_closed, first_year = 0.0, -np.expm1(-rate)
    index, index_step = 1.0, np.exp(-decline)
    for t in range(N_YEARS):
        average = eco.relative_cost(cheapest, average_cost, industry[GAP, t])
        target = (1.0 + g.competition_markup) * average
        industry[PRICE, t] = eco.price(float(t), target, log_gap, gap_closed, decline, rate)
        industry[COST_INDEX, t] = index
        # 1 - e^(-κ(t + 1)) from 1 - e^(-κt), exact where κ is small
        gap_closed += first_year * (1.0 - gap_closed)
        index *= index_step
