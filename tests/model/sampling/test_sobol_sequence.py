"""Scrambled Sobol points: SciPy's without scrambling, evenly spread with it, uniform over seeds."""

import numpy as np
import pytest
from scipy import stats

from model.sampling import sobol_sequence as sobol
from scripts import sobol as script

NO_SCRAMBLING = np.zeros(sobol.SCRAMBLE_WORDS, dtype=np.uint32)


def points(count, dimensions, seed=None):
    """Points (count, dimension); `seed` None: without scrambling."""
    directions = sobol.direction_numbers(range(dimensions))
    rng = np.random.default_rng(seed)
    out = np.empty((dimensions, count))
    for place in range(dimensions):
        random = rng.integers(0, 2**32, sobol.SCRAMBLE_WORDS, dtype=np.uint32)
        sobol.fill_points(directions[place], NO_SCRAMBLING if seed is None else random, out[place])
    return out.T


def test_without_scrambling_they_are_scipy_s_at_the_middle_of_each_cell():
    expected = stats.qmc.Sobol(sobol.MAX_DIMENSIONS, scramble=False, bits=32).random_base2(10)
    assert np.array_equal(points(1024, sobol.MAX_DIMENSIONS), expected + 0.5**33)


def test_the_later_bits_are_scipy_s_too():
    """Point 2^k of the Gray code is of direction numbers k and k + 1 alone."""
    engine = stats.qmc.Sobol(50, scramble=False, bits=32)
    before = np.zeros(50, np.uint64)
    numbers = sobol.direction_numbers(range(50)).astype(np.uint64)
    for bit in range(26):
        engine.fast_forward(2**bit - engine.num_generated)
        here = (engine.random(1)[0] * 2.0**32).astype(np.uint64)
        assert np.array_equal(here ^ before, numbers[:, bit])
        before = numbers[:, bit]


def test_the_table_is_the_script_s():
    assert script.TABLE.read_text(encoding="utf-8") == script.table()
    assert script.DIMENSIONS == sobol.MAX_DIMENSIONS


@pytest.mark.parametrize("seed", range(3))
def test_each_dimension_has_one_point_in_every_stratum(seed):
    found = points(512, 300, seed)
    cells = np.sort(np.floor(512 * found).astype(int), axis=0)
    assert np.array_equal(cells, np.broadcast_to(np.arange(512)[:, np.newaxis], cells.shape))


@pytest.mark.parametrize("seed", range(3))
def test_the_first_two_dimensions_fill_every_elementary_interval(seed):
    """A (0, m, 2)-net: one of 2^m points in every rectangle of area 2^-m with dyadic sides."""
    x, y = points(256, 2, seed).T
    for bits in range(9):
        cells = np.floor(x * 2**bits) * 2 ** (8 - bits) + np.floor(y * 2 ** (8 - bits))
        assert np.array_equal(np.sort(cells), np.arange(256))


def test_any_two_to_the_k_points_in_a_row_are_as_even():
    found = points(1024, 20, 3)
    for start in (0, 128, 896):
        cells = np.sort(np.floor(128 * found[start : start + 128]).astype(int), axis=0)
        assert np.array_equal(cells, np.broadcast_to(np.arange(128)[:, np.newaxis], cells.shape))


def test_no_point_is_0_or_1():
    directions = sobol.direction_numbers([0])[0]
    out = np.empty(4)
    for word in (0, 2**32 - 1):
        shift = NO_SCRAMBLING.copy()
        shift[-1] = word
        sobol.fill_points(directions, shift, out)
        assert np.all((out > 0.0) & (out < 1.0))


def test_every_point_is_uniform_over_the_scramblings():
    """Of points 0, 1 and 5: any point is uniform, any two are independent, over 2,000 seeds."""
    found = np.array([points(6, 3, seed)[[0, 1, 5]] for seed in range(2000)])
    for point in range(3):
        for dimension in range(3):
            assert stats.kstest(found[:, point, dimension], "uniform").pvalue > 1e-4
        for other in (1, 2):
            correlation = stats.spearmanr(found[:, point, 0], found[:, point, other])
            assert correlation.pvalue > 1e-4


def test_every_digit_is_scrambled_not_only_shifted():
    """Points 0 and 1 lie in different halves, and anywhere in them independently of each other."""
    first, second = np.array([points(2, 1, seed)[:, 0] for seed in range(2000)]).T
    assert np.all(np.floor(2.0 * first) + np.floor(2.0 * second) == 1.0)
    assert stats.spearmanr((2.0 * first) % 1.0, (2.0 * second) % 1.0).pvalue > 1e-3
    distance = (second - first) % 1.0
    assert len(np.unique(np.round(distance, 6))) > 1900


def test_scrambling_makes_smooth_averages_much_better_than_random_ones():
    """The error of a mean over 1,024 points, from 50 seeds: a tenth of 1/√n or less."""

    def smooth(u):
        return np.sum((u - 0.3) ** 2, axis=1)

    means = [smooth(points(1024, 5, seed)).mean() for seed in range(50)]
    exact = 5 * (1.0 / 12.0 + 0.2**2)
    random_error = smooth(np.random.default_rng(1).uniform(size=(100_000, 5))).std() / 32.0
    errors = np.array(means) - exact
    assert np.sqrt(np.mean(errors**2)) < 0.1 * random_error
    assert abs(errors.mean()) < 4.0 * errors.std() / np.sqrt(50)
