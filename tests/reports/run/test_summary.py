"""summary.csv: ArviZ's figures, and the error across randomizations."""

from io import StringIO
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from model.economics.strategies import STRATEGY_NAMES
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from reports.run.summary import INTERVAL, summary


@pytest.fixture(scope="module")
def rows(made_up_run: xr.DataTree) -> pd.DataFrame:
    return summary(made_up_run)


def test_there_is_a_row_for_each_payoff_difference_and_quantity(
    rows: pd.DataFrame, made_up_run: xr.DataTree
) -> None:
    assert rows.index[0] == "npv[openai, exit]"
    assert "difference[pika, exit - stay]" in rows.index
    assert "market.size_2033" in rows.index
    assert "player.cost_ratio[runway]" in rows.index
    payoffs = len(STRATEGY_NAMES) + comb(len(STRATEGY_NAMES), 2)
    assert len(rows) == 8 * payoffs + len(GLOBAL_QUANTITIES) + 8 * len(PLAYER_QUANTITIES)
    assert rows.index.is_unique


def test_figures_are_those_of_the_draws(rows: pd.DataFrame, made_up_run: xr.DataTree) -> None:
    draws = made_up_run["payoff/npv"].sel(player="google", strategy="stay").to_numpy()
    row = rows.loc["npv[google, stay]"]
    by_chain = draws.mean(axis=1)
    assert row["mean"] == pytest.approx(draws.mean(), rel=1e-12)
    assert row["sd"] == pytest.approx(draws.std(), rel=1e-3)
    assert row["eti90_lb"] == pytest.approx(np.quantile(draws, 0.05), rel=1e-2)
    assert row["eti90_ub"] == pytest.approx(np.quantile(draws, 0.95), rel=1e-2)
    assert row["mcse_mean"] == pytest.approx(by_chain.std(ddof=1) / 4.0, rel=1e-9)


@pytest.mark.parametrize("order", [("chain", "draw"), ("player", "strategy", "chain", "draw")])
def test_figures_are_those_of_arviz_to_the_last_digit(
    made_up_run: xr.DataTree, order: tuple[str, ...]
) -> None:
    """As the draws lie in memory, and with those of a cell side by side: sums differ then."""
    import arviz_stats as azs

    groups = {name: made_up_run[name].to_dataset() for name in ("prior", "payoff")}
    for name, group in groups.items():
        laid = group.transpose(*order, ..., missing_dims="ignore")
        groups[name] = laid.map(lambda of: of.copy(data=np.ascontiguousarray(of.to_numpy())))
    ours = summary(xr.DataTree.from_dict(groups))
    npv = groups["payoff"]["npv"]
    pairs = [npv.sel(strategy=a) - npv.sel(strategy=b) for a, b in combinations(STRATEGY_NAMES, 2)]
    table = groups["prior"].assign(npv=npv)
    stated = {"kind": "stats", "ci_kind": "eti", "ci_prob": INTERVAL, "round_to": "none"}
    theirs = azs.summary(table, **stated)
    assert ours.loc[theirs.index, list(theirs.columns)].equals(theirs)
    difference = azs.summary(xr.concat(pairs, "pair").to_dataset(name="difference"), **stated)
    of_pairs = ours[ours.index.str.startswith("difference")]
    values = np.sort(of_pairs[difference.columns].to_numpy(), axis=0)
    assert np.array_equal(values, np.sort(difference.to_numpy(), axis=0))


def test_differences_are_paired(rows: pd.DataFrame, made_up_run: xr.DataTree) -> None:
    npv = made_up_run["payoff/npv"].sel(player="google")
    paired = npv.sel(strategy="exit") - npv.sel(strategy="stay")
    assert rows.loc["difference[google, exit - stay]", "sd"] == pytest.approx(
        float(paired.std()), rel=1e-3
    )


def test_csv_loses_no_digit(rows: pd.DataFrame) -> None:
    back = pd.read_csv(StringIO(rows.to_csv(float_format="%.17g")), index_col=0)
    assert np.array_equal(back.to_numpy(), rows.to_numpy())


def test_posterior_draws_get_diagnostics(made_up_run: xr.DataTree) -> None:
    quantities = made_up_run["prior"].to_dataset()[["market.size_2033", "player.cost_ratio"]]
    payoff = made_up_run["payoff"].to_dataset()
    tree = xr.DataTree.from_dict(
        {"posterior": quantities.isel(chain=slice(4)), "payoff": payoff.isel(chain=slice(4))}
    )
    assert {"ess_bulk", "ess_tail", "r_hat", "mcse_mean"} <= set(summary(tree).columns)
