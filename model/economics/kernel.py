"""The compiled loop over draws, players, strategies and years that evaluates the economics.

A few draws at a time, side by side in the lanes of a vector, each computed by itself: so the bytes
are the same on any number of cores and with any vectors. The loop is serial and lets go of Python's
lock: threads run it on parts of the draws.
"""

from typing import NamedTuple

import numpy as np

from model.economics import valuation
from model.economics.axes import N_YEARS
from model.economics.components import COMPONENT_NAMES, place_of
from model.economics.flows import Flows, add_flows, cash_flow
from model.economics.inputs import Inputs, factors_in, inputs_of
from model.economics.one_off import distress_settlement, ipo_loss, robotics_gain
from model.economics.operations import Factors, Operation, operation_of
from model.economics.player import DISCOUNT, WEIGHT, year_flows
from model.economics.presence import Presence
from model.economics.records import (
    GlobalValues,
    Number,
    PlayerValues,
    read_globals,
    read_player,
)
from model.economics.strategies import EXIT, STAY
from model.economics.tile import TILE, Tile, fill_draws, fill_place, put, read_tile, tile_of
from model.numerics.arrays import Array
from model.numerics.jit import njit
from model.numerics.lanes import alike, empty_lanes, where
from model.numerics.threads import cores, in_threads

__all__ = [
    "Operated",
    "evaluate",
    "evaluate_inputs",
    "evaluate_player",
    "operate",
    "put_player",
]


#: Places of the components: the operating cash flows, and the others.
_MARGIN, _SYNERGY, _SUBSIDY, _FIXED, _LEGAL, _OPPORTUNITY = (
    place_of(name) for name in Flows._fields
)
_ROBOTICS, _IPO, _TRUST, _SETTLEMENT = (
    place_of(name) for name in ("robotics", "ipo", "developer_trust", "exit_settlement")
)
#: Draws that are worth a thread.
_FEWEST = 1024


class Operated(NamedTuple):
    """Present values of running the business, USD billion.

    Attributes
    ----------
    flows : Flows
        The operating cash flows.
    settlement : float
        What is recovered when funding runs out.
    """

    flows: Flows
    settlement: float


@njit(inline=True)
def operate(
    p: PlayerValues, operation: Operation, industry: Array, own: Array, until: Number
) -> Operated:
    """Run the business for the first `until` years, and for good where those are all there are.

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
    until : float
        How many years; with `N_YEARS`, the perpetuity after them counts too.

    Returns
    -------
    Operated
        Where cumulated cash falls to minus the funding, the flows until the money is spent, within
        that year, and what is then settled; nothing after it.
    """
    none = alike(p.funding, 0.0)
    total, cash, spent = Flows(none, none, none, none, none, none), none, none
    end = alike(p.funding, until)
    for t in range(N_YEARS):
        flows = year_flows(p, operation, industry, own, t)
        before, running = cash, t < end
        cash += cash_flow(flows)
        ends = running & (cash <= -p.funding)
        part = valuation.funded_part(p.funding, before, cash)
        weight = where(running, own[WEIGHT, t], 0.0)
        total = add_flows(total, flows, where(ends, part * own[DISCOUNT, t], weight))
        end, spent = where(ends, t + part, end), where(ends, 1.0, spent)
    return Operated(total, where(spent > 0.0, distress_settlement(p, end), 0.0))


@njit(inline=True)
def write(worth: Operated, out: Array) -> None:
    """Write the components of running a business into `out` (component,).

    Parameters
    ----------
    worth : Operated
        From `operate`.
    out : array (component,)
        Written in place, USD billion.
    """
    flows = worth.flows
    out[_MARGIN], out[_SYNERGY], out[_SUBSIDY] = flows[0], flows[1], flows[2]
    out[_FIXED], out[_LEGAL], out[_OPPORTUNITY] = flows[3], flows[4], flows[5]
    out[_SETTLEMENT] = worth.settlement


@njit(inline=True)
def evaluate_player(
    g: GlobalValues, tile: Tile, factors: Factors, i: int, until: Array, out: Array
) -> None:
    """Write the components of player i into `out` (strategy, component), without real options.

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
    until : lanes (strategy,)
        How many years each operating strategy is run.
    out : lanes (strategy, component)
        Written in place, USD billion.
    """
    p, industry, own = read_player(tile.players, i), tile.industry, tile.own
    for strategy in range(out.shape[0]):
        for component in range(out.shape[1]):
            out[strategy, component] = 0.0
    gain, loss = robotics_gain(p, industry, own), ipo_loss(g, p)
    out[EXIT, _ROBOTICS] = gain
    out[EXIT, _TRUST] = -p.trust_loss
    out[EXIT, _SETTLEMENT] = p.salvage - p.exit_cost
    for strategy in range(STAY, out.shape[0]):
        operation = operation_of(tile.players[i], factors, strategy)
        write(operate(p, operation, industry, own, until[strategy]), out[strategy])
        # Adding zero makes a plain zero of one with a minus.
        out[strategy, _ROBOTICS] = gain * (1.0 - operation.scope) + 0.0
        out[strategy, _IPO] = -loss * operation.scope + 0.0


