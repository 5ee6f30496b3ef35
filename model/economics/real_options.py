"""The real options: what leaving later and coming back pay, and what a player then sees.

For one player, on every draw and at every date: the value of leaving (or of coming back) at the end
of that year over that of never doing so, discounted to the decision date, and the state that is
visible then: log market revenue, log cost ratio, own operating cash flow of the year.
"""

from dataclasses import dataclass

import numpy as np

from model.economics import formulas as eco
from model.economics import valuation
from model.economics.axes import LEAVING_YEARS, N_YEARS, RETURN_YEARS
from model.economics.industry import FRINGE, GROWTH, MARKET, N_ROWS, ROBOTS, fill_industry
from model.economics.kernel import TILE, ipo_loss, robotics_gain, transpose
from model.economics.operations import AFTER_RETURN, Operation, operation_of
from model.economics.player import (
    COST_RATIO,
    DISCOUNT,
    N_OWN,
    WEIGHT,
    Rivals,
    fill_own,
    rivals_of,
    year_flows,
)
from model.economics.records import (
    GlobalValues,
    Number,
    PlayerValues,
    read_globals,
    read_player,
)
from model.economics.strategies import EXIT, OPERATING
from model.numerics.arrays import Array, Flags
from model.numerics.jit import njit, prange

__all__ = [
    "STATES",
    "RealOption",
    "exercise_values",
    "fill_coming_back",
    "leaving_value",
    "option_years",
]


#: What a player sees at the end of a year.
STATES: tuple[str, ...] = ("log_market_revenue", "log_cost_ratio", "cash_flow")

_N_LEAVING, _N_RETURN, _FIRST_RETURN = len(LEAVING_YEARS), len(RETURN_YEARS), RETURN_YEARS[0]


@dataclass(frozen=True, slots=True)
class RealOption:
    """One real option of one player, on every draw.

    Attributes
    ----------
    years : tuple of int
        Year indices at whose end it may be exercised: the dates.
    exercise : ndarray, shape (draw, date)
        What exercising pays over never doing so, discounted, USD billion.
    states : ndarray, shape (draw, date, state)
        What the player sees, in the order of `STATES`.
    live : ndarray of bool, shape (draw, date)
        Where it may be exercised: a player without funding has left already.
    """

    years: tuple[int, ...]
    exercise: Array
    states: Array
    live: Flags


def option_years(strategy: int) -> tuple[int, ...]:
    """Year indices at whose end the option of the strategy at a place may be exercised.

    Parameters
    ----------
    strategy : int
        Place in `STRATEGIES`.

    Returns
    -------
    tuple of int
        Years since 2026, ascending.
    """
    return LEAVING_YEARS if strategy in OPERATING else RETURN_YEARS


@njit()
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
    value = own[DISCOUNT, t] * (p.salvage - p.exit_cost - p.trust_loss) + scope * gain
    return value + scope * g.ipo_refund * ipo_loss(g, p) if t == 0 else value


@njit()
def fill_operating(
    p: PlayerValues,
    operation: Operation,
    rivals: Rivals,
    industry: Array,
    own: Array,
    earned: Array,
    states: Array,
    live: Flags,
) -> Number:
    """Fill what operating has earned, discounted, and what is seen, by the end of each date's year.

    `earned` and `live` are (date,), `states` (date, state). Returns what operating for good earns.
    """
    value, cash = 0.0, 0.0
    live[:] = False
    states[:] = 0.0
    for t in range(N_YEARS):
        flows = year_flows(p, operation, rivals, industry, own, t)
        flow = eco.cash_flow(flows)
        cash += flow
        if cash <= -p.funding:
            return value + p.salvage * p.distress_recovery * own[DISCOUNT, t]
        value += own[WEIGHT, t] * (flow + flows.compute_opportunity)
        if t < _N_LEAVING:
            earned[t], live[t] = value, True
            fill_state(industry, own, flow, t, states[t])
    return value


@njit()
def fill_leaving(
    g: GlobalValues,
    p: PlayerValues,
    scope: float,
    own: Array,
    later: Array,
    for_good: float,
    exercise: Array,
    live: Flags,
) -> None:
    """Turn `exercise` (date,) from what operating has earned into what leaving pays over going on.

    `later` (date,) is what exit adds to robotics after that date, `for_good` what operating for
    good earns.
    """
    for t in range(_N_LEAVING):
        leaving = leaving_value(g, p, scope, t, own, later[t])
        exercise[t] = leaving - (for_good - exercise[t]) if live[t] else 0.0


@njit()
def fill_state(industry: Array, own: Array, cash_flow: float, t: int, state: Array) -> None:
    """Fill `state` (state,) with what is seen at the end of year t."""
    state[0] = np.log(industry[MARKET, t])
    state[1] = np.log(own[COST_RATIO, t])
    state[2] = cash_flow


