"""The draws that the report carries."""

import json
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
import xarray as xr
from scipy.stats import kstest

from model.analyses.decision import decision
from priors.reading.files import SHIPPED
from priors.reading.load import load_priors, load_text
from reports.page.carried import ALPHABET, SCALE, carried, carried_draws, normal_scores
from reports.page.view import View
from tests.reference import reweighting


@pytest.fixture(scope="module")
def view(made_up_run: xr.DataTree, made_up_decision: dict[str, Any]) -> View:
    return View(made_up_run, made_up_decision)


@pytest.fixture(scope="module")
def data(view: View) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json.dumps(carried(view, 256), allow_nan=False))
    return loaded


def place(data: dict[str, Any], path: str) -> int:
    return [one["path"] for one in data["quantities"]].index(path)


def test_every_quantity_that_varies_is_carried(data: dict[str, Any], view: View) -> None:
    paths = {one["path"] for one in data["quantities"]}
    assert "market.size_2033" in paths
    assert "players.pika.salvage" in paths
    assert "valuation.terminal_growth" not in paths
    assert "players.google.ipo_exposure" not in paths
    assert len(paths) == 26 + 23 * 8


def test_scores_are_standard_normal(data: dict[str, Any]) -> None:
    scores = reweighting.scores(data)
    for path in ("market.size_2033", "robotics.years_to_revenue", "players.pika.api_share"):
        score = scores[place(data, path)]
        # Rounding to codes moves a score by up to half a code.
        assert kstest(score, "norm").statistic < 0.5 / SCALE
        assert abs(score.mean()) < 0.01
        assert score.std() == pytest.approx(1.0, abs=0.02)


def test_scores_follow_their_draws(data: dict[str, Any], view: View) -> None:
    draws = view.quantity("market.size_2033")
    score = reweighting.scores(data)[place(data, "market.size_2033")]
    order = np.argsort(draws)
    assert np.all(np.diff(score[order]) >= 0.0)


def test_scores_keep_the_stated_correlation(data: dict[str, Any]) -> None:
    scores = reweighting.scores(data)
    first, second = place(data, "market.size_2033"), place(data, "robotics.profit_pool")
    r = 2.0 * np.sin(np.pi * 0.4 / 6.0)
    assert np.corrcoef(scores[first], scores[second])[0, 1] == pytest.approx(r, abs=0.05)
    stated = {(a, b): value for a, b, value in data["correlations"]}
    assert stated[first, second] == pytest.approx(r, rel=1e-8)


def test_an_event_carries_whether_it_happened(data: dict[str, Any], view: View) -> None:
    happened = reweighting.scores(data)[place(data, "robotics.success")] > 0.0
    assert np.array_equal(happened, view.quantity("robotics.success") > 0.5)
    assert data["quantities"][place(data, "robotics.success")]["probability"] == 0.7


def test_payoffs_come_back_within_a_thousandth(data: dict[str, Any], view: View) -> None:
    back = reweighting.payoffs(data)
    for number, player in enumerate(view.players):
        for k, strategy in enumerate(view.strategies):
            exact = view.kept_payoff(player, strategy)
            size = np.median(np.abs(exact))
            assert np.all(np.abs(back[number, k] - exact) <= 1e-3 * (np.abs(exact) + 1e-3 * size))


def test_types_add_up_the_players_of_the_decision(data: dict[str, Any], view: View) -> None:
    keys = [player["key"] for player in data["players"]]
    for one in data["types"]:
        assert [keys[i] for i in one["players"]] == view.types[one["key"]]["players"]


def test_equal_values_spread_over_their_ranks() -> None:
    draws = np.repeat([1.0, 2.0, 3.0, 4.0], 2500)
    score = normal_scores(draws, np.sort(draws), np.random.default_rng(0))
    assert kstest(score, "norm").pvalue > 1e-3
    assert score[draws == 1.0].max() < score[draws == 2.0].min()


