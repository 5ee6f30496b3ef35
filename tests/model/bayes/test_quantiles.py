"""Quantiles in PyTensor, and those of the sampler's tables, are those of the distributions.

One case a family at least, each whole, cut and moved; a family without a case fails.
"""

from math import inf

import numpy as np
import pytensor
import pytensor.tensor as pt
import pytest
from pymc.pytensorf import rewrite_pregrad
from scipy import special

from model.bayes.catalog import TENSORS
from model.bayes.ops import mixture_quantiles
from model.bayes.quantiles import gather, quantiles
from model.sampling.quantile_functions import fill_values
from priors.distributions.build import build
from priors.distributions.catalog import CONTINUOUS, DISCRETE
from priors.distributions.distribution import Distribution
from tests.reference.families import CUTS, FAMILIES, LINE, MEMBERS, POSITIVE, UNIT, Cut

MIXTURES = {
    "smooth": (
        POSITIVE,
        {"weight": 0.7, "family": "lognormal", "median": 4.0, "log_sd": 0.6},
        {"weight": 0.3, "family": "gamma", "shape": 3.0, "rate": 0.1},
    ),
    "apart": (
        POSITIVE,
        {"weight": 0.8, "family": "lognormal", "median": 1.0, "log_sd": 0.2},
        {"weight": 0.2, "family": "lognormal", "median": 300.0, "log_sd": 0.4},
    ),
    "cut components": (
        LINE,
        {"weight": 0.3, "family": "normal", "mean": 0.0, "sd": 1.0, "lower": -1.0, "upper": 2.0},
        {"weight": 0.3, "family": "pert", "low": -3.0, "mode": 0.0, "high": 4.0, "upper": 3.5},
        {"weight": 0.4, "family": "triangular", "low": -2.0, "mode": 1.0, "high": 2.0},
    ),
    "metalog and others": (
        UNIT,
        {"weight": 0.4, "family": "metalog", "p10": 0.1, "p50": 0.3, "p90": 0.7},
        {"weight": 0.3, "family": "beta", "alpha": 2.0, "beta": 5.0},
        {"weight": 0.3, "family": "uniform", "low": 0.2, "high": 0.9},
    ),
    "weibull and student_t": (
        POSITIVE,
        {"weight": 0.6, "family": "weibull", "p10": 1.0, "p90": 5.0},
        {"weight": 0.4, "family": "student_t", "location": 9.0, "spread": 1.0, "df": 3.0},
    ),
}
FIVE = {"p05": 0.12, "p25": 0.24, "p50": 0.35, "p75": 0.48, "p95": 0.68}


def continuous():
    """Name to distribution: every family, every way of cutting it, moved and not."""
    found = {}
    for family in FAMILIES:
        for cut in CUTS:
            case = Cut(family, cut)
            found[f"{family}, {cut}"] = build(case.stated, case.support)
        moved = {**Cut(family, "both").stated, "scale": 2.5, "shift": 0.5}
        found[f"{family}, moved"] = build(moved, LINE)
        scores = {"score_shift": 0.8, "score_spread": 1.3}
        for cut in ("whole", "both"):
            stated = {**Cut(family, cut).stated, **scores, "scale": 2.0}
            found[f"{family}, {cut}, scores moved"] = build(stated, LINE)
    for name, support in {
        "line": LINE,
        "above": POSITIVE,
        "unit": UNIT,
        "below": (-inf, 1.0),
    }.items():
        found[f"metalog, {name}"] = build({"family": "metalog", **FIVE}, support)
    moved = {"family": "metalog", **FIVE, "scale": 2.0, "shift": -1.0}
    found["metalog, moved"] = build(moved, (-1.5, 2.0))
    for name, (support, *components) in MIXTURES.items():
        stated = {"family": "mixture", "components": components}
        found[f"mixture, {name}"] = build(stated, support)
        found[f"mixture, {name}, moved"] = build({**stated, "scale": 3.0, "shift": 1.0}, LINE)
        stated = {**stated, "scale": 3.0, "score_shift": 0.5, "score_spread": 0.7}
        found[f"mixture, {name}, scores moved"] = build(stated, LINE)
    # Shapes at which PyTensor's own derivatives of these functions overflow.
    found["beta, narrow"] = build({"family": "beta", "alpha": 900.0, "beta": 2100.0}, UNIT)
    found["gamma, narrow"] = build({"family": "gamma", "shape": 400.0, "rate": 2.0}, POSITIVE)
    found["weibull, steep"] = build({"family": "weibull", "shape": 0.4, "life": 2.0}, POSITIVE)
    for df in (1.2, 30.0, 1e7):
        stated = {"family": "student_t", "location": 1.0, "spread": 2.0, "df": df}
        found[f"student_t, {df:g}"] = build(stated, LINE)
    return found


