"""Cash by year: what each way of going on costs or brings, year by year, until it is left.

Operating cash flow of the year, not discounted: after leaving, or when the money is spent, there is
none. What is paid once, on leaving or at a listing, is not in it.
"""

from typing import TYPE_CHECKING

import numpy as np

from model.economics import valuation
from model.economics.axes import N_YEARS, NEVER, YEARS
from model.economics.flows import cash_flow
from model.economics.inputs import Inputs, factors_in
from model.economics.operations import operation_of
from model.economics.player import year_flows
from model.economics.presence import Presence
from model.economics.records import read_globals, read_player
from model.economics.strategies import STAY
from model.economics.tile import TILE, fill_draws, fill_place, put, read_tile, tile_of
from model.numerics.arrays import Array, Years
from model.numerics.jit import njit
from model.numerics.lanes import alike, load, where
from model.numerics.threads import in_threads
from model.simulation.setting import Setting, first_draws

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["CASH_PROBABILITIES", "cash_by_year"]

#: The bands that hold 80 and 50 of 100 draws, and their middle.
CASH_PROBABILITIES: tuple[float, ...] = (0.1, 0.25, 0.5, 0.75, 0.9)
#: Draws of each chain, from its start: the quantiles of so many lie within a hundredth of the
#: band's width of those of all.
PER_CHAIN = 512


@njit()
def _fill(inputs: Inputs, timing: Years, out: Array) -> None:
    """Fill `out` (draw, player, operating strategy, year); `timing` is (draw, player, strategy)."""
    factors, tile, draws = factors_in(inputs), tile_of(inputs), out.shape[0]
    for start in range(0, draws, TILE):
        stop = min(start + TILE, draws)
        read_tile(inputs, start, stop, tile)
        cheapest = fill_draws(inputs, tile)
        g = read_globals(tile.globals_)
        for i in range(out.shape[1]):
            fill_place(g, i, cheapest, tile)
            p = read_player(tile.players, i)
            for k in range(out.shape[2]):
                operation = operation_of(tile.players[i], factors, STAY + k)
                for n in range(TILE):
                    tile.room[n] = timing[min(start + n, stop - 1), i, STAY + k]
                left = load(tile.room, (0,))
                cash, funded = alike(p.funding, 0.0), alike(p.funding, 1.0)
                for t in range(N_YEARS):
                    flow = cash_flow(year_flows(p, operation, tile.industry, tile.own, t))
                    before, running = cash, funded > 0.0
                    cash += flow
                    ends = running & (cash <= -p.funding)
                    part = where(ends, valuation.funded_part(p.funding, before, cash), funded)
                    there = where(left == NEVER, part, where(left >= t, part, 0.0))
                    # Adding zero makes a plain zero of one with a minus.
                    put(flow * there + 0.0, out, start, stop, (i, k, t))
                    funded = where(ends, 0.0, funded)


def cash_by_year(setting: Setting, presence: Presence, timing: Years | None = None) -> "xr.Dataset":
    """Bands of the operating cash flow of each year.

    Parameters
    ----------
    setting : Setting
        Draws and strategies; the first draws of each chain are used.
    presence : Presence
        Who is there, draws chain by chain.
    timing : array of int8 (chain, draw, player, strategy), optional
        Year index at whose end each is left; by default none ever is.

    Returns
    -------
    xarray.Dataset
        ``cash_flow`` (quantile, player, operating, year), USD billion a year;
        ``negative`` (player, operating, year), the share of draws in which it is below 0.
    """
    import xarray as xr

    inputs = first_draws(setting, presence, PER_CHAIN)
    draws, (players, strategies) = inputs.globals_.shape[1], setting.cells
    if timing is None:
        first = np.full((draws, players, strategies), NEVER, dtype=np.int8)
    else:
        kept = draws // len(timing)
        first = np.ascontiguousarray(timing[:, :kept].reshape(draws, players, strategies))
    flows = np.empty((draws, players, strategies - STAY, N_YEARS))
    _fill(inputs, first, flows)
    bands = np.empty((len(CASH_PROBABILITIES), *flows.shape[1:]))

    def reduce(i: int) -> None:
        bands[:, i] = np.quantile(flows[:, i], CASH_PROBABILITIES, axis=0)

    in_threads(reduce, range(players))
    dims = ("player", "operating", "year")
    return xr.Dataset(
        {
            "cash_flow": (("quantile", *dims), bands, {"units": "USD billion/year"}),
            "negative": (dims, (flows < 0.0).mean(axis=0), {"units": "1"}),
        },
        coords={
            "quantile": list(CASH_PROBABILITIES),
            "player": list(setting.drawn.players),
            "operating": [one.name for one in setting.strategies[STAY:]],
            "year": list(YEARS),
        },
    )
