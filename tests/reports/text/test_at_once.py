"""What a strategy comes to where its real option is used nearly always."""

from typing import Any

import pytest

from reports.text.at_once import really


def entry(strategy: str, real_option: str, share: float, first: float = 0.0) -> dict[str, Any]:
    option = {
        "real_option": real_option,
        "probability_used": share,
        "by_year": {"2026": first, "2027": share - first},
    }
    return {"best": "exit", "strategies": {strategy: {"option": option}, "api_only": {}}}


@pytest.mark.parametrize(
    ("own", "text"),
    [
        (
            entry("stay", "leave", 0.95, 0.93),
            " Staying would mean leaving at the end of 2026 in 93 of 100 worlds.",
        ),
        (entry("stay", "leave", 0.95, 0.2), ""),
        (
            entry("exit", "come back", 0.93),
            " Leaving would mean coming back later in 93 of 100 worlds.",
        ),
        (entry("exit", "come back", 0.5), ""),
    ],
)
def test_staying_that_is_left_at_once_is_no_staying(own: dict[str, Any], text: str) -> None:
    assert really(own) == text
