"""Every family's file has the one shape, and its functions are those of scipy.stats."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy import special

from priors.distributions import families
from priors.distributions.build import build
from priors.distributions.catalog import CONTINUOUS, DISCRETE, FAMILIES
from priors.distributions.distribution import Distribution
from priors.distributions.family import Continuous, Discrete, Mixed
from tests.reference.families import CASES, LINE, MEMBERS, POSITIVE

#: Probabilities down to those of the farthest draws, of which there are 2^32.
TAIL = np.concatenate([np.logspace(-12.0, -3.0, 40), np.linspace(0.001, 0.5, 500)])
SCORES = np.concatenate([[-8.0], np.linspace(-6.5, 6.5, 201), [8.0]])
CUTS = ((0.0, 0.7), (0.2, 1.0), (0.01, 0.95), (0.3, 0.4))


# ---------------------------------------------------------------------------------------- catalog


def test_the_catalog_has_every_file_under_its_own_name():
    files = {path.stem for path in Path(families.__file__).parent.glob("*.py")} - {"__init__"}
    assert set(FAMILIES) == files
    assert all(name == family.name for name, family in FAMILIES.items())


def test_families_stand_in_a_fixed_order_and_later_ones_in_that_of_the_alphabet():
    first = ["constant", "normal", "lognormal", "beta", "gamma", "uniform", "triangular", "pert"]
    first += ["bernoulli", "discrete", "mixture", "metalog"]
    names = list(FAMILIES)
    assert names[: len(first)] == first
    assert names[len(first) :] == sorted(names[len(first) :])


def test_each_family_is_of_one_kind():
    kinds = {name: type(family) for name, family in FAMILIES.items()}
    assert set(kinds.values()) == {Continuous, Discrete, Mixed}
    assert set(CONTINUOUS) == {name for name, kind in kinds.items() if kind is Continuous}
    assert set(DISCRETE) == {"constant", "bernoulli", "discrete"}


@pytest.mark.parametrize("family", CONTINUOUS)
def test_every_continuous_family_has_a_case_that_tests_it(family):
    assert family in MEMBERS
    stated = tuple(CASES[family].stated) if CONTINUOUS[family].parameters else ()
    assert stated == CONTINUOUS[family].parameters


def test_no_parameter_has_the_name_of_a_key_that_every_prior_takes():
    """`scale` moves a whole prior: a Weibull's or a Student's own has another name."""
    taken = {"family", "lower", "upper", "scale", "shift", "score_shift", "score_spread"}
    taken |= {"unit", "sources", "why", "weight"}
    taken |= {"score_shift", "score_spread"}
    assert not taken & {name for family in FAMILIES.values() for name in family.parameters}


# ------------------------------------------------------------------------------ against scipy.stats


@pytest.mark.parametrize("family", CONTINUOUS)
def test_functions_are_those_of_scipy(family):
    """Both functions whole and in both tails, the support, the value at a score, and cut."""
    (parameters, reference), record = MEMBERS[family], CONTINUOUS[family]
    spread = float(np.diff(reference.ppf([0.1, 0.9]))[0])
    close = {"rel": 1e-9, "abs": 1e-11 * spread}
    u = np.concatenate([TAIL, 1.0 - TAIL[TAIL > 1e-7]])
    x = reference.ppf(u)
    assert record.ppf(parameters, u) == pytest.approx(x, **close)
    assert record.cdf(parameters, x) == pytest.approx(u, rel=1e-9, abs=1e-15)
    low, high = reference.support()
    assert record.domain(parameters) == (low, high)
    beyond = np.array([low - 1.0, low, high, high + 1.0])
    assert np.array_equal(record.cdf(parameters, beyond), reference.cdf(beyond))
    assert record.ppf(parameters, np.array([0.0, 1.0])) == pytest.approx([low, high])
    whole = Distribution(family, parameters)
    at_scores = np.where(
        SCORES < 0.0, reference.ppf(special.ndtr(SCORES)), reference.isf(special.ndtr(-SCORES))
    )
    # as far out as this only from the tail's own probability
    exact = (9.0 if record.of_score else 3.0) > SCORES
    assert whole.from_score(SCORES)[exact] == pytest.approx(at_scores[exact], **close)
    for first, last in CUTS:
        ends = reference.ppf([first, last])
        cut = Distribution(family, parameters, *ends.tolist())
        assert cut.kept() == pytest.approx((first, last), abs=1e-12)
        kept = first + TAIL * (last - first)
        assert cut.ppf(TAIL) == pytest.approx(reference.ppf(kept), **close)
        assert cut.cdf(reference.ppf(kept)) == pytest.approx(TAIL, abs=1e-12)
        assert cut.support() == (max(ends[0], low), min(ends[1], high))


@pytest.mark.parametrize("family", CONTINUOUS)
def test_a_solver_starts_from_members_of_the_family(family):
    record, (_, reference) = CONTINUOUS[family], MEMBERS[family]
    if record.fit is not None:
        return
    for percents in CASES[family].percents:
        u = [percent / 100 for percent in percents]
        found = list(map(record.untransform, record.starts(u, reference.ppf(u).tolist())))
        assert found
        assert not [fault for parameters in found for fault in record.check(parameters)]


@pytest.mark.parametrize("family", CONTINUOUS)
def test_a_value_at_a_score_rises_and_is_its_quantile(family):
    whole = Distribution(family, MEMBERS[family][0])
    values = whole.from_score(SCORES)
    assert all(before < after for before, after in pairwise(values[np.abs(SCORES) < 6.4]))
    inside = np.abs(SCORES) < 3.0
    expected = whole.ppf(special.ndtr(SCORES[inside]))
    assert values[inside] == pytest.approx(expected, rel=1e-9, abs=1e-9)


# ----------------------------------------------------------------------------------------- Weibull


def test_a_weibull_of_shape_1_is_an_exponential():
    found = build({"family": "weibull", "shape": 1.0, "life": 4.0}, POSITIVE)
    assert found.ppf(TAIL) == pytest.approx(-4.0 * np.log1p(-TAIL))
    assert found.cdf(4.0) == pytest.approx(1.0 - np.exp(-1.0))


def test_quantiles_of_a_weibull_in_closed_form():
    """log(-log(1 - u)) is a line over log(x): half and three quarters of an exponential."""
    found = build({"family": "weibull", "p50": 9.0, "p75": 18.0}, POSITIVE)
    assert found.parameters == pytest.approx((1.0, 9.0 / np.log(2.0)))


@pytest.mark.parametrize("shape", [0.05, 0.3, 1.0, 8.0, 300.0])
def test_a_weibull_of_any_shape_is_found(shape):
    whole = Distribution("weibull", (shape, 2.0))
    stated = {f"p{percent:02d}": whole.quantile(percent / 100) for percent in (10, 90)}
    assert build({"family": "weibull", **stated}, POSITIVE).parameters == pytest.approx((shape, 2))


# --------------------------------------------------------------------------------------- Student t


def test_a_student_t_of_one_degree_is_a_cauchy_and_of_many_a_normal():
    cauchy = Distribution("student_t", (1.0, 2.0, 1.0))
    assert cauchy.ppf(TAIL) == pytest.approx(1.0 - 2.0 / np.tan(np.pi * TAIL), rel=1e-9, abs=1e-9)
    many = Distribution("student_t", (1.0, 2.0, 1e9))
    assert many.from_score(SCORES) == pytest.approx(1.0 + 2.0 * SCORES, rel=1e-6)


def test_both_tails_of_a_student_t_are_equal():
    """Also where the probability of a value below is 1 to the last digit."""
    found = Distribution("student_t", (0.0, 1.0, 2.5))
    scores = np.linspace(0.1, 20.0, 100)
    assert np.array_equal(found.from_score(scores), -found.from_score(-scores))
    assert np.all(np.diff(found.from_score(scores)) > 0.0)


@pytest.mark.parametrize("percents", CASES["student_t"].percents)
@pytest.mark.parametrize("df", [1.0, 1.05, 2.0, 5.0, 40.0, 1e3])
@pytest.mark.parametrize("support", [LINE, POSITIVE])
def test_a_student_t_of_any_df_with_a_mean_is_found(percents, df, support):
    whole = Distribution("student_t", (30.0, 2.0, df), *support)
    stated = {f"p{percent:02d}": whole.quantile(percent / 100) for percent in percents}
    found = build({"family": "student_t", **stated}, support)
    assert found.parameters[:2] == pytest.approx((30.0, 2.0), rel=1e-3)
    assert found.parameters[2] == pytest.approx(df, rel=1e-2)
    for key, value in stated.items():
        assert found.quantile(int(key[1:]) / 100) == pytest.approx(value, rel=1e-6)
