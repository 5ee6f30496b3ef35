"""What a year looks like to everyone, and to one player: paths over the years of one draw.

Paths are rows of small arrays: `industry` (row, year) for what all players share, `cost_ratio`
(year,) for a player's cost per dollar of revenue.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model.economics import formulas as eco
from model.economics.axes import N_YEARS
from model.economics.records import read_player
from model.numerics.jit import njit

__all__ = [
    "COST_INDEX",
    "FRINGE",
    "GROWTH",
    "MARKET",
    "N_ROWS",
    "PRICE",
    "ROBOTS",
    "Operation",
    "Rivals",
    "api_only",
    "fill_cost_ratio",
    "fill_industry",
    "market_share",
    "returning",
    "rivals_of",
    "staying",
    "year_flows",
]

type Array = npt.NDArray[np.float64]

# Rows of `industry`.
MARKET, GROWTH, PRICE, COST_INDEX, GAP, SUBSIDY, SCARCITY, FRINGE, ROBOTS = range(9)
N_ROWS = 9


class Operation(NamedTuple):
    """How the business is run, relative to `stay`.

    Attributes
    ----------
    reach : float
        Attractiveness.
    fixed : float
        Fixed cost.
    burden : float
        Legal losses.
    app : float
        Consumer subsidy.
    retained : float
        Revenue kept of what the share would give.
    """

    reach: float
    fixed: float
    burden: float
    app: float
    retained: float


class Rivals(NamedTuple):
    """The other players, by attractiveness."""

    total: float
    largest: float


@njit()
def staying() -> Operation:
    """Run everything."""
    return Operation(1.0, 1.0, 1.0, 1.0, 1.0)


@njit()
def api_only(p: Any) -> Operation:
    """Run the API without the consumer app."""
    return Operation(p.api_share, p.api_fixed, p.api_scope, 0.0, 1.0)


@njit()
def returning(retained: float) -> Operation:
    """Run everything but the consumer subsidy, on part of the revenue."""
    return Operation(1.0, 1.0, 1.0, 0.0, retained)


@njit()
def rivals_of(own: int, players: Array) -> Rivals:
    """Gather the rivals of player `own` among `players` (player, quantity)."""
    total, largest = 0.0, 0.0
    for i in range(players.shape[0]):
        if i != own:
            attractiveness = read_player(players, i).attractiveness
            total += attractiveness
            largest = max(largest, attractiveness)
    return Rivals(total, largest)


@njit()
def fill_industry(g: Any, players: Array, industry: Array) -> float:
    """Fill `industry` (row, year) from a draw's globals and `players` (player, quantity).

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
def fill_decays(g: Any, industry: Array) -> None:
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
def fill_market(g: Any, industry: Array) -> None:
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
        odds = eco.robotics_odds(float(t), g.robotics_years_to_revenue, g.robotics_ramp_years)
        industry[ROBOTS, t] = eco.robotics_profit(g.robotics_success, g.robotics_profit_pool, odds)
        # e^(-k(τ + 1)) - 1 from e^(-kτ) - 1, exact where k is small
        grown += first_year * (1.0 + grown)


@njit()
def fill_price(g: Any, cheapest: float, average_cost: float, industry: Array) -> None:
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


@njit()
def fill_cost_ratio(g: Any, p: Any, cheapest: float, industry: Array, cost_ratio: Array) -> None:
    """Fill `cost_ratio` (year,): a player's cost per dollar of revenue."""
    unit_cost = g.compute_unit_cost_2026 * p.cost_ratio
    for t in range(N_YEARS):
        gap = industry[GAP, t]
        cost = eco.relative_cost(cheapest, unit_cost, gap) * industry[COST_INDEX, t]
        cost_ratio[t] = cost / eco.own_price(industry[PRICE, t], p.price_premium, gap)


@njit()
def market_share(p: Any, operation: Operation, rivals: Rivals, industry: Array, t: int) -> Any:
    """Share of the market in year t."""
    return eco.share(p.attractiveness * operation.reach, rivals.total + industry[FRINGE, t])


@njit()
def year_flows(
    p: Any, operation: Operation, rivals: Rivals, industry: Array, cost_ratio: Array, t: int
) -> Any:
    """Operating cash flows of year t as if funding had no limit."""
    share = market_share(p, operation, rivals, industry, t)
    return eco.operating_flows(
        industry[MARKET, t] * share * operation.retained,
        cost_ratio[t],
        p.synergy,
        operation.app * p.consumer_subsidy_2026 * industry[SUBSIDY, t],
        operation.fixed * p.fixed_cost * industry[GROWTH, t],
        operation.burden * p.legal_loss,
        p.compute_opportunity * industry[SCARCITY, t],
    )
