"""Expected payoffs along a quantity, and where they cross, against normals, where all is known."""

import numpy as np
import pytest
from scipy.stats import norm

from model.sensitivity.conditional_curves import expected_given, expected_given_two
from model.sensitivity.decision_ranges import decision_ranges

BLOCKS, ROWS = 16, 65536
STARTS = np.linspace(0, ROWS, BLOCKS + 1).astype(np.int64)
CORRELATION = 0.6
NAMES = ("sure", "risky")


@pytest.fixture(scope="module")
def draws():
    """x, y that follows it with correlation 0.6, and noise."""
    random = np.random.default_rng(0)
    x, rest, noise = random.standard_normal((3, ROWS))
    return x, CORRELATION * x + np.sqrt(1.0 - CORRELATION**2) * rest, noise


def two(*payoffs):
    """One problem, payoffs (row, problem, strategy)."""
    return np.stack([np.broadcast_to(one, ROWS) for one in payoffs], axis=-1)[:, None, :]


def test_the_curve_is_the_conditional_mean(draws):
    x, y, noise = draws
    curve = expected_given(np.exp(x), two(0.0, 1.0 + y**2 + noise), STARTS)
    exact = 1.0 + (CORRELATION * curve.score) ** 2 + 1.0 - CORRELATION**2
    error = np.sqrt((curve.error[:, :, 0, 1] ** 2).sum(axis=0) * BLOCKS / (BLOCKS - 1))
    inside = np.abs(curve.score) < 2.5
    away = np.abs(curve.mean[:, 0, 1] - exact)[inside] / error[inside]
    assert away.max() < 5.0
    assert np.sqrt((away**2).mean()) == pytest.approx(1.0, abs=0.6)
    np.testing.assert_allclose(np.log(curve.value), curve.score, atol=0.1)


def test_a_tie_is_found_where_it_is_correlated_ones_following(draws):
    x, y, noise = draws
    curve = expected_given(np.exp(x), two(0.6, y + noise), STARTS)
    found = decision_ranges(curve, 0, 0, NAMES)
    (tie,) = found["values"]
    (place,) = found["ranges"]
    assert abs(tie["value"] - np.e) < 4.0 * tie["value_se"]
    assert tie["value_se"] < 0.2
    assert tie["percentile"] == pytest.approx(norm.cdf(1.0), abs=0.01)
    assert (tie["side"], tie["to"]) == ("above", "risky")
    assert place == {
        "above": tie["value"],
        "below": None,
        "probability": pytest.approx(1.0 - tie["percentile"]),
        "to": "risky",
    }


def test_two_ties_bound_a_band(draws):
    x, _, noise = draws
    curve = expected_given(x, two(0.0, np.maximum(1.0 - x**2, -3.0) + noise), STARTS)
    found = decision_ranges(curve, 0, 0, NAMES)
    (band,) = found["ranges"]
    assert [tie["side"] for tie in found["values"]] == ["above", "below"]
    assert (band["above"], band["below"]) == pytest.approx((-1.0, 1.0), abs=0.08)
    assert band["probability"] == pytest.approx(norm.cdf(1.0) - norm.cdf(-1.0), abs=0.03)


def test_seen_from_the_other_strategy_the_band_is_its_outside(draws):
    x, _, noise = draws
    payoffs = two(np.maximum(1.0 - x**2, -3.0) + noise, 0.0)
    found = decision_ranges(expected_given(x, payoffs, STARTS), 0, 0, NAMES)
    assert [(one["above"] is None, one["below"] is None) for one in found["ranges"]] == [
        (True, False),
        (False, True),
    ]
    assert {tie["side"] for tie in found["values"]} == {"above", "below"}


def test_noise_reverses_nothing(draws):
    _, _, noise = draws
    unrelated = np.random.default_rng(1).standard_normal((40, ROWS))
    payoffs = two(0.02, 3.0 * noise)
    found = [
        decision_ranges(expected_given(one, payoffs, STARTS), 0, 0, NAMES) for one in unrelated
    ]
    assert not any(one["ranges"] or one["values"] for one in found)
    assert any(one["possible"] for one in found)


def test_an_event_reverses_it_at_a_value(draws):
    x, _, noise = draws
    event = (x > 1.0).astype(float)
    curve = expected_given(event, two(0.5, 2.0 * event + noise), STARTS)
    assert decision_ranges(curve, 0, 0, NAMES)["ranges"] == [
        {"at": 1.0, "probability": pytest.approx(event.mean()), "to": "risky"}
    ]
    assert decision_ranges(curve, 0, 0, NAMES)["values"] == []


def test_the_third_strategy_counts(draws):
    x, _, noise = draws
    curve = expected_given(x, two(1.0, x + noise, -x + noise), STARTS)
    found = decision_ranges(curve, 0, 0, ("sure", "up", "down"))
    assert {one["to"] for one in found["ranges"]} == {"up", "down"}
    assert sorted(tie["value"] for tie in found["values"]) == pytest.approx([-1.0, 1.0], abs=0.1)


def test_a_surface_is_the_mean_given_both(draws):
    x, y, noise = draws
    payoffs = np.stack([np.zeros(ROWS), 1.0 + x - 2.0 * y + 3.0 * x * y + noise], axis=-1)
    surface = expected_given_two(x, y, payoffs)
    exact = 1.0 + surface.x[:, None] - 2.0 * surface.y + 3.0 * surface.x[:, None] * surface.y
    seen = surface.draws > 500.0
    assert 0.5 < seen.mean() < 1.0
    np.testing.assert_allclose(surface.mean[seen, 1], exact[seen], atol=0.15)
    assert not surface.mean[..., 0].any()


@pytest.mark.parametrize("rows", [64, 256, 2048])
def test_few_draws_give_a_curve_still(rows):
    random = np.random.default_rng(2)
    x, noise = random.standard_normal((2, rows))
    starts = np.linspace(0, rows, 5).astype(np.int64)
    payoffs = np.stack([np.zeros(rows), x + 0.1 * noise], axis=-1)
    curve = expected_given(x, payoffs[:, None], starts)
    middle = np.abs(curve.score) < 1.0
    np.testing.assert_allclose(curve.mean[middle, 0, 1], curve.score[middle], atol=0.4)
    assert np.isfinite(expected_given_two(x, noise, payoffs).mean).all()
