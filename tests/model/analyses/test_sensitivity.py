"""The whole analysis on a small run: what must hold whatever the priors, and a second way."""

import csv
import io
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from model.analyses.decision import decision
from model.analyses.information import at_most
from model.analyses.problems import cases, single_types
from model.analyses.results.information import StudySize
from model.analyses.results.record import Figure, plain
from model.analyses.sensitivity import sensitivity_analysis
from model.analyses.sobol import kernel_indices
from model.analyses.studies import Study
from model.economics.kernel import evaluate
from model.economics.strategies import STRATEGY_NAMES
from model.sensitivity.switching import switching_value
from model.simulation.labels import drawn_of
from model.simulation.simulate import simulate
from priors.reading.correlation import normal_correlation
from priors.reading.load import load_priors
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from reports.run.sensitivity_csv import sensitivity_csv
from reports.text.sensitivity import lines
from tests.reference.strategies import API_ONLY, EXIT, STAY

pytestmark = pytest.mark.slow

#: Some players are enough, and quicker.
EXCLUDED = ["minimax", "pika", "adobe"]


@pytest.fixture(scope="module")
def priors():
    return load_priors("base.toml", [f"exclude={json.dumps(EXCLUDED)}"])


@pytest.fixture(scope="module")
def run(priors):
    return simulate(priors, draws=4096, chains=16, options=False)


@pytest.fixture(scope="module")
def content(run, priors):
    study = Study("market.size_2033", "lognormal", 0.3, cost=0.01)
    own = Study("player.fixed_cost", "lognormal", 0.5)
    groups = {"size": ["market.size_2025", "market.size_2033", "player.attractiveness"]}
    return plain(
        sensitivity_analysis(run, decision(run), priors=priors, groups=groups, studies=[study, own])
    )


@pytest.fixture(scope="module")
def few(priors):
    """A run of few draws, for what holds at any number of them."""
    return simulate(priors, draws=1024, chains=16, options=False)


@pytest.fixture(scope="module")
def pair(few, priors):
    """The analysis of two players of that run, and the progress that it told."""
    told = []
    found = sensitivity_analysis(
        few,
        decision(few, ["openai", "google"]),
        told.append,
        priors=priors,
        risk_tolerances=[1e9, 1000.0],
    )
    return plain(found), told


def entries(content):
    return [*content["players"].values(), *content["types"].values()]


def test_it_is_json_and_covers_every_player_and_type(content, run):
    assert json.loads(json.dumps(content, allow_nan=False)) == content
    verdict = decision(run)
    assert list(content["players"]) == list(verdict["players"])
    assert list(content["types"]) == list(verdict["types"])
    for kind in ("players", "types"):
        for name, of in content[kind].items():
            judged = verdict[kind][name]
            assert (of["best"], of["next"]) == (judged["best"], judged["next"])
            assert of["best_minus_next"] == pytest.approx(judged["best_minus_next"]["mean"])
            assert of["evpi"] == pytest.approx(judged["evpi"])


def test_shares_of_the_variance_add_to_one(content):
    for of in entries(content):
        shares = [one["shapley"] for one in of["inputs"].values()]
        assert sum(shares) == pytest.approx(1.0, abs=1e-6)


def known_error(mcse):
    """Of a figure that no draw moves from 0 the error is not known, and is no room for others."""
    return 0.0 if mcse is None else mcse


def test_information_is_worth_no_less_than_nothing_and_no_more_than_all(content):
    for of in entries(content):
        known = [*of["inputs"].values(), *of["groups"].values()]
        assert all(one["evppi"] >= -4.0 * known_error(one["evppi_mcse"]) - 1e-12 for one in known)
        most = of["evpi"] + 4.0 * known_error(of["evpi_mcse"])
        assert all(one["evppi"] <= most + 4.0 * known_error(one["evppi_mcse"]) for one in known)


def test_a_group_is_worth_no_less_than_its_members(content):
    for player, of in content["players"].items():
        members = ["market.size_2025", "market.size_2033", f"players.{player}.attractiveness"]
        best = max(of["inputs"][path]["evppi"] for path in members if path in of["inputs"])
        assert of["groups"]["size"]["evppi"] >= best
        market = [x["evppi"] for path, x in of["inputs"].items() if path.startswith("market.")]
        assert of["groups"]["market"]["evppi"] >= max(market)
        assert not any("by player." in one["method"] for one in of["groups"].values())


def test_a_study_is_never_shown_above_what_it_observes():
    perfect = Figure(1.0, 0.1)
    above = StudySize(16.0, 0.1, Figure(1.2, 0.3), 0.5, Figure(0.7, 0.3))
    found = at_most(above, perfect)
    assert found.evsi == perfect
    assert found.enbs == Figure(0.5, 0.1)
    assert at_most(replace(above, cost=None, enbs=None), perfect).enbs is None
    below = replace(above, evsi=Figure(0.9, 0.3))
    assert at_most(below, perfect) == below


