"""Classes, headlines and sentences of verdicts: the same words for all companies."""

from typing import Any

import pytest

from reports.text.advice import headline, sentence, verdict_of
from reports.text.advice_for_all import groups_of, headline_of_all


def entry(best: str = "stay", **changes: Any) -> dict[str, Any]:
    """A player's entry: staying leads by 17 billion and wins in 46 of 100 worlds."""
    means = {"stay": 23.0, "api_only": 10.0, "exit": 6.0}
    return {
        "label": "Google (Veo)",
        "best": best,
        "next": "api_only",
        "resolved": True,
        "rival": "exit" if best != "exit" else "stay",
        "gain": 17.0,
        "gain_mcse": 0.2,
        "wins": 0.46,
        "gain_when_better": 41.0,
        "loss_when_worse": 2.8,
        "carried_by": 0.23,
        "strategies": {name: {"mean": mean} for name, mean in means.items()},
        **changes,
    }


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_bet_names_what_it_is_on() -> None:
    one = entry()
    assert verdict_of(one).kind == "bet"
    assert verdict_of(one).label == "Stay, as a bet"
    assert headline(one, "a market above $4.1 billion") == (
        "Google should stay, as a bet on a market above $4.1 billion"
    )
    assert headline(one) == "Google should stay, as a bet"
    assert plain(sentence(one)) == (
        "On average staying is worth $17 billion more than leaving. In 46 of 100 worlds it is "
        "better, by $41 billion on average; in the other 54 it is worse, by $2.8 billion. Keeping "
        "only the API comes second, $13 billion behind."
    )


def test_a_clear_verdict_has_its_odds() -> None:
    one = entry("exit", wins=0.98, gain=0.53)
    assert verdict_of(one).label == "Exit"
    assert headline(one) == "Google should leave: better in 98 of 100 worlds"


@pytest.mark.parametrize(
    ("changes", "kind", "label"),
    [
        ({"gain": float("nan")}, "failed", "No verdict"),
        ({"form": {"depends": True}, "gain": 0.1}, "form", "Depends on the model"),
        ({"gain": 0.4}, "open", "Too close to call"),
        ({"gain": 0.41}, "bet", "Stay, as a bet"),
        ({"gain": 0.5, "required": 3.0}, "open", "Too close to call"),
        ({"resolved": False}, "side", "Do not leave"),
        ({"resolved": False, "next": "exit"}, "bet", "Stay, as a bet"),
        ({"wins": 0.666}, "bet", "Stay, as a bet"),
        ({"wins": 0.667}, "clear", "Stay"),
    ],
)
def test_the_first_class_that_holds(changes: dict[str, Any], kind: str, label: str) -> None:
    verdict = verdict_of(entry(**changes))
    assert (verdict.kind, verdict.label) == (kind, label)


def test_what_draws_cannot_tell_is_said_with_its_error() -> None:
    text = plain(sentence(entry(gain=0.3)))
    assert (
        "staying is ahead of leaving by $300 million, less than two errors of $200 million" in text
    )
    assert "46 of 100 worlds" in text


def test_what_rests_on_the_form_says_who_else_leads() -> None:
    text = sentence(entry(form={"depends": True}))
    assert "in this form of the model; in others leaving leads." in text


def test_nearly_every_world_has_no_other_side() -> None:
    text = sentence(entry(wins=0.996))
    assert "It is better in more than 99 of 100 worlds." in text
    assert "in the other" not in text


def test_odds_never_stand_without_stakes() -> None:
    for wins in (0.01, 0.3, 0.5, 0.9, 0.99):
        text = plain(sentence(entry(wins=wins)))
        assert "$41 billion" in text
        assert "$2.8 billion" in text


def company(name: str, best: str = "exit", **changes: Any) -> dict[str, Any]:
    return entry(best, label=name, **{"wins": 0.9, **changes})


def test_the_headline_of_all_counts_and_groups() -> None:
    players = {
        "a": company("A"),
        "b": company("B"),
        "c": company("C"),
        "d": company("D", "stay", wins=0.4),
        "e": company("E", "stay", wins=0.4),
        "f": company("F", form={"depends": True}),
    }
    bets = {"d": "a large market", "e": "a large market"}
    assert headline_of_all(players, bets) == (
        "Three should leave AI video. D and E should stay, but only as a bet on a large market. "
        "For F, the model cannot say."
    )
    # A bet on something else is not named as if it were theirs.
    assert "only as a bet." in headline_of_all(players, {"d": "a large market"})


def test_one_group_of_all() -> None:
    players = {name: company(name) for name in "abcdefgh"}
    assert headline_of_all(players) == "All eight should leave AI video."


def test_groups_are_in_order_and_hold_each_company_once() -> None:
    players = {
        "open": company("open", gain=0.1),
        "stays": company("stays", "stay"),
        "leaves": company("leaves", gain=1.0),
        "leaves more": company("leaves more", gain=2.0),
        "api": company("api", "api_only"),
    }
    groups = groups_of(players)
    assert [one.players for one in groups] == [
        ("leaves more", "leaves"),
        ("stays",),
        ("api",),
        ("open",),
    ]
