"""The real options: what leaving later and coming back pay, and what a player then sees.

For one player, on every draw and at every date: the value of leaving (or of coming back) at the end
of that year over that of never doing so, discounted to the decision date, and the state that is
visible then: log market revenue, log cost ratio, own operating cash flow of the year.
"""

import numpy as np

from model.economics import valuation
from model.economics.axes import LEAVING_YEARS, N_YEARS, RETURN_YEARS
from model.economics.exercise import Exercise
from model.economics.flows import cash_flow
from model.economics.industry import GROWTH, MARKET, N_ROWS, ROBOTS, fill_industry
from model.economics.inputs import Inputs, factors_in, presence_in
from model.economics.kernel import TILE, transpose
from model.economics.one_off import distress_settlement, ipo_loss, robotics_gain
from model.economics.operations import AFTER_RETURN, Factors, Operation, operation_of
from model.economics.player import (
    COST_RATIO,
    DISCOUNT,
    LARGEST,
    N_OWN,
    OTHERS,
    WEIGHT,
    YEAR_END,
    fill_contest,
    fill_own,
    year_flows,
)
from model.economics.presence import fill_presence
from model.economics.records import (
    GlobalValues,
    Number,
    PlayerValues,
    read_globals,
    read_player,
)
from model.economics.strategies import EXIT, STAY
from model.numerics.arrays import Array, Flags
from model.numerics.jit import njit, prange

__all__ = [
    "exercise_values",
    "fill_coming_back",
    "fill_later_gains",
    "leaving_value",
]

_N_LEAVING, _N_RETURN, _FIRST_RETURN = len(LEAVING_YEARS), len(RETURN_YEARS), RETURN_YEARS[0]


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
    value = own[YEAR_END, t] * (p.salvage - p.exit_cost - p.trust_loss) + scope * gain
    return value + scope * g.ipo_refund * ipo_loss(g, p) if t == 0 else value


@njit()
def fill_operating(
    p: PlayerValues,
    operation: Operation,
    industry: Array,
    own: Array,
    earned: Array,
    states: Array,
    live: Flags,
) -> tuple[Number, int]:
    """Fill what operating has earned, discounted, and what is seen, by the end of each date's year.

    `earned` and `live` are (date,), `states` (date, state). Returns what operating for good earns,
    and the year in which funding runs out, `N_YEARS` if it does not.
    """
    value, cash = 0.0, 0.0
    live[:] = False
    states[:] = 0.0
    for t in range(N_YEARS):
        flows = year_flows(p, operation, industry, own, t)
        flow, before = cash_flow(flows), cash
        cash += flow
        if cash <= -p.funding:
            part = valuation.funded_part(p.funding, before, cash)
            value += part * own[DISCOUNT, t] * (flow + flows.compute_opportunity)
            return value + distress_settlement(p, t + part), t
        value += own[WEIGHT, t] * (flow + flows.compute_opportunity)
        if t < _N_LEAVING:
            earned[t], live[t] = value, True
            fill_state(industry, own, flow, t, states[t])
    return value, N_YEARS


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
    """Fill `later` (date,) with what exit adds to robotics after the end of each leaving year.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    p : Player
        The player's quantities.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        From `fill_own`.
    later : array (date,)
        Filled, USD billion, discounted.
    """
    share = p.robotics_capture * (p.robotics_uplift - p.robotics_complement)
    rest = robotics_gain(g, p, industry, own, 0)
    for t in range(_N_LEAVING):
        rest -= own[DISCOUNT, t] * industry[ROBOTS, t] * share
        later[t] = rest


@njit()
def retention(g: GlobalValues, p: PlayerValues, own: Array, t: int) -> Number:
    """Revenue after coming back at the end of year t over that of having stayed."""
    largest = own[LARGEST, t] / own[OTHERS, t] if own[LARGEST, t] > 0.0 else 0.0
    return valuation.reentry_retention(p.reentry_share, g.competition_lock_in, float(t), largest)


@njit()
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
        Filled, USD billion, discounted; dates are those of `RETURN_YEARS`.
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
            fill_state(industry, own, cash_flow(flows), t, states[date])
        of_revenue = flows.video_margin + flows.platform_synergy + flows.compute_opportunity
        earned += own[WEIGHT, t] * of_revenue
        spent += own[WEIGHT, t] * (flows.fixed_cost + flows.legal)


@njit()
def fill_options(
    g: GlobalValues,
    rows: Array,
    place: int,
    factors: Factors,
    industry: Array,
    own: Array,
    found: Exercise,
    draw: int,
) -> None:
    """Fill one draw of `found` with the real options of the player at `place`."""
    p, later = read_player(rows, place), np.empty(_N_LEAVING)
    fill_later_gains(g, p, industry, own, later)
    exercise, states = found.pays[:, draw], found.states[:, draw]
    fill_coming_back(g, p, industry, own, later, exercise[EXIT], states[EXIT])
    found.live[EXIT, draw], found.distress[EXIT, draw] = True, N_YEARS
    for strategy in range(STAY, exercise.shape[0]):
        operation, pays = operation_of(rows[place], factors, strategy), exercise[strategy]
        seen, free = states[strategy], found.live[strategy, draw]
        for_good, distress = fill_operating(p, operation, industry, own, pays, seen, free)
        found.distress[strategy, draw] = distress
        fill_leaving(g, p, operation.scope, own, later, for_good, pays, free)


@njit()
def fill_tile(inputs: Inputs, start: int, stop: int, place: int, found: Exercise) -> None:
    """Fill the draws from `start` up to `stop`."""
    factors, presence = factors_in(inputs), presence_in(inputs)
    count, n_quantities = inputs.players.shape[:2]
    global_rows = np.empty((stop - start, inputs.globals_.shape[0]))
    player_rows = np.empty((stop - start, count, n_quantities))
    industry, own = np.empty((N_ROWS, N_YEARS)), np.empty((N_OWN, N_YEARS))
    weights, present = np.empty((count, N_YEARS)), np.empty((count, N_YEARS))
    transpose(inputs.globals_, start, global_rows)
    for i in range(count):
        transpose(inputs.players[i], start, player_rows[:, i])
    for n in range(stop - start):
        g, rows = read_globals(global_rows[n]), player_rows[n]
        cheapest = fill_industry(g, rows, industry, weights)
        fill_presence(presence, start + n, present)
        fill_own(g, read_player(rows, place), cheapest, industry, own)
        fill_contest(place, g.competition_entry, weights, present, industry, own)
        fill_options(g, rows, place, factors, industry, own, found, start + n)


@njit(parallel=True)
def exercise_values(inputs: Inputs, place: int, found: Exercise) -> None:
    """Fill what exercising each real option of one player pays, and what the player then sees.

    Parameters
    ----------
    inputs : Inputs
        Draws, strategies, and which rivals are there.
    place : int
        Of the player.
    found : Exercise
        Filled.
    """
    draws = inputs.globals_.shape[1]
    for tile in prange((draws + TILE - 1) // TILE):
        fill_tile(inputs, tile * TILE, min(tile * TILE + TILE, draws), place, found)
