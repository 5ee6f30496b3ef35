"""The verdict in a sentence."""

from copy import deepcopy
from typing import Any

import pytest

from model.economics.strategies import STRATEGIES
from reports.text.verdict import sentence, standing


def entry(
    best: str = "exit",
    difference: tuple[float, float] = (5.1, 0.1),
    exit_better: float = 0.97,
    api_only: float = -9.0,
    resolved: bool = True,
) -> dict[str, Any]:
    mean, mcse = difference
    exit_, stay = (mean, 0.0) if mean > 0.0 else (0.0, -mean)
    values = {"exit": exit_, "stay": stay, "api_only": api_only}
    next_ = max((name for name in values if name != best), key=lambda name: values[name])
    return {
        "label": "OpenAI (Sora)",
        "best": best,
        "resolved": resolved,
        "probability_best": {"exit": exit_better, "stay": 1.0 - exit_better, "api_only": 0.0},
        "strategies": {name: {"mean": value} for name, value in values.items()},
        "next": next_,
        "best_minus_next": {"mean": values[best] - values[next_], "mean_mcse": mcse},
        "likeliest_best": "exit" if exit_better > 0.5 else "stay",
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
        "OpenAI (Sora): stay. Better than leaving in 88 of 100 worlds; "
        "worth $3.0 ± 0.2 billion more on average."
    )


def test_expected_value_says_stay_although_exit_is_better_in_most_worlds() -> None:
    bet = entry("stay", (-3.0, 0.2), 0.62)
    assert standing(bet) == "bet"
    assert sentence(bet) == (
        "OpenAI (Sora): stay, as a bet. Staying is worth $3.0 ± 0.2 billion more on average, "
        "because a few worlds pay a great deal; leaving is better in 62 of 100 worlds."
    )


def test_expected_value_says_exit_although_staying_is_better_in_most_worlds() -> None:
    insurance = entry("exit", (3.0, 0.2), 0.4)
    assert standing(insurance) == "insurance"
    assert sentence(insurance) == (
        "OpenAI (Sora): exit, as insurance. Leaving is worth $3.0 ± 0.2 billion more on average, "
        "because it avoids a few very costly worlds; staying is better in 60 of 100 worlds."
    )


def test_what_is_not_resolved_says_so_first() -> None:
    open_ = entry("exit", (0.01, 0.02), 0.51, resolved=False)
    assert standing(open_) == "unresolved"
    assert sentence(open_) == (
        "OpenAI (Sora): not resolved. Leaving is ahead of staying by $10 ± 20 million on average, "
        "less than two standard errors; leaving is better than staying in 51 of 100 worlds."
    )


def test_keeping_the_api_is_compared_with_the_next_best() -> None:
    api = entry("api_only", (-3.0, 0.2), 0.3, api_only=4.0)
    api |= {
        "probability_best": {"exit": 0.1, "stay": 0.3, "api_only": 0.6},
        "likeliest_best": "api_only",
    }
    count = {3: "three", 4: "four", 5: "five", 6: "six"}[len(STRATEGIES)]
    assert sentence(api) == (
        f"OpenAI (Sora): keep only the API. The best of the {count} in 60 of 100 worlds. "
        "Next best: staying, $1.0 ± 0.2 billion behind."
    )
    api |= {
        "probability_best": {"exit": 0.1, "stay": 0.7, "api_only": 0.2},
        "likeliest_best": "stay",
    }
    assert "20 of 100 worlds, fewer than the 70 of 100 worlds of staying" in sentence(api)


def test_a_runner_up_that_the_sentence_has_not_named_is_named() -> None:
    second = entry(api_only=4.6)
    assert sentence(second).endswith("Next best: keeping only the API, $0.5 ± 0.1 billion behind.")


@pytest.mark.parametrize("place", ["players", "types"])
def test_every_entry_of_a_decision_gets_its_sentence(
    made_up_decision: dict[str, Any], place: str
) -> None:
    decision = deepcopy(made_up_decision)
    for one in decision[place].values():
        assert sentence(one).startswith(f"{one['label']}: ")
        one["resolved"] = False
        assert ": not resolved. " in sentence(one)


def test_staying_that_is_left_at_once_is_called_what_it_is() -> None:
    left = entry()
    left["strategies"]["stay"]["option"] = {
        "real_option": "leave",
        "probability_used": 0.997,
        "by_year": {"2026": 0.99, "2027": 0.007},
    }
    assert sentence(left).endswith(
        " Staying would mean leaving at the end of 2026 in 99 of 100 worlds."
    )
    left["strategies"]["stay"]["option"]["by_year"] = {"2026": 0.5, "2027": 0.497}
    assert "would mean" not in sentence(left)


def test_an_exit_that_comes_back_is_called_what_it_is() -> None:
    back = entry()
    back["strategies"]["exit"]["option"] = {
        "real_option": "come back",
        "probability_used": 0.93,
        "by_year": {"2028": 0.6, "2029": 0.33},
    }
    assert sentence(back).endswith(" Leaving would mean coming back later in 93 of 100 worlds.")


def test_the_cost_of_one_more_year_is_called_so() -> None:
    """Only where leaving saves it: who is told to stay is not told what staying costs."""
    assert sentence(entry() | {"one_more_year": True}) == (
        "OpenAI (Sora): exit. Better than staying in 97 of 100 worlds; "
        "worth $5.1 ± 0.1 billion on average, the cost of one more year."
    )
    assert sentence(entry("exit", (3.0, 0.2), 0.4) | {"one_more_year": True}) == (
        "OpenAI (Sora): exit, as insurance. Leaving is worth $3.0 ± 0.2 billion on average, the "
        "cost of one more year, because it avoids a few very costly worlds; staying is better in "
        "60 of 100 worlds."
    )
    assert "one more year" not in sentence(entry() | {"one_more_year": False})
    assert "one more year" not in sentence(entry("stay", (-3.0, 0.2)) | {"one_more_year": True})
