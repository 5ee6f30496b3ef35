"""The compiled kernel against the slow version, draw by draw; limits, scaling, symmetry, bytes."""

import hashlib
import math

import numpy as np
import pytest

from model.economics import kernel
from model.economics.components import COMPONENT_NAMES
from model.economics.kernel import evaluate
from model.economics.strategies import STRATEGY_NAMES
from model.numerics import threads
from tests.reference import economics as slow
from tests.reference.draws import (
    GLOBALS,
    PLAYER,
    by_year,
    made_up,
    made_up_presence,
    named,
)
from tests.reference.strategies import API_ONLY, EXIT, PLACES, STAY

OPERATING = slice(0, 6)
PLACE = {name: place for place, name in enumerate(COMPONENT_NAMES)}
MONEY = (
    "market.size_2025",
    "market.size_2033",
    "market.ceiling",
    "robotics.profit_pool",
    "consumer_subsidy_2026",
    "fixed_cost",
    "legal_loss",
    "valuation",
    "trust_loss",
    "salvage",
    "exit_cost",
    "funding",
    "reentry_cost",
)
#: Conditions to hold in all draws, each with draws that are otherwise wide and heterogeneous.
EXTREMES = {
    "wide": {},
    "tiny market": {"market_size_2025": 1e-12, "market_size_2033": 1e-12},
    "huge market": {"market_size_2025": 1e3, "market_size_2033": 1e9},
    "collapsing market": {"market_size_2025": 10.0, "market_size_2033": 1e-12},
    "steady growth": {"market_growth_fade": 1e-9},
    "growth that stops": {"market_growth_fade": 50.0},
    "rising cost": {"compute_chip_cost_decline": 0.0, "compute_quality_creep": 5.0},
    "collapsing cost": {"compute_chip_cost_decline": 0.99, "compute_efficiency_gain": 0.99},
    "price that hardly moves": {"competition_commoditization_rate": 1e-12},
    "price at cost": {"competition_commoditization_rate": 100.0},
    "gap closed at once": {"compute_cost_gap_half_life": 1e-3},
    "gap for ever": {"compute_cost_gap_half_life": 1e9},
    "no fringe": {"competition_fringe_attractiveness": 0.0},
    "vanishing fringe": {"competition_fringe_growth": -0.99},
    "exploding fringe": {"competition_fringe_growth": 10.0},
    "steep robotics": {"robotics_success": 1.0, "robotics_ramp_years": 0.01},
    "slow robotics": {"robotics_success": 1.0, "robotics_ramp_years": 1e3},
    "no terminal growth": {"valuation_terminal_growth": 0.0},
    "negative rates": {"valuation_terminal_growth": -0.09, "discount_rate": -0.04},
    "no funding": {"funding": 0.0},
    "endless funding": {"funding": 1e12},
    "no ceiling": {"market_ceiling": math.inf},
    "always at the ceiling": {"market_ceiling": 1e-3},
    "steady decline of cost": {"compute_decline_half_life": math.inf},
    "decline fades at once": {"compute_decline_half_life": 1e-3},
    "weights of 2026 for ever": {"competition_share_half_life": math.inf},
    "long-run weights at once": {"competition_share_half_life": 1e-3},
    "far cheaper rival": {"cost_ratio": 1e-6},
}


def by_slow_version(globals_, players, presence=None):
    """Components (draw, player, strategy, component) in plain Python."""
    found = []
    for draw in range(globals_.shape[1]):
        there = None if presence is None else by_year(presence, draw)
        found.append(slow.components(*named(globals_, players, draw), presence=there))
    return np.array(
        [
            [
                [[one[strategy][name] for name in COMPONENT_NAMES] for strategy in STRATEGY_NAMES]
                for one in players_
            ]
            for players_ in found
        ]
    )


def assert_equal_but_for_rounding(found, expected):
    """To 1e-12 of the sum of the absolute components of each player's strategy."""
    size = np.abs(expected).sum(axis=-1, keepdims=True)
    assert np.all(np.abs(found - expected) <= 1e-12 * size)


