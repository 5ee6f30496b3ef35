"""Present values and what comes once, against a closed form or a hand calculation."""

import math

import pytest

from model.economics import valuation

approx = lambda value: pytest.approx(value, rel=1e-13, abs=0.0)  # noqa: E731


# ----------------------------------------------------------------------------------- present values


@pytest.mark.parametrize("rate", [-0.05, 0.0, 0.08, 0.35])
def test_flows_fall_at_mid_year(rate):
    assert valuation.first_discount(rate) * valuation.discount_step(rate) ** 3 == approx(
        (1 + rate) ** -3.5
    )


@pytest.mark.parametrize("rate", [-0.05, 0.0, 0.08, 0.35])
def test_what_is_settled_falls_at_the_end_of_the_year(rate):
    middle = valuation.first_discount(rate) * valuation.discount_step(rate) ** 3
    assert middle * valuation.end_of_year(rate) == approx((1 + rate) ** -4)


@pytest.mark.parametrize(("rate", "growth"), [(0.1, 0.0), (0.12, 0.03), (0.05, -0.04)])
def test_a_perpetuity_is_the_sum_of_all_later_flows(rate, growth):
    step = (1 + growth) / (1 + rate)
    later = math.fsum(step**years for years in range(1, 5000))
    assert valuation.rate_to_perpetuity(rate, growth) == approx(later)


# ----------------------------------------------------------------------------------------- distress


@pytest.mark.parametrize(
    ("funding", "before", "after", "part"),
    [
        (2.0, -1.5, -3.5, 0.25),
        (2.0, 0.0, -2.0, 1.0),
        (2.0, 1.0, -5.0, 0.5),
        (0.0, 0.0, -1.0, 0.0),
        (0.0, 0.0, 0.0, 0.0),  # 0/0
        (0.0, -1e-9, -1.0, 0.0),  # never below nothing,
        (2.0, 0.0, -2.0 * (1.0 - 1e-16), 1.0),  # nor above the year, whatever rounding does
    ],
)
def test_the_part_of_the_year_for_which_the_money_lasts(funding, before, after, part):
    assert valuation.funded_part(funding, before, after) == part


def test_what_owners_get_when_the_money_has_run_out_by_hand():
    """4 of which half is recovered, 0.5 paid to leave, 0.3 of trust lost, two years and a half."""
    found = valuation.distress_settlement(4.0, 0.5, 0.5, 0.3, 2.5, 0.1)
    assert found == approx(1.2 * 1.1**-2.5)
    assert valuation.distress_settlement(4.0, 0.5, 0.5, 0.3, 0.0, 0.1) == approx(1.2)


def test_owners_are_not_liable_but_trust_is_lost():
    found = valuation.distress_settlement(4.0, 0.1, 0.5, 0.3, 1.0, 0.25)
    assert found == approx(-0.3 / 1.25)
    assert valuation.distress_settlement(0.0, 1.0, 9.0, 0.0, 1.0, 0.25) == 0.0


# ------------------------------------------------------------------------------------ one-off items


def test_robotics_is_half_grown_in_the_middle_of_its_ramp():
    def profit(t):
        return valuation.robotics_profit(1.0, 40.0, valuation.robotics_odds(t, 6.0, 4.0))

    assert profit(8.0) == 20.0
    assert profit(6.0) == approx(40.0 / (1.0 + math.exp(4.0)))
    assert profit(10.0) == approx(40.0 / (1.0 + math.exp(-4.0)))
    assert profit(6.0) + profit(10.0) == approx(40.0)
    assert profit(500.0) == 40.0


def test_robotics_may_never_come():
    assert valuation.robotics_profit(0.0, 40.0, 1e-9) == 0.0


def test_no_ramp_is_too_steep_or_too_far_away():
    assert valuation.robotics_profit(1.0, 40.0, valuation.robotics_odds(0.0, 20.0, 0.01)) < 1e-300
    assert valuation.robotics_profit(1.0, 40.0, valuation.robotics_odds(19.0, 2.0, 0.01)) == 40.0


def test_loss_at_the_listing_by_hand():
    """An 852 billion company loses 4 % and 3 % for half a year; owners bear half, at 80 %."""
    assert valuation.ipo_loss(852.0, 0.5, 0.04, 0.5, 0.06, 0.8) == approx(852 * 0.5 * 0.07 * 0.8)


def test_what_is_left_of_revenue_after_coming_back():
    assert valuation.reentry_retention(0.7, 0.2, 3.0, 0.5) == approx(0.7 * math.exp(-0.3))
    assert valuation.reentry_retention(0.7, 0.0, 3.0, 0.5) == 0.7
