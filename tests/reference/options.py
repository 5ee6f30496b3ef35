"""The real options of made-up draws."""

from model.economics.exercise import Exercise, RealOption
from model.economics.inputs import inputs_of
from model.economics.presence import Presence
from model.economics.real_options import exercise_values
from model.economics.strategies import STRATEGIES
from tests.reference.draws import Array

__all__ = ["filled", "real_options"]


def filled(globals_: Array, players: Array, presence: Presence | None = None) -> Exercise:
    """The real options of every player; by default all rivals stay."""
    found = Exercise.empty(len(players), len(STRATEGIES), globals_.shape[1])
    exercise_values(inputs_of(globals_, players, presence=presence), found)
    return found


def real_options(
    globals_: Array, players: Array, presence: Presence | None = None
) -> list[list[RealOption]]:
    """The same, one by one: [player][strategy]."""
    found = filled(globals_, players, presence)
    places = range(len(STRATEGIES))
    return [[found.option(i, place) for place in places] for i in range(len(players))]
