"""Boundaries of repeated looks: probabilities computed anew, and the error rate by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, t

from model.numerics.repeated_looks import boundaries, doublings, errors_required
from tests.reference.repeated_looks import left_at_once, left_by_recursion

#: Ways to spend an error rate of 0.05 by each part of the information: like O'Brien and Fleming,
#: like Pocock, in proportion, and late (Lan and DeMets 1983; Kim and DeMets 1987).
SPENDING = {
    "o_brien_fleming": lambda part: 4.0 * norm.sf(norm.isf(0.0125) / np.sqrt(part)),
    "pocock": lambda part: 0.05 * np.log(1.0 + (np.e - 1.0) * part),
    "linear": lambda part: 0.05 * part,
    "cubic": lambda part: 0.05 * part**3,
}
LOOKS = {
    "fifths": np.arange(1, 6) / 5,
    "doublings": 2.0 ** np.arange(-3, 1),
    "unequal": np.array([0.1, 0.45, 0.5, 1.0]),
}


@pytest.mark.parametrize("looks", LOOKS)
@pytest.mark.parametrize("name", SPENDING)
def test_what_is_spent_is_the_probability_of_having_left(name, looks):
    """Ours by Simpson's rule; the tolerance is what more nodes of the reference change."""
    fractions = LOOKS[looks]
    spent = SPENDING[name](fractions)
    found = boundaries(fractions, spent)
    coarse, fine = (left_by_recursion(fractions, found, nodes) for nodes in (100, 200))
    error = np.abs(fine - coarse).max() + 1e-9
    assert np.abs(fine - spent).max() < error


@pytest.mark.parametrize("looks", LOOKS)
@pytest.mark.parametrize("name", SPENDING)
def test_the_figures_of_all_looks_together_leave_as_often(name, looks):
    """Without any recursion; the library integrates to 1e-5, of which we take three."""
    fractions = LOOKS[looks]
    found = boundaries(fractions, SPENDING[name](fractions))
    assert left_at_once(fractions, found) == pytest.approx(0.05, abs=3e-5)


@given(
    st.lists(st.floats(0.05, 1.0), min_size=1, max_size=5),
    st.lists(st.floats(0.05, 1.0), min_size=5, max_size=5),
    st.floats(0.001, 0.2),
)
def test_any_plan_of_looks_spends_what_it_says(steps, parts, rate):
    fractions = np.cumsum(steps) / np.sum(steps)
    shares = np.cumsum(parts[: len(steps)])
    spent = rate * shares / shares[-1]
    found = boundaries(fractions, spent)
    assert np.abs(left_by_recursion(fractions, found, 200) - spent).max() < 1e-6


def test_one_look_is_a_quantile_of_students_t():
    assert errors_required([16], 0.05) == pytest.approx((t.ppf(0.975, 15),), rel=1e-12)


def test_more_is_asked_for_at_first_and_of_fewer_chains():
    many, few = errors_required([16, 32, 64, 128]), errors_required([4, 8, 16, 32])
    assert list(many) == sorted(many, reverse=True)
    assert all(a > b > 2.0 for a, b in zip(few, many, strict=True))


@pytest.mark.parametrize(("first", "looks"), [(4, 4), (16, 5)])
def test_a_tie_is_resolved_as_often_as_the_rate_says(first, looks):
    """20,000 runs of a tie: standard error 0.0011. At two errors: 0.15 and up."""
    counts = doublings(first, first << (looks - 1))
    required = errors_required(counts, 0.025)
    figures = np.random.default_rng(7).standard_normal((20_000, counts[-1]))
    ever = np.zeros(len(figures), dtype=bool)
    at_two = ever.copy()
    for count, errors in zip(counts, required, strict=True):
        seen = figures[:, :count]
        ratio = np.abs(seen.mean(axis=1)) / (seen.std(axis=1, ddof=1) / count**0.5)
        ever |= ratio > errors
        at_two |= ratio > 2.0
    assert abs(ever.mean() - 0.025) < 0.0045
    assert at_two.mean() > 0.15


def test_doublings_stay_within_the_most():
    assert doublings(64, 64) == (64,)
    assert doublings(64, 300) == (64, 128, 256)
