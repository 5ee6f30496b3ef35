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
from model.economics.inputs import Inputs, inputs_of
from model.economics.operations import Operation
from model.economics.player import (
    COST_RATIO,
    DISCOUNT,
    WEIGHT,
    market_share,
    year_flows,
)
from model.economics.presence import Presence, mean_presence
from model.economics.records import PlayerValues, read_globals, read_player
from model.economics.tile import TILE, fill_draw, fill_place, read_tile, tile_of
from model.numerics.arrays import Array
from model.numerics.jit import njit
from model.simulation.setting import Setting

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
    """Fill `industry_out` (draw, path, year), `own_out` (draw, path, player, year), `profit`."""
    tile = tile_of(inputs)
    industry, own = tile.industry, tile.own
    for draw in range(len(profit)):
        n = draw % TILE
        if n == 0:
            read_tile(inputs, draw, min(draw + TILE, len(profit)), tile)
        g, rows = read_globals(tile.globals_[n]), tile.players[n]
        cheapest = fill_draw(inputs, tile, n, draw)
        industry_out[draw, 0] = industry[MARKET]
        industry_out[draw, 1] = industry[PRICE]
        industry_out[draw, 2] = industry[COST_INDEX]
        for t in range(N_YEARS):
            industry_out[draw, 3, t] = eco.paid_seconds(industry[MARKET, t], industry[PRICE, t])
        profit[draw] = 0.0
        for i in range(len(rows)):
            fill_place(g, rows, i, cheapest, tile)
            profit[draw] += _profit(read_player(rows, i), industry, own, tile.present[i])
            for t in range(N_YEARS):
                own_out[draw, 0, i, t] = market_share(_STAYING, own, t)
                own_out[draw, 1, i, t] = 1.0 - own[COST_RATIO, t]


@njit()
def _profit(p: PlayerValues, industry: Array, own: Array, there: Array) -> float:
    """Margin less subsidy and fixed cost under `stay`, in the years in which it is there."""
    total, cash = 0.0, 0.0
    for t in range(N_YEARS):
        flows = year_flows(p, _STAYING, industry, own, t)
        before, weight = cash, own[WEIGHT, t]
        cash += cash_flow(flows)
        spent = cash <= -p.funding
        if spent:
            weight = own[DISCOUNT, t] * valuation.funded_part(p.funding, before, cash)
        total += (
            weight * there[t] * (flows.video_margin + flows.consumer_subsidy + flows.fixed_cost)
        )
        if spent:
            break
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

    inputs = _first_draws(setting, presence)
    draws, count = inputs.globals_.shape[1], len(inputs.players)
    industry = np.empty((draws, len(_WORLD), N_YEARS))
    own, profit = np.empty((draws, len(_OWN), count, N_YEARS)), np.empty(draws)
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
        "industry_profit": (("probability",), np.quantile(profit, PROBABILITIES)),
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


def _first_draws(setting: Setting, presence: Presence) -> Inputs:
    """The first draws of each chain."""
    chains, per_chain = setting.drawn.shape
    count = min(per_chain, _PER_CHAIN)
    inputs = [setting.inputs(chain, presence) for chain in range(chains)]
    last = [one.last[:, :count] for one in inputs]
    return inputs_of(
        np.concatenate([one.globals_[:, :count] for one in inputs], axis=1),
        np.concatenate([one.players[..., :count] for one in inputs], axis=2),
        setting.factors,
        Presence(np.concatenate(last, axis=1), presence.weight),
    )
