"""The metalog against the formulas that Keelin (2016) publishes and its known special cases."""

import re
from math import inf, log

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import integrate, stats

from priors.distributions.build import FamilyError, build
from priors.distributions.families import metalog

LINE = (-inf, inf)
POSITIVE = (0.0, inf)
GRID = np.concatenate([[1e-9, 1e-6], np.linspace(0.001, 0.999, 999), [1.0 - 1e-6, 1.0 - 1e-9]])


def triplet(alpha, low, median, high):
    """Coefficients of the metalog through a symmetric triplet, Keelin (2016), section 6.2.1."""
    odds, width = log((1.0 - alpha) / alpha), high - low
    r = (median - low) / width
    return median, width / (2.0 * odds), (1.0 - 2.0 * r) * width / ((1.0 - 2.0 * alpha) * odds)


# ------------------------------------------------------------------------------- published formulas


@pytest.mark.parametrize(
    ("alpha", "quantiles"),
    [(0.1, (35.0, 50.0, 75.0)), (0.05, (-3.0, 1.0, 2.5)), (0.25, (0.9, 1.0, 1.1))],
)
def test_a_symmetric_triplet_in_closed_form(alpha, quantiles):
    found = metalog.fit((alpha, 0.5, 1.0 - alpha), quantiles)
    assert found == pytest.approx(triplet(alpha, *quantiles), abs=1e-12)


def test_the_terms_in_keelin_s_order():
    """1, L, cL, c, c², c²L, c³, c³L, c⁴, …, with c = u - 1/2 and L the log odds of u."""
    u = np.array([0.03, 0.2, 0.5, 0.9])
    c, odds = u - 0.5, np.log(u / (1.0 - u))
    terms = [1.0 + 0.0 * u, odds, c * odds, c, c**2, c**2 * odds, c**3, c**3 * odds, c**4]
    for place, term in enumerate(terms):
        coefficients = [0.0] * place + [1.0]
        assert metalog.ppf(coefficients, LINE, u) == pytest.approx(term)


def test_with_one_end_it_is_the_metalog_of_the_logarithm():
    found = metalog.fit((0.1, 0.5, 0.9), (12.0, 15.0, 30.0), (10.0, inf))
    assert found == pytest.approx(triplet(0.1, log(2.0), log(5.0), log(20.0)))
    found = metalog.fit((0.1, 0.5, 0.9), (-30.0, -15.0, -12.0), (-inf, -10.0))
    assert found == pytest.approx(triplet(0.1, -log(20.0), -log(5.0), -log(2.0)))


def test_with_both_ends_it_is_the_metalog_of_the_logit():
    found = metalog.fit((0.1, 0.5, 0.9), (12.0, 15.0, 28.0), (10.0, 30.0))
    logits = (log((x - 10.0) / (30.0 - x)) for x in (12.0, 15.0, 28.0))
    assert found == pytest.approx(triplet(0.1, *logits))


def test_mean_and_variance_in_closed_form():
    """Mean a1 + a3/2; variance π²a2²/3 + (1/12 + π²/36)a3² + a2·a4 + a4²/12."""
    coefficients = metalog.fit((0.1, 0.4, 0.6, 0.9), (35.0, 47.0, 54.0, 75.0))
    a1, a2, a3, a4 = coefficients
    assert a4 != pytest.approx(0.0, abs=0.1)

    def moment(power, centre):
        def term(u):
            return (float(metalog.ppf(coefficients, LINE, u)) - centre) ** power

        halves = (
            integrate.quad(term, 0.0, 0.5, limit=500),
            integrate.quad(term, 0.5, 1.0, limit=500),
        )
        return halves[0][0] + halves[1][0]

    mean = a1 + a3 / 2.0
    variance = np.pi**2 * a2**2 / 3.0 + (1.0 / 12.0 + np.pi**2 / 36.0) * a3**2
    variance += a2 * a4 + a4**2 / 12.0
    assert moment(1, 0.0) == pytest.approx(mean, rel=1e-7)
    assert moment(2, mean) == pytest.approx(variance, rel=1e-6)