def discrete():
    values = {"values": [-1.0, 0.1, 0.7, 5.0], "weights": [0.1, 0.2, 0.3, 0.4]}
    return {
        "bernoulli": build({"family": "bernoulli", "probability": 0.3}, UNIT),
        "bernoulli, moved": build(
            {"family": "bernoulli", "probability": 0.3, "score_shift": 0.6}, UNIT
        ),
        "discrete": build({"family": "discrete", **values}, LINE),
        "discrete, moved": build(
            {"family": "discrete", **values, "scale": 2.0, "shift": 1.0}, LINE
        ),
        "constant": build({"family": "constant", "value": 3.5}, LINE),
    }


CASES = {**continuous(), **discrete()}
SCORES = np.concatenate([[-8.0], np.linspace(-5.0, 5.0, 81) + 0.00123, [8.0]])


@pytest.fixture(scope="module")
def curve():
    """Values and slopes (distribution, point) of all `CASES` in PyTensor, at `SCORES`.

    Simplified before the gradient is taken, as PyMC does.
    """
    z = pt.vector(shape=(len(CASES) * len(SCORES),))
    repeated = [distribution for distribution in CASES.values() for _ in SCORES]
    values = rewrite_pregrad([gather(quantiles(repeated, z))])[0]
    slopes = pytensor.grad(values.sum(), z)
    compiled = pytensor.function([z], [values, slopes], mode="FAST_COMPILE")
    return [found.reshape(len(CASES), -1) for found in compiled(np.tile(SCORES, len(CASES)))]


def spread(distribution):
    return float(np.diff(distribution.ppf([0.1, 0.9]))[0]) or 1.0


@pytest.mark.slow
def test_quantiles_in_pytensor_are_those_of_the_distribution(curve):
    for found, (name, distribution) in zip(curve[0], CASES.items(), strict=True):
        exact = distribution.from_score(SCORES)
        # Where a mixture's quantiles jump, an ulp of probability moves them by far more.
        slope = np.abs(distribution.from_score(SCORES + 1e-9) - exact) / 1e-9
        allowed = 1e-9 * (np.abs(exact) + spread(distribution)) + 1e-15 * slope
        assert np.all(np.abs(found - exact) <= allowed), name


@pytest.mark.slow
def test_slopes_in_pytensor_are_those_of_finite_differences(curve):
    step = 1e-4
    inside = np.abs(SCORES) < 3.0
    scores = SCORES[inside]
    for found, (name, distribution) in zip(curve[1][:, inside], CASES.items(), strict=True):
        outer, inner = (
            (distribution.from_score(scores + h) - distribution.from_score(scores - h)) / (2.0 * h)
            for h in (2.0 * step, step)
        )
        expected = (4.0 * inner - outer) / 3.0
        # A density that jumps bends the quantiles: there the two steps disagree.
        bent = np.abs(outer - inner) > 1e-4 * np.abs(inner)
        assert bent.mean() < 0.1, name
        allowed = 1e-6 * (np.abs(expected) + spread(distribution))
        assert np.all((np.abs(found - expected) <= allowed) | bent), name