def components(globals_, players):
    return evaluate(globals_, players, serial=True)[0]


def changed(globals_, players, name, change):
    """The draws with `change` applied to one quantity."""
    globals_, players = globals_.copy(), players.copy()
    values = globals_[GLOBALS.index(name)] if "." in name else players[:, PLAYER.index(name)]
    values[...] = change(values)
    return globals_, players


# ------------------------------------------------------------------------- against the slow version


def test_the_slow_version_knows_every_strategy():
    assert {"exit", *slow.FACTORS} == set(STRATEGY_NAMES), "tests/reference/economics.py: FACTORS"


@pytest.mark.parametrize("fixed", EXTREMES.values(), ids=EXTREMES.keys())
def test_every_component_is_that_of_the_slow_version(fixed):
    draws = made_up(12 if fixed == {} else 4, 4, seed=11, **fixed)
    assert_equal_but_for_rounding(components(*draws), by_slow_version(*draws))


@pytest.mark.parametrize("players", [1, 2, 8])
def test_rivals_who_have_left(players):
    draws = made_up(4, players, seed=15)
    there = made_up_presence(4, players, seed=16)
    found, _ = evaluate(*draws, presence=there)
    assert_equal_but_for_rounding(found, by_slow_version(*draws, there))
    if players > 1:
        assert not np.allclose(found, components(*draws))


@pytest.mark.parametrize("players", [1, 2, 8])
def test_any_number_of_players(players):
    draws = made_up(4, players, seed=12)
    assert_equal_but_for_rounding(components(*draws), by_slow_version(*draws))


def test_one_player_far_ahead_of_the_others():
    globals_, players = made_up(10, 3, seed=13)
    players[1, PLAYER.index("cost_ratio")] = 1e-6
    players[1, PLAYER.index("attractiveness")] = 1e3
    assert_equal_but_for_rounding(components(globals_, players), by_slow_version(globals_, players))


def test_the_made_up_draws_reach_every_branch():
    """Funding that runs out early, late, never; falling and rising cost; a loss on robotics."""
    globals_, players = made_up(60, 4, seed=11)
    draws = [named(globals_, players, draw) for draw in range(60)]
    stops = {slow.distress_year(*draw, i, "stay") for draw in draws for i in range(4)}
    assert stops >= {None, 0, 1, 5, 12, 19}
    assert {slow.cost_decline(g, 0) > 0 for g, _ in draws} == {True, False}
    found = components(globals_, players)[:, :, EXIT, PLACE["robotics"]]
    assert found.min() < 0.0 < found.max()
    assert np.any(found == 0.0)


def test_npv_is_the_sum_of_the_components():
    found, npv = evaluate(*made_up(50, 3, seed=14))
    size = np.abs(found).sum(axis=-1)
    assert np.all(np.abs(npv - found.sum(axis=-1)) <= 1e-15 * size)


# ------------------------------------------------------------------------------------- closed forms


def steady(**fixed):
    """One player in an industry that stands still: no growth, everything at cost plus."""
    industry = {
        "market_size_2025": 5.0,
        "market_size_2033": 5.0,
        "market_ceiling": math.inf,
        "compute_chip_cost_decline": 0.0,
        "compute_efficiency_gain": 0.0,
        "compute_quality_creep": 0.0,
        "compute_long_run_decline": 0.0,
        "compute_unit_cost_2026": 0.2,
        "competition_price_2026": 0.25,
        "competition_markup": 0.25,
        "competition_fringe_attractiveness": 3.0,
        "competition_fringe_growth": 0.0,
        "valuation_terminal_growth": 0.0,
        "attractiveness": 1.0,
        "weight_2026": 1.0,
        "cost_ratio": 1.0,
        "price_premium": 1.0,
        "discount_rate": 0.1,
        "funding": 1e9,
    }
    return components(*made_up(1, 1, seed=15, **(industry | fixed)))[0, 0]


#: Value of 1 a year for ever, each at mid-year, at 10 %.
FOR_EVER = 1.1**0.5 / 0.1