@njit(inline=True)
def put_player(found: Array, out: Array, npv: Array, start: int, stop: int, i: int) -> None:
    """Write a player's components and their sums to the draws from `start` up to `stop`.

    Parameters
    ----------
    found : lanes (strategy, component)
        From `evaluate_player`, USD billion.
    out : array (draw, player, strategy, component)
        Written in place, USD billion.
    npv : array (draw, player, strategy)
        Written in place, USD billion.
    start : int
        Place of the first draw.
    stop : int
        Place after the last one.
    i : int
        Place of the player.
    """
    for strategy in range(found.shape[0]):
        total = 0.0
        for component in range(found.shape[1]):
            total += found[strategy, component]
            put(found[strategy, component], out, start, stop, (i, strategy, component))
        put(total, npv, start, stop, (i, strategy))


@njit()
def _evaluate(inputs: Inputs, first: int, last: int, out: Array, npv: Array) -> None:
    """Evaluate the draws from `first` up to `last`."""
    factors, tile = factors_in(inputs), tile_of(inputs)
    found = empty_lanes((out.shape[2], out.shape[3]))
    until = empty_lanes((out.shape[2],))
    for strategy in range(STAY, len(until)):
        until[strategy] = N_YEARS
    for start in range(first, last, TILE):
        stop = min(start + TILE, last)
        read_tile(inputs, start, stop, tile)
        cheapest = fill_draws(inputs, tile)
        g = read_globals(tile.globals_)
        for i in range(npv.shape[1]):
            fill_place(g, i, cheapest, tile)
            evaluate_player(g, tile, factors, i, until, found)
            put_player(found, out, npv, start, stop, i)


def evaluate(
    globals_: Array,
    players: Array,
    out: Array | None = None,
    *,
    factors: Factors | None = None,
    presence: Presence | None = None,
    serial: bool = False,
) -> tuple[Array, Array]:
    """Evaluate every component of every strategy, without the real options.

    Parameters
    ----------
    globals_ : ndarray, shape (global quantity, draw)
        In the order and units of `GLOBAL_QUANTITIES`.
    players : ndarray, shape (player, player quantity, draw)
        In the order and units of `PLAYER_QUANTITIES`; then the factors of added strategies.
    out : ndarray, optional
        Room for the components, so that a loop over blocks need not allocate it each time; may
        have room for more components, which are set to 0.
    factors : Factors, optional
        Of the strategies compared; by default of those that every file has.
    presence : Presence, optional
        Which rivals are there; by default everybody, always.
    serial : bool
        Use one core: faster for a few draws at a time. The numbers are the same.

    Returns
    -------
    components : ndarray, shape (draw, player, strategy, component)
        Present values, USD billion, in the order of the strategies and of `COMPONENTS`.
    npv : ndarray, shape (draw, player, strategy)
        Their sums over the components.
    """
    inputs = inputs_of(globals_, players, factors, presence)
    if serial:
        return evaluate_inputs(inputs, out)
    out, npv = _room(inputs, out)
    draws = len(npv)
    each = max(_FEWEST, -(-draws // cores()))

    def part(first: int) -> None:
        _evaluate(inputs, first, min(first + each, draws), out, npv)

    in_threads(part, range(0, draws, each))
    return out, npv


def evaluate_inputs(inputs: Inputs, out: Array | None = None) -> tuple[Array, Array]:
    """Evaluate every component of every strategy, without the real options, on one core.

    Parameters
    ----------
    inputs : Inputs
        Draws, strategies, and which rivals are there.
    out : ndarray, optional
        As `evaluate` takes it.

    Returns
    -------
    components : ndarray, shape (draw, player, strategy, component)
        Present values, USD billion.
    npv : ndarray, shape (draw, player, strategy)
        Their sums over the components.
    """
    out, npv = _room(inputs, out)
    _evaluate(inputs, 0, len(npv), out, npv)
    return out, npv


def _room(inputs: Inputs, out: Array | None) -> tuple[Array, Array]:
    """Room for components, if there is none yet, and for NPVs."""
    shape = (inputs.globals_.shape[1], len(inputs.players), len(inputs.numbers))
    if out is None:
        out = np.empty((*shape, len(COMPONENT_NAMES)))
    return out, np.empty(shape)