@pytest.mark.slow
def test_discrete_quantities_have_no_slope(curve):
    assert np.all(curve[1][-len(discrete()) :] == 0.0)


@pytest.mark.slow
def test_slopes_are_finite_far_out(curve):
    assert np.isfinite(curve[1]).all()


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("mixture")])
def test_quantiles_of_a_mixture_are_where_its_distribution_function_says(name):
    scores = np.random.default_rng(4).standard_normal(300)
    x = mixture_quantiles(CASES[name], scores)
    u = special.ndtr(scores)
    nearly = 1e-9 * spread(CASES[name])
    assert np.all(CASES[name].cdf(x + nearly) >= u - 1e-12)
    assert np.all(CASES[name].cdf(x - nearly) <= u + 1e-12)


# ---------------------------------------------------------------------------------- the three forms

INSIDE = np.linspace(-3.0, 3.0, 121) + 0.00123


def test_every_continuous_family_has_a_tensor_form():
    assert set(TENSORS) == set(CONTINUOUS)


def test_every_discrete_family_is_a_case():
    assert {one.family for one in discrete().values()} == set(DISCRETE)


def table(distribution, scores):
    out = np.empty((1, len(scores)))
    fill_values(distribution, scores[None], out)
    return out[0]


def differences(values, step=1e-3):
    """Slopes of `values`, a function of scores, inside, by differences of fourth order."""
    outer, inner = (
        (values(INSIDE + h) - values(INSIDE - h)) / (2.0 * h) for h in (2.0 * step, step)
    )
    return (4.0 * inner - outer) / 3.0


@pytest.fixture(scope="module")
def forms():
    """Values and slopes in PyTensor, at `INSIDE`, of every member of `MEMBERS` and every cut."""
    found = {}
    for family, (parameters, reference) in MEMBERS.items():
        for cut, (first, last) in CUTS.items():
            ends = reference.ppf([first, last]).tolist()
            found[family, cut] = Distribution(family, parameters, *ends, scale=2.0, shift=-1.0)
    z = pt.vector(shape=(len(found) * len(INSIDE),))
    repeated = [distribution for distribution in found.values() for _ in INSIDE]
    values = rewrite_pregrad([gather(quantiles(repeated, z))])[0]
    both = pytensor.function([z], [values, pytensor.grad(values.sum(), z)], mode="FAST_COMPILE")
    values, slopes = (one.reshape(len(found), -1) for one in both(np.tile(INSIDE, len(found))))
    return {key: (found[key], values[row], slopes[row]) for row, key in enumerate(found)}


@pytest.mark.slow
@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("family", CONTINUOUS)
def test_plain_table_and_tensor_forms_are_those_of_scipy(forms, family, cut):
    """Values, and slopes φ(z) / f(x) from the density of scipy.stats."""
    distribution, values, slopes = forms[family, cut]
    reference, (first, last) = MEMBERS[family][1], CUTS[cut]
    base = reference.ppf(first + special.ndtr(INSIDE) * (last - first))
    normal_density = np.exp(-0.5 * INSIDE**2) / np.sqrt(2.0 * np.pi)
    slope = 2.0 * normal_density * (last - first) / reference.pdf(base)
    nearly = {"rel": 1e-8, "abs": 1e-9 * spread(distribution)}
    for found in (distribution.from_score(INSIDE), table(distribution, INSIDE), values):
        assert found == pytest.approx(2.0 * base - 1.0, **nearly)
    assert slopes == pytest.approx(slope, **nearly)
    for form in (distribution.from_score, lambda scores: table(distribution, scores)):
        missed = np.abs(differences(form) - slope) > 1e-5 * (slope + spread(distribution))
        # A density that jumps bends the quantiles: there differences are no slopes.
        assert missed.mean() < 0.05
