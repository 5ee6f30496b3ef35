"""Reversals of functions of a shift whose zeros are known."""

import numpy as np
import pytest

from model.sensitivity.reversal import Reversal, reversal_distance, reversal_distances
from priors.errors import InputError, NumericalError


def test_reversal_distance_is_the_nearer_of_the_two_sides():
    found = reversal_distance(
        lambda shift: {"exit": 1.0, "stay": 0.1 + shift, "api_only": -2 * shift}
    )
    assert found == Reversal(pytest.approx(-0.5, abs=1e-3), "exit", "api_only")
    found = reversal_distance(
        lambda shift: {"exit": 1.0, "stay": 0.6 + shift, "api_only": -2 * shift}
    )
    assert found == Reversal(pytest.approx(0.4, abs=1e-3), "exit", "stay")


def test_of_two_reversals_between_the_same_steps_the_nearer_one_counts():
    found = reversal_distance(
        lambda shift: {"a": 1.0, "b": 0.6 + shift, "c": 0.7 - shift}, step=0.5
    )
    assert found == Reversal(pytest.approx(-0.3, abs=1e-3), "a", "c")


def test_nothing_up_to_the_limit_reverses():
    def expected(shift):
        return {"exit": 1.0, "stay": shift / 4.0}

    assert reversal_distance(expected) is None
    assert reversal_distance(expected, limit=4.5) == Reversal(
        pytest.approx(4.0, abs=1e-3), "exit", "stay"
    )


def test_the_limit_itself_is_tried():
    found = reversal_distance(lambda shift: {"exit": 1.0, "stay": shift}, limit=1.1)
    assert found == Reversal(pytest.approx(1.0, abs=1e-3), "exit", "stay")


def test_relabelling_the_strategies_relabels_the_reversal():
    one = reversal_distance(lambda shift: {"a": 1.0, "b": shift})
    other = reversal_distance(lambda shift: {"b": shift, "a": 1.0})
    assert one == other


def test_several_decisions_share_their_evaluations():
    calls = []

    def expected(shift):
        calls.append(shift)
        return [[1.0, shift], [0.0, -1.0 - shift], [5.0, shift]]

    found = reversal_distances(expected, ["exit", "stay"])
    assert found[0] == Reversal(pytest.approx(1.0, abs=1e-3), "exit", "stay")
    assert found[1] == Reversal(pytest.approx(-1.0, abs=1e-3), "exit", "stay")
    assert found[2] is None
    assert len(calls) == len(set(calls)) <= 40


def test_refuses_what_is_no_decision():
    with pytest.raises(InputError, match="at least two strategies"):
        reversal_distance(lambda _: {"exit": 1.0})
    with pytest.raises(InputError, match="both must be above 0"):
        reversal_distance(lambda _: {"exit": 1.0, "stay": 0.0}, limit=0.0)
    with pytest.raises(NumericalError, match=r"not finite at a shift of 0\.25"):
        reversal_distance(lambda shift: {"exit": 1.0, "stay": np.nan if shift else 0.0})
