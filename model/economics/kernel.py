"""The compiled loop over draws, players, strategies and years that evaluates the economics.

One draw after another, each writing only its own output: so the bytes are the same on any
number of cores.
"""

from typing import NamedTuple

import numpy as np

from model.economics import formulas as eco
from model.economics import valuation
from model.economics.axes import N_YEARS
from model.economics.components import COMPONENT_NAMES, place_of
from model.economics.industry import N_ROWS, ROBOTS, fill_industry
from model.economics.operations import Operation, operation_of
from model.economics.player import (
    DISCOUNT,
    N_OWN,
    WEIGHT,
    Rivals,
    fill_own,
    perpetuity_of,
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
from model.economics.strategies import EXIT, OPERATING, STRATEGIES
from model.numerics.arrays import Array
from model.numerics.jit import njit, prange

__all__ = [
    "TILE",
    "Operated",
    "add_up",
    "evaluate",
    "ipo_loss",
    "operate",
    "robotics_gain",
    "transpose",
    "write",
]


#: Places of the components: the operating cash flows, and the others.
_FLOWS = tuple(place_of(name) for name in eco.Flows._fields)
_ROBOTICS, _IPO, _TRUST, _SETTLEMENT = (
    place_of(name) for name in ("robotics", "ipo", "developer_trust", "exit_settlement")
)
#: Draws that are copied and evaluated together.
TILE = 32


class Operated(NamedTuple):
    """Present values of running the business, USD billion.

    Attributes
    ----------
    flows : Flows
        The operating cash flows.
    settlement : float
        What is recovered when funding runs out.
    """

    flows: eco.Flows
    settlement: float


@njit()
def robotics_gain(
    g: GlobalValues, p: PlayerValues, industry: Array, own: Array, first: int
) -> Number:
    """What exit adds to robotics in year `first` and after, USD billion, discounted.

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
    first : int
        Year index.

    Returns
    -------
    float
        USD billion at the decision date.
    """
    pool = 0.0
    for t in range(first, N_YEARS):
        pool += own[DISCOUNT, t] * industry[ROBOTS, t]
    last = N_YEARS - 1
    pool += perpetuity_of(g, p) * own[DISCOUNT, last] * industry[ROBOTS, last]
    return pool * p.robotics_capture * (p.robotics_uplift - p.robotics_complement)


@njit()
def ipo_loss(g: GlobalValues, p: PlayerValues) -> Number:
    """What carrying video costs the owners at the listing, USD billion.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    p : Player
        The player's quantities.

    Returns
    -------
    float
        USD billion at the decision date, a loss above 0.
    """
    return valuation.ipo_loss(
        p.valuation,
        g.ipo_owner_pass_through,
        g.ipo_valuation_impact,
        g.ipo_delay_years,
        g.ipo_delay_cost,
        p.ipo_exposure,
    )


@njit(inline=True)
def operate(
    p: PlayerValues,
    operation: Operation,
    rivals: Rivals,
    industry: Array,
    own: Array,
    years: int,
) -> Operated:
    """Run the business for the first `years`, and for good where those are all there are.

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
    years : int
        How many years; with `N_YEARS`, the perpetuity after them counts too.

    Returns
    -------
    Operated
        Where cumulated cash falls to minus the funding, the flows before that year, and what is
        recovered of the salvage value in it.
    """
    total = eco.Flows(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    cash = 0.0
    for t in range(years):
        flows = year_flows(p, operation, rivals, industry, own, t)
        cash += eco.cash_flow(flows)
        if cash <= -p.funding:
            return Operated(total, p.salvage * p.distress_recovery * own[DISCOUNT, t])
        total = eco.add_flows(total, flows, own[WEIGHT, t])
    return Operated(total, 0.0)


@njit(inline=True)
def write(worth: Operated, out: Array, draw: int, i: int, strategy: int) -> None:
    """Write the components of running a business into `out` (draw, player, strategy, component).

    Parameters
    ----------
    worth : Operated
        From `operate`.
    out : array (draw, player, strategy, component)
        Written in place, USD billion.
    draw : int
        Place of the draw.
    i : int
        Place of the player.
    strategy : int
        Place of the strategy.
    """
    for place, flow in zip(_FLOWS, worth.flows):  # noqa: B905  # compiled: strict is unknown there
        out[draw, i, strategy, place] = flow
    out[draw, i, strategy, _SETTLEMENT] = worth.settlement


@njit(inline=True)
def evaluate_player(
    g: GlobalValues, rows: Array, i: int, industry: Array, own: Array, out: Array, draw: int
) -> None:
    """Write the components of player i into `out` (draw, player, strategy, component), zero before.

    `rows` (player, quantity) are one draw's.
    """
    p, rivals = read_player(rows, i), rivals_of(i, rows)
    gain, loss = robotics_gain(g, p, industry, own, 0), ipo_loss(g, p)
    out[draw, i, EXIT, _ROBOTICS] = gain
    out[draw, i, EXIT, _TRUST] = -p.trust_loss
    out[draw, i, EXIT, _SETTLEMENT] = p.salvage - p.exit_cost
    for strategy in OPERATING:
        operation = operation_of(rows[i], strategy)
        write(operate(p, operation, rivals, industry, own, N_YEARS), out, draw, i, strategy)
        # Adding zero makes a plain zero of one with a minus.
        out[draw, i, strategy, _ROBOTICS] = gain * (1.0 - operation.scope) + 0.0
        out[draw, i, strategy, _IPO] = -loss * operation.scope


@njit(inline=True)
def add_up(out: Array, npv: Array, draw: int, i: int) -> None:
    """Sum one player's components into `npv` (draw, player, strategy).

    Parameters
    ----------
    out : array (draw, player, strategy, component)
        Components, USD billion.
    npv : array (draw, player, strategy)
        Written in place, USD billion.
    draw : int
        Place of the draw.
    i : int
        Place of the player.
    """
    for strategy in range(out.shape[2]):
        total = 0.0
        for component in range(out.shape[3]):
            total += out[draw, i, strategy, component]
        npv[draw, i, strategy] = total


@njit()
def transpose(values: Array, start: int, rows: Array) -> None:
    """Copy `values` (quantity, draw) from draw `start` on into `rows` (draw, quantity).

    Quantities lie a power of two of bytes apart: read one draw at a time, they would throw each
    other out of the cache.

    Parameters
    ----------
    values : array (quantity, draw)
        All draws.
    start : int
        The first draw to copy.
    rows : array (draw, quantity)
        Filled; has as many draws as are wanted.
    """
    for place in range(values.shape[0]):
        for n in range(rows.shape[0]):
            rows[n, place] = values[place, start + n]


@njit()
def evaluate_tile(
    globals_: Array, players: Array, start: int, stop: int, out: Array, npv: Array
) -> None:
    """Evaluate the draws from `start` up to `stop`.

    No view is made of arrays that the threads share: it would be counted in memory that they
    share too, and the counting would cost more than the economics.
    """
    n_players, n_quantities = players.shape[:2]
    global_rows = np.empty((stop - start, globals_.shape[0]))
    player_rows = np.empty((stop - start, n_players, n_quantities))
    industry, own = np.empty((N_ROWS, N_YEARS)), np.empty((N_OWN, N_YEARS))
    transpose(globals_, start, global_rows)
    for i in range(n_players):
        transpose(players[i], start, player_rows[:, i])
    for n in range(stop - start):
        draw = start + n
        g, rows = read_globals(global_rows[n]), player_rows[n]
        cheapest = fill_industry(g, rows, industry)
        out[draw] = 0.0
        for i in range(n_players):
            fill_own(g, read_player(rows, i), cheapest, industry, own)
            evaluate_player(g, rows, i, industry, own, out, draw)
            add_up(out, npv, draw, i)


@njit(parallel=True)
def _evaluate(globals_: Array, players: Array, out: Array, npv: Array) -> None:
    draws = globals_.shape[1]
    for tile in prange((draws + TILE - 1) // TILE):
        start = tile * TILE
        evaluate_tile(globals_, players, start, min(start + TILE, draws), out, npv)


@njit()
def _evaluate_serial(globals_: Array, players: Array, out: Array, npv: Array) -> None:
    evaluate_tile(globals_, players, 0, globals_.shape[1], out, npv)


def evaluate(
    globals_: Array, players: Array, out: Array | None = None, *, serial: bool = False
) -> tuple[Array, Array]:
    """Evaluate every component of every strategy, without the real options.

    Parameters
    ----------
    globals_ : ndarray, shape (global quantity, draw)
        In the order and units of `GLOBAL_QUANTITIES`.
    players : ndarray, shape (player, player quantity, draw)
        In the order and units of `PLAYER_QUANTITIES`.
    out : ndarray, optional
        Room for the components, so that a loop over blocks need not allocate it each time; may
        have room for more components, which are set to 0.
    serial : bool
        Use one core: faster for a few draws at a time. The numbers are the same.

    Returns
    -------
    components : ndarray, shape (draw, player, strategy, component)
        Present values, USD billion, in the order of `STRATEGIES` and `COMPONENTS`.
    npv : ndarray, shape (draw, player, strategy)
        Their sums over the components.
    """
    shape = (globals_.shape[1], players.shape[0], len(STRATEGIES))
    if out is None:
        out = np.empty((*shape, len(COMPONENT_NAMES)))
    npv = np.empty(shape)
    function = _evaluate_serial if serial else _evaluate
    function(np.ascontiguousarray(globals_), np.ascontiguousarray(players), out, npv)
    return out, npv