@njit()
def fill_later_gains(
    g: GlobalValues, p: PlayerValues, industry: Array, own: Array, later: Array
) -> None:
    """Fill `later` (date,) with what exit adds to robotics after the end of each year."""
    share = p.robotics_capture * (p.robotics_uplift - p.robotics_complement)
    rest = robotics_gain(g, p, industry, own, 0)
    for t in range(_N_LEAVING):
        rest -= own[DISCOUNT, t] * industry[ROBOTS, t] * share
        later[t] = rest


@njit()
def retention(g: GlobalValues, p: PlayerValues, rivals: Rivals, fringe: float, t: int) -> Number:
    """Revenue after coming back at the end of year t over that of having stayed."""
    others = rivals.total + fringe
    largest = rivals.largest / others if others > 0.0 else 0.0
    return valuation.reentry_retention(p.reentry_share, g.competition_lock_in, float(t), largest)


@njit()
def fill_coming_back(
    g: GlobalValues,
    p: PlayerValues,
    rivals: Rivals,
    industry: Array,
    own: Array,
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
    rivals : Rivals
        The others.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        From `fill_own`.
    exercise : array (date,)
        Filled, USD billion, discounted; dates are those of `RETURN_YEARS`.
    states : array (date, state)
        Filled, in the order of `STATES`; the cash flow is that of the year with all the revenue of
        having stayed, and no consumer subsidy.
    """
    earned, spent = 0.0, 0.0
    for t in range(N_YEARS - 1, _FIRST_RETURN - 1, -1):
        flows = year_flows(p, AFTER_RETURN, rivals, industry, own, t)
        date = t - _FIRST_RETURN
        if date < _N_RETURN:
            kept = retention(g, p, rivals, industry[FRINGE, t], t)
            cost = own[DISCOUNT, t] * p.reentry_cost * industry[GROWTH, t]
            exercise[date] = kept * earned + spent - cost
            fill_state(industry, own, eco.cash_flow(flows), t, states[date])
        of_revenue = flows.video_margin + flows.platform_synergy + flows.compute_opportunity
        earned += own[WEIGHT, t] * of_revenue
        spent += own[WEIGHT, t] * (flows.fixed_cost + flows.legal)


@njit()
def fill_draw(
    global_row: Array,
    rows: Array,
    place: int,
    industry: Array,
    own: Array,
    exercise: Array,
    states: Array,
    live: Flags,
) -> None:
    """Fill a draw's `exercise` (strategy, date), `states` (strategy, date, state) and `live`."""
    g, p = read_globals(global_row), read_player(rows, place)
    cheapest = fill_industry(g, rows, industry)
    rivals = rivals_of(place, rows)
    fill_own(g, p, cheapest, industry, own)
    fill_coming_back(g, p, rivals, industry, own, exercise[EXIT], states[EXIT])
    live[EXIT] = True
    later = np.empty(_N_LEAVING)
    fill_later_gains(g, p, industry, own, later)
    for strategy in OPERATING:
        operation, pays = operation_of(rows[place], strategy), exercise[strategy]
        seen, free = states[strategy], live[strategy]
        for_good = fill_operating(p, operation, rivals, industry, own, pays, seen, free)
        fill_leaving(g, p, operation.scope, own, later, for_good, pays, free)


@njit(parallel=True)
def exercise_values(
    globals_: Array, players: Array, place: int, exercise: Array, states: Array, live: Flags
) -> None:
    """Fill what exercising each real option of one player pays, and what the player then sees.

    Parameters
    ----------
    globals_ : ndarray, shape (global quantity, draw)
        In the order and units of `GLOBAL_QUANTITIES`.
    players : ndarray, shape (player, player quantity, draw)
        In the order and units of `PLAYER_QUANTITIES`.
    place : int
        Of the player.
    exercise : ndarray, shape (strategy, draw, date)
        Filled, USD billion; dates are those of `option_years`, from 0 on.
    states : ndarray, shape (strategy, draw, date, state)
        Filled, in the order of `STATES`.
    live : ndarray of bool, shape (strategy, draw, date)
        Filled.
    """
    draws = globals_.shape[1]
    for tile in prange((draws + TILE - 1) // TILE):
        start = tile * TILE
        stop = min(start + TILE, draws)
        global_rows = np.empty((stop - start, globals_.shape[0]))
        player_rows = np.empty((stop - start, players.shape[0], players.shape[1]))
        industry, own = np.empty((N_ROWS, N_YEARS)), np.empty((N_OWN, N_YEARS))
        transpose(globals_, start, global_rows)
        for i in range(players.shape[0]):
            transpose(players[i], start, player_rows[:, i])
        for n in range(stop - start):
            fill_draw(
                global_rows[n],
                player_rows[n],
                place,
                industry,
                own,
                exercise[:, start + n],
                states[:, start + n],
                live[:, start + n],
            )
