"""Every analysis of a run whose prior file adds strategies, or leaves one out."""

import numpy as np
import pytest
import xarray as xr

from model.analyses import options
from model.analyses.comparison import comparison
from model.analyses.decision import decision
from model.analyses.options import option_analysis
from model.analyses.problems import cases
from model.analyses.results.record import plain
from model.analyses.sensitivity import sensitivity_analysis
from model.economics.real_options import RealOption, option_years
from model.economics.strategies import STAY
from priors.reading.records import AddedStrategy
from reports.text.sensitivity import lines
from reports.text.strategies import reporting
from tests.reports.factory import make_run

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
    npv.loc[openai | {"strategy": "paid_only"}] = 300.0 + 0.1 * size
    npv.loc[openai | {"strategy": "small_team"}] = 303.0 - 0.1 * size
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
    """The small team leads paid only by 3 − 0.2 × market: the decision is reversed at 15."""
    content = plain(sensitivity_analysis(run, decision(run, ["openai"])))
    entry = content["players"]["openai"]
    assert (entry["best"], entry["next"]) == ("small_team", "paid_only")
    (tie,) = entry["inputs"]["market.size_2033"]["switching"]["values"]
    assert tie["to"] == "paid_only"
    assert tie["value"] == pytest.approx(15.0, abs=max(0.5, 4.0 * tie["value_mcse"]))
    assert {name for row in entry["map"]["best"] for name in row} <= set(NAMES)
    assert set(entry["risk"]["certainty_equivalent"][0]["strategies"]) == set(NAMES)
    with reporting(run):
        assert any("Small team" in line for line in lines(entry))


def test_option_analysis_names_every_strategy(run, monkeypatch):
    """Each made-up option pays at its first date what tells the strategies apart."""
    rng = np.random.default_rng(6)
    states = rng.standard_normal((2048, 9, 3))

    def made_up(drawn, place):
        found = []
        for strategy in range(len(NAMES)):
            years = option_years(min(strategy, STAY))
            dates = slice(len(years))
            exercise = np.full((2048, len(years)), -1.0)
            exercise[:, 0] = 1.0 + strategy + place
            live = np.ones(exercise.shape, bool)
            found.append(RealOption(years, exercise, states[:, dates], live))
        return tuple(found)

    monkeypatch.setattr(options, "real_options", made_up)
    content = plain(option_analysis(run, players=["google"]))["players"]["google"]
    assert list(content) == NAMES
    assert [one["value"] for one in content.values()] == pytest.approx([2.0, 3.0, 4.0, 5.0])
    leave = [one["real_option"] for one in content.values()]
    assert leave == ["come back", "leave", "leave", "leave"]
    assert next(iter(content["small_team"]["by_year"])) == "2026"
    assert next(iter(content["exit"]["by_year"])) == "2028"


def test_a_run_of_the_first_edition_is_judged_as_ever():
    tree = make_run(256, 4, edition=1)
    assert "strategies" not in tree.attrs
    assert "market.ceiling" not in tree["prior"]
    found = decision(tree)
    assert list(found["strategies"]) == ["exit", "stay", "api_only"]
    assert found["rivals"]["respond"] is False
    assert all(one["levers"]["chips"] for one in found["players"].values())
    assert cases(tree, found)[0].strategies == ("exit", "stay", "api_only")
