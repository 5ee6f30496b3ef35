"""The compiled loop over draws, players, strategies and years that evaluates the economics.

One draw after another, each writing only its own output: so the bytes are the same on any
number of cores. The loop is serial and lets go of Python's lock: threads run it on parts of the
draws.
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
from model.economics.player import (
    DISCOUNT,
    WEIGHT,
    year_flows,
)
from model.economics.presence import Presence
from model.economics.records import (
    GlobalValues,
    PlayerValues,
    read_globals,
    read_player,
)
from model.economics.strategies import EXIT, STAY
from model.economics.tile import TILE, fill_draw, fill_place, read_tile, tile_of
from model.numerics.arrays import Array
from model.numerics.jit import njit
from model.numerics.threads import cores, in_threads

__all__ = [
    "Operated",
    "add_up",
    "evaluate",
    "evaluate_inputs",
    "evaluate_player",
    "operate",
    "write",
]


#: Places of the components: the operating cash flows, and the others.
_FLOWS = tuple(place_of(name) for name in Flows._fields)
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
    p: PlayerValues, operation: Operation, industry: Array, own: Array, years: int
) -> Operated:
    """Run the business for the first `years`, and for good where those are all there are.

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
    years : int
        How many years; with `N_YEARS`, the perpetuity after them counts too.

    Returns
    -------
    Operated
        Where cumulated cash falls to minus the funding, the flows until the money is spent, within
        that year, and what is then settled; nothing after it.
    """
    total = Flows(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    cash = 0.0
    for t in range(years):
        flows = year_flows(p, operation, industry, own, t)
        before = cash
        cash += cash_flow(flows)
        if cash <= -p.funding:
            part = valuation.funded_part(p.funding, before, cash)
            total = add_flows(total, flows, part * own[DISCOUNT, t])
            return Operated(total, distress_settlement(p, t + part))
        total = add_flows(total, flows, own[WEIGHT, t])
    return Operated(total, 0.0)


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
    for place, flow in zip(_FLOWS, worth.flows):  # noqa: B905  # compiled: strict is unknown there
        out[place] = flow
    out[_SETTLEMENT] = worth.settlement


@njit(inline=True)
def evaluate_player(
    g: GlobalValues,
    rows: Array,
    factors: Factors,
    i: int,
    industry: Array,
    own: Array,
    out: Array,
    draw: int,
) -> None:
    """Write the components of player i into `out` (draw, player, strategy, component), zero before.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    rows : array (player, quantity)
        The draw's player quantities.
    factors : Factors
        Of the strategies compared.
    i : int
        Place of the player.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        From `fill_own` and `fill_contest`.
    out : array (draw, player, strategy, component)
        Written in place, USD billion.
    draw : int
        Place of the draw.
    """
    p = read_player(rows, i)
    gain, loss = robotics_gain(g, p, industry, own, 0), ipo_loss(g, p)
    out[draw, i, EXIT, _ROBOTICS] = gain
    out[draw, i, EXIT, _TRUST] = -p.trust_loss
    out[draw, i, EXIT, _SETTLEMENT] = p.salvage - p.exit_cost
    for strategy in range(STAY, out.shape[2]):
        operation = operation_of(rows[i], factors, strategy)
        write(operate(p, operation, industry, own, N_YEARS), out[draw, i, strategy])
        # Adding zero makes a plain zero of one with a minus.
        out[draw, i, strategy, _ROBOTICS] = gain * (1.0 - operation.scope) + 0.0
        out[draw, i, strategy, _IPO] = -loss * operation.scope + 0.0


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
def _evaluate(inputs: Inputs, first: int, last: int, out: Array, npv: Array) -> None:
    """Evaluate the draws from `first` up to `last`."""
    factors, tile = factors_in(inputs), tile_of(inputs)
    for start in range(first, last, TILE):
        stop = min(start + TILE, last)
        read_tile(inputs, start, stop, tile)
        for draw in range(start, stop):
            n = draw - start
            g, rows = read_globals(tile.globals_[n]), tile.players[n]
            cheapest = fill_draw(inputs, tile, n, draw)
            out[draw] = 0.0
            for i in range(len(rows)):
                fill_place(g, rows, i, cheapest, tile)
                evaluate_player(g, rows, factors, i, tile.industry, tile.own, out, draw)
                add_up(out, npv, draw, i)


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
