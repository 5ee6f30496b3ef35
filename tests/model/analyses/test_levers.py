"""The answer by range of the four uncertainties, for good, beside rivals who stay, and its tail."""

import json
from dataclasses import asdict

import numpy as np
import pytest
import xarray as xr
from scipy.stats import norm

from model.analyses.decision import decision
from model.analyses.judgement import judge
from model.analyses.levers import CLASSES, levers
from model.analyses.payoffs import Payoffs
from model.economics.axes import NEVER
from model.economics.strategies import STRATEGIES, compared
from priors.reading.records import AddedStrategy

#: A value of each quantity that the levers read.
QUANTITIES = {
    "market.size_2033": 20.0,
    "robotics.success": 1.0,
    "robotics.years_to_revenue": 9.0,
    "compute.chip_cost_decline": 0.2,
    "ipo.valuation_impact": 0.01,
}
FIGURES = ("share", "exit_minus_best_other", "for_good")
ADDED = (AddedStrategy("paid_only", "Paid only"), AddedStrategy("small_team", "Small team"))


def run_of(npv, added=(), option=None, rivals_stay=None, attrs=None, **draws):
    """A run from NPVs (player, strategy, chain, draw) and draws (chain, draw) of quantities.

    `option` is (timing, payoff), each shaped as `npv`.
    """
    npv = np.asarray(npv, dtype=float)
    players, strategies, chains, count = npv.shape
    names = [f"p{place}" for place in range(players)]
    every = [one.name for one in compared(added)][:strategies]
    coords = {
        "player": names,
        "strategy": every,
        "chain": np.arange(chains),
        "draw": np.arange(count),
    }
    dims, cells = ("player", "strategy", "chain", "draw"), ("player", "strategy")
    given = {name.replace("__", "."): values for name, values in draws.items()}
    quantities = {
        name: (("chain", "draw"), np.broadcast_to(given.get(name, value), (chains, count)))
        for name, value in QUANTITIES.items()
    }
    held = {"chain": coords["chain"], "draw": coords["draw"]}
    groups = {
        "payoff": xr.Dataset({"npv": (dims, npv)}, coords),
        "prior": xr.Dataset(quantities, held),
    }
    if option is not None:
        zero = (cells, np.zeros(npv.shape[:2]))
        figures = dict.fromkeys(("value", "value_mcse", "upper", "upper_mcse", "loses"), zero)
        figures["upper_kind"] = (cells, np.full(npv.shape[:2], "dual"))
        data = {"timing": (dims, option[0]), "payoff": (dims, option[1]), **figures}
        groups["option"] = xr.Dataset(data, coords)
    if rivals_stay is not None:
        groups["rivals_stay"] = xr.Dataset({"npv": (dims, rivals_stay)}, coords)
    tree = xr.DataTree.from_dict({f"/{name}": group for name, group in groups.items()})
    tree.attrs |= {
        "name": "made-up",
        "currency": "USD billion, nominal",
        "draws": chains * count,
        "chains": chains,
        "seed": 3,
        "player_types": json.dumps(dict.fromkeys(names, "lab")),
        "player_labels": json.dumps({name: name for name in names}),
        "type_labels": json.dumps({}),
        "strategies": json.dumps([asdict(one) for one in added]),
        **(attrs or {}),
    }
    return tree


def judged(npv, **more):
    """The decision of one player with NPVs (strategy, chain, draw)."""
    return decision(run_of(np.asarray(npv)[np.newaxis], **more))["players"]["p0"]


def within_4_mcse(cell, expected):
    for name, value in expected.items():
        assert cell[f"{name}_mcse"] > 0.0
        assert abs(cell[name] - value) < 4.0 * cell[f"{name}_mcse"], name


# --------------------------------------------------------------------------------------- classes


def classes(lever, **draws):
    """Share of the draws in each range of a lever, of draws (draw,) in two equal chains."""
    both = {name: np.stack([values, values]) for name, values in draws.items()}
    count = len(next(iter(draws.values())))
    found = judged(np.zeros((3, 2, count)), **both)["levers"][lever]
    assert [one["class"] for one in found] == list(CLASSES[lever])
    return [one["share"] * count for one in found]