def halving(half_life, growth=0.0, rate=0.1):
    """Value of 1, halving every `half_life` years, the last year's growing for ever after."""
    yearly = 0.5 ** (np.arange(20) / half_life) * (1 + rate) ** -(np.arange(20) + 0.5)
    return yearly.sum() + yearly[-1] * (1 + growth) / (rate - growth)


def test_a_steady_business_is_a_perpetuity():
    found = steady(synergy=0.3, fixed_cost=0.7, legal_loss=0.2, api_share=0.5, api_fixed=0.4)
    revenue = 5.0 / 4.0
    assert found[STAY, PLACE["video_margin"]] == pytest.approx(0.2 * revenue * FOR_EVER)
    assert found[STAY, PLACE["platform_synergy"]] == pytest.approx(0.3 * revenue * FOR_EVER)
    assert found[STAY, PLACE["fixed_cost"]] == pytest.approx(-0.7 * FOR_EVER)
    assert found[STAY, PLACE["legal"]] == pytest.approx(-0.2 * FOR_EVER)
    revenue = 5.0 * 0.5 / 3.5
    assert found[API_ONLY, PLACE["video_margin"]] == pytest.approx(0.2 * revenue * FOR_EVER)
    assert found[API_ONLY, PLACE["platform_synergy"]] == pytest.approx(0.3 * revenue * FOR_EVER)
    assert found[API_ONLY, PLACE["fixed_cost"]] == pytest.approx(-0.28 * FOR_EVER)


def test_the_subsidy_halves_and_is_the_app_s_alone():
    found = steady(consumer_subsidy_2026=2.0, market_subsidy_half_life=1.5)
    assert found[STAY, PLACE["consumer_subsidy"]] == pytest.approx(-2.0 * halving(1.5))
    assert found[API_ONLY, PLACE["consumer_subsidy"]] == 0.0


def test_opportunity_cost_lasts_as_long_as_scarcity():
    found = steady(
        compute_opportunity=0.4,
        compute_scarcity_half_life=2.0,
        consumer_subsidy_2026=1.0,
        market_subsidy_half_life=2.0,
    )
    used = 1.25 * 0.8 * halving(2.0) + halving(1.0)  # two half-lives of 2 years are one of 1
    assert found[STAY, PLACE["compute_opportunity"]] == pytest.approx(-0.4 * used)


def test_terminal_growth_multiplies_what_comes_after_the_last_year():
    found = steady(valuation_terminal_growth=0.04, legal_loss=1.0)
    twenty_years = FOR_EVER * (1 - 1.1**-20)
    after = 1.1**-19.5 * 1.04 / 0.06
    assert found[STAY, PLACE["legal"]] == pytest.approx(-(twenty_years + after))


def test_robotics_in_one_step():
    """A ramp of a tenth of a year, four and a half years away: nothing, then everything."""
    found = steady(
        robotics_success=1.0,
        robotics_profit_pool=30.0,
        robotics_years_to_revenue=4.45,
        robotics_ramp_years=0.1,
        robotics_capture=0.1,
        robotics_uplift=0.5,
        robotics_complement=0.2,
        api_scope=0.25,
    )
    from_year_5 = 30.0 * 0.1 * 0.3 * FOR_EVER / 1.1**5
    assert found[EXIT, PLACE["robotics"]] == pytest.approx(from_year_5)
    assert found[STAY, PLACE["robotics"]] == 0.0
    assert found[API_ONLY, PLACE["robotics"]] == pytest.approx(0.75 * from_year_5)


def test_one_off_items_are_not_discounted():
    found = steady(
        valuation=100.0,
        ipo_exposure=0.5,
        ipo_owner_pass_through=0.8,
        ipo_valuation_impact=0.05,
        ipo_delay_years=1.0,
        ipo_delay_cost=0.05,
        api_scope=0.25,
        trust_loss=0.3,
        salvage=2.0,
        exit_cost=0.4,
    )
    of_three = found[list(PLACES)]
    assert of_three[:, PLACE["ipo"]] == pytest.approx([0.0, -4.0, -1.0])
    assert of_three[:, PLACE["developer_trust"]] == pytest.approx([-0.3, 0.0, 0.0])
    assert of_three[:, PLACE["exit_settlement"]] == pytest.approx([1.6, 0.0, 0.0])
    assert np.all(found[EXIT, OPERATING] == 0.0)


