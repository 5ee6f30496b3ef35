"""The industry that the priors imply, year by year: a reader can judge whether to believe it.

Market revenue, price and cost; each player's share and gross margin while it stays; who is still
there; and what the whole industry earns over its life.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from model.economics import formulas as eco
from model.economics import valuation
from model.economics.axes import N_YEARS, YEARS
from model.economics.flows import cash_flow
from model.economics.industry import COST_INDEX, MARKET, PRICE
from model.economics.inputs import Inputs
from model.economics.operations import Operation
from model.economics.player import (
    COST_RATIO,
    DISCOUNT,
    WEIGHT,
    market_share,
    year_flows,
)
from model.economics.presence import Presence, mean_presence
from model.economics.records import Number, PlayerValues, read_globals, read_player
from model.economics.tile import TILE, Tile, fill_draws, fill_place, put, read_tile, tile_of
from model.numerics.arrays import Array
from model.numerics.jit import njit
from model.numerics.lanes import alike, where
from model.simulation.setting import Setting, first_draws

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["PROBABILITIES", "paths"]


#: The band that a fan shows, and its middle.
PROBABILITIES: tuple[float, ...] = (0.1, 0.5, 0.9)
#: Draws of each chain, from its start: bands of a few thousand draws are as good as any.
_PER_CHAIN = 256
_WORLD = ("market_revenue", "price", "unit_cost_index", "paid_seconds")
_OWN = ("share", "gross_margin")
#: How `stay` runs the business.
_STAYING = Operation(1.0, 1.0, 1.0, 1.0)
_UNITS = {
    "market_revenue": "USD billion/year",
    "price": "USD/second",
    "unit_cost_index": "1",
    "paid_seconds": "seconds/(person day)",
    "share": "1",
    "gross_margin": "1",
    "presence": "1",
    "industry_profit": "USD billion",
}


@njit()
def _fill(inputs: Inputs, industry_out: Array, own_out: Array, profit: Array) -> None:
    """Fill `industry_out` (draw, path, year), `own_out` (draw, path, player, year), `profit`.

    The last is (draw, 1).
    """
    tile, draws = tile_of(inputs), len(profit)
    for start in range(0, draws, TILE):
        stop = min(start + TILE, draws)
        read_tile(inputs, start, stop, tile)
        cheapest = fill_draws(inputs, tile)
        _fill_industry(tile.industry, industry_out, start, stop)
        g, total = read_globals(tile.globals_), 0.0
        for i in range(own_out.shape[2]):
            fill_place(g, i, cheapest, tile)
            total += _profit(read_player(tile.players, i), tile, i)
            for t in range(N_YEARS):
                put(market_share(_STAYING, tile.own, t), own_out, start, stop, (0, i, t))
                put(1.0 - tile.own[COST_RATIO, t], own_out, start, stop, (1, i, t))
        put(total, profit, start, stop, (0,))


@njit(inline=True)
def _fill_industry(industry: Array, out: Array, start: int, stop: int) -> None:
    """Fill the draws from `start` up to `stop` of `out` (draw, path, year)."""
    for t in range(N_YEARS):
        put(industry[MARKET, t], out, start, stop, (0, t))
        put(industry[PRICE, t], out, start, stop, (1, t))
        put(industry[COST_INDEX, t], out, start, stop, (2, t))
        seconds = eco.paid_seconds(industry[MARKET, t], industry[PRICE, t])
        put(seconds, out, start, stop, (3, t))


@njit(inline=True)
def _profit(p: PlayerValues, tile: Tile, i: int) -> Number:
    """Margin less subsidy and fixed cost under `stay`, in the years in which it is there."""
    own, none = tile.own, alike(p.funding, 0.0)
    total, cash, funded = none, none, alike(p.funding, 1.0)
    for t in range(N_YEARS):
        flows = year_flows(p, _STAYING, tile.industry, own, t)
        before, running = cash, funded > 0.0
        cash += cash_flow(flows)
        ends = running & (cash <= -p.funding)
        weight = where(running, own[WEIGHT, t], 0.0)
        part = valuation.funded_part(p.funding, before, cash)
        weight = where(ends, own[DISCOUNT, t] * part, weight) * tile.present[i, t]
        total += weight * (flows.video_margin + flows.consumer_subsidy + flows.fixed_cost)
        funded = where(ends, 0.0, funded)
    return total


def paths(setting: Setting, presence: Presence) -> "xr.Dataset":
    """Bands of every path over the draws.

    Parameters
    ----------
    setting : Setting
        Draws and strategies; the first 256 draws of each chain are used.
    presence : Presence
        Who is there, draws chain by chain.

    Returns
    -------
    xarray.Dataset
        ``market_revenue`` (USD billion/year), ``price`` (USD/second), ``unit_cost_index``
        (1 in 2026) and ``paid_seconds`` (a person and day), each (probability, year); ``share``
        of who stays and ``gross_margin`` (probability, player, year); ``presence`` (player, year):
        share of all draws in which it is there; ``industry_profit`` (probability,): present value
        of margin less subsidy and fixed cost, all players together, in the years in which they are
        there, USD billion.
    """
    import xarray as xr

    inputs = first_draws(setting, presence, _PER_CHAIN)
    draws, count = inputs.globals_.shape[1], len(inputs.players)
    industry = np.empty((draws, len(_WORLD), N_YEARS))
    own, profit = np.empty((draws, len(_OWN), count, N_YEARS)), np.empty((draws, 1))
    _fill(inputs, industry, own, profit)
    bands = np.quantile(industry, PROBABILITIES, axis=0)
    own_bands = np.quantile(own, PROBABILITIES, axis=0)
    variables: dict[str, Any] = {
        name: (("probability", "year"), bands[:, k]) for k, name in enumerate(_WORLD)
    }
    variables |= {
        name: (("probability", "player", "year"), own_bands[:, k]) for k, name in enumerate(_OWN)
    }
    variables |= {
        "presence": (("player", "year"), mean_presence(presence)),
        "industry_profit": (("probability",), np.quantile(profit[:, 0], PROBABILITIES)),
    }
    dataset = xr.Dataset(
        variables,
        coords={
            "probability": list(PROBABILITIES),
            "year": list(YEARS),
            "player": list(setting.drawn.players),
        },
    )
    for name, unit in _UNITS.items():
        dataset[name].attrs["units"] = unit
    return dataset
