"""The gap of the dual bound: against its definition path by path, and what must not move it."""

from itertools import product

import numpy as np
import pytest

from model.stopping import dual_bound
from model.stopping.basis import Basis
from model.stopping.date_draws import Room
from model.stopping.dual_bound import gap, without_drift
from model.stopping.longstaff_schwartz import Option
from model.stopping.study import Folds, study

DATES, DRAWS = 4, 1200


def made(option, degree):
    """The martingale, and what it was made from."""
    basis = Basis.polynomials(option.states.shape[1], degree, option.observed)
    draws = option.exercise.shape[1]
    folds = Folds.halves(draws, 0)
    found = study(option, basis, folds, Room.of(basis, draws), advantages=True)
    return dual_bound._martingale(option, basis, folds.fold, found), found, folds.fold


@pytest.fixture(scope="module")
def case():
    random = np.random.default_rng(0)
    walk = np.cumsum(0.5 * random.standard_normal((DATES, DRAWS)), axis=0)
    is_open = (random.random((DATES, DRAWS)) < 0.9).astype(np.int8)
    paid = np.where(is_open == 1, 0.3 - walk, 0.0)
    option = Option(paid, walk[:, None], is_open, False)
    martingale, found, half = made(option, 2)
    quarter = (half + 2 * random.integers(0, 2, DRAWS)).astype(np.int8)
    return option, martingale, found.exercise_date, quarter


def slow_gap(option, increments, dates):
    """Max over dates of X_t − M_t, or of never, less the same where the rule exercises."""
    found = np.empty(DRAWS)
    for draw in range(DRAWS):
        martingale = np.append(0.0, np.cumsum(increments[:, draw]))
        # Never exercising pays 0 after the last date.
        ahead = {DATES: -martingale[DATES]}
        for date in range(DATES):
            if option.open[date, draw]:
                ahead[date] = option.exercise[date, draw] - martingale[date]
        when = dates[draw]
        found[draw] = max(ahead.values()) - ahead[DATES if when < 0 else when]
    return found


def test_the_gap_is_that_of_each_path(case):
    option, martingale, when, _ = case
    expected = slow_gap(option, martingale.increments, when)
    np.testing.assert_allclose(gap(option, martingale), expected, atol=1e-12)


def test_the_gap_is_never_negative(case):
    option, martingale, _, quarter = case
    for found in (martingale, without_drift(option, 2, martingale, quarter)):
        assert gap(option, found).min() >= -1e-12
        assert gap(option, found).mean() > 0.0


def test_a_drift_that_the_states_tell_of_is_taken_out(case):
    option, martingale, _, quarter = case
    expected = without_drift(option, 2, martingale, quarter)
    drifting = martingale._replace(increments=martingale.increments + 0.7)
    found = without_drift(option, 2, drifting, quarter)
    np.testing.assert_allclose(found.increments, expected.increments, atol=1e-8)
    assert np.abs(gap(option, drifting) - gap(option, martingale)).max() > 0.5


def test_the_drift_is_that_of_lstsq_on_the_other_quarter(case):
    """Hermite polynomials of the state to the third, the state before it, and whether open."""
    option, martingale, _, quarter = case
    found = without_drift(option, 2, martingale, quarter).increments
    for date in range(DATES):
        now = martingale.scores[date, 0]
        before = martingale.scores[date - 1, 0] if date else np.zeros(DRAWS)
        basis = np.polynomial.hermite_e.hermevander(now, 3)
        basis = np.column_stack([basis, before, option.open[date]])
        for part in range(4):
            fitted, used = quarter == part, quarter == (part + 2) % 4
            increments = martingale.increments[date]
            drift = basis[used] @ np.linalg.lstsq(basis[fitted], increments[fitted])[0]
            np.testing.assert_allclose(found[date, used], increments[used] - drift, atol=1e-7)


def test_the_martingale_has_mean_zero_given_the_state():
    random, draws = np.random.default_rng(4), 1600
    first = random.standard_normal(draws)
    second = first + random.standard_normal(draws)
    states = np.stack([first, second])[:, None]
    option = Option(states[:, 0].copy(), states, np.ones((2, draws), np.int8), False)
    increments = made(option, 2)[0].increments[0]
    for columns in (np.ones(draws), first):
        parts = increments * columns
        assert abs(parts.mean()) < 4 * parts.std() / draws**0.5


def test_increments_are_those_of_lstsq():
    """Two dates: what the later one is worth, less its mean given the state, by group and half."""
    random, draws = np.random.default_rng(8), 420
    states = random.standard_normal((2, 1, draws)).cumsum(axis=0)
    is_open = (random.random((2, draws)) < 0.6).astype(np.int8)
    paid = np.where(is_open, states[:, 0] + random.standard_normal((2, draws)), 0.0)
    option = Option(paid, states, is_open, False)
    martingale, found, half = made(option, 1)
    # By the rule fitted to either half, which the other fold follows: worth over exercising.
    gains = found.advantages[::-1, 1]
    over = np.where(is_open[1] == 1, np.maximum(0.0, -gains), 0.0)
    worth = {1: np.zeros((2, draws)), 0: paid[1] + over}
    for date in reversed(range(2)):
        basis = np.column_stack([np.ones(draws), martingale.scores[date, 0]])
        for group, own in product(range(2), repeat=2):
            fitted = (half == own) & (is_open[date] == group)
            used = (half != own) & (is_open[date] == group)
            ahead = worth[date][own] - paid[date]
            mean = basis[used] @ np.linalg.lstsq(basis[fitted], ahead[fitted])[0]
            found_here = martingale.increments[date, used]
            np.testing.assert_allclose(found_here, ahead[used] - mean, atol=1e-9, err_msg=f"{date}")
            if date == 1 and group == 0:  # what a closed draw is worth at the later date: nothing
                assert not over[:, is_open[1] == 0].any()


def test_what_an_observed_option_pays_last_is_known():
    random = np.random.default_rng(9)
    paid = np.abs(random.standard_normal((2, 400)))
    option = Option(paid, paid[:, None], np.ones((2, 400), np.int8), True)
    increments = made(option, 1)[0].increments
    assert not increments[1].any()
    assert increments[0].any()