def test_ranges_of_the_market_hold_both_ends_in_the_middle():
    size = np.array([1.0, 6.99, 7.0, 20.0, 50.0, 50.01, 800.0])
    assert classes("market", market__size_2033=size) == pytest.approx([2, 3, 2])


def test_ranges_of_the_ipo_hold_both_ends_in_the_middle():
    impact = np.array([-0.3, -0.001, 0.0, 0.01, 0.02, 0.021])
    assert classes("ipo", ipo__valuation_impact=impact) == pytest.approx([2, 3, 1])


def test_robotics_that_never_comes_is_neither_soon_nor_late():
    years, comes = np.array([1.0, 4.9, 5.0, 9.0, 1.0, 9.0]), np.array([1, 1, 1, 1, 0, 0])
    found = classes("robotics", robotics__years_to_revenue=years, robotics__success=comes)
    assert found == pytest.approx([2, 2, 2])


def test_chips_are_parted_into_thirds_of_the_draws_of_the_run():
    decline = np.random.default_rng(1).permutation(np.linspace(0.0, 0.9, 30))
    assert classes("chips", compute__chip_cost_decline=decline) == pytest.approx([10, 10, 10])


def test_a_quantity_that_is_constant_has_all_draws_in_one_range():
    found = judged(np.zeros((3, 2, 4)))["levers"]
    assert {name: [one["share"] for one in rows] for name, rows in found.items()} == {
        "market": [0.0, 1.0, 0.0],
        "robotics": [0.0, 1.0, 0.0],
        "chips": [0.0, 1.0, 0.0],
        "ipo": [0.0, 1.0, 0.0],
    }


# ------------------------------------------------------------------------------------ by hand


def test_a_lever_worked_by_hand():
    """Two chains of four draws, of which three and two have a small market."""
    size = np.array([[1, 2, 3, 20], [1, 2, 20, 20]])
    exit_ = np.array([[1.0, 2, 3, 0], [5, 7, 0, 2]])
    stay = np.array([[-9.0, -9, -9, 4], [-9, -9, 6, 2]])
    api = np.array([[0.0, 0, 0, -1], [1, 1, -2, -3]])
    found = judged([exit_, stay, api], market__size_2033=size)
    below, middle, above = found["levers"]["market"]
    # 6 of 3 draws and 10 of 2: leaving out a chain leaves 5 and 2.
    assert below["best_other"] == "api_only"
    assert below["exit_minus_best_other"] == pytest.approx(16 / 5)
    assert below["exit_minus_best_other_mcse"] == pytest.approx(1.5)
    assert (below["share"], below["share_mcse"]) == pytest.approx((5 / 8, 1 / 8))
    # One draw of the first chain is too few: the share stands alone.
    lone = {"class": "7 to 50", "share": pytest.approx(3 / 8), "share_mcse": pytest.approx(1 / 8)}
    figures = ("exit_minus_best_other", "for_good")
    nothing = dict.fromkeys(["best_other", *figures, *(f"{name}_mcse" for name in figures)])
    assert middle == lone | nothing
    assert above == nothing | {"class": "above 50", "share": 0.0, "share_mcse": 0.0}


def test_the_best_other_is_that_of_the_range():
    """Five strategies: a small team in a small market, staying in a large one."""
    size = np.tile([1.0, 20.0, 90.0], (4, 8))
    npv = np.zeros((5, 4, 24))
    npv[1] = np.where(size > 50.0, 9.0, -9.0)
    npv[3] = np.where((size > 7.0) & (size < 50.0), 4.0, -1.0)
    npv[4] = np.where(size < 7.0, 1.0, -1.0)
    npv[2] = -2.0
    found = judged(npv, added=ADDED, market__size_2033=size)
    rows = found["levers"]["market"]
    assert [one["best_other"] for one in rows] == ["small_team", "paid_only", "stay"]
    assert [one["exit_minus_best_other"] for one in rows] == [-1.0, -4.0, -9.0]
    assert found["best"] == "paid_only"
    assert list(found["strategies"]) == ["exit", "stay", "api_only", "paid_only", "small_team"]


