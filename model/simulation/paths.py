"""The industry that the priors imply, year by year: a reader can judge whether to believe it.

Market revenue, price and cost; each player's share and gross margin if everyone stays; and what
the whole industry earns over its life.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from model.economics import kernel
from model.economics.axes import N_YEARS, YEARS
from model.economics.components import COMPONENT_NAMES
from model.economics.industry import COST_INDEX, MARKET, N_ROWS, PRICE, fill_industry
from model.economics.operations import operation_of
from model.economics.player import COST_RATIO, N_OWN, fill_own, market_share, rivals_of
from model.economics.records import read_globals, read_player
from model.economics.strategies import STAY
from model.numerics.arrays import Array
from model.numerics.jit import njit
from model.sampling.joint import Draws

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["PROBABILITIES", "paths"]


#: The band that a fan shows, and its middle.
PROBABILITIES: tuple[float, ...] = (0.1, 0.5, 0.9)
#: Draws of each chain, from its start: bands of a few thousand draws are as good as any.
_PER_CHAIN = 256
_WORLD = ("market_revenue", "price", "unit_cost_index")
_OWN = ("share", "gross_margin")
_UNITS = {
    "market_revenue": "USD billion/year",
    "price": "USD/second",
    "unit_cost_index": "1",
    "share": "1",
    "gross_margin": "1",
    "industry_profit": "USD billion",
}


@njit()
def _fill(globals_: Array, players: Array, industry_out: Array, own_out: Array) -> None:
    """Fill `industry_out` (draw, path, year) and `own_out` (draw, path, player, year)."""
    industry, own = np.empty((N_ROWS, N_YEARS)), np.empty((N_OWN, N_YEARS))
    for draw in range(globals_.shape[1]):
        g = read_globals(globals_[:, draw])
        rows = players[:, :, draw]
        cheapest = fill_industry(g, rows, industry)
        industry_out[draw, 0] = industry[MARKET]
        industry_out[draw, 1] = industry[PRICE]
        industry_out[draw, 2] = industry[COST_INDEX]
        for i in range(players.shape[0]):
            p, rivals = read_player(rows, i), rivals_of(i, rows)
            operation = operation_of(rows[i], STAY)
            fill_own(g, p, cheapest, industry, own)
            for t in range(N_YEARS):
                own_out[draw, 0, i, t] = market_share(p, operation, rivals, industry, t)
                own_out[draw, 1, i, t] = 1.0 - own[COST_RATIO, t]


def paths(drawn: Draws) -> "xr.Dataset":
    """Bands of every path over the draws.

    Parameters
    ----------
    drawn : Draws
        Joint draws of every quantity; the first 256 of each chain are used.

    Returns
    -------
    xarray.Dataset
        ``market_revenue`` (USD billion/year), ``price`` (USD/second) and ``unit_cost_index``
        (1 in 2026), each (probability, year); ``share`` and ``gross_margin`` (probability,
        player, year); ``industry_profit`` (probability,): present value of margin less subsidy
        and fixed cost, all players together, if everyone stays for good, USD billion.
    """
    import xarray as xr

    chains, per_chain = drawn.shape
    count = min(per_chain, _PER_CHAIN)
    globals_ = np.concatenate([drawn.globals_(c)[:, :count] for c in range(chains)], axis=1)
    players = np.concatenate([drawn.of_players(c)[..., :count] for c in range(chains)], axis=2)
    industry = np.empty((chains * count, len(_WORLD), N_YEARS))
    own = np.empty((chains * count, len(_OWN), players.shape[0], N_YEARS))
    _fill(globals_, players, industry, own)
    bands = np.quantile(industry, PROBABILITIES, axis=0)
    own_bands = np.quantile(own, PROBABILITIES, axis=0)
    variables: dict[str, Any] = {
        name: (("probability", "year"), bands[:, k]) for k, name in enumerate(_WORLD)
    }
    variables |= {
        name: (("probability", "player", "year"), own_bands[:, k]) for k, name in enumerate(_OWN)
    }
    profit = np.quantile(_industry_profit(globals_, players), PROBABILITIES)
    dataset = xr.Dataset(
        variables | {"industry_profit": (("probability",), profit)},
        coords={
            "probability": list(PROBABILITIES),
            "year": list(YEARS),
            "player": list(drawn.players),
        },
    )
    for name, unit in _UNITS.items():
        dataset[name].attrs["units"] = unit
    return dataset


def _industry_profit(globals_: Array, players: Array) -> Array:
    """What all players earn together if everyone stays (draw,), USD billion."""
    components, _ = kernel.evaluate(globals_, players)
    counted = [COMPONENT_NAMES.index(c) for c in ("video_margin", "consumer_subsidy", "fixed_cost")]
    return np.asarray(components[:, :, STAY, counted].sum(axis=(1, 2)))
