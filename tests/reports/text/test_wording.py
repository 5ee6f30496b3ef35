"""What readers are told of a prior, in words."""

from typing import Any

import pytest

from priors.distributions.catalog import FAMILIES
from reports.text.wording import distribution_in_words

#: What a prior's table states, and the words for it.
WORDS: list[tuple[dict[str, Any], str]] = [
    ({"family": "constant", "value": 2.5}, "fixed at 2.5"),
    ({"family": "bernoulli", "probability": 0.3}, "happens with probability 0.3"),
    (
        {"family": "discrete", "values": [1.0, 2.0], "weights": [0.4, 0.6], "why": "counted"},
        "discrete, values: [1, 2], weights: [0.4, 0.6]",
    ),
    ({"family": "lognormal", "p10": 2.0, "p90": 9.0}, "lognormal, 10 %: 2, 90 %: 9"),
    ({"family": "weibull", "shape": 1.5, "life": 4.0}, "weibull, shape: 1.5, life: 4"),
    (
        {"family": "student_t", "location": 1.0, "spread": 2.0, "df": 4.0, "lower": 0.0},
        "student_t, location: 1, spread: 2, df: 4, lower: 0",
    ),
    (
        {
            "family": "mixture",
            "components": [
                {"weight": 0.8, "family": "normal", "mean": 1.0, "sd": 2.0},
                {"weight": 0.2, "family": "weibull", "p10": 2.0, "p90": 9.0},
            ],
        },
        "mixture of 0.8 × normal, mean: 1, sd: 2 and 0.2 × weibull, 10 %: 2, 90 %: 9",
    ),
    (
        {"family": "lognormal", "p10": 2.0, "score_shift": 1.5, "p90": 9.0, "score_spread": 0.7},
        "lognormal, 10 %: 2, 90 %: 9, moved by 1.5 scores, spread × 0.7",
    ),
    (
        {"family": "bernoulli", "probability": 0.3, "score_shift": -1.0, "score_spread": 1.0},
        "happens with probability 0.3, moved by −1 scores",
    ),
    ({}, ""),
]


@pytest.mark.parametrize(("stated", "words"), WORDS, ids=[words for _, words in WORDS])
def test_a_prior_in_words(stated: dict[str, Any], words: str) -> None:
    assert distribution_in_words(stated) == words


@pytest.mark.parametrize("family", FAMILIES)
def test_the_phrase_of_a_family_takes_its_parameters(family: str) -> None:
    record = FAMILIES[family]
    assert record.in_words.format(**dict.fromkeys(record.parameters, "7")).count("7") <= 1
