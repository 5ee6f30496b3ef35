"""Switching values, reversals and indifference curves of functions whose zeros are known."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from model.sensitivity.switching import (
    Reversal,
    decision_map,
    indifference_curves,
    reversal_distance,
    reversal_distances,
    switching_value,
    switching_values,
)
from priors.errors import InputError, NumericalError


def cubic(x):
    return (x - 1.0) * (x - 2.5) * (x - 4.0)


# ------------------------------------------------------------------------------- switching values


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
    with pytest.raises(NumericalError, match="the difference is nan at 0"):
        switching_value(lambda x: float("nan") if x == 0.0 else x, -1.0, 1.0)
    with pytest.raises(InputError, match="at least two points"):
        switching_value(cubic, 0.0, 1.0, grid=1)


# -------------------------------------------------------------------------------------- reversals


def test_reversal_distance_is_the_nearer_of_the_two_sides():
    found = reversal_distance(
        lambda shift: {"exit": 1.0, "stay": 0.1 + shift, "api_only": -2 * shift}
    )
    assert found == Reversal(pytest.approx(-0.5, abs=1e-3), "exit", "api_only")
    found = reversal_distance(
        lambda shift: {"exit": 1.0, "stay": 0.6 + shift, "api_only": -2 * shift}
    )
    assert found == Reversal(pytest.approx(0.4, abs=1e-3), "exit", "stay")


def test_of_two_reversals_between_the_same_steps_the_nearer_one_counts():
    found = reversal_distance(
        lambda shift: {"a": 1.0, "b": 0.6 + shift, "c": 0.7 - shift}, step=0.5
    )
    assert found == Reversal(pytest.approx(-0.3, abs=1e-3), "a", "c")


def test_nothing_up_to_the_limit_reverses():
    def expected(shift):
        return {"exit": 1.0, "stay": shift / 4.0}

    assert reversal_distance(expected) is None
    assert reversal_distance(expected, limit=4.5) == Reversal(
        pytest.approx(4.0, abs=1e-3), "exit", "stay"
    )


def test_the_limit_itself_is_tried():
    found = reversal_distance(lambda shift: {"exit": 1.0, "stay": shift}, limit=1.1)
    assert found == Reversal(pytest.approx(1.0, abs=1e-3), "exit", "stay")


def test_relabelling_the_strategies_relabels_the_reversal():
    one = reversal_distance(lambda shift: {"a": 1.0, "b": shift})
    other = reversal_distance(lambda shift: {"b": shift, "a": 1.0})
    assert one == other


def test_several_decisions_share_their_evaluations():
    calls = []

    def expected(shift):
        calls.append(shift)
        return [[1.0, shift], [0.0, -1.0 - shift], [5.0, shift]]

    found = reversal_distances(expected, ["exit", "stay"])
    assert found[0] == Reversal(pytest.approx(1.0, abs=1e-3), "exit", "stay")
    assert found[1] == Reversal(pytest.approx(-1.0, abs=1e-3), "exit", "stay")
    assert found[2] is None
    assert len(calls) == len(set(calls)) <= 40


def test_refuses_what_is_no_decision():
    with pytest.raises(InputError, match="at least two strategies"):
        reversal_distance(lambda _: {"exit": 1.0})
    with pytest.raises(InputError, match="both must be above 0"):
        reversal_distance(lambda _: {"exit": 1.0, "stay": 0.0}, limit=0.0)
    with pytest.raises(NumericalError, match=r"not finite at a shift of 0\.25"):
        reversal_distance(lambda shift: {"exit": 1.0, "stay": np.nan if shift else 0.0})


# ------------------------------------------------------------------------------------------- maps


X, Y = np.linspace(0.0, 1.0, 11), np.linspace(0.0, 2.0, 9)


def three(x, y):
    return {"exit": x, "stay": y / 2.0, "api_only": 1.2 - x - y / 2.0}


def test_decision_map_holds_what_the_function_gives():
    found = decision_map(three, X, Y, ("market", "chips"))
    cell = found.sel(market=0.9, chips=0.5)
    assert cell["best"] == "exit"
    assert cell["lead"] == pytest.approx(0.65)
    assert cell["expected"].sel(strategy="api_only") == pytest.approx(0.05)
    assert dict(found["best"].sizes) == {"market": 11, "chips": 9}


def test_indifference_curves_are_exact_for_planes_and_meet_where_all_three_tie():
    curves = indifference_curves(decision_map(three, X, Y))
    assert {curve.strategies for curve in curves} == {
        ("exit", "stay"),
        ("exit", "api_only"),
        ("stay", "api_only"),
    }
    for curve in curves:
        values = [three(*point) for point in curve.points]
        for at in values:
            ahead, level = (at[name] for name in curve.strategies)
            assert ahead == pytest.approx(level, abs=1e-12)
            assert ahead >= max(at.values()) - 1e-12
        ends = np.abs(curve.points[[0, -1]] - [0.4, 0.8]).max(axis=1)
        assert ends.min() < 1e-12


def test_a_curved_line_with_two_strategies():
    found = decision_map(lambda x, y: {"exit": x * x + y * y, "stay": 1.0}, X, X)
    (curve,) = indifference_curves(found)
    np.testing.assert_allclose(np.hypot(*curve.points.T), 1.0, atol=0.005)


def test_no_curve_where_one_strategy_is_best_everywhere():
    assert indifference_curves(decision_map(lambda x, y: {"a": x + y, "b": -1.0}, X, Y)) == []


def test_turning_the_map_turns_the_curve():
    found = decision_map(three, X, Y)
    turned = decision_map(lambda y, x: three(x, y), Y, X)
    xr.testing.assert_allclose(found["lead"], turned["lead"].rename(x="y", y="x").T)
    one = np.concatenate([curve.points for curve in indifference_curves(found)])
    other = np.concatenate([curve.points[:, ::-1] for curve in indifference_curves(turned)])
    np.testing.assert_allclose(np.sort(one, axis=0), np.sort(other, axis=0), atol=1e-12)


def test_a_map_refuses_axes_that_do_not_increase():
    with pytest.raises(InputError, match="y needs at least two values"):
        decision_map(three, X, [1.0])
    with pytest.raises(InputError, match="x needs at least two values"):
        decision_map(three, [0.0, 0.0], Y)
    with pytest.raises(NumericalError, match="99 values are not finite"):
        decision_map(lambda x, y: {"a": x + y, "b": np.inf}, X, Y)
