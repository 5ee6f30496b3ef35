"""Pareto's k against distributions whose shape is known, and against ArviZ."""

import numpy as np
import pytest
from arviz_stats.base import array_stats
from hypothesis import given
from hypothesis import strategies as st

from model.risk.tail_shape import pareto_shape

DRAWS = 65536
#: What the weak prior draws it towards, and by how much at so many draws of the tail.
TAIL = 768


@pytest.mark.parametrize("shape", [0.2, 0.5, 0.7, 1.0, 3.0])
def test_weights_of_a_known_shape(shape):
    """Pareto weights; the standard error of their shape is (1 + k) / √tail."""
    logs = shape * np.random.default_rng(1).exponential(size=DRAWS)
    assert abs(pareto_shape(logs) - shape) < 4.0 * (1.0 + shape) / TAIL**0.5 + 10.0 / TAIL


def test_weights_with_an_end_have_a_shape_below_0():
    uniform = np.random.default_rng(2).uniform(1.0, 2.0, DRAWS)
    assert pareto_shape(np.log(uniform)) == pytest.approx(-1.0, abs=0.1)


@pytest.mark.parametrize("count", [256, 4096, 65536])
@pytest.mark.parametrize("spread", [1e-3, 1.0, 5.0])
def test_the_shape_is_that_of_arviz(count, spread):
    logs = spread * np.random.default_rng(3).standard_normal(count)
    _, expected = array_stats.psislw(-logs, r_eff=1.0)
    assert pareto_shape(logs) == pytest.approx(float(expected), rel=1e-6)


@given(st.floats(-1e4, 1e4), st.integers(0, 100))
def test_the_scale_of_the_weights_and_their_order_change_nothing(added, seed):
    random = np.random.default_rng(seed)
    logs = random.exponential(size=500)
    expected = pareto_shape(logs)
    assert pareto_shape(random.permutation(logs) + added) == pytest.approx(expected, abs=1e-6)


def test_logarithms_beyond_any_exponential():
    random = np.random.default_rng(4)
    assert 20.0 < pareto_shape(50.0 * random.exponential(size=DRAWS)) < np.inf
    assert pareto_shape(1e6 * random.standard_normal(DRAWS)) == np.inf


def test_no_tail_and_too_few_draws_to_show_one():
    logs = np.zeros(1000)
    assert pareto_shape(logs) == -np.inf
    logs[0] = 1.0
    assert pareto_shape(logs) == np.inf
    assert pareto_shape(np.zeros(1)) == np.inf


def test_draws_that_are_tied_below_a_heavy_tail_do_not_hide_it():
    logs = np.zeros(DRAWS)
    logs[:100] = 3.0 * np.random.default_rng(5).exponential(size=100)
    assert pareto_shape(logs) > 1.5
