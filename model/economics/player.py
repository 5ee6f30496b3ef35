"""What a year looks like to one player: its rivals, its path over the years, its cash flows.

`own` (row, year) holds a player's path: cost per dollar of revenue, discount factor, and the weight
of a flow, which in the last year counts for all later ones too.
"""

from typing import NamedTuple

from model.economics import formulas as eco
from model.economics import valuation
from model.economics.axes import N_YEARS
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
from model.economics.records import GlobalValues, Number, PlayerValues, read_player
from model.numerics.arrays import Array
from model.numerics.jit import njit

__all__ = [
    "COST_RATIO",
    "DISCOUNT",
    "N_OWN",
    "WEIGHT",
    "Rivals",
    "fill_own",
    "market_share",
    "perpetuity_of",
    "rivals_of",
    "year_flows",
]


# Rows of `own`.
COST_RATIO, DISCOUNT, WEIGHT = range(3)
N_OWN = 3


class Rivals(NamedTuple):
    """The other players, by attractiveness."""

    total: float
    largest: float


@njit()
def rivals_of(own: int, players: Array) -> Rivals:
    """Gather the rivals of the player at place `own` among `players` (player, quantity).

    Parameters
    ----------
    own : int
        Place of the player.
    players : array (player, player quantity)
        One draw's player quantities.

    Returns
    -------
    Rivals
    """
    total, largest = 0.0, 0.0
    for i in range(players.shape[0]):
        if i != own:
            attractiveness = read_player(players, i).attractiveness
            total += attractiveness
            largest = max(largest, attractiveness)
    return Rivals(total, largest)


@njit()
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


@njit()
def fill_own(
    g: GlobalValues, p: PlayerValues, cheapest: float, industry: Array, own: Array
) -> None:
    """Fill `own` (row, year); `cheapest` is the unit cost of the cheapest player, USD/second.

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
    for t in range(N_YEARS):
        gap = industry[GAP, t]
        cost = eco.relative_cost(cheapest, unit_cost, gap) * industry[COST_INDEX, t]
        own[COST_RATIO, t] = cost / eco.own_price(industry[PRICE, t], p.price_premium, gap)
        own[DISCOUNT, t] = own[WEIGHT, t] = discount
        discount *= step
    own[WEIGHT, N_YEARS - 1] *= 1.0 + perpetuity_of(g, p)


@njit()
def market_share(
    p: PlayerValues, operation: Operation, rivals: Rivals, industry: Array, t: int
) -> Number:
    """Share of the market in year t.

    Parameters
    ----------
    p : Player
        The player's quantities.
    operation : Operation
        How it runs the business.
    rivals : Rivals
        The others.
    industry : array (row, year)
        From `fill_industry`.
    t : int
        Year index.

    Returns
    -------
    float
        Between 0 and 1.
    """
    return eco.share(p.attractiveness * operation.share, rivals.total + industry[FRINGE, t])


@njit()
def year_flows(
    p: PlayerValues, operation: Operation, rivals: Rivals, industry: Array, own: Array, t: int
) -> eco.Flows:
    """Operating cash flows of year t as if funding had no limit.

    Parameters
    ----------
    p : Player
        The player's quantities.
    operation : Operation
        How it runs the business.
    rivals : Rivals
        The others.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        From `fill_own`.
    t : int
        Year index.

    Returns
    -------
    Flows
        USD billion, not discounted.
    """
    share = market_share(p, operation, rivals, industry, t)
    return eco.operating_flows(
        industry[MARKET, t] * share,
        own[COST_RATIO, t],
        p.synergy,
        operation.subsidy * p.consumer_subsidy_2026 * industry[SUBSIDY, t],
        operation.fixed * p.fixed_cost * industry[GROWTH, t],
        operation.scope * p.legal_loss,
        p.compute_opportunity * industry[SCARCITY, t],
    )
