"""The decision: closed forms, a run worked by hand, invariants, standard errors, layout."""

import json

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import norm

from model.analyses.decision import check_players, decision
from model.economics.strategies import STRATEGIES, STRATEGY_NAMES
from priors.errors import InputError
from tests.reference.strategies import FURTHER, THREE, all_strategies

FIGURES = {"mean", "spread", "p05", "p50", "p95", "shortfall05", "regret"}
DIFFERENCE = {"mean", "p05", "p50", "p95", "probability_positive"}


def run_of(npv, types=None, labels=None):
    """A run from NPVs (player, strategy, chain, draw); every player of its own type if unsaid.

    Strategies are all there are, or the three; then any other is never the best.
    """
    npv = all_strategies(npv, axis=1)
    names = [f"p{place}" for place in range(len(npv))]
    types = types or [f"t{place}" for place in range(len(npv))]
    chains, draws = npv.shape[2:]
    coords = {
        "player": names,
        "strategy": list(STRATEGY_NAMES),
        "chain": np.arange(chains),
        "draw": np.arange(draws),
    }
    values = xr.DataArray(npv, coords, ("player", "strategy", "chain", "draw"))
    tree = xr.DataTree.from_dict(
        {"/payoff": xr.Dataset({"npv": values.transpose("chain", "draw", "player", "strategy")})}
    )
    tree.attrs |= {
        "name": "made-up",
        "currency": "USD billion, nominal",
        "draws": chains * draws,
        "chains": chains,
        "seed": 3,
        "player_types": json.dumps(dict(zip(names, types, strict=True))),
        "player_labels": json.dumps({name: f"Label of {name}" for name in names}),
        "type_labels": json.dumps(labels or {}),
    }
    return tree


def judged(npv):
    """The decision of one player with NPVs (strategy, chain, draw)."""
    return decision(run_of([npv]))["players"]["p0"]


def figures(cell, names):
    """Each figure with its standard error."""
    return {name: (cell[name], cell[f"{name}_mcse"]) for name in names}


def normals(means, sds, seed, chains=16, draws=4096):
    scores = np.random.default_rng(seed).standard_normal((3, chains, draws))
    return np.reshape(means, (3, 1, 1)) + np.reshape(sds, (3, 1, 1)) * scores


# ------------------------------------------------------------------------------------ closed forms


def assert_within_4_mcse(cell, expected):
    for name, value in expected.items():
        assert cell[f"{name}_mcse"] > 0.0
        assert abs(cell[name] - value) < 4.0 * cell[f"{name}_mcse"], name


MEANS, SDS = (1.0, 0.4, -50.0), (2.0, 1.5, 1.0)


@pytest.fixture(scope="module")
def of_normals():
    return judged(normals(MEANS, SDS, seed=21))


@pytest.mark.parametrize("strategy", THREE)
def test_a_strategy_with_a_normal_payoff(of_normals, strategy):
    place = THREE.index(strategy)
    payoff = norm(MEANS[place], SDS[place])
    expected = {key: payoff.ppf(p) for key, p in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95))}
    expected |= {"mean": MEANS[place], "spread": SDS[place] * 2 * norm.ppf(0.95) / 3.29}
    expected["shortfall05"] = MEANS[place] - SDS[place] * norm.pdf(norm.ppf(0.05)) / 0.05
    assert_within_4_mcse(of_normals["strategies"][strategy], expected)


def test_the_difference_of_two_normals(of_normals):
    difference = norm(0.6, 2.5)
    expected = {key: difference.ppf(p) for key, p in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95))}
    expected |= {"mean": 0.6, "probability_positive": difference.sf(0.0)}
    assert_within_4_mcse(of_normals["exit_minus_stay"], expected)


@pytest.mark.parametrize(("mean", "sd"), [(0.6, 2.5), (-0.6, 2.5), (0.0, 1.0), (2.0, 1.0)])
def test_perfect_information_on_two_normals(mean, sd):
    """σ φ(μ/σ) - |μ| Φ(-|μ|/σ), half of the variance from either strategy."""
    found = judged(normals((mean, 0.0, -50.0), (sd / 2**0.5, sd / 2**0.5, 0.0), seed=2))
    evpi = sd * norm.pdf(mean / sd) - abs(mean) * norm.cdf(-abs(mean) / sd)
    assert_within_4_mcse(found, {"evpi": evpi})
    assert_within_4_mcse(found["strategies"]["stay"], {"regret": evpi + max(mean, 0.0)})
    assert_within_4_mcse(found["strategies"]["exit"], {"regret": evpi + max(-mean, 0.0)})
    best = norm.cdf(mean / sd)
    error = 4.0 * found["probability_best_mcse"]["exit"]
    assert abs(found["probability_best"]["exit"] - best) < error
    assert found["probability_best"]["api_only"] == 0.0


