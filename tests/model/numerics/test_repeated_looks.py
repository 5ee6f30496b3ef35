"""Boundaries of repeated looks: published tables, and the error rate by simulation."""

import numpy as np
import pytest
from scipy.stats import norm, t

from model.numerics.repeated_looks import boundaries, doublings, errors_required

FIFTHS = np.arange(1, 6) / 5

#: D. M. Reboussin, D. L. DeMets, K. Kim, K. K. G. Lan, Controlled Clinical Trials 21 (2000), 190:
#: two-sided 0.05, five equally spaced looks, spending functions like O'Brien's and Fleming's, and
#: like Pocock's.
PUBLISHED = {
    "o_brien_fleming": (
        4 * norm.sf(norm.isf(0.0125) / np.sqrt(FIFTHS)),
        (4.8769, 3.3569, 2.6803, 2.2898, 2.0310),
    ),
    "pocock": (
        0.05 * np.log(1 + (np.e - 1) * FIFTHS),
        (2.4380, 2.4268, 2.4101, 2.3966, 2.3859),
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_boundaries(name):
    spent, expected = PUBLISHED[name]
    assert boundaries(FIFTHS, spent) == pytest.approx(expected, abs=2e-4)


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
