"""Decision maps and indifference curves of functions whose ties are known."""

import numpy as np
import pytest
import xarray as xr

from model.sensitivity.decision_map import decision_map, indifference_curves
from priors.errors import InputError, NumericalError

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