def test_three_equal_normals_are_each_best_in_a_third_of_the_draws():
    """The expected largest of three standard normals is 3 / (2 √π)."""
    found = judged(normals((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), seed=4))
    for strategy in THREE:
        error = found["probability_best_mcse"][strategy]
        assert abs(found["probability_best"][strategy] - 1 / 3) < 4.0 * error
    assert_within_4_mcse(found, {"evpi": 3 / (2 * np.pi**0.5)})


# ----------------------------------------------------------------------------------------- by hand

#: Two chains of two draws.
SMALL = [[[1, 3], [5, 7]], [[2, 2], [2, 4]], [[0, 0], [6, 0]]]


def test_a_run_worked_by_hand():
    found = judged(SMALL)
    assert (found["best"], found["next"], found["likeliest_best"]) == ("exit", "stay", "exit")
    assert found["best_minus_next"] == pytest.approx({"mean": 1.5, "mean_mcse": 1.5})
    assert found["resolved"] is False
    never = dict.fromkeys(FURTHER, 0.0)
    assert found["probability_best"] == {"exit": 0.5, "stay": 0.25, "api_only": 0.25, **never}
    assert found["probability_best_mcse"] == pytest.approx(
        {"exit": 0.0, "stay": 0.25, "api_only": 0.25, **never}
    )
    assert (found["evpi"], found["evpi_mcse"]) == (0.5, 0.0)
    assert figures(found["strategies"]["exit"], FIGURES) == {
        "mean": pytest.approx((4.0, 2.0)),
        "spread": pytest.approx((5.4 / 3.29, 0.0)),
        "p05": pytest.approx((1.3, 2.0)),
        "p50": pytest.approx((4.0, 2.0)),
        "p95": pytest.approx((6.7, 2.0)),
        "shortfall05": pytest.approx((1.0, 2.0)),
        "regret": pytest.approx((0.5, 0.0)),
    }
    assert figures(found["strategies"]["stay"], {"mean", "regret"}) == {
        "mean": pytest.approx((2.5, 0.5)),
        "regret": pytest.approx((2.0, 1.5)),
    }
    assert figures(found["strategies"]["api_only"], {"spread", "regret"}) == {
        # of the chains 0 and 5.4, of both together 5.1
        "spread": pytest.approx((5.1 / 3.29, 2.7 / 3.29)),
        "regret": pytest.approx((3.0, 0.5)),
    }
    assert figures(found["exit_minus_stay"], DIFFERENCE) == {
        "mean": pytest.approx((1.5, 1.5)),
        "p05": pytest.approx((-0.7, 1.95)),
        "p50": pytest.approx((2.0, 1.5)),
        "p95": pytest.approx((3.0, 1.05)),
        "probability_positive": pytest.approx((0.75, 0.25)),
    }


def test_the_worst_five_percent_take_the_boundary_in_part():
    """Of 30 draws the worst one and a half; of each chain's 10 the half of one."""
    npv = np.arange(30.0)[np.random.default_rng(5).permutation(30)].reshape(3, 10)
    found = judged([npv, npv - 99.0, npv - 99.0])["strategies"]["exit"]
    assert found["shortfall05"] == pytest.approx((0.0 + 0.5 * 1.0) / 1.5)
    worst = npv.min(axis=1)
    assert found["shortfall05_mcse"] == pytest.approx(worst.std(ddof=1) / 3**0.5)


def test_percentiles_are_numpy_s():
    npv = np.random.default_rng(6).standard_normal((3, 5, 37))
    found, stay = judged(npv)["strategies"]["stay"], npv[THREE.index("stay")]
    for name, percent in (("p05", 5), ("p50", 50), ("p95", 95)):
        chains = np.percentile(stay, percent, axis=1)
        assert found[name] == pytest.approx(np.percentile(stay, percent))
        assert found[f"{name}_mcse"] == pytest.approx(chains.std(ddof=1) / 5**0.5)


def test_expected_value_and_probability_may_disagree():
    """A bet: worse in three draws of four, best by expected value."""
    found = judged([[[0, 0], [0, 0]], [[-1, -1], [-1, 20]], [[-9] * 2] * 2])
    assert (found["best"], found["likeliest_best"]) == ("stay", "exit")


