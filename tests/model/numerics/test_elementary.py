"""Exponentials and logarithms against NumPy's in extended precision; floats and lanes alike."""

import math

import numba
import numpy as np
import pytest

from model.numerics import elementary
from model.numerics.lanes import WIDTH, load, store

DRAWS = 1 << 16


def small(rng, size):
    """Both signs, over twenty orders of magnitude."""
    return rng.choice([-1.0, 1.0], size) * 10.0 ** rng.uniform(-20.0, 0.0, size)


def arguments(name):
    """Where a function is used and beyond: wide, around 0 or 1, and tiny."""
    rng = np.random.default_rng(1)
    part = DRAWS // 4
    if name in {"exp", "expm1"}:
        wide = rng.uniform(-700.0 if name == "exp" else -60.0, 700.0, 2 * part)
        return np.concatenate([wide, rng.normal(size=part), small(rng, part)])
    wide = 10.0 ** rng.uniform(-300.0, 300.0, 2 * part)
    near = np.concatenate([rng.uniform(-0.6, 2.0, part), 0.9 * small(rng, part)])
    return np.concatenate([wide, 1.0 + near if name == "log" else near])


def compiled(function):
    """The function over an array, by lanes and by floats."""

    @numba.njit(error_model="numpy")
    def by_lanes(x, out):
        for start in range(0, len(x), WIDTH):
            store(out, (start,), function(load(x, (start,))))

    @numba.njit(error_model="numpy")
    def by_floats(x, out):
        for n in range(len(x)):
            out[n] = function(x[n])

    return by_lanes, by_floats


@pytest.mark.parametrize("name", elementary.__all__)
def test_a_function_is_within_two_units_in_the_last_place(name):
    x, found, alone = arguments(name), np.empty(DRAWS), np.empty(DRAWS)
    by_lanes, by_floats = compiled(getattr(elementary, name))
    by_lanes(x, found)
    by_floats(x, alone)
    assert found.tobytes() == alone.tobytes()
    exact = getattr(np, name)(x.astype(np.longdouble))
    assert np.finfo(np.longdouble).eps < 1e-18, "needs the 80 bits of an x86 processor"
    unit = np.spacing(np.abs(exact).astype(float))
    assert float(np.max(np.abs(found - exact) / unit)) < 2.0


def test_ends_and_what_is_exact():
    assert elementary.exp(0.0) == 1.0
    assert (elementary.log(1.0), elementary.log1p(0.0), elementary.expm1(0.0)) == (0.0, 0.0, 0.0)
    assert elementary.exp(-math.inf) < 1e-307
    assert 1e307 < elementary.exp(math.inf) < math.inf
    assert (elementary.expm1(-50.0), elementary.expm1(-math.inf)) == (-1.0, -1.0)
    assert math.isnan(elementary.exp(math.nan))
