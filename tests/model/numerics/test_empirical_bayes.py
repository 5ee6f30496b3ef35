"""Shrunk least squares: the slow version, what it tends to, and what noise leaves."""

import numpy as np
import pytest

from model.numerics.empirical_bayes import shrink, solve_positive
from model.numerics.jit import njit
from tests.reference import stopping


@njit()
def shrunk(products, right, squares, draws, degree, used, free):
    out = np.empty(degree.size)
    shrink(products, right, squares, draws, degree, used, free, out)
    return out


@njit()
def solved(matrix, right):
    inverse, out = np.empty_like(matrix), np.empty_like(right)
    solve_positive(matrix, right.size, right, inverse, out)
    return out


def fit(basis, degrees, weights, values, free):
    gram, right = (basis.T * weights) @ basis, (basis.T * weights) @ values
    squares, used = float((weights * values**2).sum()), len(degrees)
    return shrunk(gram, right, squares, float(len(values)), np.array(degrees), used, int(free))


def test_equations_are_solved():
    half = np.random.default_rng(0).standard_normal((12, 12))
    matrix, right = half @ half.T + np.eye(12), np.arange(12.0)
    expected = np.linalg.solve(matrix, right)
    np.testing.assert_allclose(solved(np.tril(matrix), right), expected, rtol=1e-10)


@pytest.mark.parametrize("free", [False, True])
@pytest.mark.parametrize("noise", [0.01, 2.0, 40.0])
def test_coefficients_are_those_of_the_slow_version(free, noise):
    random = np.random.default_rng(3)
    basis, degrees = stopping.columns(random.standard_normal((900, 3)).clip(-3, 3), 3)
    weights = random.random(900) + 0.5
    weights /= weights.mean()
    values = 1.0 + basis[:, 1] - 0.5 * basis[:, 5] + noise * random.standard_normal(900)
    expected = stopping.shrunk(basis, degrees, weights, values, free)
    found = fit(basis, degrees, weights, values, free)
    np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-9 * noise)


def test_with_little_noise_it_is_least_squares():
    random = np.random.default_rng(4)
    basis, degrees = stopping.columns(random.standard_normal((2000, 2)).clip(-3, 3), 3)
    values = basis @ random.standard_normal(10) + 1e-4 * random.standard_normal(2000)
    expected = np.linalg.lstsq(basis, values)[0]
    np.testing.assert_allclose(
        fit(basis, degrees, np.ones(2000), values, True), expected, rtol=1e-6
    )


@pytest.mark.parametrize("seed", range(5))
def test_noise_leaves_its_mean_alone(seed):
    random = np.random.default_rng(seed)
    basis, degrees = stopping.columns(random.standard_normal((1000, 3)), 3)
    values = random.standard_t(3, 1000) - 0.15
    found = fit(basis, degrees, np.ones(1000), values, True)
    assert found[0] == pytest.approx(values.mean(), abs=0.005)
    assert np.abs(found[1:]).max() < 0.01
    assert np.abs(fit(basis, degrees, np.ones(1000), values - values.mean(), False)).max() < 0.01


def test_equal_columns_share_a_coefficient():
    random = np.random.default_rng(5)
    column = random.standard_normal(500)
    basis = np.column_stack([np.ones(500), column, column])
    found = fit(basis, [0, 1, 1], np.ones(500), 2.0 * column + 1.0, True)
    np.testing.assert_allclose(found, [1.0, 1.0, 1.0], atol=1e-3)
