"""What the real options of one player pay, and what it then sees: of a few draws, in lanes.

The value of leaving (or of coming back) at the end of each year over that of never doing so,
discounted to the decision date, and the state that is visible then: log market revenue, log cost
ratio, own operating cash flow of the year. And what each strategy is worth if that is never done.
"""

from typing import NamedTuple

from model.economics import valuation
from model.economics.axes import LEAVING_YEARS, N_YEARS, RETURN_YEARS
from model.economics.exercise import STATES
from model.economics.flows import cash_flow
from model.economics.industry import GROWTH, MARKET, ROBOTS
from model.economics.one_off import distress_settlement, ipo_loss, robotics_gain
from model.economics.operations import AFTER_RETURN, Factors, Operation, operation_of
from model.economics.player import (
    COST_RATIO,
    DISCOUNT,
    LARGEST,
    OTHERS,
    WEIGHT,
    YEAR_END,
    year_flows,
)
from model.economics.records import GlobalValues, Number, PlayerValues, read_player
from model.economics.tile import Tile
from model.numerics.arrays import Array
from model.numerics.elementary import log
from model.numerics.jit import njit
from model.numerics.lanes import alike, empty_lanes, where

__all__ = [
    "Option",
    "exit_for_good",
    "fill_coming_back",
    "fill_exit",
    "fill_later_gains",
    "fill_strategy",
    "leaving_value",
    "option_of",
]

_N_LEAVING, _N_RETURN, _FIRST_RETURN = len(LEAVING_YEARS), len(RETURN_YEARS), RETURN_YEARS[0]
_N_STATES = len(STATES)


class Option(NamedTuple):
    """Room for one real option of the draws of a tile, in lanes.

    Attributes
    ----------
    pays, live : lanes (date,)
        As in `Exercise`; `live` is 1 or 0.
    states : lanes (date, state)
        As in `Exercise`.
    later : lanes (date,)
        From `fill_later_gains`.
    """

    pays: Array
    live: Array
    states: Array
    later: Array


@njit(inline=True)
def option_of() -> Option:
    """Room for one real option of the draws of a tile.

    Returns
    -------
    Option
        Not filled.
    """
    return Option(
        empty_lanes((_N_LEAVING,)),
        empty_lanes((_N_LEAVING,)),
        empty_lanes((_N_LEAVING, _N_STATES)),
        empty_lanes((_N_LEAVING,)),
    )


@njit(inline=True)
def leaving_value(
    g: GlobalValues, p: PlayerValues, scope: float, t: int, own: Array, gain: float
) -> Number:
    """What leaving at the end of year t pays, discounted, USD billion.

    `gain` is what exit adds to robotics after year t; `scope` is the part of it, and of the IPO
    loss of staying, that the strategy has at stake.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    p : Player
        The player's quantities.
    scope : float
        From 0 to 1.
    t : int
        Year index.
    own : array (row, year)
        From `fill_own`.
    gain : float
        USD billion, discounted.

    Returns
    -------
    float
        USD billion, discounted; in the first year with the refund of the IPO loss.
    """
    value = own[YEAR_END, t] * (p.salvage - p.exit_cost - p.trust_loss) + scope * gain
    return value + scope * g.ipo_refund * ipo_loss(g, p) if t == 0 else value


@njit(inline=True)
def fill_operating(
    p: PlayerValues, operation: Operation, industry: Array, own: Array, one: Option
) -> tuple[Number, Number]:
    """Fill what operating has earned, discounted, and what is seen, by the end of each date's year.

    Into `pays`, `live` and `states` of `one`. Returns what operating for good earns, and the year
    in which funding runs out, `N_YEARS` if it does not.
    """
    none = alike(p.funding, 0.0)
    value, cash, end, distress = none, none, none, alike(p.funding, N_YEARS)
    for t in range(N_YEARS):
        flows = year_flows(p, operation, industry, own, t)
        flow, before, running = cash_flow(flows), cash, distress == N_YEARS
        cash += flow
        ends = running & (cash <= -p.funding)
        part = valuation.funded_part(p.funding, before, cash)
        weight = where(running, own[WEIGHT, t], 0.0)
        weight = where(ends, part * own[DISCOUNT, t], weight)
        value += weight * (flow + flows.compute_opportunity)
        end, distress = where(ends, t + part, end), where(ends, t, distress)
        if t < _N_LEAVING:
            one.pays[t] = value
            one.live[t] = where(distress == N_YEARS, 1.0, 0.0)
            fill_state(industry, own, flow, one.live[t], t, one.states[t])
    settled = where(distress < N_YEARS, distress_settlement(p, end), 0.0)
    return value + settled, distress


@njit(inline=True)
def fill_leaving(
    g: GlobalValues, p: PlayerValues, scope: float, own: Array, for_good: float, one: Option
) -> None:
    """Turn what operating has earned, in `pays` of `one`, into what leaving pays over going on.

    `for_good` is what operating for good earns.
    """
    for t in range(_N_LEAVING):
        leaving = leaving_value(g, p, scope, t, own, one.later[t])
        one.pays[t] = where(one.live[t] > 0.0, leaving - (for_good - one.pays[t]), 0.0)