@pytest.mark.parametrize(
    ("leads", "resolved"),
    [((3.0, 1.0), False), ((3.0, 1.01), True), ((3.0, 0.99), False), ((1.0, 1.0), True)],
)
def test_a_lead_is_resolved_beyond_two_standard_errors_not_at_them(leads, resolved):
    """Two chains: mean (a + b) / 2, standard error |a - b| / 2."""
    exit_ = np.repeat(np.array(leads)[:, np.newaxis], 4, axis=1)
    found = judged([exit_, np.zeros((2, 4)), np.full((2, 4), -9.0)])
    assert found["resolved"] is resolved


def test_strategies_that_are_always_equal_are_not_resolved():
    found = judged(np.ones((3, 4, 8)))
    assert found["resolved"] is False
    assert found["evpi"] == 0.0
    assert sum(found["probability_best"].values()) == 1.0
    assert found["exit_minus_stay"]["probability_positive"] == 0.0


# -------------------------------------------------------------------------------------- invariants

PAYOFFS = arrays(
    np.float64, (3, 4, 6), elements=st.floats(-1e3, 1e3).map(lambda value: round(value, 1))
)


@pytest.mark.slow
@given(PAYOFFS)
def test_what_holds_of_any_payoffs(npv):
    found = judged(npv)
    cells = found["strategies"]
    regret = {name: cell["regret"] for name, cell in cells.items()}
    assert sum(found["probability_best"].values()) == pytest.approx(1.0, abs=1e-12)
    assert found["evpi"] == regret[found["best"]] == pytest.approx(min(regret.values()), abs=1e-9)
    assert found["evpi"] >= 0.0
    assert cells[found["best"]]["mean"] == max(cell["mean"] for cell in cells.values())
    assert found["best_minus_next"]["mean"] >= -1e-9
    largest = npv.max(axis=0).mean()
    for name, cell in cells.items():
        assert cell["mean"] + regret[name] == pytest.approx(largest, abs=1e-9)
        assert cell["shortfall05"] <= cell["p05"] + 1e-9
        assert cell["p05"] <= cell["p50"] <= cell["p95"]
    mean = cells["exit"]["mean"] - cells["stay"]["mean"]
    assert found["exit_minus_stay"]["mean"] == pytest.approx(mean, abs=1e-9)


@pytest.mark.slow
@given(PAYOFFS, st.permutations(range(3)))
def test_names_of_strategies_are_only_names(npv, order):
    """Figures of a strategy go with its payoffs, whichever name they stand under."""
    before, after = judged(npv)["strategies"], judged(npv[list(order)])["strategies"]
    for place, source in enumerate(order):
        assert after[THREE[place]] == pytest.approx(before[THREE[source]], abs=1e-9)


def test_names_of_players_are_only_names():
    npv = np.random.default_rng(7).normal(size=(4, 3, 4, 8))
    before = decision(run_of(npv))["players"]
    after = decision(run_of(npv[[2, 0, 3, 1]]))["players"]
    for place, source in enumerate([2, 0, 3, 1]):
        renamed = {"type": f"t{source}", "label": f"Label of p{source}"}
        assert after[f"p{place}"] | renamed == before[f"p{source}"]


def test_the_order_of_dimensions_and_draws_does_not_matter():
    npv = np.random.default_rng(8).normal(size=(2, 3, 4, 32))
    run = run_of(npv)
    turned = run.copy()
    turned["payoff"] = xr.DataTree(run["payoff"].to_dataset().transpose("strategy", ...))
    assert decision(turned) == decision(run)
    shuffled = decision(run_of(npv[..., np.random.default_rng(9).permutation(32)]))
    mine, theirs = (one["players"]["p1"]["strategies"]["stay"] for one in (decision(run), shuffled))
    assert mine == pytest.approx(theirs)


@pytest.mark.parametrize("factor", [0.5, 1000.0])
def test_money_has_no_unit_of_its_own(factor):
    npv = all_strategies(np.random.default_rng(10).normal(size=(3, 4, 32)))
    before, after = judged(npv), judged(factor * npv)
    assert after["probability_best"] == before["probability_best"]
    assert after["resolved"] == before["resolved"]
    assert after["evpi"] == pytest.approx(factor * before["evpi"])
    for strategy, cell in before["strategies"].items():
        scaled = {name: factor * value for name, value in cell.items()}
        assert after["strategies"][strategy] == pytest.approx(scaled)


# --------------------------------------------------------------------------------- standard errors


