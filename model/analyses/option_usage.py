"""How the rights to come back and to leave are used: shares of draws by year, and their worth."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model.economics.axes import FIRST_YEAR, LEAVING_YEARS, NEVER, RETURN_YEARS
from model.numerics.standard_errors import pair

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["RIGHTS", "add_option_usage"]

type Array = npt.NDArray[np.float64]

#: What each strategy leaves open.
RIGHTS: dict[str, str] = {"exit": "come back", "stay": "leave", "api_only": "leave"}


def add_option_usage(
    strategies: dict[str, dict[str, Any]], option: "xr.Dataset", npv: Array
) -> None:
    """Add to each strategy of one player what its right is worth and when it is used.

    Parameters
    ----------
    strategies : dict
        Strategy to its figures; gains ``option`` and ``mean_without_option``.
    option : Dataset
        The player's part of a run's group ``option``.
    npv : ndarray, shape (strategy, chain, draw)
        With the rights, USD billion.
    """
    for place, (name, figures) in enumerate(strategies.items()):
        own = option.sel(strategy=name)
        payoff = own["payoff"].transpose("chain", "draw").values
        figures.update(pair("mean_without_option", (npv[place] - payoff).mean(axis=1)))
        timing = own["timing"].transpose("chain", "draw").values
        figures["option"] = _describe(name, own) | _usage(name, timing)


def _describe(strategy: str, own: "xr.Dataset") -> dict[str, Any]:
    """Value and bounds, USD billion."""
    figures: dict[str, Any] = {"right": RIGHTS[strategy]}
    for key in ("value", "upper"):
        figures |= {key: float(own[key]), f"{key}_mcse": float(own[f"{key}_mcse"])}
    return figures | {
        "upper_kind": str(own["upper_kind"].item()),
        "rule_loses": bool(own["loses"] > 0.0),
    }


def _usage(strategy: str, timing: npt.NDArray[np.int8]) -> dict[str, Any]:
    """Share of draws by calendar year at whose end the right is used; `timing` (chain, draw)."""
    years = RETURN_YEARS if strategy == "exit" else LEAVING_YEARS
    shares = {FIRST_YEAR + year: (timing == year).mean(axis=1) for year in years}
    figures: dict[str, Any] = pair("probability_used", (timing != NEVER).mean(axis=1))
    described = {year: pair("p", share) for year, share in shares.items()}
    figures["by_year"] = {str(year): cell["p"] for year, cell in described.items()}
    figures["by_year_mcse"] = {str(year): cell["p_mcse"] for year, cell in described.items()}
    return figures
