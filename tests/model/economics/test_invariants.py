"""What holds of the industry and of funding, whatever the draw."""

from math import inf

import numpy as np
import pytest

from model.economics.axes import N_YEARS
from model.economics.industry import COST_INDEX, MARKET, N_ROWS, PRICE, fill_industry
from model.economics.kernel import evaluate
from model.economics.presence import everybody
from model.economics.records import read_globals
from model.economics.strategies import EXIT, STRATEGIES
from model.numerics.jit import njit
from tests.reference import economics as slow
from tests.reference.draws import (
    GLOBALS,
    PLAYER,
    made_up,
    made_up_presence,
    named,
)
from tests.reference.options import filled

#: Components that are cash.
CASH = slice(0, 5)
OPERATING = tuple(place for place, one in enumerate(STRATEGIES) if one.operating)


@njit()
def _industry(row, players, industry, weights):
    """Compiled, with the record made inside: as Python calls it, no cache keeps it."""
    fill_industry(read_globals(row), players, industry, weights)


def industries(globals_, players):
    """What all players share (draw, row, year), and their weights (draw, player, year)."""
    draws, count = globals_.shape[1], len(players)
    found = np.empty((draws, N_ROWS, N_YEARS)), np.empty((draws, count, N_YEARS))
    for draw in range(draws):
        rows = np.ascontiguousarray(players[:, :, draw])
        _industry(np.ascontiguousarray(globals_[:, draw]), rows, found[0][draw], found[1][draw])
    return found


# --------------------------------------------------------------------------------------- industry


def test_the_industry_is_that_of_the_slow_version():
    globals_, players = made_up(15, 3, seed=1)
    players[1, PLAYER.index("attractiveness"), :5] = 0.0
    industry, weights = industries(globals_, players)
    for draw in range(15):
        g, own = named(globals_, players, draw)
        market = [slow.market(g, t) for t in slow.YEARS]
        assert industry[draw, MARKET] == pytest.approx(market, rel=1e-12)
        prices = [slow.price(g, own, t) for t in slow.YEARS]
        assert industry[draw, PRICE] == pytest.approx(prices, rel=1e-11)
        index = [slow.cost_index(g, t) for t in slow.YEARS]
        assert industry[draw, COST_INDEX] == pytest.approx(index, rel=1e-11)
        contest = [[slow.weight(g, player, t) for t in slow.YEARS] for player in own]
        assert weights[draw] == pytest.approx(np.array(contest), rel=1e-12)


def test_the_ceiling_is_never_passed():
    globals_, players = made_up(500, 1, seed=2, market_size_2033=200.0)
    market = industries(globals_, players)[0][:, MARKET]
    ceiling = globals_[GLOBALS.index("market.ceiling")][:, None]
    assert np.all(market <= ceiling)
    assert np.any(market > 0.99 * ceiling)
    demand = industries(*made_up(500, 1, seed=2, market_size_2033=200.0, market_ceiling=inf))[0]
    assert np.all(market <= demand[:, MARKET])
    below = demand[:, MARKET] <= ceiling / 2.0
    assert np.all(market[below] > (1.0 - 0.016) * demand[:, MARKET][below])


def test_a_constant_decline_of_cost_gives_the_closed_form_of_the_price():
    """With weights and costs that stand still: the target of the price does too."""
    fixed = {"compute_decline_half_life": inf, "competition_share_half_life": inf}
    globals_, players = made_up(100, 2, seed=3, cost_ratio=0.7, **fixed)
    found = industries(globals_, players)[0][:, PRICE]
    of = dict(zip((name.partition(".")[2] for name in GLOBALS), globals_, strict=True))
    fall = -np.log(
        (1.0 - of["chip_cost_decline"])
        * (1.0 - of["efficiency_gain"])
        * (1.0 + of["quality_creep"])
    )
    target = (1.0 + of["markup"]) * 0.7 * of["unit_cost_2026"]
    for t in range(N_YEARS):
        left = np.exp(-of["commoditization_rate"] * t)
        lag = np.maximum(fall, 0.0) * (1.0 - left) / of["commoditization_rate"]
        log_price = np.log(target) - fall * t + left * np.log(of["price_2026"] / target) + lag
        assert found[:, t] == pytest.approx(np.exp(log_price), rel=1e-9)


# ----------------------------------------------------------------------------------------- funding


@pytest.mark.parametrize("present", [False, True])
def test_who_runs_out_of_money_has_spent_its_funding(present):
    """At no discount the cash components are the cash spent."""
    fixed = {"discount_rate": 0.0, "valuation_terminal_growth": -0.05}
    globals_, players = made_up(300, 3, seed=4, **fixed)
    players[:, PLAYER.index("funding")] **= 0.4
    there = made_up_presence(300, 3, seed=5) if present else everybody(300, 3)
    found = evaluate(globals_, players, presence=there, serial=True)[0]
    held = filled(globals_, players, there).distress
    years = set()
    for player in range(3):
        funding = players[player, PLAYER.index("funding")]
        for strategy in OPERATING:
            stops = held[player, strategy]
            out = stops < N_YEARS
            parts = found[out, player, strategy]
            size = np.abs(parts).sum(axis=-1)
            assert np.all(np.abs(parts[:, CASH].sum(axis=-1) + funding[out]) <= 1e-10 * (1 + size))
            years |= set(stops.tolist())
    assert len(years) > 10


def test_more_funding_leaves_who_has_enough_as_it_is():
    globals_, players = made_up(200, 3, seed=6)
    more = players.copy()
    more[:, PLAYER.index("funding")] *= 2.0
    before, after = (evaluate(globals_, own, serial=True)[0] for own in (players, more))
    distress = filled(globals_, players).distress
    for player in range(3):
        funded = distress[player].T == N_YEARS
        assert np.array_equal(before[:, player][funded], after[:, player][funded])
        assert funded[:, EXIT].all()
        assert not funded.all()
