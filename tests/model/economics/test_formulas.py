"""Every formula of markets and cash flows against a closed form, a hand count or its definition."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from model.economics import flows
from model.economics import formulas as eco

approx = lambda value: pytest.approx(value, rel=1e-13, abs=0.0)  # noqa: E731

FLOWS = flows.Flows(1.0, 2.0, -3.0, -5.0, -7.0, -11.0)


def demand(year, size_2025=2.0, size_2033=30.0, fade=0.2):
    grown = math.expm1(-fade * (year - 2025))
    progress = eco.market_progress(grown, math.expm1(-fade * 8))
    return eco.demand(size_2025, math.log(size_2033 / size_2025), progress)


# ------------------------------------------------------------------------------------------- market


def test_demand_goes_through_both_sizes():
    assert demand(2025) == 2.0
    assert demand(2033) == approx(30.0)


def test_log_growth_of_demand_fades_at_the_stated_rate():
    growth = [math.log(demand(year + 1) / demand(year)) for year in range(2025, 2045)]
    for before, after in pairwise(growth):
        assert after / before == pytest.approx(math.exp(-0.2), rel=1e-12)


def test_demand_that_hardly_fades_grows_at_a_steady_rate():
    assert demand(2045, fade=1e-12) == pytest.approx(2.0 * 15.0 ** (20 / 8), rel=1e-10)


def test_revenue_under_a_ceiling_by_hand():
    """As much demand as buyers can pay: the fourth root of a half of it is sold."""
    assert eco.market_revenue(30.0, 30.0) == approx(30.0 * 0.5**0.25)
    assert eco.market_revenue(10.0, 20.0) == approx(10.0 * (16 / 17) ** 0.25)
    assert eco.market_revenue(60.0, 30.0) == approx(60.0 / 17**0.25)


def test_without_a_ceiling_revenue_is_demand():
    assert eco.market_revenue(30.0, math.inf) == 30.0
    assert eco.market_revenue(30.0, 1e12) == 30.0


@given(st.floats(1e-12, 1e12), st.floats(1e-12, 1e12))
def test_revenue_is_never_above_demand_or_the_ceiling(demanded, ceiling):
    revenue = eco.market_revenue(demanded, ceiling)
    assert 0.0 < revenue <= demanded
    assert revenue <= ceiling
    if demanded <= ceiling / 2.0:
        assert revenue > demanded * (1.0 - 0.016)


def test_revenue_rises_with_demand_up_to_the_ceiling():
    revenues = [eco.market_revenue(10.0**power, 50.0) for power in range(-3, 4)]
    assert revenues == sorted(revenues)
    assert eco.market_revenue(1e200, 50.0) == 50.0


def test_fixed_cost_grows_with_a_power_of_the_market():
    assert eco.fixed_cost_growth(16.0, 2.0, 1.0) == approx(8.0)
    assert eco.fixed_cost_growth(16.0, 2.0, 1 / 3) == approx(2.0)
    assert eco.fixed_cost_growth(2.0, 16.0, 1.0) == approx(1 / 8)
    assert eco.fixed_cost_growth(16.0, 2.0, 0.0) == 1.0
    assert eco.fixed_cost_growth(3.0, 3.0, 0.7) == 1.0


@pytest.mark.parametrize("half_life", [0.1, 1.0, 2.5, 40.0])
def test_half_is_left_after_a_half_life(half_life):
    assert eco.decay(half_life) ** half_life == approx(0.5)


# ----------------------------------------------------------------------------------- cost and price


def test_the_cost_index_falls_by_the_product_of_its_causes():
    left = (1 - 0.3) * (1 - 0.2) * (1 + 0.1)
    assert math.exp(-eco.log_cost_decline(0.3, 0.2, 0.1)) == approx(left)
    assert eco.log_cost_decline(0.0, 0.0, 0.0) == 0.0
    assert eco.log_cost_decline(0.0, 0.0, 1.0) == approx(-math.log(2.0))
    assert eco.log_cost_decline(0.5, 0.0, 1.0) == pytest.approx(0.0, abs=1e-16)


def test_the_gap_to_the_cheapest_closes():
    assert eco.relative_cost(0.02, 0.10, 1.0) == approx(0.10)
    assert eco.relative_cost(0.02, 0.10, 0.5) == approx(0.06)
    assert eco.relative_cost(0.02, 0.10, 0.0) == 0.02
    assert eco.relative_cost(0.02, 0.02, 0.7) == 0.02


@pytest.mark.parametrize("half_life", [0.5, 3.0])
def test_what_cost_falls_faster_today_is_halved(half_life):
    year = eco.decay(half_life)
    assert eco.fading_decline(0.6, 0.2, 1.0) == approx(0.6)
    assert eco.fading_decline(0.6, 0.2, year**half_life) == approx(0.4)
    assert eco.fading_decline(0.6, 0.2, 0.0) == 0.2
    assert eco.fading_decline(-0.1, 0.2, 0.5) == approx(0.05)


def price(t, *, target=0.2, start=0.5, decline=0.4, rate=0.6):
    """Price of year t, cost falling at the same rate in all years."""
    gap, index = math.log(start / target), 0.0
    for _ in range(t):
        gap = eco.next_log_price_gap(gap, decline, rate)
        index -= decline
    return eco.price(target, index, gap)


def test_the_price_starts_where_it_stands():
    assert price(0) == approx(0.5)


def test_the_gap_of_the_price_by_hand():
    """ln 2 a year: half of the gap is left, and of a fall by 0.4 what a year's lag holds back."""
    rate = math.log(2.0)
    assert eco.next_log_price_gap(0.6, 0.0, rate) == approx(0.3)
    assert eco.next_log_price_gap(0.6, 0.4, rate) == approx(0.3 + 0.4 * 0.5 / rate)
    assert eco.next_log_price_gap(0.6, -0.4, rate) == approx(0.3)
    assert eco.next_log_price_gap(-0.6, 0.0, rate) == approx(-0.3)