def test_a_players_own_quantities_are_its_own(content):
    for player, of in content["players"].items():
        owners = {path.split(".")[1] for path in of["inputs"] if path.startswith("players.")}
        assert owners == {player}
    owners = {path.split(".")[1] for path in content["types"]["video_native"]["inputs"]}
    assert {"kuaishou", "bytedance"} < owners


def test_a_type_of_one_player_is_that_player(content, run):
    singles = single_types(decision(run))
    assert singles["gpu_renter"] == "openai"
    for kind, player in singles.items():
        assert content["types"][kind]["inputs"] == content["players"][player]["inputs"]


def test_constants_are_no_inputs(content, priors):
    constant = {key for key, prior in priors.priors.items() if prior.distribution.constant}
    assert ("player.funding", "openai") in constant
    assert "players.openai.funding" not in content["players"]["openai"]["inputs"]


def test_a_study_is_worth_more_the_better_it_is_and_no_more_than_knowing(content):
    for player, of in content["players"].items():
        shared, own = of["studies"]
        assert own["observe"] == f"players.{player}.fixed_cost"
        known = of["inputs"]["market.size_2033"]
        for worse, better in zip(shared["sizes"], shared["sizes"][1:], strict=False):
            assert better["sd"] == pytest.approx(worse["sd"] / 2.0)
            assert better["cost"] == pytest.approx(4.0 * worse["cost"])
            errors = (known_error(one["evsi_mcse"]) for one in (worse, better))
            error = 4.0 * np.hypot(*errors)
            assert better["evsi"] >= worse["evsi"] - error - 1e-12
        for size in shared["sizes"]:
            assert size["enbs"] == pytest.approx(size["evsi"] - size["cost"])
            room = known_error(known["evppi_mcse"]) + known_error(size["evsi_mcse"])
            assert size["evsi"] <= known["evppi"] + 4.0 * room


def test_no_risk_aversion_is_the_expected_value(few, pair):
    found = pair[0]
    assert "types" not in found
    risk = found["players"]["google"]["risk"]
    mean = decision(few)["players"]["google"]["strategies"]
    neutral, averse = risk["certainty_equivalent"]
    for name, of in neutral["strategies"].items():
        assert of["value"] == pytest.approx(mean[name]["mean"], rel=1e-3)
        assert averse["strategies"][name]["value"] < of["value"]
    five = next(one for one in risk["expected_shortfall"] if one["probability"] == 0.05)
    assert five["strategies"]["stay"]["value"] == pytest.approx(mean["stay"]["shortfall05"])


def test_the_order_of_the_players_changes_nothing(few, pair, priors):
    verdict = decision(few, ["openai", "google"])
    swapped = {"players": dict(reversed(verdict["players"].items()))}
    second = plain(sensitivity_analysis(few, swapped, priors=priors))
    for player, of in pair[0]["players"].items():
        other = second["players"][player]
        for path, one in of["inputs"].items():
            for key in ("evppi", "shapley"):
                assert other["inputs"][path][key] == pytest.approx(one[key], abs=1e-9), path
            assert other["inputs"][path]["tornado"] == pytest.approx(one["tornado"]), path
            moved, again = (each["inputs"][path]["prior_perturbation"] for each in (of, other))
            assert moved["to"] == again["to"], path
            assert (moved["shift"] or 0.0) == pytest.approx(again["shift"] or 0.0, abs=1e-3), path
            ties, others = (
                [tie["value"] for tie in each["inputs"][path]["switching"]["values"]]
                for each in (of, other)
            )
            assert ties == pytest.approx(others), path


def reevaluated(run, priors, name, value, player):
    """Expected NPVs (strategy,) with a quantity set in every draw, correlated ones following."""
    drawn = drawn_of(run)
    names = [(q.name, None) for q in GLOBAL_QUANTITIES]
    names += [(q.name, one) for one in drawn.players for q in PLAYER_QUANTITIES]
    values = drawn.values.transpose(1, 0, 2).reshape(len(names), -1).copy()

    def score(of, draws):
        return ndtri(np.clip(priors.priors[of].distribution.cdf(draws), 1e-9, 1.0 - 1e-9))

    end = (name, None)
    row = names.index(end)
    moved = score(end, np.array(value)) - score(end, values[row])
    values[row] = value
    for pair in priors.correlations:
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if one != end or other not in names or priors.priors[other].distribution.constant:
                continue
            at = names.index(other)
            scores = score(other, values[at]) + normal_correlation(pair.rank) * moved
            values[at] = priors.priors[other].distribution.ppf(ndtr(scores))
    shared, count = len(GLOBAL_QUANTITIES), len(drawn.players)
    _, npv = evaluate(values[:shared], values[shared:].reshape(count, len(PLAYER_QUANTITIES), -1))
    return npv[:, drawn.players.index(player)].mean(axis=0)


