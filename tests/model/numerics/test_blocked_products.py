"""Weighted sums of products: NumPy's, whatever the number of draws and columns."""

import numpy as np
import pytest

from model.numerics.blocked_products import padded, weighted_products
from model.numerics.jit import njit


@njit()
def products(columns, weights, draws, leading, out):
    weighted_products(columns, weights, draws, leading, out)


@pytest.mark.parametrize("draws", [1, 8, 511, 512, 513, 1203])
@pytest.mark.parametrize(("leading", "rows"), [(20, 24), (5, 16), (1, 8)])
def test_they_are_numpy_s(draws, leading, rows):
    random = np.random.default_rng(draws)
    columns = random.standard_normal((rows, padded(draws, 8) + 8))
    weights = random.random(columns.shape[1]) + 0.5
    out = np.full((rows, rows), np.nan)
    kept = weights[:draws].copy()
    products(columns, weights, draws, leading, out)
    chosen = [*range(leading), *range(rows - 4, rows)]
    inside = columns[chosen, :draws]
    expected = np.tril((inside * kept) @ inside.T)
    found = np.tril(out[np.ix_(chosen, chosen)])
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-11)


def test_places_beyond_the_draws_count_for_nothing():
    columns = np.ones((4, 16))
    columns[:, 11:] = 1e300
    out = np.empty((4, 4))
    products(columns, np.ones(16), 11, 0, out)
    assert out[3, 0] == 11.0
