"""Products of polynomials against the same, value by value."""

from math import prod

import numpy as np

from model.numerics.polynomial_products import FACTORS, fill_products


def test_products_are_those_of_each_row():
    rng = np.random.default_rng(0)
    quantities, powers, bins, rows, terms = 4, 3, 5, 40, 7
    tables = rng.standard_normal((quantities, powers, bins)).astype(np.float32)
    tables[:, 0] = 1.0
    cells = rng.integers(0, bins, (quantities, rows))
    members = rng.integers(0, quantities, (terms, FACTORS))
    degrees = rng.integers(0, powers, (terms, FACTORS))
    out = np.empty((terms, 16), np.float32)
    fill_products(tables, cells, 9, members, degrees, out)
    slow = [
        [
            prod(
                tables[member, degree, cells[member, 9 + row]]
                for member, degree in zip(members[term], degrees[term], strict=True)
            )
            for row in range(16)
        ]
        for term in range(terms)
    ]
    np.testing.assert_array_equal(out, np.array(slow, np.float32))
