"""What the priors imply of things that are known or have a limit, draw by draw.

Revenues and gross margins of the first years, and how near the market comes to what buyers and a
day of 24 hours can bear: by these a reader can tell whether the world drawn is one to believe in.
All players are in the market throughout, as they were when the reports were written.
"""

from typing import TYPE_CHECKING

import numpy as np

from model.economics import formulas as eco
from model.economics.axes import FIRST_YEAR, N_YEARS
from model.economics.industry import (
    COST_INDEX,
    FRINGE,
    GAP,
    MARKET,
    PRICE,
    fill_industry,
)
from model.economics.inputs import Inputs
from model.economics.presence import everybody
from model.economics.records import GlobalValues, Number, PlayerValues, read_globals, read_player
from model.economics.tile import TILE, put, read_tile, tile_of
from model.numerics.arrays import Array
from model.numerics.jit import njit
from model.numerics.threads import in_threads
from model.simulation.setting import Setting

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["reality"]

_HOURS = 3600.0
#: Year index of 2030.
_LATER = 2030 - FIRST_YEAR
_SHARED = {"ceiling_reached": "1", "paid_hours_2045": "hours/(person day)"}
_OWN = {
    "revenue_2025": "USD billion/year",
    "revenue_2026": "USD billion/year",
    "gross_margin_2026": "1",
    "gross_margin_2030": "1",
    "share_2030": "1",
}


@njit()
def _fill(inputs: Inputs, shared: Array, own_out: Array) -> None:
    """Fill `shared` (draw, figure) and `own_out` (draw, figure, player)."""
    tile, draws = tile_of(inputs), len(shared)
    industry, weights = tile.industry, tile.weights
    for start in range(0, draws, TILE):
        stop = min(start + TILE, draws)
        read_tile(inputs, start, stop, tile)
        g = read_globals(tile.globals_)
        cheapest = fill_industry(g, tile.players, industry, weights)
        _fill_shared(g, industry, shared, start, stop)
        for i in range(own_out.shape[2]):
            p = read_player(tile.players, i)
            first, later = _share(weights, industry, i, 0), _share(weights, industry, i, _LATER)
            put(first * g.market_size_2025, own_out, start, stop, (0, i))
            put(first * industry[MARKET, 0], own_out, start, stop, (1, i))
            put(_margin(g, p, cheapest, industry, 0), own_out, start, stop, (2, i))
            put(_margin(g, p, cheapest, industry, _LATER), own_out, start, stop, (3, i))
            put(later, own_out, start, stop, (4, i))


@njit(inline=True)
def _fill_shared(g: GlobalValues, industry: Array, shared: Array, start: int, stop: int) -> None:
    last, largest = N_YEARS - 1, 0.0
    for t in range(N_YEARS):
        largest = max(largest, industry[MARKET, t])
    put(largest / g.market_ceiling, shared, start, stop, (0,))
    hours = eco.paid_seconds(industry[MARKET, last], industry[PRICE, last]) / _HOURS
    put(hours, shared, start, stop, (1,))


@njit(inline=True)
def _share(weights: Array, industry: Array, i: int, t: int) -> Number:
    """Share of the market of year t with all players there."""
    others = industry[FRINGE, t]
    for j in range(weights.shape[0]):
        if j != i:
            others += weights[j, t]
    return eco.share(weights[i, t], others)


@njit(inline=True)
def _margin(g: GlobalValues, p: PlayerValues, cheapest: float, industry: Array, t: int) -> Number:
    """Gross margin of year t."""
    gap = industry[GAP, t]
    unit_cost = g.compute_unit_cost_2026 * p.cost_ratio
    cost = eco.relative_cost(cheapest, unit_cost, gap) * industry[COST_INDEX, t]
    return 1.0 - cost / eco.own_price(industry[PRICE, t], p.price_premium, gap)


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

    def fill(chain: int) -> None:
        _fill(setting.inputs(chain, everyone), shared[chain], own[chain])

    in_threads(fill, range(chains))
    return xr.Dataset(
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