@pytest.mark.parametrize("player", ["google", "kuaishou", "bytedance"])
def test_switching_values_are_those_of_the_model_run_again(content, run, priors, player):
    of = content["players"][player]
    best = STRATEGY_NAMES.index(of["best"])

    def lead(value):
        expected = reevaluated(run, priors, "market.size_2033", value, player)
        return expected[best] - np.delete(expected, best).max()

    (found,) = of["inputs"]["market.size_2033"]["switching"]["values"]
    (exact,) = switching_value(lead, 0.5 * found["value"], 2.0 * found["value"], 5, 1e-3)
    assert abs(found["value"] - exact) < 4.0 * found["value_mcse"]
    # so exact that the agreement says something
    assert found["value_mcse"] < 0.15 * found["value"]
    beyond = 1.2 if found["side"] == "above" else 0.8
    assert lead(beyond * exact) < 0.0
    below = priors.priors["market.size_2033", None].distribution.cdf(np.array(found["value"]))
    assert found["percentile"] == pytest.approx(float(below), abs=0.01)


def test_the_map_holds_the_answer_and_its_curves_are_ties(content):
    for of in content["players"].values():
        found = of["map"]
        known = np.array(found["known"])
        assert known.any()
        assert np.isin(np.array(found["best"]), STRATEGY_NAMES).all()
        for curve in found["curves"]:
            x, y = np.array(curve["points"]).T
            assert found["x_values"][0] <= x.min() <= x.max() <= found["x_values"][-1]
            assert found["y_values"][0] <= y.min() <= y.max() <= found["y_values"][-1]


def test_sobol_indices_of_the_model_where_they_are_known(priors):
    """All but one quantity constant: it is the whole variance, of those whom it concerns."""
    fixed = [
        f"{prior.path}={float(prior.distribution.quantile(0.5))!r}"
        for (name, player), prior in priors.priors.items()
        if (name, player) != ("player.fixed_cost", "openai") and not prior.distribution.constant
    ]
    lone = load_priors("base.toml", [f"exclude={json.dumps(EXCLUDED)}", *fixed])
    found = kernel_indices(lone, {("openai",): (EXIT, STAY), ("google",): (EXIT, STAY)}, 1024, 0)
    assert list(found["input"].values) == ["players.openai.fixed_cost"]
    for name in ("first_order", "total_order"):
        assert found[f"{name}_lower"][0, 0] < 1.0 < found[f"{name}_upper"][0, 0]
        assert found[name][0, 0] == pytest.approx(1.0, abs=0.1)
    assert np.nan_to_num(found["total_order"][0, 1]) == 0.0


def test_another_players_own_quantity_moves_nothing(priors):
    found = kernel_indices(priors, {("openai",): (EXIT, API_ONLY)}, 64, 1).isel(output=0)
    total = found["total_order"].to_series()
    assert total["players.google.fixed_cost"] == 0.0
    assert total["players.google.attractiveness"] > 0.0
    assert total["players.openai.fixed_cost"] > 0.0


def test_the_parts_of_a_type_add_up(run):
    every = cases(run, decision(run))
    both = next(case for case in every if case.names == ("video_native",))
    npv = run["payoff"]["npv"].sel(player=["kuaishou", "bytedance"]).sum("player")
    np.testing.assert_allclose(both.npv.values, npv.values)
    kept = every[0].draws_of("player.fixed_cost", "kuaishou")
    np.testing.assert_array_equal(
        both.draws_of("players.kuaishou.fixed_cost", "video_native"), kept
    )


def test_progress_goes_from_zero_to_one(pair):
    told = pair[1]
    assert told == sorted(told)
    assert 0.0 <= told[0] < 0.5
    assert told[-1] == 1.0


def test_the_table_is_tidy(content):
    rows = list(csv.DictReader(io.StringIO(sensitivity_csv(content))))
    assert list(rows[0]) == ["player", "input", "measure", "value", "mcse"]
    keys = [(row["player"], row["input"], row["measure"]) for row in rows]
    assert len(set(keys)) == len(keys)
    at = dict(zip(keys, rows, strict=True))
    of = content["players"]["openai"]["inputs"]["market.size_2033"]
    row = at["openai", "market.size_2033", "evppi"]
    stated = "" if of["evppi_mcse"] is None else repr(of["evppi_mcse"])
    assert (float(row["value"]), row["mcse"]) == (of["evppi"], stated)
    assert ("types.video_native", "", "evpi") in at
    assert ("openai", "size", "evppi") in at


def test_ten_lines_a_player(content):
    for of in entries(content):
        found = lines(of)
        assert len(found) == 10
        assert found[0].startswith(of["label"])
        assert not any(re.search(r"\b(nan|None)\b", line) for line in found)
