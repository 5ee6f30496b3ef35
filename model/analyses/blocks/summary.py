"""The rows of ``summary.csv`` of a run in blocks: of payoffs, differences and quantities."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.analyses.columns import Columns
from model.analyses.judgement import pairs_of
from model.numerics.arrays import Array
from model.numerics.standard_errors import mcse_of_each
from model.simulation.blocks import Plan

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["COLUMNS", "ENDS", "summary_group"]

#: Of the table, as ArviZ names them, with the standard errors across the chains.
COLUMNS = ("mean", "sd", "eti90_lb", "eti90_ub", "mcse_mean", "mcse_sd")
#: Probabilities of the interval's ends.
ENDS = (0.05, 0.95)


def summary_group(plan: Plan, columns: Sequence[Columns], quantities: Array) -> "xr.Dataset":
    """The table as a group of the run's tree.

    Parameters
    ----------
    plan : Plan
        Which draws the run has.
    columns : sequence of Columns
        Of each player: strategies, then differences.
    quantities : array (row, figure)
        From `QuantityFigures`.

    Returns
    -------
    Dataset
        ``summary`` (row, figure), the rows named as in ``summary.csv``.
    """
    import xarray as xr

    labels, rows = _payoffs(plan, columns)
    named = _quantities(plan)
    return xr.Dataset(
        {"summary": (("row", "figure"), np.concatenate([rows, quantities[list(named.values())]]))},
        coords={"row": [*labels, *named], "figure": list(COLUMNS)},
    )


def _payoffs(plan: Plan, columns: Sequence[Columns]) -> tuple[list[str], Array]:
    """Names and figures of payoffs, then of their differences."""
    names = [one.name for one in plan.strategies]
    players = [player.name for player in plan.priors.players]
    pairs = [f"{names[a]} - {names[b]}" for a, b in pairs_of(names)]
    table = np.array([_figures(one) for one in columns])
    labels = [f"npv[{player}, {name}]" for player in players for name in names]
    labels += [f"difference[{player}, {pair}]" for player in players for pair in pairs]
    parts = table[:, : len(names)], table[:, len(names) :]
    return labels, np.concatenate([part.reshape(-1, len(COLUMNS)) for part in parts])


def _figures(columns: Columns) -> Array:
    """Figures (column, figure) of all draws."""
    mean = columns.mean.mean(axis=0)
    return np.column_stack(
        [
            mean,
            columns.all_sd,
            columns.all_quantiles[:, 0],
            columns.all_quantiles[:, -1],
            mcse_of_each(columns.mean),
            mcse_of_each(columns.sd),
        ]
    )


def _quantities(plan: Plan) -> dict[str, int]:
    """Each quantity's name in the table to its row among the draws."""
    quantities, players = plan.priors.quantities, plan.priors.players
    named = {one.name: place for place, one in enumerate(quantities.shared)}
    first, count = len(quantities.shared), len(quantities.own)
    for place, one in enumerate(quantities.own):
        for at, player in enumerate(players):
            named[f"{one.name}[{player.name}]"] = first + count * at + place
    return named
