"""One rule: who decides for whom, by hand, and when it waits."""

import numpy as np
import pytest

from model.stopping.basis import Basis
from model.stopping.date_draws import Room
from model.stopping.longstaff_schwartz import Option, Rule
from model.stopping.study import Folds, study

DRAWS = 2400


def studied(exercise, states, is_open=None, degree=2):
    """Exercise (date, draw), states (date, feature, draw)."""
    opened = np.ones(exercise.shape, np.int8) if is_open is None else is_open
    basis = Basis.polynomials(states.shape[1], degree, observed=False)
    folds = Folds.dealt(DRAWS, 0)
    option = Option(exercise, states, opened, False)
    return study(option, basis, folds, Room.of(basis, DRAWS), advantages=True), folds


def test_a_draw_is_decided_for_by_the_half_that_it_is_not_in():
    """Exercising pays the first half 1 and costs the second 1, whatever the state."""
    second = Folds.dealt(DRAWS, 0).fold == 1
    paid = np.where(second, -1.0, 1.0)[None]
    found, _ = studied(paid, np.random.default_rng(1).random((1, 1, DRAWS)))
    np.testing.assert_array_equal(found.exercise_date, np.where(second, 0, -1))
    np.testing.assert_array_equal(found.payoff, np.where(second, -1.0, 0.0))
    assert [bool(rule.pays[0]) for rule in found.rules] == [False, True]


def test_waiting_is_worth_what_the_next_date_pays():
    """Now 1; next year 3 or 0, known by then, with a chance that the state tells."""
    random = np.random.default_rng(2)
    chance = random.choice([0.2, 0.7], DRAWS)
    later = np.where(random.random(DRAWS) < chance, 3.0, 0.0)
    states = np.stack([chance, later])[:, None]
    found, folds = studied(np.stack([np.ones(DRAWS), later]), states)
    first = np.where(chance < 0.5, 0, np.where(later > 0.0, 1, found.exercise_date))
    np.testing.assert_array_equal(found.exercise_date, first)
    assert found.payoff[found.exercise_date < 0].sum() == 0.0
    own = found.advantages[folds.fold, 0, np.arange(DRAWS)]
    for value in (0.2, 0.7):
        assert own[chance == value].mean() == pytest.approx(1 - 3 * value, abs=0.15)


def test_where_the_real_option_is_not_open_nothing_is_exercised():
    random = np.random.default_rng(3)
    is_open = random.integers(0, 2, (2, DRAWS)).astype(np.int8)
    paid = np.where(is_open == 1, 1.0, 0.0)
    found, _ = studied(paid, random.random((2, 1, DRAWS)), is_open)
    np.testing.assert_array_equal(np.isnan(found.advantages), np.stack([is_open == 0] * 2))
    when = found.exercise_date
    assert (is_open[when, np.arange(DRAWS)][when >= 0] == 1).all()
    # What pays the same at both dates is taken at either.
    np.testing.assert_array_equal(found.payoff, is_open.max(axis=0))


@pytest.mark.parametrize("observed", [False, True])
def test_a_rule_still_to_be_fitted_waits(observed):
    basis = Basis.polynomials(2, 2, observed)
    expected = [[0, 0], [1, 0], [0, 1], [2, 0], [1, 1], [0, 2]]
    if observed:  # what exercising pays goes in linearly
        expected = [[0, 0], [0, 1], [1, 0], [2, 0]]
    assert sorted(basis.powers.tolist()) == sorted(expected)
    assert (np.diff(basis.degrees) >= 0).all()
    assert basis.sizes.tolist() == ([1, 3, 4] if observed else [1, 3, 6])
    rule = Rule.waiting(3, basis)
    assert not rule.pays.any()
    assert rule.coefficients.shape == (3, 3, len(basis.powers))
    np.testing.assert_array_equal(rule.limits, np.tile([np.inf, -1.0, -1.0], (3, 1)))
    assert not rule.center.any()
    assert (rule.scale == 1.0).all()


def test_the_fitted_draws_alone_say_where_the_states_lie():
    """States of the fold that follows are moved far away: neither location nor scale sees them."""
    random = np.random.default_rng(6)
    states = random.standard_normal((1, 1, DRAWS))
    plain, folds = studied(states[:, 0], states)
    moved = np.where(folds.fold == 0, 1e3 + 50.0 * states, states)
    found, _ = studied(states[:, 0], moved)
    for name in ("center", "scale", "coefficients", "limits"):
        assert getattr(found.rules[0], name).tobytes() == getattr(plain.rules[0], name).tobytes()
        assert name == "limits" or getattr(found.rules[1], name).any()
    assert found.rules[1].center[0, 0] > 900.0
