"""The summary of a run: a row for each payoff, difference of payoffs and quantity.

Prior draws are summarized here and not by ArviZ, whose import takes longer than all else that
this does. The figures are the same, to the last digit.
"""

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np

from model.numerics.arrays import Array
from model.numerics.standard_errors import mcse_of_each
from model.numerics.threads import in_threads

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["INTERVAL", "summary", "summary_text"]

#: Probability of the summary's equal-tailed interval: its ends are p05 and p95 of decision.json.
INTERVAL = 0.9
#: As ArviZ has them: 0.05 itself is another number than (1 - 0.9) / 2.
_ENDS = ((1 - INTERVAL) / 2, 1 - (1 - INTERVAL) / 2)

_PAYOFFS = ("npv", "difference")
_COLUMNS = ("mean", "sd", "eti90_lb", "eti90_ub", "mcse_mean", "mcse_sd")


def summary(run: "xr.DataTree") -> Any:
    """Summarize a run, at full precision.

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
    if "whole" in run.children:
        return run["whole"].dataset["summary"].to_pandas()
    posterior = "posterior" in run.children
    quantities = run["posterior" if posterior else "prior"].to_dataset()
    table = quantities.merge(_payoffs(run["payoff"].to_dataset()["npv"]))
    table = table[[*_PAYOFFS, *quantities.data_vars]]
    return _with_diagnostics(table) if posterior else _of_draws(table)


def summary_text(run: "xr.DataTree") -> str:
    """The text of ``summary.csv``.

    Parameters
    ----------
    run : DataTree
        As `summary` takes it.

    Returns
    -------
    str
        17 digits, which bring every float64 back.
    """
    return str(summary(run).to_csv(float_format="%.17g"))


def _with_diagnostics(table: "xr.Dataset") -> Any:
    import arviz_stats as azs

    summarize: Any = azs.summary
    return summarize(table, kind="all", ci_kind="eti", ci_prob=INTERVAL, round_to="none")


def _of_draws(table: "xr.Dataset") -> Any:
    import pandas as pd

    variables = [variable.transpose("chain", "draw", ...) for variable in table.values()]
    figures = in_threads(_figures, [variable.to_numpy() for variable in variables])
    labels = [label for variable in variables for label in _labels(variable)]
    return pd.DataFrame(np.concatenate(figures), index=labels, columns=list(_COLUMNS))


def _labels(variable: "xr.DataArray") -> list[str]:
    """The variable's name, with what stands along its dimensions beyond chain and draw."""
    along = [variable[dim].to_numpy() for dim in variable.dims[2:]]
    cells = [", ".join(map(str, cell)) for cell in product(*along)]
    return [f"{variable.name}[{cell}]" if cell else str(variable.name) for cell in cells]


def _figures(values: Array) -> Array:
    """A row (cell, figure) for each cell of `values` (chain, draw, …)."""
    cells = [values[:, :, *cell] for cell in np.ndindex(values.shape[2:])]
    # Of views as they lie in memory: sums of copies may differ in the last digit.
    rows = [(z.mean(), z.std(ddof=1), *np.quantile(z, _ENDS, axis=(0, 1))) for z in cells]
    errors = [mcse_of_each(values.mean(axis=1)), mcse_of_each(values.std(axis=1, ddof=1))]
    return np.column_stack([rows, *(error.ravel() for error in errors)])


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
