"""The fitted rule as it is handed out: by hand."""

import numpy as np
import pytest

from model.stopping.result import ExerciseRule
from priors.errors import InputError


def rule(observed=False, pays=True, limits=(np.inf, -1.0, -1.0)):
    """At one date, in one state of location 10 and scale 2; degrees 0, 1, 2; three stages."""
    powers = np.array([[0, 0], [1, 0], [0, 1]]) if observed else np.array([[0], [1], [2]])
    features = powers.shape[1]
    stages = np.array([[1.0, 2.0, 0.0], [0.5, 2.0, 1.0], [7.0, 0.0, 0.0]])
    return ExerciseRule(
        powers=powers,
        center=np.array([[[10.0, 0.0][:features]]] * 2),
        scale=np.array([[[2.0, 1.0][:features]]] * 2),
        coefficients=np.array([[stages], [-stages]]),
        limits=np.array([[limits], [limits]]),
        pays=np.array([[pays], [True]]),
        rule=np.zeros(3, np.int64),
        observed=observed,
    )


STATES = np.array([[10.0], [12.0], [9.0], [100.0]])
SCORES = np.array([0.0, 1.0, -0.5, 3.0])


def test_the_first_stage_alone():
    found = rule().advantage(STATES, 0, 0)
    np.testing.assert_allclose(found, 1.0 + 2.0 * SCORES)
    np.testing.assert_allclose(rule().advantage(STATES, 0, 1), -found)


def test_a_stage_replaces_the_one_before_it_near_the_boundary():
    found = rule(limits=(np.inf, 1.0, -1.0)).advantage(STATES, 0, 0)
    second = 0.5 + 2.0 * SCORES + (SCORES**2 - 1.0) / 2**0.5
    np.testing.assert_allclose(found, [second[0], 3.0, second[2], 7.0])
    third = rule(limits=(np.inf, 1.0, 0.3)).advantage(STATES, 0, 0)
    near = np.abs(second) <= 0.3
    expected = np.where(near & (np.abs(1.0 + 2.0 * SCORES) <= 1.0), 7.0, found)
    np.testing.assert_allclose(third, expected)
    assert near[0]
    # A draw that one stage left out is in no later one, however near by that one's limit.
    out = rule(limits=(np.inf, 1.0, 5.0)).advantage(STATES, 0, 0)
    assert out[1] == 3.0


def test_a_rule_that_does_not_pay_waits():
    np.testing.assert_allclose(rule(pays=False).advantage(STATES, 0, 0), [0.0, 0.0, 0.0, 0.0])
    waits = rule(pays=False).advantage(np.array([[8.0]]), 0, 0)
    np.testing.assert_allclose(waits, [-1.0])


def test_an_observed_payoff_is_compared_with_going_on():
    paid = np.array([0.5, 2.0, -1.0, 1.0])
    found = rule(observed=True).advantage(STATES, 0, 0, paid)
    np.testing.assert_allclose(found, paid + (1.0 + 2.0 * SCORES))
    with pytest.raises(InputError, match="compares with what exercising pays: state `exercise`"):
        rule(observed=True).advantage(STATES, 0, 0)