def test_the_alphabet_needs_no_escape() -> None:
    assert json.dumps(ALPHABET) == f'"{ALPHABET}"'
    assert not set("<>&") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


@pytest.mark.parametrize("room", [0, 100_000, 400_000, 10_000_000])
def test_as_many_draws_are_carried_as_fit(view: View, room: int) -> None:
    per_chain = carried_draws(view, room)
    assert 8 <= per_chain <= 256
    assert per_chain in {8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256}
    text = carried(view, per_chain)
    size = len(text["scores"]) + len(text["payoffs"])
    assert size <= room or per_chain == 8
    if per_chain < 256:
        assert 1.5 * size > room


def test_nothing_moved_leaves_the_figures(data: dict[str, Any]) -> None:
    weights = reweighting.weights(data, [])
    assert np.all(weights == 1.0)
    figures = reweighting.judge(data, "players", "openai", weights)
    base = data["decision"]["players"]["openai"]["strategies"]["stay"]
    assert figures["stay/mean"] == (base["mean"], base["mean_mcse"])


def test_posterior_draws_are_carried_with_their_own_correlations(
    made_up_run: xr.DataTree,
) -> None:
    groups = {name: made_up_run[name].to_dataset() for name in ("prior", "payoff")}
    tree = xr.DataTree.from_dict({"posterior": groups["prior"], "payoff": groups["payoff"]})
    tree.attrs = deepcopy(made_up_run.attrs)
    view = View(tree, decision(tree))
    data = carried(view, 64)
    pairs = {(a, b): r for a, b, r in data["correlations"]}
    first, second = place(data, "market.size_2033"), place(data, "robotics.profit_pool")
    assert pairs[first, second] == pytest.approx(0.41, abs=0.1)
    assert data["command"] == ""
    assert all(one.get("set") is None for one in data["quantities"])


def test_the_command_makes_the_same_run_again(
    made_up_run: xr.DataTree, made_up_decision: dict[str, Any]
) -> None:
    def command(without: str = "", group: str = "", **attributes: Any) -> str:
        groups = {name: made_up_run[name].to_dataset() for name in made_up_run.children}
        groups = {name: of for name, of in groups.items() if name != group}
        if without:
            groups["payoff"] = groups["payoff"].drop_sel(strategy=without)
        tree = xr.DataTree.from_dict(groups)
        tree.attrs = made_up_run.attrs | attributes
        return View(tree, made_up_decision).command

    of_file = {"shipped": "base.toml"}
    stated = "decide simulate --priors base.toml --draws 4096 --seed 7 --sampler random"
    assert command(**of_file) == f"{stated} --rivals stay"
    assert command(**of_file, rivals="respond") == stated
    left_out = command(**of_file, rivals="respond", without="api_only")
    assert left_out == f"{stated} --without api_only"
    assert command(**of_file, group="option").endswith(" --no-options")
    assert "--sampler" not in command(**of_file, sampler="$(rm)")


@pytest.mark.parametrize("shipped", ["", "mine.toml", "base.toml; rm -rf ."])
def test_a_file_that_is_not_shipped_is_taken_from_the_page(
    made_up_run: xr.DataTree, shipped: str
) -> None:
    tree = xr.DataTree.from_dict(
        {name: made_up_run[name].to_dataset() for name in made_up_run.children}
    )
    tree.attrs = made_up_run.attrs | {"shipped": shipped}
    command = View(tree, decision(made_up_run)).command
    assert command == "decide simulate --from report.html"


def test_only_a_shipped_file_as_it_is_is_named() -> None:
    assert load_priors("base.toml").shipped == "base.toml"
    assert load_priors(SHIPPED / "narrow.toml").shipped == "narrow.toml"
    assert load_priors("base.toml", {"market.size_2033.scale": 2}).shipped == ""
    assert load_text('extends = "base.toml"', "base.toml").shipped == ""