@pytest.mark.slow
def test_the_stated_standard_error_is_the_spread_of_repeated_runs():
    """400 runs of 16 chains: as 400 players. The spread of 400 figures is known to 4 %."""
    scores = np.random.default_rng(11).standard_normal((400, 3, 16, 256))
    npv = scores + np.reshape((0.3, 0.0, 0.0), (3, 1, 1)) + np.exp(scores[:, [1]])
    players = decision(run_of(npv))["players"].values()
    stated: dict[str, list[tuple[float, float]]] = {}
    for one in players:
        cells = {
            **{f"stay {name}": (one["strategies"]["stay"], name) for name in FIGURES},
            **{f"difference {name}": (one["exit_minus_stay"], name) for name in DIFFERENCE},
            "evpi": (one, "evpi"),
        }
        for key, (cell, name) in cells.items():
            stated.setdefault(key, []).append((cell[name], cell[f"{name}_mcse"]))
        pair = one["probability_best"]["api_only"], one["probability_best_mcse"]["api_only"]
        stated.setdefault("probability_best", []).append(pair)
    for key, pairs in stated.items():
        values, errors = np.array(pairs).T
        ratio = np.sqrt((errors**2).mean()) / values.std(ddof=1)
        assert 0.8 < ratio < 1.25, f"{key}: {ratio}"


def test_an_error_is_measured_across_chains_not_draws():
    """Chains that hold the same draws know nothing of their error; chains apart know it all."""
    draws = np.random.default_rng(12).normal(size=(3, 1, 64))
    same = judged(np.repeat(draws, 4, axis=1))["strategies"]["stay"]
    assert same["mean_mcse"] == pytest.approx(0.0, abs=1e-15)
    apart = np.arange(4.0)[:, np.newaxis] + np.zeros((3, 4, 64))
    assert judged(apart)["strategies"]["stay"]["mean_mcse"] == pytest.approx((5 / 3) ** 0.5 / 2)


# ------------------------------------------------------------------------------------------- types


def test_a_type_is_its_players_added_up_draw_by_draw():
    npv = all_strategies(np.random.default_rng(13).normal(size=(4, 3, 4, 16)), axis=1)
    found = decision(run_of(npv, ["lab", "shop", "lab", "lab"], {"lab": "Labs", "shop": "Shops"}))
    assert list(found["types"]) == ["lab", "shop"]
    lab = found["types"]["lab"]
    assert (lab.pop("label"), lab.pop("players")) == ("Labs", ["p0", "p2", "p3"])
    one = decision(run_of([npv[0] + npv[2] + npv[3]]))["players"]["p0"]
    del one["type"], one["label"]
    assert lab == one
    shop, only = found["types"]["shop"], found["players"]["p1"]
    assert shop["strategies"] == only["strategies"]
    assert shop["evpi"] == only["evpi"]


def test_what_players_gain_and_lose_cancels_within_a_draw():
    """A type of two whose payoffs mirror each other knows its payoff."""
    first = np.random.default_rng(14).normal(size=(3, 4, 16))
    found = decision(run_of([first, 1.0 - first], ["lab", "lab"]))["types"]["lab"]
    assert found["strategies"]["stay"]["spread"] == pytest.approx(0.0, abs=1e-12)
    assert found["strategies"]["stay"]["mean"] == pytest.approx(1.0)


def test_a_type_without_a_label_goes_by_its_name():
    assert decision(run_of(np.zeros((1, 3, 4, 4)), ["lab"]))["types"]["lab"]["label"] == "lab"


# ------------------------------------------------------------------------------------------ layout


@pytest.fixture(scope="module")
def whole():
    npv = np.random.default_rng(15).normal(size=(3, 3, 4, 16))
    return decision(run_of(npv, ["a", "b", "a"]))


def unpaired(cell, path=""):
    """Paths of figures that stand without a standard error."""
    found = []
    for name, value in cell.items():
        beside = cell.get(f"{name}_mcse")
        if name.endswith("_mcse"):
            continue
        if isinstance(value, dict) and beside is None:
            found += unpaired(value, f"{path}.{name}")
        elif isinstance(value, dict):
            found += [f"{path}.{name}"] if set(value) != set(beside) else []
        elif isinstance(value, float) and not isinstance(beside, float):
            found.append(f"{path}.{name}")
    return found


def test_every_figure_has_its_standard_error_beside_it(whole):
    assert unpaired(whole) == []
    assert unpaired({"a": {"x": 1.0}}) == [".a.x"]
    del (spoilt := json.loads(json.dumps(whole)))["players"]["p1"]["evpi_mcse"]
    assert unpaired(spoilt) == [".players.p1.evpi"]


