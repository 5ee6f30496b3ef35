"""What would change a verdict, and the number that decides for most companies."""

from typing import Any

import pytest

from reports.text.flips import MARKET, bet_on, finding, first_flips, flips_of, nothing_likely
from reports.text.leading_number import leading_number, leading_sentence

COST = "players.google.fixed_cost"


def switching(*ranges: dict[str, Any], possible: bool = False) -> dict[str, Any]:
    found = list(ranges)
    return {"ranges": [] if possible else found, "possible": found if possible else []}


def below(value: float, share: float, to: str = "exit") -> dict[str, Any]:
    return {"above": None, "below": value, "probability": share, "to": to}


def above(value: float, share: float, to: str = "stay") -> dict[str, Any]:
    return {"above": value, "below": None, "probability": share, "to": to}


def analysed(**inputs: Any) -> dict[str, Any]:
    return {"inputs": {path: {"switching": of} for path, of in inputs.items()}}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_flip_says_where_and_how_likely() -> None:
    (one,) = flips_of(analysed(**{MARKET: switching(below(4.1, 0.21))}))
    assert (plain(one.where), one.to, one.share, one.sure) == ("below $4.1 bn", "exit", 0.21, True)
    (one,) = flips_of(analysed(**{COST: switching(below(0.26, 0.11), possible=True)}))
    assert (plain(one.where), one.name, one.sure) == ("below $260 m a year", "Fixed cost", False)


def test_under_one_of_a_hundred_is_not_worth_a_word() -> None:
    assert flips_of(analysed(**{MARKET: switching(below(1.0, 0.009))})) == []


def test_what_is_sure_comes_before_what_may_be() -> None:
    entry = analysed(
        **{MARKET: switching(below(4.0, 0.4), possible=True), COST: switching(above(2.0, 0.02))}
    )
    assert [one.path for one in flips_of(entry)] == [COST, MARKET]


def test_a_second_line_only_for_what_is_likelier_than_the_market() -> None:
    entry = analysed(
        **{
            MARKET: switching(below(4.0, 0.2)),
            COST: switching(above(2.0, 0.3)),
            "players.google.salvage": switching(above(9.0, 0.25)),
        }
    )
    assert [one.path for one in first_flips(flips_of(entry))] == [MARKET, COST]
    less = analysed(**{MARKET: switching(below(4.0, 0.2)), COST: switching(above(2.0, 0.1))})
    assert [one.path for one in first_flips(flips_of(less))] == [MARKET]
    alone = analysed(**{COST: switching(above(2.0, 0.04))})
    assert first_flips(flips_of(alone)) == []


def test_a_flip_too_unlikely_for_the_first_table_is_not_denied_there() -> None:
    assert nothing_likely([]) == "No single number would change it"
    rare = flips_of(analysed(**{COST: switching(above(2.0, 0.012), possible=True)}))
    assert first_flips(rare) == []
    assert "likely to change it (at most 1 of 100)" in nothing_likely(rare)


@pytest.mark.parametrize(
    ("ranges", "text"),
    [
        ({MARKET: switching(below(4.1, 0.2))}, "a market above $4.1 billion"),
        ({COST: switching(above(2.0, 0.2))}, "a fixed cost below $2.0 billion a year"),
        ({MARKET: switching(below(4.1, 0.2), possible=True)}, ""),
        ({}, ""),
    ],
)
def test_what_a_bet_is_on(ranges: dict[str, Any], text: str) -> None:
    assert plain(bet_on(flips_of(analysed(**ranges)))) == text


def informed(**worth: float) -> dict[str, Any]:
    rows = {path: {"evppi": value, "evppi_mcse": 0.01} for path, value in worth.items()}
    return {"evpi": 1.0, "inputs": rows}


def test_the_number_that_decides_for_most() -> None:
    players = {
        "a": informed(**{MARKET: 0.5, COST: 0.1}),
        "b": informed(**{MARKET: 0.4}),
        "c": informed(**{COST: 0.3}),
    }
    found = leading_number(players)
    assert found == (MARKET, 2)
    quantiles = {0.1: 3.0, 0.5: 9.0, 0.9: 43.0}
    assert plain(leading_sentence(found, 3, lambda _, p: quantiles[p])) == (
        "One number decides for most: what the world pays for AI video in 2033. Our middle "
        "estimate is $9.0 billion a year; 80 of 100 possible worlds lie between $3.0 billion and "
        "$43 billion."
    )
    assert "decides for two of the eight:" in leading_sentence(found, 8, lambda _, p: quantiles[p])


def test_where_no_number_leads() -> None:
    assert leading_number({"a": informed(**{COST: 0.9})}) is None
    # What is within two of its errors is worth nothing.
    nothing = informed(**{MARKET: 0.019})
    assert leading_number({"a": nothing, "b": nothing}) is None
    assert leading_sentence(None, 8, lambda _, p: p) == "No one number decides."


def test_a_title_is_of_the_number_that_a_bet_is_on() -> None:
    ranges = {COST: switching(above(2.0, 0.3)), MARKET: switching(below(4.1, 0.2))}
    entry = analysed(**ranges)
    assert bet_on(flips_of(entry)).startswith("a market above")
    assert plain(finding(entry)) == (
        "Market in 2033 below $4.1 bn a year would make leaving best: 20 of 100 worlds"
    )


@pytest.mark.parametrize(
    ("switches", "title"),
    [
        (
            switching(below(4.1, 0.2), possible=True),
            "No single number changes the verdict for sure",
        ),
        (
            switching(below(4.1, 0.004)),
            "No single number would change the verdict in even 1 of 100 worlds",
        ),
        (switching(), "No single number would change the verdict"),
    ],
)
def test_a_title_keeps_perhaps(switches: dict[str, Any], title: str) -> None:
    assert finding(analysed(**{MARKET: switches})) == title


def test_an_event_has_no_range_but_comes_true_or_not() -> None:
    event = "robotics.success"
    at = {"at": 0.0, "probability": 0.3, "to": "exit"}
    entry = analysed(**{event: switching(at)})
    (one,) = flips_of(entry)
    assert (one.where, one.within(0.0), one.within(1.0)) == (
        "if it does not come true",
        True,
        False,
    )
    assert finding(entry) == (
        "Leaving would be best if “robotics succeeds” does not come true: 30 of 100 worlds"
    )
    (one,) = flips_of(analysed(**{COST: switching(at | {"at": 2.0})}))
    assert plain(one.where) == "at $2.0 bn a year"


def test_a_range_holds_what_lies_between_its_ends() -> None:
    both = {"above": 1.0, "below": 2.0, "probability": 0.3, "to": "exit"}
    (one,) = flips_of(analysed(**{COST: switching(both)}))
    assert [one.within(value) for value in (0.9, 1.5, 2.1)] == [False, True, False]
    assert plain(one.in_full) == "from $1.0 bn a year to $2.0 bn a year"
