"""The verdict in a sentence."""

from copy import deepcopy
from typing import Any

import pytest

from reports.verdict import runner_up, sentence, standing


def entry(
    best: str = "exit",
    difference: tuple[float, float] = (5.1, 0.1),
    exit_better: float = 0.97,
    api_only: float = -9.0,
    resolved: bool = True,
) -> dict[str, Any]:
    mean, mcse = difference
    exit_, stay = (mean, 0.0) if mean > 0.0 else (0.0, -mean)
    return {
        "label": "OpenAI (Sora)",
        "best": best,
        "resolved": resolved,
        "probability_best": {"exit": exit_better, "stay": 1.0 - exit_better, "api_only": 0.0},
        "strategies": {
            "exit": {"mean": exit_, "mean_mcse": 0.02},
            "stay": {"mean": stay, "mean_mcse": 0.1},
            "api_only": {"mean": api_only, "mean_mcse": 0.05},
        },
        "exit_minus_stay": {
            "mean": mean,
            "mean_mcse": mcse,
            "probability_positive": exit_better,
        },
    }


def test_a_clear_exit() -> None:
    assert sentence(entry()) == (
        "OpenAI (Sora): exit. Better than staying in 97 of 100 worlds; "
        "worth $5.1 ± 0.1 billion more on average."
    )


def test_a_clear_stay() -> None:
    assert sentence(entry("stay", (-3.0, 0.2), 0.12)) == (
        "OpenAI (Sora): stay. Better than exiting in 88 of 100 worlds; "
        "worth $3.0 ± 0.2 billion more on average."
    )


def test_expected_value_says_stay_although_exit_is_better_in_most_worlds() -> None:
    bet = entry("stay", (-3.0, 0.2), 0.62)
    assert standing(bet) == "bet"
    assert sentence(bet) == (
        "OpenAI (Sora): stay, as a bet. Staying is worth $3.0 ± 0.2 billion more on average, "
        "because a few worlds pay a great deal; exiting is better in 62 of 100 worlds."
    )


def test_expected_value_says_exit_although_staying_is_better_in_most_worlds() -> None:
    insurance = entry("exit", (3.0, 0.2), 0.4)
    assert standing(insurance) == "insurance"
    assert sentence(insurance) == (
        "OpenAI (Sora): exit, as insurance. Exiting is worth $3.0 ± 0.2 billion more on average, "
        "because it avoids a few very costly worlds; staying is better in 60 of 100 worlds."
    )


def test_what_is_not_resolved_says_so_first() -> None:
    open_ = entry("exit", (0.01, 0.02), 0.51, resolved=False)
    assert standing(open_) == "unresolved"
    assert sentence(open_) == (
        "OpenAI (Sora): not resolved. Exiting is ahead of staying by $10 ± 20 million on average, "
        "less than two standard errors; exiting is better than staying in 51 of 100 worlds."
    )


def test_keeping_the_api_is_compared_with_the_next_best() -> None:
    api = entry("api_only", (-3.0, 0.2), 0.3, api_only=4.0)
    api["probability_best"] = {"exit": 0.1, "stay": 0.3, "api_only": 0.6}
    assert sentence(api) == (
        "OpenAI (Sora): keep only the API. The best of the three in 60 of 100 worlds. "
        "Next best: staying, $1.0 billion behind."
    )
    api["probability_best"] = {"exit": 0.1, "stay": 0.7, "api_only": 0.2}
    assert "20 of 100 worlds, fewer than the 70 of 100 worlds of staying" in sentence(api)


def test_a_runner_up_that_the_sentence_has_not_named_is_named() -> None:
    second = entry(api_only=4.6)
    assert runner_up(second) == "api_only"
    assert sentence(second).endswith("Next best: keeping only the API, $0.50 billion behind.")


def test_the_lead_is_exact_where_the_decision_states_it() -> None:
    second = entry(api_only=4.6) | {"best_minus_next": {"mean": 0.5, "mean_mcse": 0.04}}
    assert sentence(second).endswith("keeping only the API, $0.50 ± 0.04 billion behind.")


@pytest.mark.parametrize("place", ["players", "types"])
def test_every_entry_of_a_decision_gets_its_sentence(
    made_up_decision: dict[str, Any], place: str
) -> None:
    decision = deepcopy(made_up_decision)
    for one in decision[place].values():
        assert sentence(one).startswith(f"{one['label']}: ")
        one["resolved"] = False
        assert ": not resolved. " in sentence(one)
