"""How texts for readers call the strategies: every word from their records."""

from collections.abc import Mapping
from typing import Any

from model.economics.strategies import EXIT, STAY, STRATEGIES, Strategy
from priors.wording import joined
from reports.text.wording import in_words

__all__ = [
    "ADVICE",
    "BETTER",
    "COMPARED",
    "COUNT",
    "DIFFERENCE",
    "DOING",
    "LABELS",
    "LEAVING",
    "MEANINGS",
    "STAYING",
    "in_scripts",
    "question",
]

#: The two that the question is about: whether to leave.
LEAVING: Strategy = STRATEGIES[EXIT]
STAYING: Strategy = STRATEGIES[STAY]

#: By a strategy's name: how tables call it, and sentences as advice, and as something done.
LABELS: Mapping[str, str] = {one.name: one.label for one in STRATEGIES}
ADVICE: Mapping[str, str] = {one.name: one.advice for one in STRATEGIES}
DOING: Mapping[str, str] = {one.name: one.doing for one in STRATEGIES}

#: How many there are, in words.
COUNT = in_words(len(STRATEGIES))
#: What each comes to, in a row: ``to close …, to go on … or to …``.
MEANINGS = joined([one.meaning for one in STRATEGIES], ", or ")
#: What is compared: ``leaving, staying and …``.
COMPARED = joined(["leaving", *(one.doing for one in STRATEGIES if one.operating)])
#: Headings of the difference that answers the question, and of how often it is positive.
DIFFERENCE = f"{LEAVING.advice} − {STAYING.advice}"
BETTER = f"{LEAVING.advice} better"


def question(subject: str) -> str:
    """What is asked of `subject`: ``Exit AI video, stay, or …?``.

    Parameters
    ----------
    subject : str
        Such as ``AI video``.

    Returns
    -------
    str
    """
    others = [one.advice for one in STRATEGIES if one is not LEAVING]
    return f"{LEAVING.advice.capitalize()} {joined([subject, *others], ', or ')}?"


def in_scripts() -> dict[str, Any]:
    """What the page's scripts need, to write the same verdicts as `reports.text.verdict`.

    Returns
    -------
    dict
        Plain strings, lists and dicts, for JSON.
    """
    return {
        "question": [LEAVING.name, STAYING.name],
        "count": COUNT,
        "advice": dict(ADVICE),
        "doing": dict(DOING),
    }
