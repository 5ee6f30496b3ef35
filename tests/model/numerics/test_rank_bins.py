"""Bins by rank, and sums by block and bin, against loops over the draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from model.numerics.rank_bins import FEW, block_sums, rank_bins, sums_by_cell


@given(st.lists(st.integers(-5, 300), min_size=1, max_size=400))
def test_what_holds_for_any_values(given_values):
    values = np.array(given_values, np.float64)
    bins = rank_bins(values)
    np.testing.assert_array_equal(np.bincount(bins.cell), bins.weight)
    assert bins.weight.min() >= 1
    order = np.argsort(values)
    steps = np.diff(bins.cell[order])
    assert ((steps == 0) | (steps == 1)).all()
    assert (steps[np.diff(values[order]) == 0] == 0).all()
    middle = [np.flatnonzero(bins.cell[order] == one).mean() + 0.5 for one in set(bins.cell)]
    np.testing.assert_allclose(bins.score, norm.ppf(np.array(sorted(middle)) / len(values)))


def test_values_that_are_fewer_than_the_bins_have_one_each():
    values = np.tile([3.0, -1.0, 7.0], 50)
    bins = rank_bins(values)
    assert bins.few
    np.testing.assert_array_equal(bins.cell, np.tile([1, 0, 2], 50))
    assert rank_bins(np.arange(float(FEW))).few
    assert not rank_bins(np.arange(FEW + 1.0)).few


def test_many_values_are_binned_in_the_normal_score():
    random = np.random.default_rng(0)
    bins = rank_bins(np.exp(3.0 * random.standard_normal(65536)))
    assert 200 < len(bins.weight) <= 256
    np.testing.assert_allclose(np.diff(bins.score)[20:-20], 8.6 / 256, rtol=0.15)


def test_only_ranks_matter():
    values = np.random.default_rng(1).standard_normal(3000)
    one, other = rank_bins(values), rank_bins(np.exp(5.0 * values) - 9.0)
    np.testing.assert_array_equal(one.cell, other.cell)
    np.testing.assert_array_equal(one.score, other.score)


@pytest.mark.parametrize("quantities", [1, 2])
def test_sums_by_block_and_bin(quantities):
    random = np.random.default_rng(2)
    values = random.integers(0, 4, (quantities, 500)).astype(np.float64)
    block, outcomes = random.integers(0, 3, 500), random.standard_normal((500, 2, 3))
    bins = [rank_bins(one) for one in values]
    found = block_sums(bins, block, outcomes)
    weight, total = np.zeros_like(found.weight), np.zeros_like(found.total)
    for row in range(500):
        place = (block[row], *(one.cell[row] for one in bins))
        weight[place] += 1
        total[place] += outcomes[row]
    assert weight.shape == (3, *(len(one.weight) for one in bins))
    np.testing.assert_array_equal(found.weight, weight)
    np.testing.assert_array_equal(found.total, total)


def test_empty_cells_sum_to_zero():
    found = sums_by_cell(np.array([2, 0, 2]), np.array([[1.0], [5.0], [3.0]]), 4)
    np.testing.assert_array_equal(found, [[5.0], [0.0], [4.0], [0.0]])