def test_posterior_draws_are_parted_where_there_are_some():
    run = run_of(np.zeros((1, 3, 2, 4)))
    later = run["prior"].to_dataset()
    later["market.size_2033"] = later["market.size_2033"] + 70.0
    run["posterior"] = xr.DataTree(later)
    rows = decision(run)["players"]["p0"]["levers"]["market"]
    assert [one["share"] for one in rows] == [0.0, 0.0, 1.0]


def test_a_run_without_draws_of_its_quantities_has_no_levers():
    run = run_of(np.zeros((1, 3, 2, 4)))
    del run["prior"]
    assert "levers" not in decision(run)["players"]["p0"]


# -------------------------------------------------------------------------- closed forms, errors


def payoffs_of_normals(seed, chains=16, draws=512):
    """Exit less stay is 1 - 2 z + e, the market exp(2 + z); without options 1 more."""
    rng = np.random.default_rng(seed)
    z, noise = rng.standard_normal((2, chains, draws))
    npv = np.stack([1.0 - 2.0 * z + noise, np.zeros_like(z), np.full_like(z, -50.0)])
    payoff = np.zeros_like(npv)
    payoff[1] = 1.0
    return npv, payoff, np.exp(2.0 + z)


def test_means_by_range_of_a_normal_are_those_of_the_truncated_normal():
    npv, payoff, size = payoffs_of_normals(5, draws=4096)
    timing = np.where(payoff > 0.0, 3, NEVER)
    option = (timing[np.newaxis], payoff[np.newaxis])
    found = judged(npv, option=option, market__size_2033=size)["levers"]["market"]
    ends = np.array([-np.inf, np.log(7.0) - 2.0, np.log(50.0) - 2.0, np.inf])
    for row, low, high in zip(found, ends[:-1], ends[1:], strict=True):
        share = norm.cdf(high) - norm.cdf(low)
        mean = (norm.pdf(low) - norm.pdf(high)) / share
        expected = {"share": share, "exit_minus_best_other": 1.0 - 2.0 * mean}
        within_4_mcse(row, expected | {"for_good": 2.0 - 2.0 * mean})
        assert row["best_other"] == "stay"


@pytest.mark.slow
def test_the_stated_errors_are_the_spread_of_repeated_runs():
    """300 runs; the spread of 300 figures is known to 4 %. Few draws in a range, and a tail."""
    stated = {}
    for seed in range(300):
        npv, payoff, size = payoffs_of_normals([9, seed], draws=128)
        below = size < 7.0
        parts = {"market": [("below 7", below), ("rest", ~below & (size < 50.0))]}
        both = Payoffs(STRATEGIES[:3], npv, (npv - payoff)[:2])
        rows = levers(both, parts | dict.fromkeys(("robotics", "chips", "ipo"), ())).market
        tail = judge(both).tail
        cells = {f"{row.class_} {name}": getattr(row, name) for row in rows for name in FIGURES}
        cells |= {"share_of_lead": tail.share_of_lead, "mean_without": tail.mean_without}
        for name, figure in cells.items():
            stated.setdefault(name, []).append((figure.value, figure.mcse))
    for name, pairs in stated.items():
        values, errors = np.array(pairs).T
        ratio = np.sqrt((errors**2).mean()) / values.std(ddof=1)
        assert 0.8 < ratio < 1.25, f"{name}: {ratio}"


# ------------------------------------------------------------------------------------- invariants


@pytest.fixture(scope="module")
def whole():
    """Three players, four chains, every quantity of the levers drawn."""
    rng = np.random.default_rng(11)
    shape = (4, 256)
    npv = rng.normal(size=(3, 5, *shape))
    npv[:, 1] += 3.0
    draws = {
        "market__size_2033": np.exp(rng.normal(2.0, 1.0, shape)),
        "robotics__success": rng.random(shape) < 0.6,
        "robotics__years_to_revenue": rng.uniform(2.0, 12.0, shape),
        "compute__chip_cost_decline": rng.random(shape),
        "ipo__valuation_impact": rng.normal(0.01, 0.01, shape),
    }
    stayed = npv + rng.normal(size=npv.shape)
    return npv, stayed, draws


