"""What is said of rivals."""

from typing import Any

from reports.text.rivals import rivals_text, settled

RESPOND = {
    "respond": True,
    "rounds": 4,
    "settled": True,
    "last_move_mcse": 0.8123,
    "residual": 0.00214,
}


def decision(rivals: dict[str, Any] | None, best: str = "exit") -> dict[str, Any]:
    player = {"label": "Runway", "best": "exit", "rivals_stay": {"best": best}}
    found = {"players": {"runway": player}}
    return found if rivals is None else found | {"rivals": rivals}


def test_rivals_who_respond() -> None:
    assert rivals_text(decision(RESPOND)) == (
        "Rivals leave by their own rules: settled after 4 rounds. In the last one no expected NPV "
        "moved by more than 0.81 standard errors; the rules found would change who is there in "
        "0.21 % of all player-years. If they stayed, no best strategy here would be another."
    )


def test_an_answer_that_would_be_another_is_named() -> None:
    text = rivals_text(decision(RESPOND, "stay"))
    assert text.endswith("If they stayed, another strategy would be best for Runway: stay.")


def test_what_did_not_settle_says_so() -> None:
    moving = RESPOND | {"settled": False, "rounds": 12, "last_move_mcse": 3.4}
    assert ": not settled after 12 rounds. In the last one" in rivals_text(decision(moving))
    assert "more than 3.4 standard errors" in rivals_text(decision(moving))
    assert not settled(decision(moving))
    assert settled(decision(RESPOND))


def test_rivals_who_stay_and_files_that_do_not_say() -> None:
    stay = dict.fromkeys(RESPOND) | {"respond": False}
    assert rivals_text(decision(stay)) == "Rivals stay in every draw, whatever that costs them."
    assert rivals_text(decision(None)) == ""
    assert settled(decision(stay))
    assert settled(decision(None))


def test_a_move_without_an_error_is_told_in_words() -> None:
    # Of constants an expected value has no error: decision.json has null for an infinite move.
    endless = RESPOND | {"settled": False, "rounds": 12, "last_move_mcse": None}
    text = rivals_text(decision(endless))
    assert "In the last one an expected NPV moved that has no standard error; the rules" in text
