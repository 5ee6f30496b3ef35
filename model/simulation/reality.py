"""What the priors imply of things that are known or have a limit, draw by draw.

Revenues and gross margins of the first years, and how near the market comes to what buyers and a
day of 24 hours can bear: by these a reader can tell whether the world drawn is one to believe in.
All players are in the market throughout, as they were when the reports were written.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from model.economics import formulas as eco
from model.economics.axes import FIRST_YEAR, N_YEARS
from model.economics.industry import MARKET, N_ROWS, PRICE, fill_industry
from model.economics.inputs import Inputs
from model.economics.kernel import TILE, transpose
from model.economics.operations import Operation
from model.economics.player import COST_RATIO, N_OWN, fill_contest, fill_own, market_share
from model.economics.presence import everybody
from model.economics.records import read_globals, read_player
from model.numerics.arrays import Array
from model.numerics.jit import njit, prange
from model.simulation.setting import Setting

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["reality"]

_HOURS = 3600.0
#: Year index of 2030.
_LATER = 2030 - FIRST_YEAR
#: How `stay` runs the business.
_STAYING = Operation(1.0, 1.0, 1.0, 1.0)
_SHARED = {"ceiling_reached": "1", "paid_hours_2045": "hours/(person day)"}
_OWN = {
    "revenue_2025": "USD billion/year",
    "revenue_2026": "USD billion/year",
    "gross_margin_2026": "1",
    "gross_margin_2030": "1",
    "share_2030": "1",
}


class _Rooms(NamedTuple):
    """Arrays that one thread fills again for each draw."""

    industry: Array
    own: Array
    weights: Array
    present: Array


@njit()
def _fill_draw(
    globals_: Array, players: Array, rooms: _Rooms, shared: Array, own_out: Array
) -> None:
    """Fill `shared` (figure,) and `own_out` (figure, player) of one draw."""
    g = read_globals(globals_)
    cheapest = fill_industry(g, players, rooms.industry, rooms.weights)
    market = rooms.industry[MARKET]
    shared[0] = market.max() / g.market_ceiling
    last = N_YEARS - 1
    shared[1] = eco.paid_seconds(market[last], rooms.industry[PRICE, last]) / _HOURS
    for i in range(players.shape[0]):
        fill_own(g, read_player(players, i), cheapest, rooms.industry, rooms.own)
        fill_contest(
            i, g.competition_entry, rooms.weights, rooms.present, rooms.industry, rooms.own
        )
        first = market_share(_STAYING, rooms.own, 0)
        own_out[0, i] = first * g.market_size_2025
        own_out[1, i] = first * market[0]
        own_out[2, i] = 1.0 - rooms.own[COST_RATIO, 0]
        own_out[3, i] = 1.0 - rooms.own[COST_RATIO, _LATER]
        own_out[4, i] = market_share(_STAYING, rooms.own, _LATER)


@njit()
def _fill_tile(inputs: Inputs, start: int, stop: int, shared: Array, own_out: Array) -> None:
    count, rows = inputs.players.shape[0], stop - start
    globals_ = np.empty((rows, inputs.globals_.shape[0]))
    players = np.empty((rows, count, inputs.players.shape[1]))
    transpose(inputs.globals_, start, globals_)
    for i in range(count):
        transpose(inputs.players[i], start, players[:, i])
    rooms = _Rooms(
        np.empty((N_ROWS, N_YEARS)),
        np.empty((N_OWN, N_YEARS)),
        np.empty((count, N_YEARS)),
        np.ones((count, N_YEARS)),
    )
    for n in range(rows):
        _fill_draw(globals_[n], players[n], rooms, shared[start + n], own_out[start + n])


@njit(parallel=True)
def _fill(inputs: Inputs, shared: Array, own_out: Array) -> None:
    """Fill `shared` (draw, figure) and `own_out` (draw, figure, player)."""
    draws = inputs.globals_.shape[1]
    for tile in prange((draws + TILE - 1) // TILE):
        start = tile * TILE
        _fill_tile(inputs, start, min(start + TILE, draws), shared, own_out)


def reality(setting: Setting) -> "xr.Dataset":
    """Draws of what is known of the world, or has a limit.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.

    Returns
    -------
    xarray.Dataset
        Of who stays, with all players in the market, (chain, draw, player): ``revenue_2026`` and
        ``revenue_2025`` (the share of 2026 of each year's market, USD billion),
        ``gross_margin_2026``, ``gross_margin_2030`` and ``share_2030``. Of the market, (chain,
        draw): ``ceiling_reached``, the largest revenue of any year over ``market.ceiling`` (0
        where the priors know no ceiling), and ``paid_hours_2045``, hours of paid video a person
        and day.
    """
    import xarray as xr

    (chains, draws), count = setting.drawn.shape, len(setting.drawn.players)
    shared = np.empty((chains, draws, len(_SHARED)))
    own = np.empty((chains, draws, len(_OWN), count))
    everyone = everybody(chains * draws, count)
    for chain in range(chains):
        _fill(setting.inputs(chain, everyone), shared[chain], own[chain])
    found = xr.Dataset(
        {
            name: (("chain", "draw"), shared[..., place], {"units": unit})
            for place, (name, unit) in enumerate(_SHARED.items())
        }
        | {
            name: (("chain", "draw", "player"), own[:, :, place], {"units": unit})
            for place, (name, unit) in enumerate(_OWN.items())
        },
        coords={"player": list(setting.drawn.players)},
    )
    return found