def test_shares_add_up_and_means_weighted_by_them_are_the_mean(whole):
    """Staying is the best other in every range, so that nothing but one difference is parted."""
    npv, _, draws = whole
    for entry in decision(run_of(npv, ADDED, **draws))["players"].values():
        for rows in entry["levers"].values():
            assert sum(one["share"] for one in rows) == pytest.approx(1.0)
            assert {one["best_other"] for one in rows} == {"stay"}
            for name, mean in (
                ("exit_minus_best_other", entry["exit_minus_best_other"]["mean"]),
                ("for_good", entry["for_good"]["mean"]),
            ):
                assert sum(one["share"] * one[name] for one in rows) == pytest.approx(mean)


def test_in_a_range_exit_leads_by_no_more_than_over_the_best_on_average(whole):
    npv, _, draws = whole
    entry = decision(run_of(npv[:, [0, 2, 3]], **draws))["players"]["p1"]
    for rows in entry["levers"].values():
        parted = sum(one["share"] * one["exit_minus_best_other"] for one in rows)
        assert parted <= entry["exit_minus_best_other"]["mean"] + 1e-12


def test_names_of_players_are_only_names(whole):
    npv, stayed, draws = whole
    before = decision(run_of(npv, ADDED, rivals_stay=stayed, **draws))["players"]
    order = [2, 0, 1]
    after = decision(run_of(npv[order], ADDED, rivals_stay=stayed[order], **draws))["players"]
    for place, source in enumerate(order):
        assert after[f"p{place}"] | {"label": f"p{source}"} == before[f"p{source}"]


def test_the_order_of_strategies_and_players_in_a_group_does_not_matter(whole):
    npv, stayed, draws = whole
    run = run_of(npv, ADDED, rivals_stay=stayed, **draws)
    before = decision(run)
    turned = run["rivals_stay"].to_dataset().isel(strategy=[4, 2, 0, 1, 3], player=[1, 2, 0])
    run["rivals_stay"] = xr.DataTree(turned.transpose("draw", "strategy", "player", "chain"))
    assert decision(run) == before


# ------------------------------------------------------------------- for good, rival, gain, tail


def test_for_good_takes_off_what_both_real_options_pay():
    npv = np.random.default_rng(2).normal(size=(3, 2, 8))
    paid = np.random.default_rng(3).random((3, 2, 8))
    found = judged(npv, option=(np.full((1, 3, 2, 8), 4), paid[np.newaxis]))
    bare = npv - paid
    assert found["for_good"]["mean"] == pytest.approx((bare[0] - bare[1]).mean())
    assert found["for_good"]["p95"] == pytest.approx(np.quantile(bare[0] - bare[1], 0.95))
    without = judged(npv)
    assert without["for_good"] == without["exit_minus_stay"]


@pytest.mark.parametrize(
    ("means", "rival", "gain", "other"),
    [
        ((3.0, 1.0, 2.0, 0.0), "api_only", 1.0, "api_only"),
        ((0.0, 1.0, 5.0, 4.0), "exit", 5.0, "api_only"),
        ((2.0, 1.0, 0.0, 6.0), "exit", 4.0, "paid_only"),
        ((1.0, 1.0, 0.0, 0.0), "stay", 0.0, "stay"),
    ],
)
def test_the_rival_is_the_best_on_the_other_side(means, rival, gain, other):
    """Of leaving or operating; not the next best, which may be on the same side."""
    npv = np.broadcast_to(np.reshape(means, (4, 1, 1)), (4, 2, 8))
    found = judged(npv, added=ADDED[:1])
    assert (found["rival"], found["gain"]) == (rival, gain)
    assert found["exit_minus_best_other"]["best_other"] == other
    assert found["exit_minus_best_other"]["mean"] == means[0] - max(means[1:])


