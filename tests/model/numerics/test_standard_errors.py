"""Standard errors: against the formulas, each other where they must agree, and repetitions."""

import numpy as np
import pytest
import xarray as xr

from model.numerics.standard_errors import (
    error_of_sum,
    is_resolved,
    jackknife,
    jackknife_variance,
    mcse,
    mcse_of_each,
    mcse_of_sum,
)

BLOCKS = 16


@pytest.fixture
def chains():
    return np.random.default_rng(0).gamma(2.0, size=(BLOCKS, 3))


def test_mcse_is_the_spread_over_the_root_of_the_number(chains):
    for column, found in zip(chains.T, mcse_of_each(chains), strict=True):
        mean = sum(column) / BLOCKS
        variance = sum((one - mean) ** 2 for one in column) / (BLOCKS - 1)
        assert found == pytest.approx((variance / BLOCKS) ** 0.5, rel=1e-12)
        assert mcse(column) == pytest.approx(found, rel=1e-14)


def test_chains_may_be_along_any_dimensions(chains):
    table = xr.DataArray(chains.reshape(4, 4, 3), dims=("chain", "draw", "player"))
    expected = mcse_of_each(chains)
    np.testing.assert_allclose(mcse_of_each(chains.T, axis=1), expected, rtol=1e-14)
    for order in (("chain", "draw", "player"), ("player", "draw", "chain")):
        found = table.transpose(*order).reduce(mcse_of_each, ["chain", "draw"])
        np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_of_a_sum_it_is_that_of_the_mean_times_the_number(chains):
    np.testing.assert_allclose(mcse_of_sum(chains), BLOCKS * mcse_of_each(chains), rtol=1e-14)


def test_mcse_is_the_spread_of_repetitions():
    """Of the mean of 16 figures of variance 1: 1/16, over 4,000 repetitions."""
    figures = np.random.default_rng(1).standard_normal((BLOCKS, 4000))
    squares = mcse_of_each(figures) ** 2
    assert squares.mean() == pytest.approx(1 / BLOCKS, abs=4 * squares.std() / 4000**0.5)


def test_all_three_agree_on_a_mean(chains):
    mean = chains.mean(axis=0)
    parts = (chains - mean) / BLOCKS
    without = np.array([np.delete(chains, one, axis=0).mean(axis=0) for one in range(BLOCKS)])
    expected = mcse_of_each(chains)
    np.testing.assert_allclose(error_of_sum(parts), expected, rtol=1e-12)
    np.testing.assert_allclose(jackknife(without), expected, rtol=1e-12)
    np.testing.assert_allclose(jackknife_variance(without), expected**2, rtol=1e-12)


def test_jackknife_of_a_ratio_is_that_of_its_linear_part():
    """Of x̄ / ȳ with little noise: the deviations x − r y, over ȳ."""
    random = np.random.default_rng(2)
    x, y = 1.0 + 0.001 * random.standard_normal((2, BLOCKS))
    without = np.array([np.delete(x, i).mean() / np.delete(y, i).mean() for i in range(BLOCKS)])
    ratio = x.mean() / y.mean()
    linear = (x - ratio * y) / y.mean() / BLOCKS
    assert jackknife(without) == pytest.approx(float(error_of_sum(linear)), rel=0.01)


@pytest.mark.parametrize(
    ("value", "error", "resolved"),
    [(2.1, 1.0, True), (2.0, 1.0, False), (-3.0, 1.0, False), (1e-9, 0.0, True), (0.0, 0.0, False)],
)
def test_resolved_is_beyond_two_standard_errors(value, error, resolved):
    assert is_resolved(value, error) is resolved
