"""The basis of Hermite products: against NumPy's polynomials, its moments, and by hand."""

from math import comb

import numpy as np
import pytest
from scipy.stats import norm

from model.numerics.hermite_polynomials import (
    design,
    fill_columns,
    location_and_scale,
    recipe,
    total_degree,
)
from model.numerics.jit import njit
from tests.reference import stopping


@njit()
def fill(points, count, how, hermite, columns):
    fill_columns(points, count, how, hermite, columns)


def filled(points, powers, count=None):
    """The basis as the compiled loop makes it (draw, basis)."""
    how = recipe(powers)
    hermite = np.empty((len(points), max(2, int(how.highest.max()) + 1), points.shape[1]))
    columns = np.full((len(powers), points.shape[1]), 99.0)
    fill(points, points.shape[1] if count is None else count, how, hermite, columns)
    return columns.T


@pytest.mark.parametrize(("features", "degree"), [(1, 0), (1, 5), (3, 3), (4, 2)])
def test_both_forms_are_numpy_s(features, degree):
    points = np.random.default_rng(0).uniform(-3.0, 3.0, (features, 50))
    powers = total_degree(features, degree)
    expected, degrees = stopping.columns(points.T, degree)
    np.testing.assert_array_equal(powers.sum(axis=1), degrees)
    assert len(powers) == comb(features + degree, degree)
    np.testing.assert_allclose(filled(points, powers), expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(design(points.T, powers), expected, rtol=1e-9, atol=1e-12)


def test_only_the_first_draws_are_filled():
    points = np.random.default_rng(1).uniform(-3.0, 3.0, (2, 30))
    powers = total_degree(2, 3)
    found = filled(points, powers, 7)
    np.testing.assert_array_equal(found[:7], filled(points, powers)[:7])
    assert (found[7:] == 99.0).all()


def test_they_are_orthonormal_under_the_normal_distribution():
    """By Gauss–Hermite quadrature in two variables."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(12)
    weights = weights / weights.sum()
    grid = np.stack([one.ravel() for one in np.meshgrid(nodes, nodes)])
    columns = filled(grid, total_degree(2, 4))
    gram = (columns * np.outer(weights, weights).reshape(-1, 1)).T @ columns
    np.testing.assert_allclose(gram, np.eye(len(gram)), atol=1e-10)


def test_a_column_is_an_earlier_one_times_a_polynomial_of_its_last_feature():
    powers = total_degree(3, 3)
    how = recipe(powers)
    for column in range(1, len(powers)):
        left = powers[how.left[column]].copy()
        assert how.left[column] < column
        assert left[how.feature[column] :].sum() == 0
        left[how.feature[column]] += how.degree[column]
        np.testing.assert_array_equal(left, powers[column])


def test_location_and_scale():
    normal = 5.0 + 2.0 * norm.ppf((np.arange(9999) + 0.5) / 9999)
    rare = (np.arange(9999) < 100).astype(np.float64)
    middle, scale = location_and_scale(np.stack([normal, rare, np.full(9999, 3.0)]))
    np.testing.assert_allclose(middle, [5.0, 0.0, 3.0], atol=1e-9)
    np.testing.assert_allclose(scale, [2.0, rare.std(), 1.0], rtol=1e-3)
