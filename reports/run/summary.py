"""ArviZ's summary of a run: a row for each payoff, difference of payoffs and quantity."""

from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["INTERVAL", "summary"]

#: Probability of the summary's equal-tailed interval: its ends are p05 and p95 of decision.json.
INTERVAL = 0.9

_PAYOFFS = ("npv", "difference")


def summary(run: "xr.DataTree") -> Any:
    """Summarize a run with ArviZ, at full precision.

    Parameters
    ----------
    run : DataTree
        With the group ``payoff``, and ``posterior`` or ``prior``; dimensions (chain, draw, …).

    Returns
    -------
    pandas.DataFrame
        Rows such as ``npv[openai, exit]``, ``difference[openai, exit - stay]``,
        ``market.size_2033``, ``player.cost_ratio[openai]``. Prior draws: ``mean``, ``sd``,
        ``eti90_lb``, ``eti90_ub`` as ArviZ has them, and ``mcse_mean``, ``mcse_sd`` across the
        randomizations, which are the chains. Posterior draws: ArviZ's ``kind="all"``.
    """
    import arviz_stats as azs

    posterior = "posterior" in run.children
    quantities = run["posterior" if posterior else "prior"].to_dataset()
    table = quantities.merge(_payoffs(run["payoff"].to_dataset()["npv"]))
    table = table[[*_PAYOFFS, *quantities.data_vars]]
    arviz_summary: Any = azs.summary
    kind = "all" if posterior else "stats"
    rows = arviz_summary(table, kind=kind, ci_kind="eti", ci_prob=INTERVAL, round_to="none")
    return rows if posterior else rows.join(_mcse_across_chains(table))


def _payoffs(npv: "xr.DataArray") -> "xr.Dataset":
    """`npv` and its differences between pairs of strategies, (chain, draw, player, …)."""
    import xarray as xr

    pairs = list(combinations(npv.strategy.to_numpy(), 2))
    differences = [
        npv.sel(strategy=a, drop=True) - npv.sel(strategy=b, drop=True) for a, b in pairs
    ]
    labels = xr.Variable("pair", [f"{a} - {b}" for a, b in pairs])
    difference = xr.concat(differences, dim="pair").assign_coords(pair=labels)
    return xr.Dataset({"npv": npv, "difference": difference.transpose(..., "player", "pair")})


def _mcse_across_chains(table: "xr.Dataset") -> Any:
    """Standard errors of mean and standard deviation."""
    import xarray as xr
    from arviz_base import dataset_to_dataframe

    from model.numerics.standard_errors import mcse_of_each

    # Every draw is finite: looking for NaN would double the time.
    figures = {
        "mcse_mean": table.mean("draw", skipna=False),
        "mcse_sd": table.std("draw", ddof=1, skipna=False),
    }
    errors = [
        by_chain.reduce(mcse_of_each, "chain").expand_dims(summary=[name])
        for name, by_chain in figures.items()
    ]
    return dataset_to_dataframe(xr.concat(errors, dim="summary"), sample_dims=["summary"]).T
