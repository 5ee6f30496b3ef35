"""The backward fit: against a regression by lstsq, by hand, and who decides for whom."""

from itertools import product

import numpy as np
import pytest

from model.numerics.hermite_polynomials import design
from model.stopping import longstaff_schwartz, steps
from model.stopping.longstaff_schwartz import STAGES, Basis, Problem, Rule, fit_backwards, score
from model.stopping.result import ExerciseRule
from tests.reference import stopping

DRAWS = 1600


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
    np.testing.assert_array_equal(rule.limits, np.tile([np.inf, -1.0, -1.0], (2, 3, 1)))
    assert rule.center.shape == rule.scale.shape == (3, 2, 2)
    assert not rule.center.any()
    assert (rule.scale == 1.0).all()


# ------------------------------------------------------------------- each part of the backward pass


@pytest.mark.parametrize(("draws", "enough"), [(156, False), (160, True), (316, True)])
@pytest.mark.parametrize("observed", [False, True])
def test_a_correction_needs_twenty_of_half_the_draws_for_each_coefficient(draws, enough, observed):
    """Two columns, or three with the payoff: 40 (60) of the half of a half."""
    draws = draws * 3 // 2 if observed else draws
    random = np.random.default_rng(5)
    states = random.standard_normal((1, 1, draws))
    paid = states[:, 0] + 0.1 * random.standard_normal((1, draws))
    if observed:
        states = np.concatenate([states, paid[:, None]], axis=1)
    given = problem(paid, states, observed, degree=1)
    _, rule = fit_backwards(given)
    if not enough:
        np.testing.assert_array_equal(rule.limits[:, 0, 1], -1.0)
        return
    # The limit is the median of what the fit so far says of the draws that it was fitted to.
    scores = np.empty((states.shape[1], draws))
    score(given, 0, rule, scores)
    fitted = rule.coefficients[:, 0, 0] @ design(scores.T, rule.powers).T
    gain = paid - fitted if observed else fitted
    for half in range(2):
        median = np.median(np.abs(gain[half, given.part % 2 == half]))
        assert rule.limits[half, 0, 1] == pytest.approx(median, rel=1e-12)
    np.testing.assert_array_equal(rule.limits[:, 0, 2], -1.0)


def test_each_group_has_its_own_location_and_scale():
    random = np.random.default_rng(6)
    is_open = (np.arange(400) % 2).astype(np.int8)[None]
    states = random.standard_normal((1, 1, 400)) * np.where(is_open, 5.0, 1.0) + 10.0 * is_open
    _, rule = fit_backwards(problem(is_open * 1.0, states, degree=1, is_open=is_open))
    for group in range(2):
        own = states[0, 0, is_open[0] == group]
        assert rule.center[0, group] == pytest.approx(np.median(own))
        spread = np.diff(np.quantile(own, [0.1, 0.9])) / 2.563103131089201
        assert rule.scale[0, group] == pytest.approx(spread)


def test_the_tails_of_each_cell_are_those_of_its_probed_draws():
    date, _ = steps.room(np.zeros(400), np.zeros(400, np.int8), np.zeros(400), False, 1)
    date.cell[:] = np.repeat([0, 1, 3, -1], 100)
    date.targets[:] = np.random.default_rng(7).standard_normal(date.targets.shape)
    probe = np.arange(0, 400, 2)
    low, high = longstaff_schwartz._tails(date, probe)
    assert (low.size, high.size, low[2], high[2]) == (4, 4, -np.inf, np.inf)
    for cell in (0, 1, 3):
        values = date.targets[steps.GAIN, probe[date.cell[probe] == cell]]
        assert (low[cell], high[cell]) == pytest.approx(tuple(np.quantile(values, [0.002, 0.998])))


@pytest.mark.parametrize(
    ("group", "cash", "excess", "pending"),
    [
        ((1, 1), (1.0, 1.0), (1.0, 1.0), False),
        ((0, 1), (0.0, 1.0), (0.0, 1.0), False),
        ((0, 0), (0.0, 0.0), (0.0, 0.0), False),
        ((0, 1), (2.0, 0.0), (0.0, 0.0), True),
        ((0, 1), (0.0, 0.0), (2.0, 0.0), True),
        ((0, 0), (2.0, 0.0), (0.0, 2.0), True),
    ],
)
def test_closed_draws_are_fitted_where_they_have_a_later_use_of_the_option(
    group, cash, excess, pending
):
    groups = np.array(group, np.int8)
    date, carried = steps.room(np.zeros(2), groups, np.zeros(2, np.int8), False, 1)
    carried.cash[:], carried.excess[1] = cash, excess
    assert longstaff_schwartz._pending(date, carried) is pending


def test_increments_of_the_martingale_are_those_of_lstsq():
    """Two dates: what the later one is worth, less its mean given the state, by group and half.

    Twenty draws a coefficient, or a constant; too few draws for another fit near the boundary.
    """
    random, draws = np.random.default_rng(8), 220
    states = random.standard_normal((2, 1, draws)).cumsum(axis=0)
    is_open = (random.random((2, draws)) < 0.6).astype(np.int8)
    paid = np.where(is_open, states[:, 0] + random.standard_normal((2, draws)), 0.0)
    given = problem(paid, states, degree=1, dual=True, is_open=is_open)
    paths, rule = fit_backwards(given)
    half = given.part % 2
    # Of either half's fit at the later date: what the option is worth over exercising.
    over = np.zeros((2, draws))
    scores, bases = np.empty((1, draws)), []
    for date in range(2):
        score(given, date, rule, scores)
        bases.append(np.column_stack([np.ones(draws), scores[0]]))
    fits = ExerciseRule(
        rule.powers, rule.center[:, 1], rule.scale[:, 1], *rule[3:], half.astype(np.int8), False
    )
    for own in range(2):
        gain = fits.advantage(states[1].T, 1, own)
        over[own] = np.where(is_open[1] == 1, np.maximum(0.0, -gain), 0.0)
    worth = {1: np.zeros((2, draws)), 0: paid[1] + over}
    for date, basis in enumerate(bases):
        for group, own in product(range(2), repeat=2):
            fitted = (half == own) & (is_open[date] == group)
            used = (half != own) & (is_open[date] == group)
            ahead = worth[date][own] - paid[date]
            columns = basis[:, : 2 if fitted.sum() >= 40 else 1]
            mean = columns[used] @ np.linalg.lstsq(columns[fitted], ahead[fitted])[0]
            np.testing.assert_allclose(
                paths.innovation[date, used], ahead[used] - mean, atol=1e-9, err_msg=f"{date}"
            )


def test_what_an_observed_option_pays_last_is_known():
    random = np.random.default_rng(9)
    paid = np.abs(random.standard_normal((2, 400)))
    paths, _ = fit_backwards(problem(paid, paid[:, None], observed=True, degree=1, dual=True))
    assert not paths.innovation[1].any()
    assert paths.innovation[0].any()
