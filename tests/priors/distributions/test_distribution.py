"""Every family's quantile and distribution function against scipy.stats: whole, cut and moved."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from priors.distributions.build import build
from priors.distributions.distribution import Distribution
from tests.reference.families import CASES, CUTS, FAMILIES, LINE, POSITIVE, UNIT, Cut

GRID = np.concatenate([[1e-12, 1e-6], np.linspace(0.001, 0.999, 999), [1.0 - 1e-6]])

# ------------------------------------------------------------------------------ against scipy.stats


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("family", FAMILIES)
def test_quantiles_and_probabilities_are_those_of_scipy(family, cut):
    case = Cut(family, cut)
    found = build(case.stated, case.support)
    x = case.ppf(GRID)
    assert found.ppf(GRID) == pytest.approx(x, rel=1e-9, abs=1e-9)
    assert found.cdf(x) == pytest.approx(GRID, rel=0.0, abs=1e-12)
    beyond = np.linspace(x[0] - 3.0, x[-1] + 3.0, 401)
    assert found.cdf(beyond) == pytest.approx(case.cdf(beyond), rel=0.0, abs=1e-12)


def test_a_cut_normal_is_scipy_s_truncnorm():
    found = build({"family": "normal", "mean": 2.0, "sd": 4.0, "lower": 0.0, "upper": 3.0}, LINE)
    reference = stats.truncnorm(-0.5, 0.25, 2.0, 4.0)
    assert found.ppf(GRID) == pytest.approx(reference.ppf(GRID), rel=1e-10, abs=1e-10)


def test_the_support_cuts_where_no_bound_is_stated():
    found = build({"family": "normal", "mean": 1.0, "sd": 1.0}, POSITIVE)
    reference = stats.truncnorm(-1.0, inf, 1.0, 1.0)
    assert found.ppf(GRID) == pytest.approx(reference.ppf(GRID), rel=1e-9)


def test_a_cut_uniform_is_a_uniform():
    found = build({"family": "uniform", "low": 0.0, "high": 8.0, "lower": 1.0, "upper": 3.0}, LINE)
    assert found.ppf(GRID) == pytest.approx(1.0 + 2.0 * GRID)


@pytest.mark.parametrize(("low", "mode", "high"), [(0.0, 0.0, 2.0), (-1.0, 2.0, 2.0)])
@pytest.mark.parametrize("family", ["triangular", "pert"])
def test_the_mode_may_lie_at_an_end(family, low, mode, high):
    found = build({"family": family, "low": low, "mode": mode, "high": high}, LINE)
    share = (mode - low) / (high - low)
    reference = (
        stats.triang(share, low, high - low)
        if family == "triangular"
        else stats.beta(1 + 4 * share, 5 - 4 * share, low, high - low)
    )
    assert found.ppf(GRID) == pytest.approx(reference.ppf(GRID), rel=1e-9, abs=1e-9)
    x = np.linspace(low - 1.0, high + 1.0, 201)
    assert found.cdf(x) == pytest.approx(reference.cdf(x), abs=1e-13)


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_lies_outside_the_bounds(family):
    case = Cut(family, "both")
    found = build(case.stated, case.support)
    lower, upper = case.bounds["lower"], case.bounds["upper"]
    assert found.cdf([lower - 1.0, lower, upper, upper + 1.0]) == pytest.approx([0, 0, 1, 1])
    assert found.support() == (lower, upper)
    assert found.ppf([0.0, 1.0]) == pytest.approx([lower, upper])
    assert np.all((found.ppf(GRID) >= lower) & (found.ppf(GRID) <= upper))


@pytest.mark.parametrize("family", FAMILIES)
def test_an_uncut_family_has_its_own_support(family):
    ends = CASES[family].reference.support()
    assert build({"family": family, **CASES[family].stated}, LINE).support() == ends


POSITIVE_NUMBERS = st.floats(0.05, 50.0)


@given(
    family=st.sampled_from(["normal", "lognormal", "beta", "gamma"]),
    first=POSITIVE_NUMBERS,
    second=POSITIVE_NUMBERS,
    cut=st.tuples(st.floats(0.0, 0.9), st.floats(0.0, 0.9)).filter(lambda ends: sum(ends) < 0.95),
    u=st.floats(0.001, 0.999),
)
def test_probability_of_a_quantile(family, first, second, cut, u):
    whole = Distribution(family, (first, min(second, 5.0) if family == "lognormal" else second))
    lower, upper = whole.ppf([max(cut[0], 1e-3), 1.0 - max(cut[1], 1e-3)])
    found = Distribution(family, whole.parameters, float(lower), float(upper))
    x = found.ppf(u)
    assert lower <= x <= upper
    # Where the density has no bound, as of a beta near 1, the next float is another probability.
    below, above = found.cdf(np.nextafter([x, x], [lower, upper]))
    assert below - 1e-6 * u - 1e-9 <= u <= above + 1e-6 * u + 1e-9


@given(
    ends=st.tuples(st.floats(-50.0, 50.0), st.floats(0.1, 50.0), st.floats(0.0, 1.0)),
    family=st.sampled_from(["triangular", "pert"]),
    u=st.floats(0.001, 0.999),
)
def test_probability_of_a_quantile_between_ends(ends, family, u):
    low, width, share = ends
    found = Distribution(family, (low, low + share * width, low + width))
    assert low <= found.ppf(u) <= low + width
    assert found.cdf(found.ppf(u)) == pytest.approx(u, abs=1e-9)


# -------------------------------------------------------------------------- scale, shift and scores


@pytest.mark.parametrize("family", FAMILIES)
def test_scale_and_shift_move_every_quantile(family):
    case = Cut(family, "both")
    found = build({**case.stated, "scale": 2.5, "shift": -0.25}, LINE)
    x = 2.5 * case.ppf(GRID) - 0.25
    assert found.ppf(GRID) == pytest.approx(x, rel=1e-9, abs=1e-9)
    assert found.cdf(x) == pytest.approx(GRID, abs=1e-12)
    ends = [2.5 * case.bounds[key] - 0.25 for key in ("lower", "upper")]
    assert found.support() == pytest.approx(ends)


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("family", FAMILIES)
def test_the_value_at_a_normal_score(family, cut):
    case = Cut(family, cut)
    found = build({**case.stated, "scale": 2.0, "shift": 1.0}, LINE)
    scores = np.linspace(-6.0, 6.0, 241)
    expected = 2.0 * case.ppf(stats.norm.cdf(scores)) + 1.0
    assert found.from_score(scores) == pytest.approx(expected, rel=1e-7, abs=1e-9)


def test_scores_far_out_are_exact_where_a_probability_would_be_1():
    normal = build({"family": "normal", "mean": 1.0, "sd": 2.0}, LINE)
    lognormal = build({"family": "lognormal", "median": 3.0, "log_sd": 0.5}, POSITIVE)
    assert normal.from_score([-40.0, 40.0]) == pytest.approx([-79.0, 81.0])
    assert lognormal.from_score([-40.0, 40.0]) == pytest.approx(3.0 * np.exp([-20.0, 20.0]))


def test_what_is_pushed_out_of_the_support_is_cut():
    """Whole at first, then half a deviation down and cut at 0: 0.6 % of the mass is lost."""
    found = build({"family": "normal", "mean": 3.0, "sd": 1.0, "shift": -0.5}, (0.0, inf))
    reference = stats.truncnorm(-2.5, inf, 2.5, 1.0)
    assert found.ppf(GRID) == pytest.approx(reference.ppf(GRID), rel=1e-9)
    assert found.support() == (0.0, inf)


# ----------------------------------------------------------------------------------------- mixtures

NICHE = {"weight": 0.85, "family": "lognormal", "p10": 2.0, "p90": 9.0}
BREAKOUT = {"weight": 0.15, "family": "lognormal", "p10": 25.0, "p90": 140.0}


def lognormal_through(p10, p90):
    score = stats.norm.ppf(0.9)
    return stats.lognorm(np.log(p90 / p10) / (2 * score), scale=np.sqrt(p10 * p90))


def test_a_mixture_is_the_weighted_sum_of_its_components():
    found = build({"family": "mixture", "components": [NICHE, BREAKOUT]}, POSITIVE)
    niche, breakout = lognormal_through(2.0, 9.0), lognormal_through(25.0, 140.0)
    x = np.geomspace(0.1, 1e3, 301)
    expected = 0.85 * niche.cdf(x) + 0.15 * breakout.cdf(x)
    assert found.cdf(x) == pytest.approx(expected, abs=1e-12)
    assert found.cdf(found.ppf(GRID)) == pytest.approx(GRID, abs=1e-12)


def test_quantiles_of_a_mixture_by_root_finding():
    found = build({"family": "mixture", "components": [NICHE, BREAKOUT]}, POSITIVE)
    niche, breakout = lognormal_through(2.0, 9.0), lognormal_through(25.0, 140.0)

    def excess(x, u):
        return 0.85 * niche.cdf(x) + 0.15 * breakout.cdf(x) - u

    for u in (0.01, 0.5, 0.85, 0.99):
        expected = optimize.brentq(excess, 1e-6, 1e6, args=(u,), xtol=1e-12, rtol=1e-14)
        assert found.ppf(u) == pytest.approx(expected, rel=1e-9)


def test_each_component_is_cut_by_itself_so_that_the_weights_hold():
    """A normal that loses half of its mass at 0 still has its weight of 0.4."""
    components = [
        {"weight": 0.4, "family": "normal", "mean": 0.0, "sd": 1.0},
        {"weight": 0.6, "family": "uniform", "low": 10.0, "high": 11.0},
    ]
    found = build({"family": "mixture", "components": components}, POSITIVE)
    assert found.cdf(9.0) == pytest.approx(0.4)
    assert found.ppf(0.2) == pytest.approx(stats.halfnorm.ppf(0.5))
    assert found.ppf(0.7) == pytest.approx(10.5)
    assert found.support() == (0.0, inf)


def test_a_mixture_is_cut_to_its_bounds_and_moved():
    components = [
        {"weight": 0.5, "family": "uniform", "low": 0.0, "high": 4.0},
        {"weight": 0.5, "family": "uniform", "low": 6.0, "high": 10.0},
    ]
    stated = {"family": "mixture", "components": components, "lower": 2.0, "upper": 9.0}
    found = build({**stated, "scale": 2.0, "shift": 1.0}, POSITIVE)
    assert found.support() == (5.0, 19.0)
    # uniform on [5, 9] and on [13, 19], each with half of the mass
    assert found.ppf([0.25, 0.75]) == pytest.approx([7.0, 16.0])
    assert found.cdf([7.0, 11.0, 16.0]) == pytest.approx([0.25, 0.5, 0.75])


def test_what_a_moved_mixture_loses_is_cut_off_its_components():
    components = [
        {"weight": 0.5, "family": "uniform", "low": 0.0, "high": 4.0},
        {"weight": 0.5, "family": "uniform", "low": 6.0, "high": 10.0},
    ]
    stated = {"family": "mixture", "components": components, "shift": -0.04}
    found = build(stated, POSITIVE)
    assert found.support() == pytest.approx((0.0, 9.96))
    # the weights hold: uniform on [0, 3.96] and on [5.96, 9.96]
    assert found.ppf([0.25, 0.75]) == pytest.approx([1.98, 7.96])


# -------------------------------------------------------------------------------- discrete families


def test_a_bernoulli_is_1_with_its_probability():
    found = build({"family": "bernoulli", "probability": 0.3}, UNIT)
    assert np.array_equal(found.ppf([0.0, 0.69999, 0.70001, 1.0]), [0.0, 0.0, 1.0, 1.0])
    assert found.cdf([-0.1, 0.0, 0.9, 1.0, 2.0]) == pytest.approx([0.0, 0.7, 0.7, 1.0, 1.0])
    assert found.support() == (0.0, 1.0)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_a_certain_event(probability):
    found = build({"family": "bernoulli", "probability": probability}, UNIT)
    assert np.all(found.ppf(GRID) == probability)


def test_a_discrete_takes_its_values_with_their_weights_in_any_order():
    stated = {"family": "discrete", "values": [5.0, 1.0, 3.0], "weights": [0.2, 0.5, 0.3]}
    found = build({**stated, "scale": 2.0, "shift": 1.0}, POSITIVE)
    counts = {
        value: np.mean(found.ppf((np.arange(1000) + 0.5) / 1000) == value) for value in (3, 7, 11)
    }
    assert counts == pytest.approx({3: 0.5, 7: 0.3, 11: 0.2})
    assert found.cdf([2.9, 3.0, 7.0, 10.9, 11.0]) == pytest.approx([0.0, 0.5, 0.8, 0.8, 1.0])
    assert found.support() == (3.0, 11.0)


def test_a_constant_is_always_the_same():
    found = build({"family": "constant", "value": 5.0, "scale": 2.0, "shift": -1.0}, POSITIVE)
    assert found.constant
    assert np.all(found.ppf(GRID) == 9.0)
    assert np.array_equal(found.cdf([8.9, 9.0]), [0.0, 1.0])
    assert found.support() == (9.0, 9.0)


def test_arrays_of_any_shape():
    found = build({"family": "beta", "alpha": 2.0, "beta": 3.0, "upper": 0.8}, UNIT)
    u = GRID[:24].reshape(2, 3, 4)
    assert np.array_equal(found.ppf(u), found.ppf(GRID[:24]).reshape(2, 3, 4))
    assert found.cdf(found.ppf(u)).shape == (2, 3, 4)
    assert found.quantile(0.5) == float(found.ppf(0.5))
