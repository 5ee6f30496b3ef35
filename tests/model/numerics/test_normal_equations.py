"""Least squares by cells: against np.linalg.lstsq."""

import numpy as np
import pytest

from model.numerics.hermite_polynomials import design, recipe, total_degree
from model.numerics.normal_equations import evaluate, moments, solve

DRAWS, CELLS = 3000, 3


@pytest.fixture(scope="module")
def case():
    """Points (feature, draw), powers, targets (target, draw), cells with some left out."""
    random = np.random.default_rng(0)
    points = random.standard_normal((2, DRAWS)).clip(-3, 3)
    targets = np.stack([np.exp(points[0]), points[0] * points[1] + random.standard_normal(DRAWS)])
    cell = random.integers(-1, CELLS, DRAWS).astype(np.int8)
    return points, total_degree(2, 3), targets, cell


def sizes(powers):
    return np.cumsum(np.bincount(powers.sum(axis=1)))


def test_moments_are_the_products_of_all_columns(case):
    points, powers, targets, cell = case
    found = moments(points, recipe(powers), targets, cell, CELLS)
    both = np.column_stack([design(points.T, powers), targets.T])
    for c in range(CELLS):
        inside = both[cell == c]
        np.testing.assert_allclose(found[c], inside.T @ inside, rtol=1e-9, atol=1e-8)


def test_coefficients_are_those_of_lstsq(case):
    points, powers, targets, cell = case
    products = moments(points, recipe(powers), targets, cell, CELLS)
    found = solve(products, len(powers), sizes(powers), 20)
    basis = design(points.T, powers)
    for c in range(CELLS):
        inside = cell == c
        expected = np.linalg.lstsq(basis[inside], targets[:, inside].T, rcond=None)[0]
        np.testing.assert_allclose(found[c], expected, rtol=1e-7, atol=1e-9)


def test_columns_that_others_span_are_left_out_and_the_fit_is_that_of_lstsq(case):
    """An event: its second and third power say nothing that it does not say itself."""
    points, powers, targets, _ = case
    points = np.stack([points[0], (points[1] > 1.0).astype(np.float64)])
    everywhere = np.zeros(DRAWS, np.int8)
    products = moments(points, recipe(powers), targets, everywhere, 1)
    found = solve(products, len(powers), sizes(powers), 20)[0]
    basis = design(points.T, powers)
    expected = basis @ np.linalg.lstsq(basis, targets.T, rcond=None)[0]
    np.testing.assert_allclose(basis @ found, expected, atol=1e-7)
    assert (found[powers[:, 1] > 1] == 0.0).all()


@pytest.mark.parametrize(("draws", "degree"), [(0, None), (30, 0), (100, 1), (140, 2), (210, 3)])
def test_few_draws_use_the_first_columns_only(case, draws, degree):
    points, powers, targets, _ = case
    cell = np.where(np.arange(DRAWS) < draws, 0, -1).astype(np.int8)
    products = moments(points, recipe(powers), targets, cell, 1)
    found = solve(products, len(powers), sizes(powers), 20)[0]
    used = 0 if degree is None else int(sizes(powers)[degree])
    assert (found[used:] == 0.0).all()
    basis = design(points.T, powers)[:draws, :used]
    expected = np.linalg.lstsq(basis, targets[:, :draws].T, rcond=None)[0]
    np.testing.assert_allclose(found[:used], expected, atol=1e-7)


def test_evaluation_is_the_product_with_the_basis(case):
    points, powers, _, cell = case
    random = np.random.default_rng(2)
    coefficients = random.standard_normal((CELLS, len(powers), 2))
    use = np.stack([cell, random.integers(-1, CELLS, DRAWS).astype(np.int8)])
    out = np.full((2, 2, DRAWS), 99.0)
    evaluate(points, recipe(powers), coefficients, use, out)
    basis = design(points.T, powers)
    for fit in range(2):
        expected = np.einsum("db,dbt->td", basis, coefficients[use[fit]])
        expected[:, use[fit] < 0] = 99.0
        np.testing.assert_allclose(out[fit], expected, rtol=1e-9, atol=1e-9)


def test_the_order_of_cells_and_of_others_draws_does_not_matter(case):
    """A cell's sums have the same bytes whatever else is computed beside it."""
    points, powers, targets, cell = case
    both = moments(points, recipe(powers), targets, cell, CELLS)
    alone = moments(points, recipe(powers), targets, np.where(cell == 1, 0, -1).astype(np.int8), 1)
    np.testing.assert_array_equal(both[1], alone[0])
