"""What exercising the two real options would pay, and what the player sees when it decides.

For one player, on every draw and at every date: the value of leaving (or coming back) at the end
of that year over that of never doing so, discounted to the decision date, and the state that is
visible then: log market revenue, log cost ratio, own operating cash flow of the year.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from model.economics import formulas as eco
from model.economics.axes import LEAVING_YEARS, N_YEARS, RETURN_YEARS
from model.economics.industry import (
    FRINGE,
    GROWTH,
    MARKET,
    N_ROWS,
    ROBOTS,
    Operation,
    Rivals,
    api_only,
    fill_cost_ratio,
    fill_industry,
    returning,
    rivals_of,
    staying,
    year_flows,
)
from model.economics.kernel import TILE, ipo_loss, perpetuity_of, robotics_gain, transpose
from model.economics.records import read_globals, read_player
from model.economics.timed import leaving_value, retention
from model.numerics.jit import njit, prange
from model.sampling.joint import Draws

__all__ = ["STATES", "RealOption", "real_options"]

type Array = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]

#: What a player sees at the end of a year.
STATES: tuple[str, ...] = ("log_market_revenue", "log_cost_ratio", "cash_flow")

_N_LEAVING, _N_RETURN, _FIRST_RETURN = len(LEAVING_YEARS), len(RETURN_YEARS), RETURN_YEARS[0]


@dataclass(frozen=True, slots=True)
class RealOption:
    """One right of one player, on every draw.

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


@njit()
def fill_leaving(  # noqa: PLR0913, PLR0917  # compiled: no records of arrays
    g: Any,
    p: Any,
    operation: Operation,
    scope: float,
    rivals: Rivals,
    industry: Array,
    cost_ratio: Array,
    later: Array,
    exercise: Array,
    states: Array,
    live: Flags,
) -> None:
    """Fill one draw's `exercise` (date,), `states` (date, state) and `live` (date,) of leaving.

    `later` (date,): what exit adds to robotics after that date.
    """
    perpetuity, loss = perpetuity_of(g, p), ipo_loss(g, p)
    first, step = eco.first_discount(p.discount_rate), eco.discount_step(p.discount_rate)
    discount, value, cash = first, 0.0, 0.0
    live[:] = False
    states[:] = 0.0
    for t in range(N_YEARS):
        flows = year_flows(p, operation, rivals, industry, cost_ratio, t)
        own = eco.cash_flow(flows)
        cash += own
        if cash <= -p.funding:
            value += p.salvage * p.distress_recovery * discount
            break
        factor = discount * (1.0 + perpetuity) if t == N_YEARS - 1 else discount
        value += factor * (own + flows.compute_opportunity)
        discount *= step
        if t < _N_LEAVING:
            exercise[t], live[t] = value, True
            fill_state(industry, cost_ratio, own, t, states[t])
    discount = first
    for t in range(_N_LEAVING):
        leaving = leaving_value(g, p, scope, t, discount, later[t], loss)
        exercise[t] = leaving - (value - exercise[t]) if live[t] else 0.0
        discount *= step


@njit()
def fill_state(industry: Array, cost_ratio: Array, cash_flow: float, t: int, state: Array) -> None:
    """Fill `state` (state,) with what is seen at the end of year t."""
    state[0] = np.log(industry[MARKET, t])
    state[1] = np.log(cost_ratio[t])
    state[2] = cash_flow


@njit()
def fill_later_gains(g: Any, p: Any, industry: Array, later: Array) -> None:
    """Fill `later` (date,) with what exit adds to robotics after the end of each year."""
    discount, step = eco.first_discount(p.discount_rate), eco.discount_step(p.discount_rate)
    share = p.robotics_capture * (p.robotics_uplift - p.robotics_complement)
    rest = robotics_gain(p, perpetuity_of(g, p), industry, 0)
    for t in range(_N_LEAVING):
        rest -= discount * industry[ROBOTS, t] * share
        later[t] = rest
        discount *= step


