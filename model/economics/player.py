"""What a year looks like to one player: its rivals, its path over the years, its cash flows.

`own` (row, year) holds a player's path: cost per dollar of revenue, discount factors of the middle
and of the end of a year, the weight of a flow, which in the last year counts for all later ones
too; its weight in the contest for shares, that of all others, and the largest rival's.
"""

from model.economics import formulas as eco
from model.economics import valuation
from model.economics.axes import N_YEARS
from model.economics.flows import Flows, operating_flows
from model.economics.industry import (
    COST_INDEX,
    FRINGE,
    GAP,
    GROWTH,
    MARKET,
    PRICE,
    SCARCITY,
    SUBSIDY,
)
from model.economics.operations import Operation
from model.economics.records import GlobalValues, Number, PlayerValues
from model.numerics.arrays import Array
from model.numerics.jit import njit

__all__ = [
    "CONTEST",
    "COST_RATIO",
    "DISCOUNT",
    "LARGEST",
    "N_OWN",
    "OTHERS",
    "WEIGHT",
    "YEAR_END",
    "fill_contest",
    "fill_others",
    "fill_own",
    "market_share",
    "perpetuity_of",
    "year_flows",
]


# Rows of `own`.
COST_RATIO, DISCOUNT, YEAR_END, WEIGHT, CONTEST, OTHERS, LARGEST = range(7)
N_OWN = 7


@njit(inline=True)
def perpetuity_of(g: GlobalValues, p: PlayerValues) -> Number:
    """Value of all flows after the last year over that year's flow.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    p : Player
        The player's quantities.

    Returns
    -------
    float
        Years.
    """
    return valuation.rate_to_perpetuity(p.discount_rate, g.valuation_terminal_growth)


@njit(inline=True)
def fill_own(
    g: GlobalValues, p: PlayerValues, cheapest: float, industry: Array, own: Array
) -> None:
    """Fill `own` (row, year), without the contest; `cheapest` is the lowest unit cost, USD/second.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    p : Player
        The player's quantities.
    cheapest : float
        Unit cost of the cheapest player, USD/second.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        Filled: cost per dollar of revenue, discount factors to the decision date.
    """
    unit_cost = g.compute_unit_cost_2026 * p.cost_ratio
    discount, step = (
        valuation.first_discount(p.discount_rate),
        valuation.discount_step(p.discount_rate),
    )
    half_year = valuation.end_of_year(p.discount_rate)
    for t in range(N_YEARS):
        gap = industry[GAP, t]
        cost = eco.relative_cost(cheapest, unit_cost, gap) * industry[COST_INDEX, t]
        own[COST_RATIO, t] = cost / eco.own_price(industry[PRICE, t], p.price_premium, gap)
        own[DISCOUNT, t] = own[WEIGHT, t] = discount
        own[YEAR_END, t] = discount * half_year
        discount *= step
    own[WEIGHT, N_YEARS - 1] *= 1.0 + perpetuity_of(g, p)


@njit(inline=True)
def fill_others(
    entry: float, weights: Array, present: Array, industry: Array, others: Array, largest: Array
) -> None:
    """Fill who stands against each player in the contest for shares.

    Those before a player are added up on the way forth, those after it on the way back: so the
    work grows with the number of players, not with its square.

    Parameters
    ----------
    entry : float
        Part of the room left by leavers that newcomers take.
    weights : array (player, year)
        From `fill_industry`.
    present : array (player, year)
        w of each player, from `fill_presence`; its own counts for the others only.
    industry : array (row, year)
        From `fill_industry`.
    others : array (player, year)
        Filled: the weight of all others, the fringe included.
    largest : array (player, year)
        Filled: the weight of its largest rival.
    """
    for t in range(N_YEARS):
        before, top = 0.0, 0.0
        for i in range(weights.shape[0]):
            others[i, t], largest[i, t] = before, top
            before = before + eco.room_taken(weights[i, t], present[i, t], entry)
            top = max(top, present[i, t] * weights[i, t])
        after, top = industry[FRINGE, t], 0.0
        for i in range(weights.shape[0] - 1, -1, -1):
            others[i, t] += after
            largest[i, t] = max(largest[i, t], top)
            after = after + eco.room_taken(weights[i, t], present[i, t], entry)
            top = max(top, present[i, t] * weights[i, t])


@njit(inline=True)
def fill_contest(i: int, weights: Array, others: Array, largest: Array, own: Array) -> None:
    """Fill the contest for shares into `own` (row, year) of the player at place `i`.

    Parameters
    ----------
    i : int
        Place of the player.
    weights : array (player, year)
        From `fill_industry`.
    others : array (player, year)
        From `fill_others`.
    largest : array (player, year)
        From `fill_others`.
    own : array (row, year)
        Filled: its own weight, that of all others, the largest rival's.
    """
    for t in range(N_YEARS):
        own[CONTEST, t] = weights[i, t]
        own[OTHERS, t] = others[i, t]
        own[LARGEST, t] = largest[i, t]


@njit(inline=True)
def market_share(operation: Operation, own: Array, t: int) -> Number:
    """Share of the market in year t.

    Parameters
    ----------
    operation : Operation
        How the player runs the business.
    own : array (row, year)
        From `fill_contest`.
    t : int
        Year index.

    Returns
    -------
    float
        Between 0 and 1.
    """
    return eco.share(own[CONTEST, t] * operation.share, own[OTHERS, t])


@njit(inline=True)
def year_flows(p: PlayerValues, operation: Operation, industry: Array, own: Array, t: int) -> Flows:
    """Operating cash flows of year t as if funding had no limit.

    Parameters
    ----------
    p : Player
        The player's quantities.
    operation : Operation
        How it runs the business.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        From `fill_own` and `fill_contest`.
    t : int
        Year index.

    Returns
    -------
    Flows
        USD billion, not discounted.
    """
    return operating_flows(
        industry[MARKET, t] * market_share(operation, own, t),
        own[COST_RATIO, t],
        p.synergy,
        operation.subsidy * p.consumer_subsidy_2026 * industry[SUBSIDY, t],
        operation.fixed * p.fixed_cost * industry[GROWTH, t],
        operation.scope * p.legal_loss,
        p.compute_opportunity * industry[SCARCITY, t],
    )
