"""Quantiles from a table against the exact ones, for every family and the hardest mixtures."""

from math import inf

import numpy as np
import pytest
from scipy import special

from model.sampling.quantile_functions import LARGEST_SCORE, fill_values
from priors.distributions.build import build
from tests.reference.families import CUTS, FAMILIES, Cut

EVEN = (np.arange(20_000) + 0.5) / 20_000
SCORES = special.ndtri(EVEN)

STATED = {
    "metalog": {"family": "metalog", "p10": 1.0, "p50": 2.0, "p90": 7.0},
    "metalog of seven": {
        "family": "metalog",
        "p05": 0.5,
        "p10": 0.8,
        "p25": 1.5,
        "p50": 2.6,
        "p75": 4.2,
        "p90": 6.2,
        "p95": 7.5,
    },
    "beta at both ends": {"family": "beta", "alpha": 0.4, "beta": 0.3},
    "skewed gamma": {"family": "gamma", "shape": 0.5, "rate": 2.0},
    "narrow beta": {"family": "beta", "alpha": 3000.0, "beta": 5000.0},
    "moved and cut": {
        "family": "gamma",
        "shape": 3.0,
        "rate": 1.0,
        "lower": 1.0,
        "upper": 6.0,
        "scale": 2.0,
        "shift": 1.0,
    },
    "scores moved": {
        "family": "gamma",
        "shape": 3.0,
        "rate": 1.0,
        "score_shift": 0.4,
        "score_spread": 1.1,
    },
    "lognormal moved": {
        "family": "lognormal",
        "p10": 1.0,
        "p90": 3.0,
        "scale": 2.0,
        "shift": 0.5,
        "score_shift": -1.5,
        "score_spread": 0.7,
    },
    "lognormal moved and cut": {
        "family": "lognormal",
        "p10": 1.0,
        "p90": 3.0,
        "upper": 4.0,
        "score_shift": 0.5,
    },
    "bernoulli moved": {"family": "bernoulli", "probability": 0.3, "score_shift": 0.5},
    "bernoulli": {"family": "bernoulli", "probability": 0.3},
    "discrete": {"family": "discrete", "values": [1.0, 4.0, 2.0], "weights": [0.2, 0.3, 0.5]},
    "constant": {"family": "constant", "value": 4.0, "scale": 2.0},
}


def mixture(*components):
    parts = [
        dict(zip(("weight", "family", "p10", "p90"), part, strict=True)) for part in components
    ]
    return {"family": "mixture", "components": parts}


MIXTURES = {
    "two regimes": mixture((0.85, "lognormal", 2.0, 9.0), (0.15, "lognormal", 25.0, 140.0)),
    "a gap": mixture((0.7, "uniform", 0.1, 0.9), (0.3, "uniform", 5.1, 5.9)),
    "far apart": mixture((0.7, "normal", 0.9, 1.1), (0.3, "normal", 4.8, 5.2)),
    "three": mixture((0.2, "beta", 0.1, 0.2), (0.3, "normal", 4, 5), (0.5, "gamma", 9, 40)),
    "one within another": mixture((0.5, "lognormal", 1.0, 9.0), (0.5, "lognormal", 2.9, 3.1)),
}


def filled(distribution, scores=SCORES):
    out = np.full((1, len(scores)), np.nan)
    fill_values(distribution, scores[None], out)
    return out[0]


def spread(distribution):
    return distribution.quantile(0.95) - distribution.quantile(0.05)


@pytest.mark.parametrize(
    "cut", [pytest.param(cut, marks=() if cut == "both" else pytest.mark.slow) for cut in CUTS]
)
@pytest.mark.parametrize("family", FAMILIES)
def test_values_are_the_family_s_quantiles(family, cut):
    case = Cut(family, cut)
    found = build(case.stated, case.support)
    assert filled(found) == pytest.approx(case.ppf(EVEN), rel=1e-8, abs=1e-9 * spread(found))


@pytest.mark.parametrize("stated", STATED.values(), ids=STATED.keys())
def test_values_are_the_exact_quantiles(stated):
    found = build(stated, (0.0, inf))
    exact = found.from_score(SCORES)
    assert filled(found) == pytest.approx(exact, rel=1e-8, abs=1e-9 * max(spread(found), 1.0))


@pytest.mark.slow
@pytest.mark.parametrize("stated", MIXTURES.values(), ids=MIXTURES.keys())
def test_mixtures_are_followed_where_they_bend_and_jump(stated):
    """To a millionth of the spread; no draw falls between two components that lie apart."""
    found = build(stated, (0.0, inf))
    values = filled(found)
    exact = found.from_score(SCORES)
    assert values == pytest.approx(exact, rel=3e-6, abs=3e-6 * spread(found))
    assert found.cdf(values) == pytest.approx(EVEN, abs=1e-5)
    assert np.all(np.diff(values) >= 0.0)


@pytest.mark.parametrize("stated", [*STATED.values(), *MIXTURES.values()])
def test_the_largest_scores_stay_in_the_support(stated):
    found = build(stated, (0.0, inf))
    values = filled(found, np.array([-LARGEST_SCORE, -6.34, 6.34, LARGEST_SCORE]))
    low, high = found.support()
    assert np.all((low <= values) & (values <= high))
    assert np.all(np.isfinite(values))


def test_each_draw_is_on_its_own():
    """The order and the number of scores do not matter."""
    found = build(MIXTURES["far apart"], (0.0, inf))
    order = np.random.default_rng(1).permutation(len(SCORES))
    assert np.array_equal(filled(found, SCORES[order]), filled(found)[order])
    assert np.array_equal(filled(found, SCORES[70:90]), filled(found)[70:90])


LOGNORMAL = {"family": "lognormal", "p10": 1.0, "p90": 3.0}


@pytest.mark.parametrize("stated", [LOGNORMAL, *STATED.values(), *MIXTURES.values()])
def test_draws_may_lie_apart_in_memory_and_values_take_the_place_of_scores(stated):
    distribution = build(stated, (-inf, inf))
    wide = np.zeros((len(SCORES), 2))
    wide[:, 0] = SCORES
    apart = np.full((len(SCORES), 3), np.nan)
    fill_values(distribution, wide.T[:1], apart.T[1:2])
    assert np.array_equal(apart[:, 1], filled(distribution))
    assert np.isnan(apart[:, [0, 2]]).all()
    fill_values(distribution, wide.T[:1], wide.T[:1])
    assert np.array_equal(wide[:, 0], filled(distribution))
    assert not wide[:, 1].any()
