"""Polynomials that are orthonormal over the draws: by their definition, and against Hermite's."""

from math import factorial

import numpy as np
import pytest

from model.numerics.orthonormal_polynomials import orthonormal_polynomials
from model.numerics.rank_bins import rank_bins

ROWS = 20_000


@pytest.mark.parametrize("ties", [1, 5, 4000])
def test_they_are_orthonormal_over_the_rows(ties):
    random = np.random.default_rng(0)
    bins = rank_bins(np.floor(random.standard_normal(ROWS) * 1000 / ties))
    rows = orthonormal_polynomials(bins, 4)[:, bins.cell]
    np.testing.assert_allclose(rows.mean(axis=1), 0.0, atol=1e-10)
    np.testing.assert_allclose(rows @ rows.T / ROWS, np.eye(len(rows)), atol=1e-10)


def test_each_is_a_polynomial_of_its_degree_in_the_score():
    bins = rank_bins(np.random.default_rng(1).exponential(size=ROWS))
    for degree, values in enumerate(orthonormal_polynomials(bins, 5), start=1):
        fit = np.polynomial.Polynomial.fit(bins.score, values, degree)
        np.testing.assert_allclose(fit(bins.score), values, atol=1e-9)
        assert fit.coef[-1] > 0


def test_without_ties_they_are_nearly_hermite_polynomials():
    bins = rank_bins(np.random.default_rng(2).standard_normal(ROWS))
    inside = np.abs(bins.score) < 2
    for degree, values in enumerate(orthonormal_polynomials(bins, 3), start=1):
        hermite = np.polynomial.hermite_e.HermiteE.basis(degree)(bins.score)
        exact = hermite / factorial(degree) ** 0.5
        np.testing.assert_allclose(values[inside], exact[inside], atol=0.05)


def test_an_event_has_one():
    bins = rank_bins(np.repeat([0.0, 1.0], [90, 10]))
    (found,) = orthonormal_polynomials(bins, 4)
    np.testing.assert_allclose(found, [-((10 / 90) ** 0.5), 3.0])
