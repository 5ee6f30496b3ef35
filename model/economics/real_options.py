"""The real options: what leaving later and coming back pay, and what a player then sees.

For every player, on every draw and at every date: the value of leaving (or of coming back) at the
end of that year over that of never doing so, discounted to the decision date, and the state that is
visible then: log market revenue, log cost ratio, own operating cash flow of the year. And what each
strategy is worth if that is never done.
"""

from typing import NamedTuple

import numpy as np

from model.economics import valuation
from model.economics.axes import LEAVING_YEARS, N_YEARS, RETURN_YEARS
from model.economics.exercise import STATES, Exercise
from model.economics.flows import cash_flow
from model.economics.industry import GROWTH, MARKET, ROBOTS
from model.economics.inputs import Inputs, factors_in
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
from model.economics.records import (
    GlobalValues,
    Number,
    PlayerValues,
    read_globals,
    read_player,
)
from model.economics.strategies import EXIT, STAY
from model.economics.tile import TILE, Tile, fill_draw, fill_place, read_tile, tile_of
from model.numerics.arrays import Array, Flags
from model.numerics.jit import njit

__all__ = [
    "exercise_values",
    "fill_coming_back",
    "fill_later_gains",
    "leaving_value",
]

_N_LEAVING, _N_RETURN, _FIRST_RETURN = len(LEAVING_YEARS), len(RETURN_YEARS), RETURN_YEARS[0]
_N_STATES = len(STATES)


class Option(NamedTuple):
    """Room for one real option in one draw.

    Attributes
    ----------
    pays, live : array (date,)
        As in `Exercise`.
    states : array (date, state)
        As in `Exercise`.
    later : array (date,)
        From `fill_later_gains`.
    """

    pays: Array
    states: Array
    live: Flags
    later: Array


@njit()
def option_of() -> Option:
    """Room for one real option in one draw."""
    return Option(
        np.empty(_N_LEAVING),
        np.empty((_N_LEAVING, _N_STATES)),
        np.empty(_N_LEAVING, dtype=np.bool_),
        np.empty(_N_LEAVING),
    )


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
) -> Number:
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

    Returns
    -------
    float
        What exit adds to robotics from the first year on, USD billion, discounted.
    """
    share = p.robotics_capture * (p.robotics_uplift - p.robotics_complement)
    gain = rest = robotics_gain(g, p, industry, own, 0)
    for t in range(_N_LEAVING):
        rest -= own[DISCOUNT, t] * industry[ROBOTS, t] * share
        later[t] = rest
    return gain


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
            fill_state(industry, own, cash_flow(flows), t, states[date])
        of_revenue = flows.video_margin + flows.platform_synergy + flows.compute_opportunity
        earned += own[WEIGHT, t] * of_revenue
        spent += own[WEIGHT, t] * (flows.fixed_cost + flows.legal)


@njit(inline=True)
def keep(one: Option, found: Exercise, place: int, strategy: int, draw: int) -> None:
    """Put one draw's real option where it belongs in `found`."""
    for t in range(_N_LEAVING):
        found.pays[place, strategy, t, draw] = one.pays[t]
        found.live[place, strategy, t, draw] = one.live[t]
        for k in range(_N_STATES):
            found.states[place, strategy, t, k, draw] = one.states[t, k]


@njit(inline=True)
def fill_exit(g: GlobalValues, p: PlayerValues, industry: Array, own: Array, one: Option) -> None:
    """Fill one draw's option to come back, 0 beyond its dates."""
    one.pays[_N_RETURN:], one.states[_N_RETURN:] = 0.0, 0.0
    one.live[:_N_RETURN], one.live[_N_RETURN:] = True, False
    fill_coming_back(g, p, industry, own, one.later, one.pays, one.states)


@njit(inline=True)
def fill_player(
    g: GlobalValues,
    rows: Array,
    place: int,
    factors: Factors,
    tile: Tile,
    one: Option,
    found: Exercise,
    n: int,
) -> None:
    """Fill the draw at place `n` of `found` with the real options of the player at `place`."""
    p, industry, own = read_player(rows, place), tile.industry, tile.own
    gain, loss = fill_later_gains(g, p, industry, own, one.later), ipo_loss(g, p)
    fill_exit(g, p, industry, own, one)
    keep(one, found, place, EXIT, n)
    found.distress[place, EXIT, n] = N_YEARS
    found.npv[place, EXIT, n] = gain - p.trust_loss + (p.salvage - p.exit_cost)
    for strategy in range(STAY, found.npv.shape[1]):
        operation = operation_of(rows[place], factors, strategy)
        for_good, distress = fill_operating(
            p, operation, industry, own, one.pays, one.states, one.live
        )
        fill_leaving(g, p, operation.scope, own, one.later, for_good, one.pays, one.live)
        keep(one, found, place, strategy, n)
        found.distress[place, strategy, n] = distress
        at_stake = gain * (1.0 - operation.scope) - loss * operation.scope
        found.npv[place, strategy, n] = for_good + at_stake


@njit()
def room_of(players: int, strategies: int) -> Exercise:
    """Room for the real options of a tile of draws."""
    return Exercise(
        np.empty((players, strategies, _N_LEAVING, TILE)),
        np.empty((players, strategies, _N_LEAVING, _N_STATES, TILE)),
        np.empty((players, strategies, _N_LEAVING, TILE), dtype=np.bool_),
        np.empty((players, strategies, TILE), dtype=np.int8),
        np.empty((players, strategies, TILE)),
    )


@njit()
def put(room: Exercise, start: int, stop: int, found: Exercise) -> None:
    """Copy a tile of draws to its place in `found`, from `start` up to `stop`."""
    players, strategies, dates = room.pays.shape[:3]
    for i in range(players):
        for strategy in range(strategies):
            for n in range(stop - start):
                found.distress[i, strategy, start + n] = room.distress[i, strategy, n]
                found.npv[i, strategy, start + n] = room.npv[i, strategy, n]
            for t in range(dates):
                for n in range(stop - start):
                    found.pays[i, strategy, t, start + n] = room.pays[i, strategy, t, n]
                    found.live[i, strategy, t, start + n] = room.live[i, strategy, t, n]
                for k in range(_N_STATES):
                    for n in range(stop - start):
                        found.states[i, strategy, t, k, start + n] = room.states[
                            i, strategy, t, k, n
                        ]


@njit()
def exercise_values(inputs: Inputs, found: Exercise) -> None:
    """Fill what exercising each real option of every player pays, and what the player then sees.

    On one core; it lets go of Python's lock, so that threads may fill several chains at once.

    Parameters
    ----------
    inputs : Inputs
        Draws, strategies, and which rivals are there.
    found : Exercise
        Filled.
    """
    factors, tile = factors_in(inputs), tile_of(inputs)
    (count, strategies), draws = found.npv.shape[:2], inputs.globals_.shape[1]
    one, room = option_of(), room_of(count, strategies)
    for start in range(0, draws, TILE):
        stop = min(start + TILE, draws)
        read_tile(inputs, start, stop, tile)
        for n in range(stop - start):
            g, rows = read_globals(tile.globals_[n]), tile.players[n]
            cheapest = fill_draw(inputs, tile, n, start + n)
            for i in range(count):
                fill_place(g, rows, i, cheapest, tile)
                fill_player(g, rows, i, factors, tile, one, room, n)
        put(room, start, stop, found)