@pytest.mark.parametrize("alpha", [0.05, 0.1, 0.25])
def test_how_skewed_a_triplet_may_be(alpha):
    """The median may lie from k to 1 - k of the way, k = (1 - 1.66711(1/2 - α))/2."""
    k = 0.5 * (1.0 - 1.66711 * (0.5 - alpha))
    probabilities = (alpha, 0.5, 1.0 - alpha)
    for r in (k + 1e-4, 0.5, 1.0 - k - 1e-4):
        assert metalog.fit(probabilities, (0.0, r, 1.0)) is not None
    for r in (k - 1e-4, 1.0 - k + 1e-4):
        assert metalog.fit(probabilities, (0.0, r, 1.0)) is None


# ------------------------------------------------------------------------------------ special cases


@pytest.mark.parametrize(
    ("bounds", "reference"),
    [
        (LINE, stats.logistic(3.0, 2.0)),
        (POSITIVE, stats.fisk(2.5, scale=4.0)),  # log-logistic
    ],
)
def test_two_quantiles_give_a_logistic(bounds, reference):
    probabilities = (0.2, 0.7)
    coefficients = metalog.fit(probabilities, reference.ppf(probabilities), bounds)
    x = reference.ppf(GRID)
    assert metalog.ppf(coefficients, bounds, GRID) == pytest.approx(x, rel=1e-7)
    assert metalog.cdf(coefficients, bounds, x) == pytest.approx(GRID, abs=1e-12)


def test_four_terms_hold_a_uniform():
    coefficients = metalog.fit((0.1, 0.3, 0.6, 0.9), (1.2, 1.6, 2.2, 2.8))
    assert coefficients == pytest.approx((2.0, 0.0, 0.0, 2.0), abs=1e-12)


def test_ten_terms_follow_a_normal():
    probabilities = (0.01, 0.03, 0.1, 0.25, 0.4, 0.6, 0.75, 0.9, 0.97, 0.99)
    coefficients = metalog.fit(probabilities, stats.norm.ppf(probabilities))
    u = np.linspace(0.01, 0.99, 197)
    assert metalog.ppf(coefficients, LINE, u) == pytest.approx(stats.norm.ppf(u), abs=1e-3)


@pytest.mark.parametrize(
    "probabilities",
    [
        (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95),
        (0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99),
    ],
)
def test_seven_or_eleven_symmetric_quantiles_hold_a_logistic_too(probabilities):
    """Keelin's first 7 or 11 terms are linearly dependent at these probabilities."""
    reference = stats.fisk(3.0)
    coefficients = metalog.fit(probabilities, reference.ppf(probabilities), POSITIVE)
    u = np.linspace(0.001, 0.999, 999)
    assert metalog.ppf(coefficients, POSITIVE, u) == pytest.approx(reference.ppf(u), rel=1e-9)


def test_more_quantiles_than_floats_can_tell_apart_are_refused():
    probabilities = np.arange(1, 100) / 100
    assert metalog.fit(probabilities, stats.norm.ppf(probabilities)) is None


# --------------------------------------------------------------------------------------- invariants


@pytest.mark.slow
@given(
    quantiles=st.lists(st.floats(0.05, 0.95), min_size=2, max_size=5, unique=True).map(sorted),
    bounds=st.sampled_from([LINE, POSITIVE, (-inf, 1.0), (0.0, 1.0), (-3.0, 40.0)]),
    u=st.floats(1e-6, 1.0 - 1e-6),
)
def test_it_goes_through_its_quantiles_and_rises(quantiles, bounds, u):
    assume(np.min(np.diff(quantiles)) > 1e-3)
    probabilities = np.linspace(0.1, 0.9, len(quantiles))
    coefficients = metalog.fit(probabilities, quantiles, bounds)
    assume(coefficients is not None)
    assert metalog.ppf(coefficients, bounds, probabilities) == pytest.approx(quantiles, rel=1e-6)
    x = metalog.ppf(coefficients, bounds, GRID)
    assert np.all(np.diff(x) >= 0.0)
    assert bounds[0] <= x[0]
    assert x[-1] <= bounds[1]
    value = metalog.ppf(coefficients, bounds, u)
    assume(bounds[0] < value < bounds[1])
    # as far as the value can tell neighbouring probabilities apart
    near = metalog.ppf(coefficients, bounds, [u * (1 - 1e-7), u + (1 - u) * 1e-7])
    assume(near[0] < value < near[1])
    assert metalog.cdf(coefficients, bounds, value) == pytest.approx(u, abs=1e-6)


