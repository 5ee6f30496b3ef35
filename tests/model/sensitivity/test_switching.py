"""Switching values of functions whose zeros are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.sensitivity.switching import switching_value, switching_values
from priors.errors import InputError, NumericalError


def cubic(x):
    return (x - 1.0) * (x - 2.5) * (x - 4.0)


def test_all_three_roots_of_a_cubic():
    assert switching_value(cubic, 0.0, 5.0) == pytest.approx([1.0, 2.5, 4.0], abs=1e-7)


def test_a_root_at_a_point_of_the_grid_or_at_an_end_is_found_once():
    assert switching_value(cubic, 1.0, 5.0, grid=9) == pytest.approx([1.0, 2.5, 4.0], abs=1e-7)


def test_no_root():
    for function in (lambda x: x * x + 1.0, lambda x: -np.exp(x), lambda _: 3.0):
        assert switching_value(function, -2.0, 2.0) == []


def test_a_touch_counts():
    for function in (lambda x: (x - 0.3) ** 2, lambda x: -abs(x - 0.3)):
        assert switching_value(function, -1.0, 1.0) == pytest.approx([0.3], abs=1e-4)


def test_a_near_miss_does_not():
    assert switching_value(lambda x: (x - 0.3) ** 2 + 1e-6, -1.0, 1.0) == []
    assert switching_value(lambda x: abs(x - 0.3) + 1e-6, -1.0, 1.0) == []


def test_two_roots_between_points_of_the_grid():
    found = switching_value(lambda x: (x - 0.3) ** 2 - 1e-4, -1.0, 1.0)
    assert found == pytest.approx([0.29, 0.31], abs=1e-6)


def test_a_jump_over_zero_switches_where_it_jumps():
    found = switching_value(lambda x: -1.0 if x < 0.2 else 2.0, -1.0, 1.0)
    assert found == pytest.approx([0.2], abs=1e-7)


def test_a_stretch_of_ties_gives_its_two_ends():
    def flat(x):
        return max(0.0, x - 0.47) + min(0.0, x + 0.27)

    assert switching_value(flat, -1.0, 1.0) == pytest.approx([-0.27, 0.47], abs=1e-7)
    assert switching_value(lambda x: max(x, 0.0), -1.0, 1.0) == pytest.approx([-1.0, 0.0], abs=1e-7)
    assert switching_value(lambda _: 0.0, 0.0, 1.0) == [0.0, 1.0]


@given(st.lists(st.floats(0.05, 9.95), min_size=1, max_size=4, unique=True))
def test_any_separate_roots_of_a_polynomial(roots):
    roots = sorted(roots)
    if min(np.diff(roots), default=1.0) < 0.35:
        return
    found = switching_value(lambda x: float(np.prod(x - np.array(roots))), 0.0, 10.0)
    assert found == pytest.approx(roots, abs=1e-6)


def test_swapping_the_two_strategies_changes_nothing():
    assert switching_value(lambda x: -cubic(x), 0.0, 5.0) == switching_value(cubic, 0.0, 5.0)


def test_points_may_be_chosen_where_the_prior_lies():
    def close(x):
        return (x - 0.0101) * (x - 0.0102)

    assert switching_value(close, 0.0, 10.0) == []
    found = switching_value(close, 0.0, 10.0, grid=[0.01, 0.01015, 0.02, 99.0])
    assert found == pytest.approx([0.0101, 0.0102], abs=1e-6)


def test_several_differences_share_their_evaluations():
    calls = []

    def both(x):
        calls.append(x)
        return [cubic(x), x - 2.0, 1.0]

    found = switching_values(both, 0.0, 5.0)
    assert [len(one) for one in found] == [3, 1, 0]
    assert found[0] == switching_value(cubic, 0.0, 5.0)
    assert found[1] == pytest.approx([2.0], abs=1e-7)
    assert len(calls) == len(set(calls))


def test_a_hopeless_dip_costs_no_evaluations():
    calls = []

    def dip(x):
        calls.append(x)
        return 10.0 + (x - 0.03) ** 2

    assert switching_value(dip, -1.0, 1.0) == []
    assert len(calls) == 33


def test_refuses_what_cannot_be_searched():
    with pytest.raises(InputError, match="low is 2 and high is 1"):
        switching_value(cubic, 2.0, 1.0)
    with pytest.raises(NumericalError, match="the function gave nan at 0; a finite number"):
        switching_value(lambda x: float("nan") if x == 0.0 else x, -1.0, 1.0)
    with pytest.raises(InputError, match="grid is 1; 2 or more"):
        switching_value(cubic, 0.0, 1.0, grid=1)


@pytest.mark.parametrize("scale", [1.0, 1e-200])
def test_a_difference_may_be_as_small_as_it_comes_near_its_zero(scale):
    found = switching_value(lambda x: scale * (x - 0.31) ** 15, 0.0, 1.0)
    assert found == pytest.approx([0.31], abs=1e-6)
