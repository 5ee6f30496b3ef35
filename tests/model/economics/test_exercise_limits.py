"""The two real options in closed form: perpetuities left and come back to, and limiting cases."""

import numpy as np
import pytest

from model.economics.axes import LEAVING_YEARS, RETURN_YEARS
from model.economics.exercise import STATES, Exercise
from model.economics.inputs import inputs_of
from model.economics.kernel import evaluate
from model.economics.presence import everybody
from model.economics.real_options import exercise_values
from model.numerics import threads
from model.simulation.exercise import exercise_of
from tests.reference.draws import PLAYER, as_setting, made_up, made_up_presence
from tests.reference.options import filled, real_options
from tests.reference.strategies import API_ONLY, PLACES, STAY
from tests.reference.strategies import EXIT as BACK


def of(globals_, players, own=0):
    """The real options of one player by the places of the strategies; all rivals stay."""
    return real_options(globals_, players)[own]


# ------------------------------------------------------------------------------------------- layout


def test_dates_states_and_shapes():
    options = of(*made_up(12, 2, seed=44), own=1)
    back, stay, api = (options[place] for place in PLACES)
    assert STATES == ("log_market_revenue", "log_cost_ratio", "cash_flow")
    assert back.years == (2, 3, 4, 5, 6, 7, 8)
    assert stay.years == api.years == tuple(range(9))
    for option in options:
        dates = len(option.years)
        assert option.exercise.shape == option.live.shape == (dates, 12)
        assert option.states.shape == (dates, 3, 12)
        assert option.live.dtype == np.bool_


def fields(option):
    return option.exercise, option.states, option.live


def test_chains_only_divide_the_draws_on_one_core_and_on_several(monkeypatch):
    draws, there = made_up(60, 3, seed=45), everybody(60, 3)
    whole = filled(*draws)
    for chains, count in ((1, 1), (3, 1), (3, 2)):
        monkeypatch.setattr(threads, "cores", lambda count=count: count)
        found = exercise_of(as_setting(*draws, chains), there)
        assert [part.tobytes() for part in found] == [part.tobytes() for part in whole]


@pytest.mark.parametrize("draws", [1, 31, 32, 33])
def test_any_number_of_draws(draws):
    """Less than a tile of 32, one, a little more."""
    globals_, players = made_up(64, 2, seed=55)
    some = of(globals_[:, :draws], players[:, :, :draws])
    for part, whole in zip(some, of(globals_, players), strict=True):
        for found, expected in zip(fields(part), fields(whole), strict=True):
            assert np.array_equal(found, expected[..., :draws])


def test_a_player_is_who_it_is_wherever_it_stands():
    globals_, players = made_up(40, 4, seed=47)
    order = [2, 0, 3, 1]
    for one, other in zip(of(globals_, players, 3), of(globals_, players[order], 2), strict=True):
        assert np.array_equal(one.live, other.live)
        assert one.exercise == pytest.approx(other.exercise, rel=1e-9, abs=1e-9)


# ------------------------------------------------------------------------------------- closed forms

RATE = 0.1
#: Value of 1 a year for ever, each at mid-year.
FOR_EVER = (1 + RATE) ** 0.5 / RATE


def end_of(t):
    """Discount factor of what is paid or received at the end of year t."""
    return (1 + RATE) ** -(t + 1)


def after(t):
    """Value of 1 a year from year t + 1 on, for ever."""
    return FOR_EVER / (1 + RATE) ** (t + 1)


def steady(players=1, **fixed):
    """An industry that stands still, at cost plus a quarter; nothing else unless stated."""
    industry = {
        "market_size_2025": 5.0,
        "market_size_2033": 5.0,
        "market_ceiling": np.inf,
        "compute_chip_cost_decline": 0.0,
        "compute_efficiency_gain": 0.0,
        "compute_quality_creep": 0.0,
        "compute_long_run_decline": 0.0,
        "compute_unit_cost_2026": 0.2,
        "competition_price_2026": 0.25,
        "competition_markup": 0.25,
        "competition_fringe_attractiveness": 3.0,
        "competition_fringe_growth": 0.0,
        "competition_lock_in": 0.0,
        "robotics_success": 0.0,
        "valuation_terminal_growth": 0.0,
        "attractiveness": 1.0,
        "weight_2026": 1.0,
        "cost_ratio": 1.0,
        "price_premium": 1.0,
        "discount_rate": RATE,
        "funding": 1e9,
    }
    nothing = (
        "consumer_subsidy_2026",
        "fixed_cost",
        "synergy",
        "compute_opportunity",
        "legal_loss",
        "valuation",
        "trust_loss",
        "salvage",
        "exit_cost",
        "reentry_cost",
    )
    return of(*made_up(1, players, seed=48, **(industry | dict.fromkeys(nothing, 0.0) | fixed)))


