"""Priors moved in standard scores: exactly Q(m + s·z), whatever the family, and never outside."""

from math import inf

import numpy as np
import pytest
from scipy import special, stats

from priors.distributions.build import build
from priors.distributions.distribution import OUTMOST_SCORE
from priors.distributions.family import FamilyError
from tests.reference.families import CUTS, FAMILIES, LINE, POSITIVE, UNIT, Cut

Z = np.linspace(-3.5, 3.5, 141)
MOVES = [(1.5, 1.0), (-1.5, 1.0), (0.0, 0.7), (0.8, 1.3), (-1.5, 1.6)]
PARTS = [
    {"weight": 0.6, "family": "lognormal", "p10": 1.0, "p90": 3.0},
    {"weight": 0.4, "family": "normal", "p10": 5.0, "p90": 8.0},
]
OTHERS = {
    "metalog": ({"family": "metalog", "p10": 1.0, "p50": 2.0, "p90": 7.0}, POSITIVE),
    "metalog on the line": ({"family": "metalog", "p10": 1.0, "p50": 2.0, "p90": 7.0}, LINE),
    "mixture": ({"family": "mixture", "components": PARTS}, POSITIVE),
    "scaled and shifted": (
        {"family": "gamma", "shape": 2.0, "rate": 1.0, "upper": 5.0, "scale": 3.0, "shift": 1.0},
        POSITIVE,
    ),
}
STATED = {
    **{f"{f}, {c}": (Cut(f, c).stated, Cut(f, c).support) for f in FAMILIES for c in CUTS},
    **OTHERS,
}
DISCRETE = {
    "bernoulli": {"family": "bernoulli", "probability": 0.3},
    "discrete": {"family": "discrete", "values": [1.0, 4.0, 2.0], "weights": [0.2, 0.3, 0.5]},
}


def moved(stated, support, shift, spread):
    return build({**stated, "score_shift": shift, "score_spread": spread}, support)


@pytest.mark.parametrize(("shift", "spread"), MOVES)
@pytest.mark.parametrize(("stated", "support"), STATED.values(), ids=STATED.keys())
def test_a_moved_prior_is_the_same_quantile_function_of_a_moved_score(
    stated, support, shift, spread
):
    before, after = build(stated, support), moved(stated, support, shift, spread)
    at = np.clip(shift + spread * Z, -OUTMOST_SCORE, OUTMOST_SCORE)
    values = before.from_score(at)
    width = float(np.ptp(before.ppf([0.05, 0.95])))
    assert after.from_score(Z) == pytest.approx(values, rel=1e-12, abs=1e-12 * width)
    u = special.ndtr(Z)
    assert after.ppf(u) == pytest.approx(values, rel=1e-5, abs=1e-5 * width)
    inside = np.abs(at) < 5.0
    assert after.cdf(values[inside]) == pytest.approx(u[inside], abs=2e-4)
    assert after.support() == before.support()


@pytest.mark.parametrize(("shift", "spread"), MOVES)
def test_a_moved_normal_is_a_normal_and_a_lognormal_a_lognormal(shift, spread):
    x = np.linspace(0.1, 20.0, 50)
    normal = moved({"family": "normal", "mean": 3.0, "sd": 2.0}, LINE, shift, spread)
    exact = stats.norm(3.0 + 2.0 * shift, 2.0 * spread)
    assert normal.cdf(x) == pytest.approx(exact.cdf(x), abs=2e-8)
    lognormal = moved({"family": "lognormal", "median": 3.0, "log_sd": 0.8}, LINE, shift, spread)
    exact = stats.lognorm(0.8 * spread, scale=3.0 * np.exp(0.8 * shift))
    assert lognormal.cdf(x) == pytest.approx(exact.cdf(x), abs=2e-8)


@pytest.mark.parametrize(("shift", "spread"), MOVES)
@pytest.mark.parametrize("stated", DISCRETE.values(), ids=DISCRETE.keys())
def test_steps_move_with_the_score(stated, shift, spread):
    """A value up to which p of the mass lies has Φ((Φ⁻¹(p) - m) / s) of it afterwards."""
    before, after = build(stated, POSITIVE), moved(stated, POSITIVE, shift, spread)
    values, weights = before.atoms()
    found, probabilities = after.atoms()
    assert found == values
    ends = special.ndtr((special.ndtri(np.cumsum(weights)[:-1]) - shift) / spread)
    assert np.cumsum(probabilities)[:-1] == pytest.approx(ends, abs=1e-14)
    assert sum(probabilities) == pytest.approx(1.0, abs=1e-14)
    assert after.cdf(values) == pytest.approx([*ends, 1.0], abs=1e-14)
    z = special.ndtri((np.arange(10_000) + 0.5) / 10_000)
    drawn = after.from_score(z)
    assert np.array_equal(drawn, before.from_score(shift + spread * z))
    shares = [(drawn == value).mean() for value in values]
    assert shares == pytest.approx(probabilities, abs=2e-4)


def test_scale_and_shift_act_on_the_value_afterwards():
    stated = {"family": "lognormal", "median": 2.0, "log_sd": 0.5}
    plain = moved(stated, LINE, 1.0, 0.5)
    both = moved({**stated, "scale": 3.0, "shift": 1.0}, LINE, 1.0, 0.5)
    assert both.from_score(Z) == pytest.approx(3.0 * plain.from_score(Z) + 1.0, rel=1e-14)


def test_what_scale_and_shift_cut_off_does_not_depend_on_the_scores():
    """A prior that `shift` may just move keeps its ends however far its scores are moved."""
    stated = {"family": "normal", "mean": 3.0, "sd": 1.0, "shift": -0.6}
    before, after = build(stated, POSITIVE), moved(stated, POSITIVE, -2.0, 1.0)
    assert after.from_score(Z) == pytest.approx(before.from_score(Z - 2.0), rel=1e-12)
    assert np.all(after.from_score(Z) > 0.0)


def test_no_move_is_no_change():
    stated, support = OTHERS["scaled and shifted"]
    assert moved(stated, support, 0.0, 1.0) == build(stated, support)


NORMAL = {"family": "normal", "mean": 0.0, "sd": 1.0}
BETA = {"family": "beta", "alpha": 2.0, "beta": 3.0}
CONSTANT = "a constant has no scores to move: expected scale or shift, or a family that varies"
FAR = "scores from the median: at most 8, beyond which floats tell nothing apart"
REFUSED = {
    "no spread": ({**NORMAL, "score_spread": 0.0}, ("score_spread", "0 is not above 0")),
    "turned round": ({**NORMAL, "score_spread": -1.0}, ("score_spread", "-1 is not above 0")),
    "a constant": (
        {"family": "constant", "value": 0.5, "score_shift": 1.0},
        ("score_shift", CONSTANT),
    ),
    "too far": ({**BETA, "score_shift": -5.5}, ("score_shift", f"reaches 8.5 {FAR}")),
    "too wide": ({**BETA, "score_spread": 3.0}, ("score_spread", f"reaches 9 {FAR}")),
}


@pytest.mark.parametrize(("stated", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_a_move_that_cannot_be_is_refused(stated, problem):
    with pytest.raises(FamilyError, match=r".") as caught:
        build(stated, UNIT if stated["family"] == "beta" else (-inf, inf))
    assert list(caught.value.problems) == [problem]


def test_a_closed_form_may_be_moved_as_far_as_one_likes():
    far = moved({"family": "lognormal", "median": 1.0, "log_sd": 0.1}, LINE, 30.0, 5.0)
    assert far.quantile(0.5) == pytest.approx(np.exp(3.0))