def burning(funding, **fixed):
    """Components of a player that spends 1 a year and earns nothing, its rival all there is."""
    globals_, players = made_up(1, 2, seed=16, valuation_terminal_growth=0.0)
    stated = {
        "attractiveness": 0.0,
        "consumer_subsidy_2026": 0.0,
        "fixed_cost": 1.0,
        "legal_loss": 0.0,
        "funding": funding,
        "salvage": 3.0,
        "distress_recovery": 0.5,
        "exit_cost": 0.4,
        "trust_loss": 0.3,
        "api_fixed": 1.0,
        "discount_rate": 0.1,
    }
    for name, value in (stated | fixed).items():
        players[0, PLAYER.index(name)] = value
    globals_[GLOBALS.index("market.fixed_cost_elasticity")] = 0.0
    return components(globals_, players)[0, 0]


@pytest.mark.parametrize(
    ("funding", "stop"), [(0.0, 0), (0.5, 0), (1.0, 0), (2.25, 2), (2.9, 2), (3.0, 2), (19.5, 19)]
)
@pytest.mark.parametrize("strategy", [STAY, API_ONLY])
def test_money_that_runs_out_lasts_for_a_part_of_the_year(funding, stop, strategy):
    """Whole years, then the part that is paid for; what is left comes when the money is spent."""
    found = burning(funding)[strategy]
    spent = sum(1.1 ** -(t + 0.5) for t in range(stop)) + (funding - stop) * 1.1 ** -(stop + 0.5)
    assert found[PLACE["fixed_cost"]] == pytest.approx(-spent, rel=1e-13, abs=0.0)
    settled = (3.0 * 0.5 - 0.4 - 0.3) * 1.1**-funding
    assert found[PLACE["exit_settlement"]] == pytest.approx(settled, rel=1e-13)


def test_money_for_all_twenty_years_and_no_more_ends_with_the_twentieth():
    """At -20 of 20 it has run out, whole as the year was: there is nothing after it."""
    found = burning(20.0)[STAY]
    spent = sum(1.1 ** -(t + 0.5) for t in range(20))
    assert found[PLACE["fixed_cost"]] == pytest.approx(-spent, rel=1e-13)
    assert found[PLACE["exit_settlement"]] == pytest.approx(0.8 * 1.1**-20, rel=1e-13)
    found = burning(20.000001)[STAY]
    forever = 1.1**0.5 / 0.1
    assert found[PLACE["fixed_cost"]] == pytest.approx(-forever, rel=1e-13)
    assert found[PLACE["exit_settlement"]] == 0.0


def test_owners_of_who_has_run_out_of_money_lose_trust_and_no_more():
    found = burning(2.5, exit_cost=9.0)[STAY]
    assert found[PLACE["exit_settlement"]] == pytest.approx(-0.3 * 1.1**-2.5, rel=1e-13)


# ----------------------------------------------------------------------------------- limiting cases


def test_without_a_market_only_what_does_not_need_one_remains():
    globals_, players = made_up(
        40, 3, seed=17, market_size_2025=1e-12, market_size_2033=1e-12, funding=1e9
    )
    found = components(globals_, players)
    assert np.all(np.abs(found[..., PLACE["platform_synergy"]]) < 1e-9)
    size = np.abs(found).sum(axis=-1).max()
    for name, part in (("fixed_cost", "fixed_cost"), ("legal_loss", "legal")):
        rate = players[:, PLAYER.index("discount_rate")].T
        growth = globals_[GLOBALS.index("valuation.terminal_growth")][:, np.newaxis]
        yearly = (1.0 + rate)[..., np.newaxis] ** -(np.arange(20) + 0.5)
        annuity = yearly.sum(axis=-1) + yearly[..., -1] * (1 + growth) / (rate - growth)
        expected = -players[:, PLAYER.index(name)].T * annuity
        assert np.allclose(found[:, :, STAY, PLACE[part]], expected, rtol=0.0, atol=1e-13 * size)