def test_leaving_a_perpetuity():
    """Lost: all later margins. Received: what the settlement leaves."""
    options = steady(
        fixed_cost=0.7, api_share=0.5, api_fixed=0.4, salvage=2.0, exit_cost=0.3, trust_loss=0.2
    )
    margin = 0.2 * 5.0 / 4.0
    for t in LEAVING_YEARS:
        expected = 1.5 * end_of(t) - (margin - 0.7) * after(t)
        assert options[STAY].exercise[t, 0] == pytest.approx(expected, rel=1e-12)
        margin_api = 0.2 * 5.0 * 0.5 / 3.5
        expected = 1.5 * end_of(t) - (margin_api - 0.28) * after(t)
        assert options[API_ONLY].exercise[t, 0] == pytest.approx(expected, rel=1e-12)


def test_the_refund_comes_at_the_end_of_the_first_year_alone_and_whole():
    """6 % of a valuation of 100, 80 % of it the owners', half of it refunded."""
    ipo = {
        "valuation": 100.0,
        "ipo_exposure": 1.0,
        "ipo_owner_pass_through": 0.8,
        "ipo_valuation_impact": 0.05,
        "ipo_delay_years": 0.5,
        "ipo_delay_cost": 0.02,
        "api_scope": 0.25,
    }
    with_refund, without = (steady(**ipo, ipo_refund=refund) for refund in (0.5, 0.0))
    for place, refund in ((STAY, 2.4), (API_ONLY, 0.6)):
        gained = with_refund[place].exercise - without[place].exercise
        assert gained[:, 0] == pytest.approx([refund, *[0.0] * 8], rel=1e-12, abs=1e-12)


def test_leaving_brings_only_the_robotics_that_are_still_to_come():
    """Nothing before year 5, then 30 a year of which 3 % are gained."""
    options = steady(
        robotics_success=1.0,
        robotics_profit_pool=30.0,
        robotics_years_to_revenue=4.45,
        robotics_ramp_years=0.1,
        robotics_capture=0.1,
        robotics_uplift=0.5,
        robotics_complement=0.2,
        api_scope=0.25,
        market_size_2025=1e-12,
        market_size_2033=1e-12,
    )
    expected = np.array([0.9 * after(max(t, 4)) for t in LEAVING_YEARS])
    assert options[STAY].exercise[:, 0] == pytest.approx(expected)
    assert options[API_ONLY].exercise[:, 0] == pytest.approx(0.25 * expected)


def test_money_that_runs_out_ends_the_real_option_and_its_settlement_is_forgone():
    """1 a year is spent of 2.9: nine tenths of the third year, in which it is too late."""
    stay = steady(
        fixed_cost=1.0,
        funding=2.9,
        salvage=4.0,
        exit_cost=0.5,
        trust_loss=0.3,
        distress_recovery=0.5,
        market_size_2025=1e-12,
        market_size_2033=1e-12,
    )[STAY]
    assert stay.live[:, 0].tolist() == [True, True, *[False] * 7]
    assert stay.distress.tolist() == [2]
    distress = (4.0 * 0.5 - 0.5 - 0.3) * (1 + RATE) ** -2.9
    third = 0.9 * (1 + RATE) ** -2.5
    second = (1 + RATE) ** -1.5
    expected = [
        3.2 * end_of(0) + second + third - distress,
        3.2 * end_of(1) + third - distress,
        *[0.0] * 7,
    ]
    assert stay.exercise[:, 0] == pytest.approx(expected, rel=1e-12)


def test_coming_back_to_a_part_of_a_perpetuity():
    """Two equal players and a fringe of 3: the rival has a quarter of what is left."""
    back = steady(
        2,
        synergy=0.3,
        fixed_cost=0.2,
        legal_loss=0.1,
        consumer_subsidy_2026=9.0,
        funding=0.0,
        reentry_cost=0.4,
        reentry_share=0.6,
        competition_lock_in=0.5,
    )[BACK]
    revenue = 5.0 / 5.0
    for date, t in enumerate(RETURN_YEARS):
        kept = 0.6 * np.exp(-0.5 * t / 4.0)
        expected = (0.5 * revenue * kept - 0.3) * after(t) - 0.4 * end_of(t)
        assert back.exercise[date, 0] == pytest.approx(expected, rel=1e-12)


def test_coming_back_ends_the_robotics_that_are_still_to_come():
    """Nothing before year 5, then 0.9 a year, which goes with the people who come back."""
    robotics = {
        "robotics_profit_pool": 30.0,
        "robotics_years_to_revenue": 4.45,
        "robotics_ramp_years": 0.1,
        "robotics_capture": 0.1,
        "robotics_uplift": 0.5,
        "robotics_complement": 0.2,
        "reentry_share": 0.5,
    }
    with_it, without = (steady(**robotics, robotics_success=one)[BACK] for one in (1.0, 0.0))
    lost = [0.9 * after(max(t, 4)) for t in RETURN_YEARS]
    assert (without.exercise - with_it.exercise)[:, 0] == pytest.approx(lost, rel=1e-12)


# ----------------------------------------------------------------------------------- limiting cases


def test_coming_back_to_no_share_is_a_loss_throughout():
    """Where robotics, which it ends, is no loss itself."""
    draws = made_up(200, 3, seed=49, reentry_share=0.0, robotics_complement=0.0)
    assert of(*draws)[BACK].exercise.max() < 0.0


