"""Zeros: against the roots that a function is made of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.numerics.roots import zeros
from priors.errors import InputError, NumericalError

GRID = np.linspace(0.0, 10.0, 201)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=6, unique=True))
def test_roots_of_a_polynomial_on_and_off_the_grid(tenths):
    roots = sorted(one / 10 + 0.003 * (one % 2) for one in tenths)
    found = zeros(lambda x: float(np.prod([x - root for root in roots])), GRID)
    np.testing.assert_allclose(found, roots, atol=1e-6)


def test_a_touch_and_two_crossings_between_points():
    assert zeros(lambda x: (x - 3.02) ** 2, GRID) == pytest.approx([3.02], abs=1e-4)
    assert zeros(lambda x: abs(x - 3.02), GRID) == pytest.approx([3.02], abs=1e-6)
    found = zeros(lambda x: (x - 3.02) ** 2 - 1e-4, GRID)
    assert found == pytest.approx([3.01, 3.03], abs=1e-6)
    assert zeros(lambda x: (x - 3.02) ** 2 + 1e-4, GRID) == []


def test_a_jump_counts_where_it_is_and_a_stretch_at_its_ends():
    assert zeros(lambda x: 1.0 if x > 2.51 else -1.0, GRID) == pytest.approx([2.51], abs=1e-6)
    flat = zeros(lambda x: max(0.0, x - 4.02) - max(0.0, 2.03 - x), GRID)
    assert flat == pytest.approx([2.03, 4.02], abs=1e-6)


def test_a_function_is_asked_once_at_a_point():
    asked = []
    zeros(lambda x: asked.append(x) or x - 3.3, GRID)
    assert len(asked) == len(set(asked)) < len(GRID) + 20


@pytest.mark.parametrize("grid", [[1.0], [1.0, 1.0], [2.0, 1.0], [[1.0, 2.0]]])
def test_a_grid_that_does_not_increase_is_refused(grid):
    with pytest.raises(InputError, match="at least two points, each above the one before"):
        zeros(lambda x: x, np.array(grid))


def test_a_value_that_is_not_finite_is_refused():
    with pytest.raises(NumericalError, match="the function gave inf at 5"):
        zeros(lambda x: float("inf") if x == 5.0 else 1.0, GRID)
