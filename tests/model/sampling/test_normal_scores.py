"""Normal scores of points: SciPy's, but for the last bits."""

import numpy as np
import pytest
from scipy import special

from model.sampling.normal_scores import fill_scores


def scores(points):
    out = np.empty_like(points)
    fill_scores(points, out)
    return out


def test_they_are_scipy_s_to_the_last_bits():
    cells = np.random.default_rng(0).integers(0, 2**32, 50_001)
    points = (cells + 0.5) / 2**32
    points[:4] = 0.5 / 2**32, 1.0 - 0.5 / 2**32, 0.075, 0.925
    np.testing.assert_allclose(scores(points), special.ndtri(points), rtol=4e-15, atol=4e-16)


def test_they_are_odd_and_0_in_the_middle():
    points = (np.arange(1, 4097) - 0.5) / 8192
    assert scores(np.array([0.5]))[0] == 0.0
    np.testing.assert_array_equal(scores(1.0 - points), -scores(points))


@pytest.mark.parametrize("count", [1, 7, 8, 9, 17])
def test_a_draw_alone_is_a_draw_among_others(count):
    points = np.random.default_rng(count).random(count)
    alone = np.array([scores(points[i : i + 1])[0] for i in range(count)])
    np.testing.assert_array_equal(alone, scores(points))


def test_in_place():
    points = np.random.default_rng(1).random(100)
    expected = scores(points)
    fill_scores(points, points)
    np.testing.assert_array_equal(points, expected)