def test_ends_of_the_domain():
    coefficients = metalog.fit((0.1, 0.5, 0.9), (2.0, 5.0, 9.0), (0.0, 10.0))
    assert np.array_equal(metalog.ppf(coefficients, (0.0, 10.0), [0.0, 1.0]), [0.0, 10.0])
    found = metalog.cdf(coefficients, (0.0, 10.0), [-1.0, 0.0, 10.0, 11.0])
    assert np.array_equal(found, [0.0, 0.0, 1.0, 1.0])
    assert metalog.ppf(coefficients, (0.0, 10.0), np.full((2, 3), 0.5)).shape == (2, 3)


# ---------------------------------------------------------------------------------- in a prior file


def test_the_bounds_of_a_metalog_are_its_domain_not_a_cut():
    """Stated quantiles hold, and the curve bends towards the bounds instead of being cut off."""
    stated = {"family": "metalog", "p10": 2.0, "p50": 5.0, "p90": 9.0, "upper": 10.0}
    found = build(stated, POSITIVE)
    coefficients = metalog.fit((0.1, 0.5, 0.9), (2.0, 5.0, 9.0), (0.0, 10.0))
    assert found.ppf(GRID) == pytest.approx(metalog.ppf(coefficients, (0.0, 10.0), GRID))
    assert found.support() == (0.0, 10.0)
    assert found.cdf([2.0, 5.0, 9.0]) == pytest.approx([0.1, 0.5, 0.9])


def test_a_moved_metalog_keeps_its_quantiles():
    stated = {"family": "metalog", "p10": 2.0, "p50": 5.0, "p90": 9.0, "upper": 10.0}
    found = build({**stated, "scale": 3.0, "shift": 1.0}, POSITIVE)
    assert found.ppf([0.1, 0.5, 0.9]) == pytest.approx([7.0, 16.0, 28.0])
    assert found.support() == (1.0, 31.0)


def test_what_a_moved_metalog_loses_is_cut_off():
    """Half a per cent falls below 0: the rest of it keeps its odds, and the curve its bounds."""
    stated = {"family": "metalog", "p10": 2.0, "p50": 5.0, "p90": 9.0, "upper": 10.0}
    whole = build(stated, POSITIVE)
    shift = -whole.quantile(0.005)
    found = build({**stated, "shift": shift}, POSITIVE)
    assert found.support() == pytest.approx((0.0, 10.0 + shift), abs=1e-12)
    u = np.linspace(0.01, 0.99, 99)
    assert found.ppf(u) == pytest.approx(whole.ppf(0.005 + 0.995 * u) + shift, abs=1e-9)


@pytest.mark.parametrize("percents", [(10, 90), (5, 50, 90), (1, 5, 25, 50, 75, 95, 99)])
def test_any_number_of_quantiles_comes_back(percents):
    reference = stats.weibull_min(1.5, scale=4.0)
    stated = {f"p{percent:02d}": float(reference.ppf(percent / 100)) for percent in percents}
    found = build({"family": "metalog", **stated}, POSITIVE)
    even = found.ppf((np.arange(10_000) + 0.5) / 10_000)
    for percent, value in zip(percents, stated.values(), strict=True):
        assert found.quantile(percent / 100) == pytest.approx(value, rel=1e-9)
        assert np.mean(even <= value) == pytest.approx(percent / 100, abs=1.01e-4)


def test_quantiles_through_which_it_would_fall_are_refused():
    stated = {"family": "metalog", "p10": 0.0, "p50": 0.1, "p90": 1.0}
    text = "no metalog distribution on [-inf, inf] has these quantiles"
    with pytest.raises(FamilyError, match=f"^{re.escape(text)}$"):
        build(stated, LINE)
