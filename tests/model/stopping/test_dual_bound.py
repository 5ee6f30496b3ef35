"""The gap of the dual bound: against its definition path by path, and what must not move it."""

import numpy as np
import pytest

from model.stopping.dual_bound import corrected_gap, gap
from model.stopping.longstaff_schwartz import Problem, fit_backwards, score

DATES, DRAWS = 4, 1200


@pytest.fixture(scope="module")
def case():
    random = np.random.default_rng(0)
    walk = np.cumsum(0.5 * random.standard_normal((DATES, DRAWS)), axis=0)
    is_open = (random.random((DATES, DRAWS)) < 0.9).astype(np.int8)
    paid = np.where(is_open == 1, 0.3 - walk, 0.0)
    part = (np.arange(DRAWS) % 4).astype(np.int8)
    given = Problem(paid, walk[:, None], is_open, part, np.arange(DRAWS), False, 2, True)
    return given, *fit_backwards(given)


def slow_gap(problem, paths):
    """Max over dates of X_t − M_t, or of never, less the same where the rule exercises."""
    found = np.empty(DRAWS)
    for draw in range(DRAWS):
        martingale = np.append(0.0, np.cumsum(paths.innovation[:, draw]))
        # Never exercising pays 0 after the last date.
        ahead = {DATES: -martingale[DATES]}
        for date in range(DATES):
            if problem.open[date, draw]:
                ahead[date] = problem.exercise[date, draw] - martingale[date]
        when = paths.exercise_date[draw]
        found[draw] = max(ahead.values()) - ahead[DATES if when < 0 else when]
    return found


def test_the_gap_is_that_of_each_path(case):
    problem, paths, _ = case
    np.testing.assert_allclose(gap(problem, paths), slow_gap(problem, paths), atol=1e-12)


def test_the_gap_is_never_negative(case):
    problem, paths, rule = case
    for found in (gap(problem, paths), corrected_gap(problem, paths, rule)):
        assert found.min() >= -1e-12
        assert found.mean() > 0.0


def test_a_drift_that_the_states_tell_of_is_taken_out(case):
    """A constant, and a term in the state, added to the martingale's increments."""
    problem, paths, rule = case
    expected = corrected_gap(problem, paths, rule)
    inside = np.abs(problem.states[:, 0] - rule.center[:, 1]) < 3.0 * rule.scale[:, 1]
    assert inside.mean() > 0.99
    drifting = paths._replace(innovation=paths.innovation + 0.7)
    np.testing.assert_allclose(corrected_gap(problem, drifting, rule), expected, atol=1e-8)
    assert np.abs(gap(problem, drifting) - gap(problem, paths)).max() > 0.5


def test_the_drift_is_that_of_lstsq_on_the_other_quarter(case):
    """Hermite polynomials of the state to the third, the state before it, and whether open."""
    problem, paths, rule = case
    scores = np.zeros((DATES + 1, 1, DRAWS))
    for date in range(DATES):
        score(problem, date, rule, scores[date])
    drifts = np.empty((DATES, DRAWS))
    for date in range(DATES):
        now, before = scores[date, 0], scores[date - 1, 0]
        basis = np.polynomial.hermite_e.hermevander(now, 3)
        basis = np.column_stack([basis, before, problem.open[date]])
        for part in range(4):
            fitted, used = problem.part == part, problem.part == (part + 2) % 4
            increments = paths.innovation[date, fitted]
            drifts[date, used] = basis[used] @ np.linalg.lstsq(basis[fitted], increments)[0]
    expected = slow_gap(problem, paths._replace(innovation=paths.innovation - drifts))
    np.testing.assert_allclose(corrected_gap(problem, paths, rule), expected, atol=1e-7)
