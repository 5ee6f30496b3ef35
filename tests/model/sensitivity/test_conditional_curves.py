"""Curves of expected payoffs where there are very few draws."""

import numpy as np
import pytest

from model.sensitivity.conditional_curves import expected_given
from model.sensitivity.decision_ranges import decision_ranges


@pytest.mark.parametrize("rows", [64, 99, 101])
def test_the_fewest_draws_have_a_curve_around_the_median(rows):
    values = np.linspace(0.0, 1.0, rows)
    payoffs = np.stack([values, np.zeros(rows)], axis=1)[:, None]
    curve = expected_given(values, payoffs, np.linspace(0, rows, 5).astype(int))
    assert len(curve.value) == 3
    assert curve.value[0] < 0.5 < curve.value[-1]
    np.testing.assert_allclose(curve.mean[:, 0, 0], curve.value, atol=0.15)
    assert decision_ranges(curve, 0, 0, ("stay", "exit"))["ranges"] == []
