"""How real options are used: shares of draws by year, and their worth."""

from typing import TYPE_CHECKING

from model.analyses.results.option import OptionUsage
from model.analyses.results.record import Figure
from model.economics.axes import FIRST_YEAR, LEAVING_YEARS, NEVER, RETURN_YEARS
from model.economics.strategies import Strategy
from model.numerics.arrays import Array

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["option_usage"]


def option_usage(
    strategy: Strategy, option: "xr.Dataset", npv: Array
) -> tuple[Figure, OptionUsage]:
    """What a strategy's real option is worth to one player, and when it is used.

    Parameters
    ----------
    strategy : Strategy
        Which.
    option : Dataset
        The player's part of a run's group ``option``.
    npv : ndarray, shape (chain, draw)
        Of the strategy with the real option, USD billion.

    Returns
    -------
    Figure
        Expected NPV without the real option, USD billion.
    OptionUsage
        Value, bounds, and use by calendar year.
    """
    own = option.sel(strategy=strategy.name)
    payoff = own["payoff"].transpose("chain", "draw").values
    timing = own["timing"].transpose("chain", "draw").values
    years = LEAVING_YEARS if strategy.operating else RETURN_YEARS
    usage = OptionUsage(
        real_option=strategy.real_option,
        value=Figure(float(own["value"]), float(own["value_mcse"])),
        upper=Figure(float(own["upper"]), float(own["upper_mcse"])),
        upper_kind=str(own["upper_kind"].item()),
        rule_loses=bool(own["loses"] > 0.0),
        probability_used=Figure.mean((timing != NEVER).mean(axis=1)),
        by_year={
            str(FIRST_YEAR + year): Figure.mean((timing == year).mean(axis=1)) for year in years
        },
    )
    return Figure.mean((npv - payoff).mean(axis=1)), usage
