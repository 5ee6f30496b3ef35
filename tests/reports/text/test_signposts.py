"""What to watch: dated figures with a threshold, from the rule of a real option."""

from typing import Any

import pytest

from reports.text.signposts import signposts


def condition(observed: str, above: float | None, below: float | None) -> dict[str, Any]:
    unit = "USD billion/year" if observed != "cost over price" else "1"
    return {"observed": observed, "unit": unit, "above": above, "below": below}


MARKET = condition("market revenue", None, 3.8)
CASH = condition("own operating cash flow", None, -1.4)


def option(**changes: Any) -> dict[str, Any]:
    years = range(2026, 2035)
    return {
        "rule_loses": False,
        "rule_keeps": 0.9,
        "by_year": {str(year): 0.02 for year in years},
        "rule": [{"year": year, "always": False, "ways": [[MARKET]]} for year in years],
        **changes,
    }


def medians(observed: str, year: int) -> float | None:
    return 2.9 if (observed, year) == ("market revenue", 2027) else None


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_at_most_three_that_can_be_seen_in_time_and_in_order() -> None:
    own = option()
    own["by_year"] |= {"2027": 0.12, "2029": 0.05, "2030": 0.06, "2033": 0.5}
    assert [one.by for one in signposts(own, medians)] == [
        "By early 2028",
        "By early 2030",
        "By early 2031",
    ]


def test_a_signpost_says_what_is_seen_with_its_middle_estimate() -> None:
    ways = [[MARKET, CASH], [condition("cost over price", 1.2, None)]]
    own = option(rule=[{"year": 2027, "always": False, "ways": ways}])
    (one,) = signposts(own, medians)
    assert plain(one.sees) == (
        "AI-video revenue in 2027 below $3.8 billion and its own operating cash flow in 2027 below "
        "−$1.4 billion, or its cost of a dollar of revenue in 2027 above 1.2"
    )
    assert (one.share, plain(one.middle)) == (0.02, "$2.9 billion")


@pytest.mark.parametrize(
    "changes",
    [
        {"rule_loses": True},
        {"rule_keeps": None},
        {"by_year": {"2027": 0.009}},
        {"rule": [{"year": 2027, "always": True, "ways": []}]},
        {"rule": [{"year": 2027, "always": False, "ways": []}]},
    ],
)
def test_no_signpost_of_a_rule_that_nobody_should_follow(changes: dict[str, Any]) -> None:
    assert signposts(option(**changes), medians) == []