@njit(inline=True)
def fill_state(
    industry: Array, own: Array, cash_flow: float, live: float, t: int, state: Array
) -> None:
    """Fill `state` (state,) with what is seen at the end of year t, 0 where nothing is live."""
    state[0] = where(live > 0.0, log(industry[MARKET, t]), 0.0)
    state[1] = where(live > 0.0, log(own[COST_RATIO, t]), 0.0)
    state[2] = where(live > 0.0, cash_flow, 0.0)


@njit(inline=True)
def fill_later_gains(p: PlayerValues, industry: Array, own: Array, later: Array) -> Number:
    """Fill `later` (date,) with what exit adds to robotics after the end of each leaving year.

    Parameters
    ----------
    p : Player
        The player's quantities.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        From `fill_own`.
    later : array (date,)
        Filled, USD billion, discounted.

    Returns
    -------
    float
        What exit adds to robotics from the first year on, USD billion, discounted.
    """
    share = p.robotics_capture * (p.robotics_uplift - p.robotics_complement)
    gain = rest = robotics_gain(p, industry, own)
    for t in range(_N_LEAVING):
        rest -= own[DISCOUNT, t] * industry[ROBOTS, t] * share
        later[t] = rest
    return gain


@njit(inline=True)
def retention(g: GlobalValues, p: PlayerValues, own: Array, t: int) -> Number:
    """Revenue after coming back at the end of year t over that of having stayed."""
    largest = where(own[LARGEST, t] > 0.0, own[LARGEST, t] / own[OTHERS, t], 0.0)
    return valuation.reentry_retention(p.reentry_share, g.competition_lock_in, float(t), largest)


@njit(inline=True)
def fill_coming_back(
    g: GlobalValues,
    p: PlayerValues,
    industry: Array,
    own: Array,
    later: Array,
    exercise: Array,
    states: Array,
) -> None:
    """Fill one draw's `exercise` (date,) and `states` (date, state) of coming back.

    Backwards over the years: what follows from revenue is summed apart, because the share that
    is left of it depends on the date.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    p : Player
        The player's quantities.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        From `fill_own` and `fill_contest`.
    later : array (year,)
        From `fill_later_gains`: the people come back, and what exit adds to robotics ends.
    exercise : array (date,)
        Filled, USD billion, discounted; dates are those of `RETURN_YEARS`, further ones are left.
    states : array (date, state)
        Filled, in the order of `STATES`; the cash flow is that of the year with all the revenue of
        having stayed, and no consumer subsidy.
    """
    earned, spent = 0.0, 0.0
    for t in range(N_YEARS - 1, _FIRST_RETURN - 1, -1):
        flows = year_flows(p, AFTER_RETURN, industry, own, t)
        date = t - _FIRST_RETURN
        if date < _N_RETURN:
            kept = retention(g, p, own, t)
            cost = own[YEAR_END, t] * p.reentry_cost * industry[GROWTH, t]
            exercise[date] = kept * earned + spent - cost - later[t]
            fill_state(industry, own, cash_flow(flows), 1.0, t, states[date])
        of_revenue = flows.video_margin + flows.platform_synergy + flows.compute_opportunity
        earned += own[WEIGHT, t] * of_revenue
        spent += own[WEIGHT, t] * (flows.fixed_cost + flows.legal)


@njit(inline=True)
def fill_exit(g: GlobalValues, p: PlayerValues, industry: Array, own: Array, one: Option) -> None:
    """Fill the option to come back, 0 beyond its dates.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    p : Player
        The player's quantities.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        From `fill_own` and `fill_contest`.
    one : Option
        Its `later` from `fill_later_gains`; the others are filled.
    """
    for date in range(_N_LEAVING):
        one.pays[date] = one.live[date] = 0.0
        for k in range(_N_STATES):
            one.states[date, k] = 0.0
    for date in range(_N_RETURN):
        one.live[date] = 1.0
    fill_coming_back(g, p, industry, own, one.later, one.pays, one.states)


@njit(inline=True)
def exit_for_good(p: PlayerValues, gain: Number) -> Number:
    """What exit is worth if the player never comes back, USD billion.

    Parameters
    ----------
    p : Player
        The player's quantities.
    gain : float
        From `fill_later_gains`.

    Returns
    -------
    float
    """
    return gain - p.trust_loss + (p.salvage - p.exit_cost)


@njit(inline=True)
def fill_strategy(
    g: GlobalValues,
    tile: Tile,
    factors: Factors,
    i: int,
    strategy: int,
    gain: float,
    loss: float,
    one: Option,
) -> tuple[Number, Number]:
    """Fill the option to leave of a strategy that runs the business.

    Parameters
    ----------
    g : Globals
        The draws' global quantities.
    tile : Tile
        After `fill_place`.
    factors : Factors
        Of the strategies compared.
    i : int
        Place of the player.
    strategy : int
        Place of the strategy.
    gain : float
        From `fill_later_gains`.
    loss : float
        From `ipo_loss`.
    one : Option
        Its `later` from `fill_later_gains`; the others are filled.

    Returns
    -------
    npv : float
        What operating for good is worth, USD billion.
    distress : float
        The year in which funding runs out, `N_YEARS` if it does not.
    """
    p, own = read_player(tile.players, i), tile.own
    operation = operation_of(tile.players[i], factors, strategy)
    for_good, distress = fill_operating(p, operation, tile.industry, own, one)
    fill_leaving(g, p, operation.scope, own, for_good, one)
    return for_good + (gain * (1.0 - operation.scope) - loss * operation.scope), distress
