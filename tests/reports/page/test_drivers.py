"""What risk aversion would choose, in words: as far as the draws can tell."""

import pytest

from reports.page.details.drivers import risk_text

WHY = (
    "cannot be told: there a few draws carry most of the weight in the best certainty equivalent "
    "(Pareto k above 0.7)."
)


def level(tolerance, best, judged):
    figures = {"exit": {"value": 1.0}, "stay": {"value": 0.5}}
    if judged is False:
        figures[best] = {"value": None}
    told = {} if judged is None else {"judged": judged}
    return {"risk_tolerance": tolerance, "best": best, "strategies": figures, **told}


@pytest.mark.parametrize("judged", [True, None])
def test_one_answer_everywhere(judged):
    text = risk_text([level(1.0, "exit", judged), level(10.0, "exit", judged)])
    assert text == (
        "To one who dislikes risk: leaving, at every risk tolerance from $1 billion to $10 billion."
    )


def test_what_cannot_be_told_is_not_and_says_why():
    text = risk_text(
        [level(1.0, "exit", False), level(2.0, "stay", False), level(10.0, "stay", True)]
    )
    assert text == (
        "To one who dislikes risk, by risk tolerance: staying at $10 billion. "
        f"What risk aversion would choose at $1 billion and $2 billion {WHY}"
    )
    nothing = risk_text([level(1.0, "exit", False)])
    assert nothing == f"What risk aversion would choose at $1 billion {WHY}"
