"""Local means: against weighted least squares on the draws, closed forms and repetitions."""

import numpy as np
import pytest
from scipy.stats import norm

from model.numerics.local_regression import axis_of, local_means, score_errors
from model.numerics.rank_bins import rank_bins
from model.numerics.standard_errors import error_of_sum

ROWS, BLOCKS = 65536, 16
BLOCK = np.repeat(np.arange(BLOCKS), ROWS // BLOCKS)
ONE_BLOCK = np.zeros(ROWS, np.int64)


@pytest.fixture(scope="module")
def draws():
    return np.random.default_rng(0).standard_normal((3, ROWS))


def kernel(distance):
    return np.maximum(1.0 - distance**2, 0.0)


def test_a_mean_is_that_of_weighted_least_squares_on_the_draws(draws):
    x, y, noise = draws
    outcome = np.exp(x) + noise * (1.0 + y**2)
    axis = axis_of(x, np.array([-2.0, 0.0, 1.3]))
    found = local_means([axis], outcome, ONE_BLOCK)
    score = rank_bins(x).score[rank_bins(x).cell]
    for point, at in enumerate(axis.score):
        weight = np.sqrt(kernel((score - at) / 0.5))
        design = np.stack([np.ones(ROWS), score - at, (score - at) ** 2], axis=1)
        expected = np.linalg.lstsq(design * weight[:, None], outcome * weight, rcond=None)[0]
        assert found.mean[point] == pytest.approx(expected[0], rel=1e-8)
        assert found.slope[0, point] == pytest.approx(expected[1], rel=1e-6)
        assert found.draws[point] == pytest.approx((weight**2).sum(), rel=1e-9)


def test_a_mean_given_two_is_that_of_weighted_least_squares_on_the_draws(draws):
    x, y, noise = draws
    outcome = x * y + noise
    axes = [axis_of(x, np.array([-1.0, 0.5])), axis_of(y, np.array([0.0, 1.0]))]
    found = local_means(axes, outcome, ONE_BLOCK)
    score = [one.bins.score[one.bins.cell] for one in axes]
    for place in np.ndindex(2, 2):
        u, v = (one - axis.score[i] for one, axis, i in zip(score, axes, place, strict=True))
        weight = np.sqrt(kernel(u / 0.7) * kernel(v / 0.7))
        design = np.stack([np.ones(ROWS), u, v, u * u, u * v, v * v], axis=1)
        expected = np.linalg.lstsq(design * weight[:, None], outcome * weight, rcond=None)[0]
        # The ridge on the slopes is worth one draw.
        assert found.mean[place] == pytest.approx(expected[0], abs=0.01)
        np.testing.assert_allclose(found.slope[:, *place], expected[1:3], atol=0.02)


def test_a_quadratic_in_the_score_is_exact(draws):
    """Whatever the density around a point, and at both ends."""
    axis = axis_of(np.exp(draws[0]), np.linspace(-3.0, 3.0, 13))
    score = axis.bins.score[axis.bins.cell]
    found = local_means([axis], 2.0 - 3.0 * score + 0.5 * score**2, ONE_BLOCK)
    exact = 2.0 - 3.0 * axis.score + 0.5 * axis.score**2
    np.testing.assert_allclose(found.mean, exact, atol=1e-9)
    np.testing.assert_allclose(found.slope[0], -3.0 + axis.score, atol=1e-8)


def test_errors_are_those_of_repetitions():
    """Of E[x + noise | x] at three scores, over 60 samples."""
    means, errors = [], []
    for seed in range(60):
        x, noise = np.random.default_rng(seed).standard_normal((2, 8192))
        axis = axis_of(x, np.array([-1.5, 0.0, 1.0]))
        found = local_means([axis], axis.bins.score[axis.bins.cell] + noise, BLOCK[::8])
        means.append(found.mean)
        errors.append(error_of_sum(found.error))
    spread = np.std(means, axis=0, ddof=1)
    np.testing.assert_allclose(np.mean(errors, axis=0), spread, rtol=0.3)
    np.testing.assert_allclose(np.mean(means, axis=0), axis.score, atol=4 * spread.max() / 60**0.5)


def test_errors_of_all_blocks_add_up_to_zero(draws):
    x, y, _ = draws
    found = local_means([axis_of(x, np.array([-1.0, 1.0]))], np.stack([y, x * y], -1), BLOCK)
    np.testing.assert_allclose(found.error.sum(axis=0), 0.0, atol=1e-12)


def test_a_value_that_many_draws_share_is_conditioned_on_as_it_is(draws):
    """Of a quantity with a bound at 0, and a jump in the outcome there."""
    x, noise, _ = draws
    values = np.maximum(x, 0.0)
    outcome = np.where(values == 0.0, 10.0, values) + noise
    axis = axis_of(values, np.array([-0.05, 0.05]))
    found = local_means([axis], outcome, BLOCK)
    at_bound = outcome[values == 0.0]
    assert axis.value[0] == 0.0
    assert found.mean[0] == pytest.approx(at_bound.mean(), rel=1e-12)
    assert found.slope[0, 0] == 0.0
    expected = at_bound.std() / len(at_bound) ** 0.5
    assert error_of_sum(found.error)[0] == pytest.approx(expected, rel=0.5)
    assert abs(found.mean[1] - axis.value[1]) < 5.0 * error_of_sum(found.error)[1]


@pytest.mark.parametrize("values", [[0.0, 1.0], [1.0, 2.0, 5.0]])
def test_each_value_of_a_class_is_a_point(values):
    random = np.random.default_rng(3)
    drawn, noise = random.choice(values, 4000), random.standard_normal(4000)
    axis = axis_of(drawn, np.linspace(-2.0, 2.0, 9))
    found = local_means([axis], drawn**2 + noise, np.arange(4000) % BLOCKS)
    np.testing.assert_array_equal(axis.value, values)
    expected = [(drawn**2 + noise)[drawn == one].mean() for one in values]
    np.testing.assert_allclose(found.mean, expected, rtol=1e-12)


def test_few_draws_have_wider_windows():
    """Far out, where the usual window holds a few of 64 draws, a quarter of them is taken."""
    x = np.random.default_rng(4).standard_normal(64)
    axis = axis_of(x, np.array([-2.0, 0.0, 2.0]))
    score = axis.bins.score[axis.bins.cell]
    found = local_means([axis], score**2, np.arange(64) % 4)
    np.testing.assert_allclose(found.mean, axis.score**2, atol=1e-9)
    usual = 0.5 * (65536 / 64) ** (1 / 9)
    held = [kernel((score - at) / usual).sum() for at in axis.score]
    assert found.draws[1] == pytest.approx(held[1], rel=1e-12)
    for end in (0, 2):
        assert (np.abs(score - axis.score[end]) < usual).sum() < 16
        assert found.draws[end] > 1.2 * held[end]


def test_one_quantity_gives_the_curve_that_another_order_of_draws_gives(draws):
    x, y, _ = draws
    order = np.random.default_rng(5).permutation(ROWS)
    score = np.array([-1.0, 0.0, 2.0])
    one = local_means([axis_of(x, score)], y, BLOCK)
    other = local_means([axis_of(x[order], score)], y[order], BLOCK[order])
    np.testing.assert_allclose(one.mean, other.mean, atol=1e-12)
    np.testing.assert_allclose(one.error, other.error, atol=1e-12)


def test_the_error_of_a_quantile_s_score():
    """√(p(1 − p)/n) over the normal density, of independent draws; 0 at the ends."""
    probabilities = np.array([0.1, 0.5, 0.9])
    scores = norm.ppf(probabilities)
    squares = []
    for seed in range(200):
        x = np.random.default_rng(seed).standard_normal((1600, 1))
        squares.append(error_of_sum(score_errors(x <= scores, np.arange(1600) % BLOCKS)) ** 2)
    exact = np.sqrt(probabilities * (1 - probabilities) / 1600) / norm.pdf(scores)
    np.testing.assert_allclose(np.sqrt(np.mean(squares, axis=0)), exact, rtol=0.1)
    ends = score_errors(np.repeat([[True, False]], 32, axis=0), np.arange(32) % 4)
    np.testing.assert_array_equal(ends, np.zeros((4, 2)))