def test_the_shape_is_what_programs_are_promised(whole):
    head = {name: value for name, value in whole.items() if name not in ("players", "types")}
    assert head == {
        "schema": 2,
        "currency": "USD billion, nominal",
        "priors": "made-up",
        "draws": 64,
        "chains": 4,
        "seed": 3,
        "rivals": dict.fromkeys(("rounds", "settled", "last_move_mcse", "residual"))
        | {"respond": False},
        "strategies": {one.name: {"label": one.label} for one in STRATEGIES},
    }
    promised = {"best", "resolved", "probability_best", "evpi", "strategies", "exit_minus_stay"}
    promised |= {"for_good", "exit_minus_best_other", "rival", "gain", "one_more_year", "tail"}
    for cell in [*whole["players"].values(), *whole["types"].values()]:
        assert set(cell) >= promised | {"label"}
        assert tuple(cell["probability_best"]) == tuple(cell["strategies"]) == STRATEGY_NAMES
        for strategy in cell["strategies"].values():
            assert set(strategy) == FIGURES | {f"{name}_mcse" for name in FIGURES}
        difference = DIFFERENCE | {f"{name}_mcse" for name in DIFFERENCE}
        assert set(cell["exit_minus_stay"]) == set(cell["for_good"]) == difference
        assert set(cell["exit_minus_best_other"]) == difference | {"best_other"}
    assert [cell["type"] for cell in whole["players"].values()] == ["a", "b", "a"]
    assert whole["players"]["p1"]["label"] == "Label of p1"


def test_each_player_s_own_real_options_are_reported():
    """The first player uses none; the second leaves after the first year, which pays 1."""
    count, stay_at = len(STRATEGY_NAMES), STRATEGY_NAMES.index("stay")
    npv = np.random.default_rng(16).normal(size=(2, count, 4, 16))
    run = run_of(npv)
    held = {"player": ["p0", "p1"], "strategy": list(STRATEGY_NAMES)}
    coords = held | {"chain": np.arange(4), "draw": np.arange(16)}
    used = np.zeros(npv.shape, bool)
    used[1, stay_at] = True
    dims = ("player", "strategy", "chain", "draw")
    zero = (("player", "strategy"), np.zeros((2, count)))
    cells = dict.fromkeys(("value_mcse", "upper", "upper_mcse"), zero)
    cells["value"] = (("player", "strategy"), used[:, :, 0, 0].astype(float))
    cells["upper_kind"] = (("player", "strategy"), np.full((2, count), "dual"))
    cells["loses"] = zero
    draws = {"timing": (dims, np.where(used, 0, -1)), "payoff": (dims, np.where(used, 1.0, 0.0))}
    run["option"] = xr.DataTree(xr.Dataset(draws | cells, coords))
    players = decision(run)["players"]
    for player, place in (("p0", 0), ("p1", 1)):
        stay = players[player]["strategies"]["stay"]
        assert stay["option"]["real_option"] == "leave"
        assert stay["option"]["probability_used"] == stay["option"]["value"] == place
        assert stay["mean_without_option"] == pytest.approx(npv[place, stay_at].mean() - place)


def test_nothing_but_plain_values(whole):
    assert json.loads(json.dumps(whole, allow_nan=False)) == whole


def test_some_players_only(whole):
    npv = np.random.default_rng(15).normal(size=(3, 3, 4, 16))
    some = decision(run_of(npv, ["a", "b", "a"]), ["p2", "p0", "p2"])
    assert list(some["players"]) == ["p2", "p0"]
    assert "types" not in some
    assert some["players"] == {name: whole["players"][name] for name in ("p2", "p0")}


def test_a_player_who_is_not_in_the_run_is_refused_with_the_nearest():
    names = ["openai", "google", "runway"]
    assert check_players(["runway", "openai", "runway"], names) == ["runway", "openai"]
    message = (
        "^player 'opena' is not in the run: openai, google, runway; did you mean \"openai\"\\?$"
    )
    with pytest.raises(InputError, match=message):
        check_players(["google", "opena"], names)
    with pytest.raises(InputError, match=r"player 'xyz' is not in the run: [a-z, ]+$"):
        check_players(["xyz"], names)
    with pytest.raises(InputError, match=r"^player 'p00' is not in the run: p0; did you mean"):
        decision(run_of(np.zeros((1, 3, 4, 4))), ["p00"])
