"""Quantiles by selection: NumPy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.numerics.jit import njit
from model.numerics.order_statistics import quantile


@njit()
def found(values, count, share):
    return quantile(values, count, share)


numbers = st.lists(st.sampled_from([-1.5, 0.0, 0.25, 3.0]) | st.floats(-9, 9), min_size=1)


@given(numbers, st.sampled_from([0.0, 0.002, 0.1, 0.5, 0.9, 1.0]))
def test_it_is_numpy_s(values, share):
    array = np.array(values)
    expected = np.quantile(array, share)
    assert found(array, array.size, share) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert sorted(values) == sorted(array.tolist())


def test_only_the_first_values_count():
    assert found(np.array([3.0, 1.0, 2.0, -50.0]), 3, 0.5) == 2.0
