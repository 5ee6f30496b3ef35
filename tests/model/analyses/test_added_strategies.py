"""Every analysis of a run whose prior file adds strategies, or leaves one out."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from model.analyses.comparison import comparison
from model.analyses.decision import decision
from model.analyses.options import option_analysis
from model.analyses.problems import cases
from model.analyses.results.record import plain
from model.analyses.sensitivity import sensitivity_analysis
from model.analyses.sobol import kernel_indices
from model.economics.strategies import STAY, compared
from model.simulation.simulate import simulate
from priors.distributions.build import build
from priors.reading.load import load_priors
from priors.reading.records import AddedStrategy, Origin, Prior
from priors.registry.selection import factor_quantities
from reports.text.sensitivity import lines
from reports.text.strategies import reporting
from tests.reports.factory import PLAYERS, make_run

ADDED = (AddedStrategy("paid_only", "Paid only"), AddedStrategy("small_team", "Small team"))
NAMES = ["exit", "stay", "paid_only", "small_team"]


@pytest.fixture(scope="module")
def run():
    """Without the API; for OpenAI the small team is the best and paid only the next."""
    tree = make_run(2048, 8, added=ADDED, without=["api_only"])
    payoff = tree["payoff"].to_dataset()
    npv = payoff["npv"].copy()
    size = tree["prior"]["market.size_2033"]
    openai = {"player": "openai"}
    npv.loc[openai | {"strategy": "paid_only"}] = 300.0 + np.log(size)
    npv.loc[openai | {"strategy": "small_team"}] = 300.0 - np.log(size) + 2.0 * np.log(7.0)
    tree["payoff"] = xr.DataTree(payoff.assign(npv=npv))
    # Without Sobol indices, for which the economics themselves would have to be run.
    tree["posterior"] = xr.DataTree(tree["prior"].to_dataset())
    return tree


def test_cases_hold_the_run_s_strategies_and_their_factors(run):
    every = cases(run, decision(run))
    assert {case.strategies for case in every} == {tuple(NAMES)}
    shared, own = (list(case.inputs) for case in (every[0], every[1]))
    assert "market.size_2033" in shared
    assert not any(name.startswith("player.") for name in own)
    found = comparison(every[0], every[0].names.index("openai")).described()
    assert (found.best, found.next) == ("small_team", "paid_only")


def test_a_factor_of_an_added_strategy_is_an_input_where_it_varies(run):
    tree = run.copy()
    prior = tree["prior"].to_dataset()
    rng = np.random.default_rng(4)
    values = rng.uniform(0.2, 0.9, prior["player.paid_only_share"].shape)
    prior["player.paid_only_share"] = (prior["player.paid_only_share"].dims, values)
    tree["prior"] = tree["posterior"] = xr.DataTree(prior)
    players = cases(tree, decision(tree))[0]
    assert "players.openai.paid_only_share" in players.inputs_of["openai"].values()
    assert "players.openai.paid_only_share" not in cases(run, decision(run))[0].inputs


@pytest.mark.slow
def test_sensitivity_compares_added_strategies(run):
    """The small team leads paid only by 2 log(7 / market): the decision is reversed at 7."""
    content = plain(sensitivity_analysis(run, decision(run, ["openai"])))
    entry = content["players"]["openai"]
    assert (entry["best"], entry["next"]) == ("small_team", "paid_only")
    (tie,) = entry["inputs"]["market.size_2033"]["switching"]["values"]
    assert tie["to"] == "paid_only"
    assert tie["value"] == pytest.approx(7.0, abs=max(0.5, 4.0 * tie["value_mcse"]))
    assert {name for row in entry["map"]["best"] for name in row} <= set(NAMES)
    assert set(entry["risk"]["certainty_equivalent"][0]["strategies"]) == set(NAMES)
    with reporting(run):
        assert any("Small team" in line for line in lines(entry))


def uniform(quantity, player, low, high):
    """A prior of one player's factor."""
    table = {"family": "uniform", "low": low, "high": high}
    distribution = build(table, (quantity.lower, quantity.upper))
    return Prior(quantity, player, distribution, table, (), "", Origin("made up", 1, ""))


@pytest.fixture(scope="module")
def priors():
    """Two players, and two strategies whose factors vary; but not what they subsidize."""
    two = [player for player in PLAYERS if player not in ("openai", "pika")]
    stated = load_priors("base.toml", {"exclude": two})
    found = dict(stated.priors)
    for one in ADDED:
        for quantity in factor_quantities(one.name):
            wide = 0.0 if quantity.name.endswith("subsidy") else 0.3
            for player in PLAYERS:
                found[quantity.name, player] = uniform(quantity, player, 0.1, 0.1 + wide + 1e-9)
    return replace(stated, priors=found, strategies=ADDED)


@pytest.fixture(scope="module")
def simulated(priors):
    """A real run of few draws, without the API."""
    return simulate(priors, draws=512, chains=4, without=["api_only"])


@pytest.mark.slow
def test_option_analysis_values_every_strategy_as_the_run_did(simulated):
    content = plain(option_analysis(simulated))["players"]
    verdict = decision(simulated)["players"]
    for player, entry in content.items():
        assert list(entry) == NAMES
        for name, one in entry.items():
            assert one["value"] == pytest.approx(
                verdict[player]["strategies"][name]["option"]["value"]
            )
            first = "2028" if name == "exit" else "2026"
            assert next(iter(one["by_year"])) == first


@pytest.mark.slow
def test_the_variance_of_an_added_strategy_s_lead_comes_from_its_factors(priors):
    """Small team − stay depends on the small team's fixed cost, and not on what paid only does."""
    pair = {("openai",): (NAMES.index("small_team"), STAY)}
    found = kernel_indices(priors, pair, 256, 1, compared(ADDED, ["api_only"]))
    paths = [str(path) for path in found["input"].values]
    total = dict(zip(paths, found["total_order"].values.ravel(), strict=True))
    assert total["players.openai.small_team_fixed"] > 1e-3
    assert total["players.openai.paid_only_fixed"] == 0.0
    assert total["players.pika.small_team_fixed"] == 0.0


@pytest.mark.slow
def test_the_whole_analysis_of_a_run_with_added_strategies(simulated, priors):
    content = plain(sensitivity_analysis(simulated, decision(simulated, ["openai"]), priors=priors))
    entry = content["players"]["openai"]
    assert {entry["best"], entry["next"]} <= set(NAMES)
    assert "total_order" in entry["inputs"]["players.openai.small_team_share"]


@pytest.mark.slow
def test_levers_and_rivals_of_a_real_run(simulated):
    found = decision(simulated)
    assert found["rivals"]["respond"] is True
    assert found["rivals"]["rounds"] >= 3
    for entry in found["players"].values():
        assert set(entry["rivals_stay"]) >= {"best", "exit_minus_stay", "gain"}
        assert sum(one["share"] for one in entry["levers"]["chips"]) == pytest.approx(1.0)


def test_a_run_of_the_first_edition_is_judged_as_ever():
    tree = make_run(256, 4, edition=1)
    assert "strategies" not in tree.attrs
    assert "market.ceiling" not in tree["prior"]
    found = decision(tree)
    assert list(found["strategies"]) == ["exit", "stay", "api_only"]
    assert found["rivals"]["respond"] is False
    assert all(one["levers"]["chips"] for one in found["players"].values())
    assert cases(tree, found)[0].strategies == ("exit", "stay", "api_only")