@pytest.mark.parametrize("rate", [1e-12, 0.1, 0.6, 50.0])
def test_a_constant_decline_gives_the_closed_form_of_the_price(rate):
    for t in range(20):
        left = math.exp(-rate * t)
        lag = 0.4 * -math.expm1(-rate * t) / rate
        expected = 0.2 * math.exp(-0.4 * t + left * math.log(0.5 / 0.2) + lag)
        assert price(t, rate=rate) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("start", [0.05, 0.2, 0.5])
def test_the_price_chases_cost_plus_markup(start):
    """The logarithm of the price moves to that of the target at the rate of its distance."""
    target, decline, rate = 0.2, 0.4, 0.6

    def slope(t, log_price):
        return -rate * (log_price - (math.log(target) - decline * t))

    times = [1, 5, 19]
    path = integrate.solve_ivp(
        slope, (0.0, 19.0), [math.log(start)], t_eval=times, rtol=1e-10, atol=1e-12
    )
    expected = [pytest.approx(math.exp(value), rel=1e-7) for value in path.y[0]]
    assert [price(t, target=target, start=start, decline=decline, rate=rate) for t in times] == (
        expected
    )


def test_in_the_long_run_the_price_is_the_target_of_some_years_ago():
    """A lag of 1/κ years: the price of year t is cost plus markup of year t - 1/κ."""
    t, decline, rate = 200, 0.4, 0.8
    expected = 0.2 * math.exp(-decline * (t - 1 / rate))
    assert price(t, decline=decline, rate=rate) == pytest.approx(expected, rel=1e-12)


def test_a_rising_cost_passes_through_at_once():
    assert price(3, start=0.2, decline=-0.1) == approx(0.2 * math.exp(0.3))
    assert price(3, start=0.2, decline=0.1) > 0.2 * math.exp(-0.3)


def test_a_fast_market_has_no_lag():
    assert price(5, rate=1e9) == pytest.approx(0.2 * math.exp(-0.4 * 5.0), rel=1e-8)


def test_a_premium_fades_with_the_cost_gap():
    assert eco.own_price(0.4, 1.5, 1.0) == approx(0.6)
    assert eco.own_price(0.4, 1.5, 0.5) == approx(0.5)
    assert eco.own_price(0.4, 0.5, 0.5) == approx(0.3)
    assert eco.own_price(0.4, 1.5, 0.0) == 0.4


# ---------------------------------------------------------------------------------- share and flows


@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=8), st.floats(1e-3, 1e6))
def test_all_shares_and_the_fringe_make_the_market(weights, fringe):
    total = sum(weights)
    shares = [eco.share(own, total - own + fringe) for own in weights]
    assert sum(shares) + fringe / (total + fringe) == pytest.approx(1.0, rel=1e-12)
    assert all(0.0 <= one <= 1.0 for one in shares)


def test_a_share_is_in_proportion_to_attractiveness():
    assert eco.share(2.0, 6.0) == 0.25
    assert eco.share(0.0, 6.0) == 0.0
    assert eco.share(3.0, 0.0) == 1.0


def test_nothing_of_nothing_is_no_share():
    assert eco.share(0.0, 0.0) == 0.0


def test_a_weight_goes_from_that_of_2026_to_the_long_run_one():
    log_ratio = math.log(8.0 / 2.0)
    assert eco.contest_weight(2.0, log_ratio, 1.0) == approx(8.0)
    assert eco.contest_weight(2.0, log_ratio, 0.5) == approx(4.0)
    assert eco.contest_weight(2.0, log_ratio, 0.0) == 2.0
    assert eco.contest_weight(3.3, 0.0, 0.7) == 3.3


def test_newcomers_take_a_part_of_the_room_of_who_has_left():
    assert eco.room_taken(2.0, 1.0, 0.3) == 2.0
    assert eco.room_taken(2.0, 0.0, 0.3) == approx(0.6)
    assert eco.room_taken(2.0, 0.0, 0.0) == 0.0
    assert eco.room_taken(2.0, 0.5, 0.3) == approx(1.0 + 0.3)
    assert eco.room_taken(2.0, 0.25, 1.0) == 2.0


def test_flows_of_a_year_by_hand():
    """10 of revenue at 0.6 of compute a dollar; 2 given away; a dollar of compute misses 0.25."""
    found = flows.operating_flows(10.0, 0.6, 0.3, 2.0, 1.5, 0.5, 0.25)
    assert found == pytest.approx((4.0, 3.0, -2.0, -1.5, -0.5, -2.0), rel=1e-15)


def test_opportunity_cost_is_no_cash():
    assert flows.cash_flow(FLOWS) == 1.0 + 2.0 - 3.0 - 5.0 - 7.0


def test_flows_add_up_by_component():
    total = flows.add_flows(FLOWS, flows.Flows(1.0, 10.0, 100.0, 1e3, 1e4, 1e5), 0.5)
    assert total == (1.5, 7.0, 47.0, 495.0, 4993.0, 49989.0)


def test_seconds_of_paid_video_by_hand():
    """29.93 billion a year at a cent: 365 a person and year, one a day."""
    assert eco.paid_seconds(29.93, 0.01) == approx(1.0)
    assert eco.paid_seconds(29.93, 0.0001) == approx(100.0)
    assert eco.paid_seconds(8.2, 1.0 / 365.0) == approx(1.0)