@pytest.mark.parametrize(("leaves", "expected"), [(18, True), (17, False), (20, True)])
def test_one_more_year_is_what_staying_is_where_it_is_left_at_once(leaves, expected):
    """In nine draws of ten or more, of twenty; leaving later, or the API, is another matter."""
    timing = np.full((1, 3, 2, 10), NEVER)
    timing[0, 1] = np.where(np.arange(20) < leaves, 0, 1).reshape(2, 10)
    timing[0, 2] = 1
    npv = np.zeros((3, 2, 10))
    found = judged(npv, option=(timing, np.zeros(timing.shape)))
    assert found["one_more_year"] is expected
    assert judged(npv)["one_more_year"] is False


def test_a_type_pays_for_one_more_year_only_if_all_its_players_do():
    timing = np.zeros((2, 3, 2, 4), int)
    timing[1, 1] = 2
    run = run_of(np.zeros((2, 3, 2, 4)), option=(timing, np.zeros(timing.shape)))
    found = decision(run)
    assert [one["one_more_year"] for one in found["players"].values()] == [True, False]
    assert found["types"]["lab"]["one_more_year"] is False


def test_the_tail_by_hand():
    """One draw in a hundred: of 100 and 99 times 1, or of the opposite sign."""
    exit_ = np.ones((2, 50))
    exit_[1, 7] = 100.0
    tail = judged([exit_, np.zeros((2, 50)), exit_ - 200.0])["tail"]
    assert (tail["share_of_lead"], tail["mean_without"]) == pytest.approx((100 / 199, 1.0))
    exit_[1, 7] = -49.0
    tail = judged([exit_, np.zeros((2, 50)), exit_ - 200.0])["tail"]
    assert (tail["share_of_lead"], tail["mean_without"]) == pytest.approx((-49 / 50, 1.0))
    assert judged(np.zeros((3, 2, 50)))["tail"]["share_of_lead"] is None


def test_a_steady_lead_has_a_hundredth_in_a_hundredth_of_the_draws():
    tail = judged([np.ones((4, 100)), np.zeros((4, 100)), np.zeros((4, 100))])["tail"]
    expected = {"share_of_lead": 0.01, "share_of_lead_mcse": 0.0}
    assert tail == pytest.approx(expected | {"mean_without": 1.0, "mean_without_mcse": 0.0})


# ------------------------------------------------------------------------------------------ rivals


def test_the_answer_with_rivals_who_stay(whole):
    npv, stayed, draws = whole
    found = decision(run_of(npv, ADDED, rivals_stay=stayed, **draws))
    alone = decision(run_of(stayed, ADDED, **draws))
    for kind in ("players", "types"):
        for name, entry in found[kind].items():
            for key in ("best", "gain", "gain_mcse", "exit_minus_stay"):
                assert entry["rivals_stay"][key] == alone[kind][name][key]
            assert "rivals_stay" not in alone[kind][name]


def test_what_a_run_says_of_its_rivals():
    stated = {"rounds": 4, "settled": 1, "last_move_mcse": 0.8, "residual": 0.002}
    run = run_of(np.zeros((1, 3, 2, 4)), attrs={"rivals": "respond", **stated})
    assert decision(run)["rivals"] == {"respond": True, **stated, "settled": True}
    run.attrs["settled"] = 0
    assert decision(run)["rivals"]["settled"] is False
    run.attrs["rivals"] = "stay"
    silent = dict.fromkeys(stated)
    assert decision(run)["rivals"] == {"respond": False, **silent}
    for name in ("rivals", "strategies", *stated):
        run.attrs.pop(name, None)
    first_edition = decision(run)
    assert first_edition["rivals"] == {"respond": False, **silent}
    assert first_edition["strategies"]["api_only"] == {"label": "API only"}


def test_strategies_are_named_in_order():
    found = decision(run_of(np.zeros((1, 5, 2, 4)), ADDED))["strategies"]
    assert list(found) == ["exit", "stay", "api_only", "paid_only", "small_team"]
    assert found["paid_only"] == {"label": "Paid only"}