def test_without_funding_a_losing_business_stops_at_once():
    globals_, players = made_up(
        40, 3, seed=18, funding=0.0, market_size_2025=1e-12, market_size_2033=1e-12
    )
    found = components(globals_, players)
    assert np.all(found[:, :, STAY, OPERATING] == 0.0)
    salvage, recovery, exit_cost, trust = (
        players[:, PLAYER.index(name)].T
        for name in ("salvage", "distress_recovery", "exit_cost", "trust_loss")
    )
    settlement = np.maximum(salvage * recovery - exit_cost, 0.0) - trust
    assert found[:, :, STAY, PLACE["exit_settlement"]] == pytest.approx(settlement)


def test_a_profitable_business_needs_no_funding():
    found = steady(funding=0.0, fixed_cost=0.0, legal_loss=0.0, consumer_subsidy_2026=0.0)
    assert found[STAY, PLACE["video_margin"]] == pytest.approx(0.25 * FOR_EVER)


def test_a_player_alone_has_the_whole_market():
    found = steady(competition_fringe_attractiveness=0.0, api_share=0.3)
    assert found[STAY, PLACE["video_margin"]] == pytest.approx(FOR_EVER)
    assert found[API_ONLY, PLACE["video_margin"]] == pytest.approx(FOR_EVER)


# ------------------------------------------------------------------------------- linearity, scaling


def test_money_has_no_unit_of_its_own():
    """All money in another currency, twice as many units of it: exactly twice every component."""
    globals_, players = made_up(50, 4, seed=19)
    scaled = globals_, players
    for name in MONEY:
        scaled = changed(*scaled, name, lambda values: 2.0 * values)
    assert np.array_equal(components(*scaled), 2.0 * components(globals_, players))


def test_a_second_of_video_has_no_unit_of_its_own():
    """Price and cost per minute instead of per second: nothing changes."""
    draws = made_up(50, 4, seed=20)
    scaled = draws
    for name in ("compute.unit_cost_2026", "competition.price_2026"):
        scaled = changed(*scaled, name, lambda values: 60.0 * values)
    assert_equal_but_for_rounding(components(*scaled), components(*draws))


def test_attractiveness_is_relative():
    draws = made_up(50, 4, seed=21)
    scaled = draws
    for name in ("attractiveness", "weight_2026", "competition.fringe_attractiveness"):
        scaled = changed(*scaled, name, lambda values: 10.0 * values)
    assert_equal_but_for_rounding(components(*scaled), components(*draws))


@pytest.mark.parametrize(
    ("name", "doubled"),
    [
        ("synergy", "platform_synergy"),
        ("fixed_cost", "fixed_cost"),
        ("legal_loss", "legal"),
        ("compute_opportunity", "compute_opportunity"),
        ("robotics.profit_pool", "robotics"),
        ("robotics_capture", "robotics"),
        ("valuation", "ipo"),
        ("ipo_exposure", "ipo"),
        ("ipo.owner_pass_through", "ipo"),
        ("trust_loss", "developer_trust"),
    ],
)
def test_doubling_a_quantity_doubles_its_component_and_no_other(name, doubled):
    draws = made_up(50, 4, seed=22, funding=1e12)
    expected = components(*draws)
    expected[..., PLACE[doubled]] *= 2.0
    found = components(*changed(*draws, name, lambda values: 2.0 * values))
    assert np.array_equal(found, expected)


def test_the_subsidy_is_linear_in_what_it_costs_and_in_the_compute_that_it_uses():
    draws = made_up(50, 4, seed=23, funding=1e12)
    none, one, two = (
        components(*changed(*draws, "consumer_subsidy_2026", lambda values, n=n: n * values))
        for n in (0.0, 1.0, 2.0)
    )
    touched = {PLACE["consumer_subsidy"], PLACE["compute_opportunity"]}
    assert set(np.unique(np.nonzero(one != none)[-1])) == touched
    assert_equal_but_for_rounding(two - one, one - none)
    assert np.array_equal(one[:, :, API_ONLY], none[:, :, API_ONLY])


