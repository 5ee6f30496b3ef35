"""Lanes against NumPy, operator by operator: each lane is what a float would be, to the bit."""

import math

import numba
import numpy as np
import pytest

from model.numerics.lanes import (
    WIDTH,
    alike,
    any_of,
    empty_lanes,
    lane,
    load,
    scatter,
    store,
    where,
)

RNG = np.random.default_rng(2)
X, Y = RNG.normal(size=(2, WIDTH))

COMPUTED = {
    "sum": (lambda x, y: x + y + 1, lambda x, y: x + y + 1),
    "difference": (lambda x, y: 2 - x - y, lambda x, y: 2 - x - y),
    "product": (lambda x, y: 0.1 * x * y, lambda x, y: 0.1 * x * y),
    "quotient": (lambda x, y: -x / y, lambda x, y: -x / y),
    "root": (lambda x, y: math.sqrt(x * x + y * y), lambda x, y: np.sqrt(x * x + y * y)),
    "larger": (
        lambda x, y: max(x, y) + max(0.3, x),
        lambda x, y: np.maximum(x, y) + np.maximum(0.3, x),
    ),
    "smaller": (lambda x, y: min(x, 2 * y), lambda x, y: np.minimum(x, 2 * y)),
    "less": (lambda x, y: where(x < y, x, 7), lambda x, y: np.where(x < y, x, 7)),
    "at most": (lambda x, _: where(x <= 0.0, 1, x), lambda x, _: np.where(x <= 0.0, 1, x)),
    "at least": (lambda x, _: where(x >= 0.0, 1, x), lambda x, _: np.where(x >= 0.0, 1, x)),
    "equal": (lambda x, y: where(x == y, 1.0, y), lambda x, y: np.where(x == y, 1.0, y)),
    "both": (
        lambda x, y: where((x > 0.0) & (y > 0.0), x, y),
        lambda x, y: np.where((x > 0.0) & (y > 0.0), x, y),
    ),
    "truth": (lambda x, y: where(True, x, y), lambda x, _: x),
    "any": (lambda x, y: x if any_of(x > 100.0) else y, lambda _, y: y),
    "alike": (lambda x, _: alike(x, 3) * x, lambda x, _: 3 * x),
}


@pytest.mark.parametrize(("of_lanes", "of_arrays"), COMPUTED.values(), ids=COMPUTED.keys())
def test_lanes_are_computed_as_arrays_are(of_lanes, of_arrays):
    function = numba.njit(of_lanes)

    @numba.njit(error_model="numpy")
    def compute(x, y, out):
        store(out, (0,), function(load(x, (0,)), load(y, (0,))))

    found = np.empty(WIDTH)
    compute(X, Y, found)
    assert found.tobytes() == np.asarray(of_arrays(X, Y), dtype=float).tobytes()


def test_a_sum_that_begins_with_a_number_becomes_lanes():
    @numba.njit
    def add_up(values, out):
        total = 0
        for n in range(3):
            total += load(values, (n, 0))
        store(out, (0,), total)

    values, found = RNG.normal(size=(3, WIDTH)), np.empty(WIDTH)
    add_up(values, found)
    assert found.tobytes() == (values[0] + values[1] + values[2]).tobytes()


def test_arrays_of_lanes_are_indexed_as_those_of_floats():
    @numba.njit
    def through(values, out):
        room = empty_lanes((2, 3))
        room[0, 0] = room[0, 2] = room[1, 1] = 5
        for k in range(3):
            room[1, k] = load(values, (k, 1))
        row = room[1]
        for k in range(3):
            scatter(out, (1, k), row[k])
        out[0, 0], out[0, 1] = lane(room[0, 2], WIDTH - 1), lane(row[2], 3)

    values, found = RNG.normal(size=(3, WIDTH + 2)), np.zeros((WIDTH + 2, 3))
    through(values, found)
    assert np.array_equal(found[1:-1], values[:, 1:-1].T)
    assert found[0].tolist() == [5.0, values[2, 4], 0.0]
    assert not found[-1].any()
