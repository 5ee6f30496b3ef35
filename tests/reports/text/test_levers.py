"""Words for the levers, from decisions made up and by hand."""

from copy import deepcopy
from typing import Any

import pytest

from model.analyses.levers import CLASSES
from reports.text.levers import LEVERS, lever_lines, moves, plus, reverses


def entry(
    figures: list[tuple[float, float] | None], best: str = "exit", resolved: bool = True
) -> dict[str, Any]:
    """A player whose chips lever has these figures with their errors; None of too few draws."""
    rows = [
        {
            "class": name,
            "share": 1 / 3,
            "best_other": None if one is None else "stay",
            "exit_minus_best_other": None if one is None else one[0],
            "exit_minus_best_other_mcse": None if one is None else one[1],
            "for_good": None if one is None else one[0],
            "for_good_mcse": None if one is None else one[1],
        }
        for name, one in zip(CLASSES["chips"], figures, strict=True)
    ]
    levers = dict.fromkeys(LEVERS, rows)
    return {"label": "Pika", "best": best, "resolved": resolved, "levers": levers}


def test_every_lever_of_the_model_and_every_range_has_its_words() -> None:
    assert list(LEVERS) == list(CLASSES)
    assert all(len(LEVERS[name].ranges) == len(of) for name, of in CLASSES.items())


@pytest.mark.parametrize(
    ("figures", "best", "turned"),
    [
        ([(1.0, 0.1), (0.5, 0.1), (-0.21, 0.1)], "exit", True),
        ([(1.0, 0.1), (0.5, 0.1), (-0.19, 0.1)], "exit", False),
        ([(1.0, 0.1), (0.5, 0.1), (-0.21, 0.1)], "stay", True),
        ([(-1.0, 0.1), (-0.5, 0.1), (0.19, 0.1)], "paid_only", False),
        ([None, None, None], "exit", False),
        ([None, (-3.0, 0.1), None], "exit", True),
    ],
)
def test_an_answer_is_reversed_beyond_two_errors(
    figures: list[tuple[float, float] | None], best: str, turned: bool
) -> None:
    assert reverses(entry(figures, best), "chips") is turned
    assert reverses(entry(figures, best, resolved=False), "chips") is False


def test_a_difference_between_ranges_counts_beyond_two_errors_of_it() -> None:
    """Errors of 0.3 and 0.4: of the difference 0.5."""
    assert moves(entry([(1.0, 0.3), (1.5, 9.0), (2.01, 0.4)]), "chips")
    assert not moves(entry([(1.0, 0.3), (1.5, 9.0), (1.99, 0.4)]), "chips")
    assert not moves(entry([None, None, None]), "chips")
    assert not moves(entry([None, (5.0, 0.1), None]), "chips")


def test_a_paragraph_says_whose_answer_turns_who_is_moved_and_that_others_are_not() -> None:
    turned = entry([(1.02, 0.01), (0.5, 0.1), (-0.31, 0.04)]) | {"label": "Runway"}
    moved = entry([(1.0, 0.1), None, (3.0, 0.1)])
    still = entry([(1.0, 0.1), (1.1, 0.1), (1.0, 0.1)])
    (line,) = lever_lines({"a": turned, "b": moved, "c": still}, ("chips",))
    assert line == (
        "Fall of chip costs: slowest third in 33 % of draws, middle third in 33 %, fastest third "
        "in 33 %. Reverses the answer: Runway +1.02, +0.5, −0.31. Moves the difference: Pika +1.0, "
        "?, +3.0. Moves no other by more than its error."
    )
    (line,) = lever_lines({"c": still}, ("chips",))
    assert line.endswith(" in 33 %. Moves none by more than its error.")
    (line,) = lever_lines({"a": turned, "b": moved}, ("chips",))
    assert line.endswith("Pika +1.0, ?, +3.0.")


@pytest.mark.parametrize(
    ("value", "mcse", "text"),
    [(1.234, 0.01, "+1.23"), (-1.234, 0.3, "−1.2"), (0.01, 0.3, "0.0"), (None, None, "?")],
)
def test_a_difference_has_its_sign(value: float | None, mcse: float | None, text: str) -> None:
    assert plus(value, mcse) == text


def test_levers_of_a_made_up_run_can_be_told(made_up_decision: dict[str, Any]) -> None:
    players = deepcopy(made_up_decision["players"])
    lines = list(lever_lines(players, tuple(LEVERS)))
    assert [line.partition(":")[0] for line in lines] == [one.label for one in LEVERS.values()]