def test_what_is_regained_is_linear_in_the_share_kept():
    none, half, all_ = (
        of(*made_up(60, 3, seed=50, reentry_share=kept))[BACK].exercise for kept in (0.0, 0.5, 1.0)
    )
    assert (all_ - none) == pytest.approx(2.0 * (half - none), rel=1e-9, abs=1e-9)
    assert not np.allclose(all_, none)


def test_alone_in_the_market_nobody_can_be_locked_in_elsewhere():
    draws = [
        made_up(30, 1, seed=51, competition_fringe_attractiveness=0.0, competition_lock_in=lock_in)
        for lock_in in (0.0, 50.0)
    ]
    free, locked = (of(*draw)[BACK].exercise for draw in draws)
    assert np.isfinite(free).all()
    assert np.array_equal(free, locked)


def test_longer_away_under_lock_in_keeps_less():
    """Margins grow with the share kept, so with them what coming back pays."""
    weak, strong = (
        steady(2, synergy=0.3, reentry_share=0.6, competition_lock_in=lock_in)[BACK].exercise[:, 0]
        for lock_in in (0.1, 0.2)
    )
    share = np.array(RETURN_YEARS) / 4.0
    assert strong / weak == pytest.approx(np.exp(-0.1 * share))


def test_an_api_with_everything_of_the_app_but_its_subsidy_is_left_alike():
    draws = made_up(
        60, 3, seed=52, api_share=1.0, api_fixed=1.0, api_scope=1.0, consumer_subsidy_2026=0.0
    )
    options = of(*draws)
    assert all(map(np.array_equal, fields(options[STAY]), fields(options[API_ONLY])))


def test_an_api_without_burden_has_no_robotics_nor_refund_to_gain():
    base = {"api_scope": 0.0, "robotics_success": 1.0, "ipo_refund": 1.0}
    draws = made_up(60, 3, seed=53, **base)
    without = made_up(60, 3, seed=53, **(base | {"robotics_success": 0.0, "ipo_refund": 0.0}))
    assert np.array_equal(of(*draws)[API_ONLY].exercise, of(*without)[API_ONLY].exercise)
    assert not np.allclose(of(*draws)[STAY].exercise, of(*without)[STAY].exercise)


def test_a_dollar_more_of_salvage_is_a_dollar_at_the_end_of_the_year():
    globals_, players = made_up(60, 3, seed=54, funding=1e12)
    more = players.copy()
    more[:, PLAYER.index("salvage")] += 1.0
    rate = players[0, PLAYER.index("discount_rate")]
    dollar = (1.0 + rate) ** -(np.array(LEAVING_YEARS)[:, None] + 1.0)
    before, richer = of(globals_, players), of(globals_, more)
    for place in (STAY, API_ONLY):
        gained = richer[place].exercise - before[place].exercise
        assert gained == pytest.approx(dollar, abs=1e-9)
    assert np.array_equal(before[BACK].exercise, richer[BACK].exercise)


# ------------------------------------------------------------------------- all players in one pass


@pytest.mark.parametrize("own", [{}, {"funding": 1.0}, {"api_scope": 1.0}])
def test_without_a_real_option_a_strategy_is_worth_its_npv(own):
    draws = made_up(300, 4, seed=56, **own)
    there = made_up_presence(300, 4, seed=57)
    parts, npv = evaluate(*draws, presence=there)
    off = np.abs(filled(*draws, there).npv.transpose(2, 0, 1) - npv)
    assert np.all(off <= 1e-12 * np.abs(parts).sum(axis=-1))


def test_beyond_its_own_dates_nothing_is_paid_seen_or_open():
    found, dates = filled(*made_up(40, 2, seed=58)), len(RETURN_YEARS)
    assert dates < len(LEAVING_YEARS)
    for part in (found.pays, found.states, found.live):
        assert not part[:, BACK, dates:].any()


def test_what_was_in_the_room_before_and_whose_part_it_is_do_not_matter():
    """Of some draws of a room of ones, as of a chain in a run."""
    globals_, players = made_up(50, 3, seed=59)
    room = Exercise(*(np.ones_like(part) for part in Exercise.empty(3, len(PLACES), 70)))
    exercise_values(inputs_of(globals_, players), room.draws(slice(10, 60)))
    for part, whole in zip(room, filled(globals_, players), strict=True):
        assert np.array_equal(part[..., 10:60], whole)
        assert np.all(part[..., :10] == 1)
        assert np.all(part[..., 60:] == 1)


def test_other_players_in_another_order_are_the_same_in_that_order():
    globals_, players = made_up(40, 4, seed=60)
    order = [2, 0, 3, 1]
    found, turned = filled(globals_, players), filled(globals_, players[order])
    assert np.array_equal(turned.live, found.live[order])
    for name in ("pays", "states", "npv"):
        assert getattr(turned, name) == pytest.approx(
            getattr(found, name)[order], rel=1e-9, abs=1e-9
        )
