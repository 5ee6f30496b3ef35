"""Paths by year and the industry's profit against the slow version."""

import numpy as np
import pytest

from model.economics.axes import N_YEARS
from model.economics.presence import Presence, everybody
from model.simulation.paths import PROBABILITIES, paths
from tests.reference import economics as slow
from tests.reference.draws import (
    as_setting,
    by_year,
    made_up,
    made_up_presence,
    named,
)

DRAWS, PLAYERS = 12, 3
#: Components that make up the profit of the industry.
PROFIT = ("video_margin", "consumer_subsidy", "fixed_cost")


def slow_profit(draw, there):
    """Present value of margin less subsidy and fixed cost under `stay`, while players are there."""
    g, players = draw
    total = 0.0
    for i, player in enumerate(players):
        yearly = [
            there[t][i]
            * sum(year[name] for name in ("video_margin", "consumer_subsidy", "fixed_cost"))
            for t, year in enumerate(slow.funded_flows(g, players, i, "stay", there))
        ]
        ends = slow.distress(g, players, i, "stay", there) is not None
        total += (
            slow.value_of_years(player, yearly) if ends else slow.present_value(g, player, yearly)
        )
    return total


@pytest.fixture(scope="module", params=["some", "everybody", "no funding to speak of"])
def case(request):
    """Two chains of draws, who is there, and the draws by name."""
    fixed = {"funding": 0.4} if request.param == "no funding to speak of" else {}
    draws = made_up(DRAWS, PLAYERS, seed=3, **fixed)
    there = everybody(DRAWS, PLAYERS)
    if request.param == "some":
        there = made_up_presence(DRAWS, PLAYERS, seed=4)
    found = paths(as_setting(*draws, chains=2), there)
    return found, there, [(named(*draws, draw), by_year(there, draw)) for draw in range(DRAWS)]


def bands(values):
    """Quantiles over the draws, the first axis."""
    return np.quantile(np.array(values), PROBABILITIES, axis=0)


def test_industry_profit_is_the_slow_version_s(case):
    found, _, draws = case
    expected = [slow_profit(draw, there) for draw, there in draws]
    assert found["industry_profit"].values == pytest.approx(bands(expected), rel=1e-10)
    assert np.ptp(expected) > 0.0


def test_paths_of_the_industry_are_the_slow_version_s(case):
    found, _, draws = case
    each = [(draw, t) for draw, _ in draws for t in slow.YEARS]
    of = {
        "market_revenue": [slow.market(g, t) for (g, _), t in each],
        "price": [slow.price(g, players, t) for (g, players), t in each],
        "unit_cost_index": [slow.cost_index(g, t) for (g, _), t in each],
    }
    of["paid_seconds"] = [
        revenue * 1e9 / price / (8.2e9 * 365.0)
        for revenue, price in zip(of["market_revenue"], of["price"], strict=True)
    ]
    for name, values in of.items():
        expected = bands(np.reshape(values, (DRAWS, N_YEARS)))
        assert found[name].dims == ("probability", "year")
        assert found[name].values == pytest.approx(expected, rel=1e-10), name


def test_shares_and_margins_of_who_stays_are_the_slow_version_s(case):
    found, _, draws = case
    shares = [
        [[slow.share(*draw, i, "stay", t, there) for t in slow.YEARS] for i in range(PLAYERS)]
        for draw, there in draws
    ]
    assert found["share"].values == pytest.approx(bands(shares), rel=1e-10)
    margins = [
        [[1.0 - slow.cost_ratio(*draw, i, t) for t in slow.YEARS] for i in range(PLAYERS)]
        for draw, _ in draws
    ]
    assert found["gross_margin"].values == pytest.approx(bands(margins), rel=1e-9, abs=1e-9)


def test_presence_is_its_mean_over_all_draws(case):
    found, _, draws = case
    expected = np.mean([there for _, there in draws], axis=0).T
    assert found["presence"].dims == ("player", "year")
    assert found["presence"].values == pytest.approx(expected)


def test_funding_runs_out_in_some_of_these_draws_and_not_in_others(case):
    _, _, draws = case
    stops = [
        slow.distress_year(*draw, i, "stay", there) for draw, there in draws for i in range(PLAYERS)
    ]
    assert len(set(stops)) > 1


def test_bands_are_of_the_first_256_draws_of_a_chain_and_presence_of_all():
    globals_, players = made_up(600, 1, seed=5)
    gone = np.full((1, 600, 1), N_YEARS - 1, dtype=np.int8)
    gone[0, 256:300] = gone[0, 556:] = 4
    found = paths(as_setting(globals_, players, chains=2), Presence(gone, np.ones(1)))
    kept = np.r_[0:256, 300:556]
    some = as_setting(globals_[:, kept], players[..., kept], chains=2)
    expected = paths(some, everybody(512, 1))
    for name in ("market_revenue", "price", "share", "industry_profit"):
        assert np.array_equal(found[name].values, expected[name].values)
    assert found["presence"].values[0] == pytest.approx([1.0] * 5 + [1.0 - 88 / 600] * 15)


def test_who_has_left_before_the_first_year_earns_nothing():
    globals_, players = made_up(4, 2, seed=6)
    gone = Presence(np.full((1, 4, 2), -1, dtype=np.int8), np.ones(1))
    found = paths(as_setting(globals_, players), gone)
    assert np.all(found["industry_profit"].values == 0.0)
    assert np.all(found["presence"].values == 0.0)
