"""The components where a real option is used: by hand, and what that must and must not touch."""

import numpy as np
import pytest

from model.economics.axes import LEAVING_YEARS, NEVER, RETURN_YEARS
from model.economics.components import COMPONENT_NAMES, OPTION_COMPONENT_NAMES
from model.economics.inputs import inputs_of
from model.economics.kernel import evaluate
from model.economics.strategies import STRATEGY_NAMES
from model.economics.timing import evaluate_timed
from tests.reference.draws import made_up
from tests.reference.options import real_options as held_options
from tests.reference.strategies import API_ONLY, EXIT, STAY

ALL = (*COMPONENT_NAMES, *OPTION_COMPONENT_NAMES)
PLACE = {name: place for place, name in enumerate(ALL)}


def room(globals_, players):
    return np.empty((globals_.shape[1], len(players), len(STRATEGY_NAMES), len(ALL)))


def never(draws, players):
    """A timing in which no real option is used."""
    return np.full((draws, players, len(STRATEGY_NAMES)), NEVER, dtype=np.int8)


def without(globals_, players):
    return evaluate(globals_, players, room(globals_, players), serial=True)


def timed(globals_, players, timing):
    return evaluate_timed(inputs_of(globals_, players), timing, room(globals_, players))


def any_timing(held, seed):
    """For each draw and real option one of the dates at which it is live, or never."""
    rng = np.random.default_rng(seed)
    draws = held[0][0].live.shape[1]
    timing = never(draws, len(held))
    for player, own in enumerate(held):
        for strategy, option in enumerate(own):
            dates = np.array(option.years)
            for draw in range(draws):
                open_ = [NEVER, *dates[option.live[:, draw]]]
                timing[draw, player, strategy] = rng.choice(open_)
    return timing


def paid(held, timing):
    """What the real options pay at `timing` (draw, player, strategy)."""
    found = np.zeros(timing.shape)
    for player, own in enumerate(held):
        for strategy, option in enumerate(own):
            for date, year in enumerate(option.years):
                used = timing[:, player, strategy] == year
                found[used, player, strategy] = option.exercise[date, used]
    return found


def test_the_timings_tried_reach_every_date_and_never():
    timing = any_timing(held_options(*made_up(40, 3, seed=61)), seed=62)
    assert set(timing[:, :, EXIT].ravel()) == {NEVER, *RETURN_YEARS}
    assert set(timing[:, :, STAY].ravel()) == {NEVER, *LEAVING_YEARS}
    assert set(timing[:, :, API_ONLY].ravel()) == {NEVER, *LEAVING_YEARS}


@pytest.mark.parametrize("fixed", [{}, {"funding": 1.0}, {"api_scope": 0.0}, {"api_scope": 1.0}])
def test_using_an_option_adds_what_it_pays(fixed):
    """The components say why; their sum is the NPV without the real option and what it pays."""
    draws = made_up(500, 4, seed=63, **fixed)
    held = held_options(*draws)
    timing = any_timing(held, seed=64)
    before, npv_before = without(*draws)
    after, npv = timed(*draws, timing)
    size = np.abs(before).sum(axis=-1) + np.abs(after).sum(axis=-1)
    assert np.all(np.abs(npv - (npv_before + paid(held, timing))) <= 1e-12 * size)
    assert np.abs(npv - npv_before).max() > 1.0


def test_using_one_real_option_touches_that_strategy_of_that_player_alone():
    draws = made_up(70, 3, seed=66, funding=1e12)
    before, _ = without(*draws)
    timing = never(70, 3)
    timing[5, 1, STAY] = 4
    timing[9, 2, EXIT] = 2
    found, _ = timed(*draws, timing)
    touched = {tuple(map(int, where)) for where in np.argwhere(found != before)[:, :3]}
    assert touched == {(5, 1, STAY), (9, 2, EXIT)}


def test_coming_back_is_a_component_of_its_own():
    draws = made_up(30, 2, seed=67)
    timing = never(30, 2)
    timing[:, :, EXIT] = 3
    before, _ = without(*draws)
    found, _ = timed(*draws, timing)
    assert np.array_equal(np.unique(np.argwhere(found != before)[:, 3]), [PLACE["reentry"]])


def test_leaving_ends_flows_and_distress_but_not_what_was_lost_at_the_listing():
    """Money runs out later or never: what was to be recovered then is not received."""
    draws = made_up(200, 2, seed=68, funding=3.0)
    held = held_options(*draws)
    timing = never(200, 2)
    timing[:, :, STAY] = np.where(np.stack([own[STAY].live[0] for own in held], axis=1), 0, -1)
    before, _ = without(*draws)
    found, _ = timed(*draws, timing)
    left = timing[:, :, STAY] == 0
    settled = PLACE["exit_settlement"]
    assert np.any(before[:, :, STAY, settled][left] > 0.0)
    assert np.all(found[:, :, STAY, settled][left] == 0.0)
    for name in ("ipo", "robotics", "developer_trust", "reentry"):
        assert np.array_equal(found[:, :, STAY, PLACE[name]], before[:, :, STAY, PLACE[name]])


def test_leaving_at_the_end_of_the_first_year_by_hand():
    """One year's losses; 2 - 0.5 - 0.25 a year from now; half of the 4 lost at the listing."""
    fixed = {
        "market_size_2025": 1e-12,
        "market_size_2033": 1e-12,
        "consumer_subsidy_2026": 0.0,
        "legal_loss": 0.2,
        "fixed_cost": 0.6,
        "api_fixed": 0.5,
        "api_scope": 0.25,
        "funding": 1e9,
        "discount_rate": 0.1,
        "robotics_success": 0.0,
        "salvage": 2.0,
        "exit_cost": 0.5,
        "trust_loss": 0.25,
        "valuation": 100.0,
        "ipo_exposure": 0.5,
        "ipo_owner_pass_through": 0.8,
        "ipo_valuation_impact": 0.05,
        "ipo_delay_years": 1.0,
        "ipo_delay_cost": 0.05,
        "ipo_refund": 0.5,
    }
    timing = never(1, 1)
    timing[:, :, [STAY, API_ONLY]] = 0
    found, npv = timed(*made_up(1, 1, seed=69, **fixed), timing)
    half_year = 1.1**-0.5
    for strategy, fixed_cost, scope in ((STAY, 0.6, 1.0), (API_ONLY, 0.3, 0.25)):
        parts = found[0, 0, strategy]
        assert parts[PLACE["fixed_cost"]] == pytest.approx(-fixed_cost * half_year)
        assert parts[PLACE["legal"]] == pytest.approx(-0.2 * scope * half_year)
        assert parts[PLACE["ipo"]] == pytest.approx(-4.0 * scope)
        assert parts[PLACE["abandonment"]] == pytest.approx(1.25 / 1.1 + 2.0 * scope)
        assert npv[0, 0, strategy] == pytest.approx(parts.sum())


@pytest.mark.parametrize("draws", [1, 31, 32, 33])
def test_any_number_of_draws(draws):
    """Less than a tile of 32, one, a little more."""
    globals_, players = made_up(64, 2, seed=72)
    timing = any_timing(held_options(globals_, players), seed=73)
    whole = timed(globals_, players, timing)
    some = timed(globals_[:, :draws], players[:, :, :draws], timing[:draws])
    for found, expected in zip(some, whole, strict=True):
        assert np.array_equal(found, expected[:draws])