@pytest.mark.parametrize(
    "name", ["competition.lock_in", "ipo.refund", "reentry_cost", "reentry_share"]
)
def test_what_belongs_to_the_two_real_options_changes_nothing_else(name):
    draws = made_up(50, 4, seed=24)
    found = components(*changed(*draws, name, lambda values: 0.5 * values))
    assert np.array_equal(found, components(*draws))


def test_relabelling_the_players_relabels_the_result():
    globals_, players = made_up(50, 5, seed=25)
    order = [3, 0, 4, 1, 2]
    found = components(globals_, players[order])
    assert_equal_but_for_rounding(found, components(globals_, players)[:, order])


def test_twins_fare_alike():
    globals_, players = made_up(50, 3, seed=26)
    players[2] = players[0]
    found = components(globals_, players)
    assert_equal_but_for_rounding(found[:, 2], found[:, 0])


# -------------------------------------------------------------------------------------------- bytes


@pytest.mark.parametrize("count", [1, 2, 3])
def test_one_core_and_several_give_the_same_bytes(monkeypatch, count):
    draws = made_up(2500, 4, seed=27)
    monkeypatch.setattr(kernel, "cores", lambda: count)
    monkeypatch.setattr(threads, "cores", lambda: count)
    digests = [
        [hashlib.sha256(part.tobytes()).hexdigest() for part in evaluate(*draws, serial=serial)]
        for serial in (True, False)
    ]
    assert digests[0] == digests[1]


@pytest.mark.parametrize("serial", [True, False])
def test_a_draw_does_not_depend_on_the_draws_around_it(serial):
    globals_, players = made_up(130, 4, seed=28)
    found, npv = evaluate(globals_, players, serial=serial)
    part, part_npv = evaluate(globals_[:, 37:101], players[:, :, 37:101], serial=serial)
    assert np.array_equal(part, found[37:101])
    assert np.array_equal(part_npv, npv[37:101])


@pytest.mark.parametrize("draws", [1, 7, 8, 9, 64])
def test_any_number_of_draws(draws):
    """Less than a tile of 8, one, a little more, many."""
    globals_, players = made_up(64, 2, seed=31)
    found, npv = evaluate(globals_[:, :draws], players[:, :, :draws])
    whole, whole_npv = evaluate(globals_, players, serial=True)
    assert np.array_equal(found, whole[:draws])
    assert np.array_equal(npv, whole_npv[:draws])


@pytest.mark.parametrize("serial", [True, False])
def test_no_draws_have_no_payoffs(serial):
    globals_, players = made_up(2, 2, seed=33)
    found, npv = evaluate(globals_[:, :0], players[:, :, :0], serial=serial)
    assert found.shape == (0, 2, len(STRATEGY_NAMES), len(COMPONENT_NAMES))
    assert npv.shape == found.shape[:3]


def test_no_component_is_a_zero_with_a_minus():
    """What staying withholds from robotics is nothing, also where robotics would lose."""
    found = components(*made_up(40, 2, seed=32, robotics_uplift=0.0, robotics_success=1.0))
    assert np.all(found[:, :, EXIT, PLACE["robotics"]] < 0.0)
    assert not np.signbit(found[:, :, STAY, PLACE["robotics"]]).any()


@pytest.mark.parametrize("serial", [True, False])
def test_what_was_in_the_room_before_does_not_matter(serial):
    draws = made_up(70, 4, seed=29)
    room = np.full((70, 4, len(STRATEGY_NAMES), len(COMPONENT_NAMES)), np.nan)
    found, npv = evaluate(*draws, out=room, serial=serial)
    assert found is room
    fresh, fresh_npv = evaluate(*draws, serial=serial)
    assert np.array_equal(found, fresh)
    assert np.array_equal(npv, fresh_npv)


def test_the_arguments_are_left_as_they_are():
    globals_, players = made_up(70, 4, seed=30)
    before = globals_.copy(), players.copy()
    evaluate(globals_, players)
    assert np.array_equal(globals_, before[0])
    assert np.array_equal(players, before[1])