@njit()
def fill_returning(
    g: Any,
    p: Any,
    rivals: Rivals,
    industry: Array,
    cost_ratio: Array,
    exercise: Array,
    states: Array,
) -> None:
    """Fill one draw's `exercise` (date,) and `states` (date, state) of coming back.

    Backwards over the years: what follows from revenue is summed apart, because the share that
    is left of it depends on the date.
    """
    perpetuity, operation = perpetuity_of(g, p), returning(1.0)
    last = eco.first_discount(p.discount_rate) * np.exp(-(N_YEARS - 1) * np.log1p(p.discount_rate))
    discount, earned, spent = last, 0.0, 0.0
    for back in range(N_YEARS):
        t = N_YEARS - 1 - back
        flows = year_flows(p, operation, rivals, industry, cost_ratio, t)
        date = t - _FIRST_RETURN
        if 0 <= date < _N_RETURN:
            kept = retention(g, p, rivals, industry[FRINGE, t], t)
            cost = discount * p.reentry_cost * industry[GROWTH, t]
            exercise[date] = kept * earned + spent - cost
            fill_state(industry, cost_ratio, eco.cash_flow(flows), t, states[date])
        factor = discount * (1.0 + perpetuity) if t == N_YEARS - 1 else discount
        own = flows.video_margin + flows.platform_synergy + flows.compute_opportunity
        earned += factor * own
        spent += factor * (flows.fixed_cost + flows.legal)
        discount *= 1.0 + p.discount_rate


@njit()
def fill_draw(
    global_row: Array,
    players: Array,
    own: int,
    industry: Array,
    cost_ratio: Array,
    exercise: Array,
    states: Array,
    live: Flags,
) -> None:
    """Fill one draw's `exercise` (option, date), `states` (option, date, state), `live`."""
    g, p = read_globals(global_row), read_player(players, own)
    cheapest = fill_industry(g, players, industry)
    rivals = rivals_of(own, players)
    fill_cost_ratio(g, p, cheapest, industry, cost_ratio)
    fill_returning(g, p, rivals, industry, cost_ratio, exercise[0], states[0])
    later = np.empty(_N_LEAVING)
    fill_later_gains(g, p, industry, later)
    for real_option in (1, 2):
        fill_leaving(
            g,
            p,
            staying() if real_option == 1 else api_only(p),
            1.0 if real_option == 1 else p.api_scope,
            rivals,
            industry,
            cost_ratio,
            later,
            exercise[real_option],
            states[real_option],
            live[real_option],
        )


@njit(parallel=True)
def _fill(
    globals_: Array, players: Array, own: int, exercise: Array, states: Array, live: Flags
) -> None:
    draws = globals_.shape[1]
    for tile in prange((draws + TILE - 1) // TILE):
        start = tile * TILE
        stop = min(start + TILE, draws)
        global_rows = np.empty((stop - start, globals_.shape[0]))
        player_rows = np.empty((stop - start, players.shape[0], players.shape[1]))
        industry, cost_ratio = np.empty((N_ROWS, N_YEARS)), np.empty(N_YEARS)
        transpose(globals_, start, global_rows)
        for i in range(players.shape[0]):
            transpose(players[i], start, player_rows[:, i])
        for n in range(stop - start):
            fill_draw(
                global_rows[n],
                player_rows[n],
                own,
                industry,
                cost_ratio,
                exercise[:, start + n],
                states[:, start + n],
                live[:, start + n],
            )


def real_options(drawn: Draws, own: int) -> tuple[RealOption, RealOption, RealOption]:
    """Every right of one player: to come back after `exit`, to leave `stay`, to leave `api_only`.

    Parameters
    ----------
    drawn : Draws
        Joint draws of every quantity.
    own : int
        Place of the player.

    Returns
    -------
    tuple of RealOption
        In the order of `STRATEGIES`; draws chain by chain.
    """
    chains, draws = drawn.shape
    exercise = np.zeros((3, chains * draws, _N_LEAVING))
    states = np.zeros((3, chains * draws, _N_LEAVING, len(STATES)))
    live = np.ones((3, chains * draws, _N_LEAVING), dtype=np.bool_)
    for chain in range(chains):
        part = slice(chain * draws, (chain + 1) * draws)
        globals_, players = drawn.globals_(chain), drawn.of_players(chain)
        _fill(globals_, players, own, exercise[:, part], states[:, part], live[:, part])
    back = slice(_N_RETURN)
    return (
        RealOption(RETURN_YEARS, exercise[0, :, back], states[0, :, back], live[0, :, back]),
        RealOption(LEAVING_YEARS, exercise[1], states[1], live[1]),
        RealOption(LEAVING_YEARS, exercise[2], states[2], live[2]),
    )
