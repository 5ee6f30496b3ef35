"""The backward fit: against a regression by lstsq, by hand, and who decides for whom."""

import numpy as np
import pytest

from model.numerics.hermite_polynomials import design
from model.stopping.longstaff_schwartz import STAGES, Basis, Problem, Rule, fit_backwards, score
from tests.reference import stopping

DRAWS = 4000


def problem(exercise, states, observed=False, degree=2, dual=False, is_open=None):
    """Exercise (date, draw), states (date, feature, draw); quarters in turn; all draws probed."""
    part = (np.arange(exercise.shape[1]) % 4).astype(np.int8)
    opened = np.ones(exercise.shape, np.int8) if is_open is None else is_open
    probe = np.arange(exercise.shape[1])
    return Problem(exercise, states, opened, part, probe, observed, degree, dual)


def test_at_one_date_the_first_fit_is_that_of_the_slow_version():
    random = np.random.default_rng(0)
    states = random.standard_normal((1, 2, DRAWS))
    paid = states[:, 0] * states[:, 1] + 0.5 * random.standard_normal((1, DRAWS))
    given = problem(paid, states)
    _, rule = fit_backwards(given)
    scores = np.empty((2, DRAWS))
    score(given, 0, rule, scores)
    basis = design(scores.T, rule.powers)
    degrees = rule.powers.sum(axis=1).tolist()
    for half in range(2):
        own = given.part % 2 == half
        cut = paid[0, own].clip(*np.quantile(paid[0, own], [stopping.TAIL, 1 - stopping.TAIL]))
        # The limits are those of the probe, which is all draws of the half.
        restored = cut + (paid[0, own] - cut).mean()
        expected = stopping.corrected(basis[own], degrees, restored, np.zeros(basis.shape[1]))
        np.testing.assert_allclose(rule.coefficients[half, 0, 0], expected, rtol=1e-6, atol=1e-8)


def test_a_draw_is_decided_for_by_the_half_that_it_is_not_in():
    """Exercising pays the even quarters 1 and costs the odd ones 1, whatever the state."""
    given = problem(np.ones((1, DRAWS)), np.random.default_rng(1).random((1, 1, DRAWS)))
    odd = given.part % 2 == 1
    given.exercise[0, odd] = -1.0
    paths, rule = fit_backwards(given)
    np.testing.assert_array_equal(paths.exercise_date, np.where(odd, 0, -1))
    np.testing.assert_array_equal(paths.payoff, np.where(odd, -1.0, 0.0))
    np.testing.assert_array_equal(rule.pays[:, 0], [True, False])


def test_waiting_is_worth_what_the_next_date_pays():
    """Now 1; next year 3 or 0, known by then, with a chance that the state tells."""
    random = np.random.default_rng(2)
    chance = random.choice([0.2, 0.7], DRAWS)
    later = np.where(random.random(DRAWS) < chance, 3.0, 0.0)
    states = np.stack([chance, later])[:, None]
    paths, _ = fit_backwards(problem(np.stack([np.ones(DRAWS), later]), states))
    waited = np.where(later > 0.0, 1, -1)
    np.testing.assert_array_equal(paths.exercise_date, np.where(chance < 0.5, 0, waited))
    for value in (0.2, 0.7):
        assert paths.advantage[0, chance == value].mean() == pytest.approx(1 - 3 * value, abs=0.15)


def test_where_the_real_option_is_not_open_nothing_is_exercised():
    random = np.random.default_rng(3)
    is_open = random.integers(0, 2, (2, DRAWS)).astype(np.int8)
    paid = np.where(is_open == 1, 1.0, 0.0)
    paths, _ = fit_backwards(problem(paid, random.random((2, 1, DRAWS)), is_open=is_open))
    np.testing.assert_array_equal(np.isnan(paths.advantage), is_open == 0)
    assert (is_open[paths.exercise_date, np.arange(DRAWS)][paths.exercise_date >= 0] == 1).all()
    # What pays the same at both dates is taken at either.
    np.testing.assert_array_equal(paths.payoff, is_open.max(axis=0))


def test_the_martingale_has_mean_zero_given_the_state():
    random = np.random.default_rng(4)
    first = random.standard_normal(DRAWS)
    second = first + random.standard_normal(DRAWS)
    states = np.stack([first, second])[:, None]
    paths, _ = fit_backwards(problem(states[:, 0], states, dual=True))
    increments = paths.innovation[0]
    for columns in (np.ones(DRAWS), first):
        parts = increments * columns
        assert abs(parts.mean()) < 4 * parts.std() / DRAWS**0.5


@pytest.mark.parametrize("observed", [False, True])
def test_a_rule_still_to_be_fitted_waits(observed):
    rule = Rule.empty(3, 2, 2, observed)
    assert not rule.pays.any()
    assert rule.coefficients.shape == (2, 3, STAGES, len(rule.powers))
    expected = [[0, 0], [1, 0], [0, 1], [2, 0], [1, 1], [0, 2]]
    if observed:  # what exercising pays goes in linearly
        expected = [[0, 0], [0, 1], [1, 0], [2, 0]]
    assert sorted(rule.powers.tolist()) == sorted(expected)
    assert (np.diff(rule.powers.sum(axis=1)) >= 0).all()
    assert Basis.of(rule.powers).sizes.tolist() == ([1, 3, 4] if observed else [1, 3, 6])
