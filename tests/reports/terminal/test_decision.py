"""The decision in a terminal."""

from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from reports.terminal.decision import print_decision


def shown(decision: dict[str, Any], width: int = 80) -> str:
    out = StringIO()
    print_decision(decision, Console(file=out, width=width, no_color=True))
    return out.getvalue()


def test_every_player_and_type_is_there_within_80_columns(
    made_up_decision: dict[str, Any],
) -> None:
    lines = shown(made_up_decision).splitlines()
    assert max(map(len, lines)) <= 80
    flat = " ".join(" ".join(lines).split())
    for entry in made_up_decision["players"].values():
        assert entry["label"].split()[0] in flat
    for entry in made_up_decision["types"].values():
        assert entry["label"].split()[0] in flat
    assert "By type" in flat
    assert "…" not in flat


def test_figures_stand_beside_their_errors(made_up_decision: dict[str, Any]) -> None:
    decision = deepcopy(made_up_decision)
    pika = {"gain": 5.1234, "gain_mcse": 0.1, "wins": 0.614, "rival": "stay", "best": "exit"}
    pika |= {"gain_when_better": 9.87, "loss_when_worse": 0.0412}
    decision["players"]["pika"] |= pika
    row = next(line for line in shown(decision).splitlines() if line.startswith("Pika"))
    cells = row.replace("\N{NO-BREAK SPACE}", " ").replace("*", "").split()
    assert cells[cells.index("+$5.12") :] == [
        "+$5.12",
        "±",
        "0.10",
        "bn",
        "staying",
        "61",
        "$9.9",
        "bn",
        "$41",
        "m",
    ]


def test_no_figure_of_the_first_table_is_broken(
    made_up_decision: dict[str, Any],
) -> None:
    """As wide as they come: a gain with its sign and error, and a long label."""
    decision = deepcopy(made_up_decision)
    wide = decision["players"]["pika"]
    wide |= {"gain": 123.4, "gain_mcse": 11.6, "one_more_year": True, "wins": 0.9999}
    wide |= {"gain_when_better": 1_234.0, "loss_when_worse": -0.012}
    wide |= {"label": "ByteDance (Seedance)", "rival": "stay", "best": "exit"}
    text = shown(decision).partition("What each strategy")[0].replace("\N{NO-BREAK SPACE}", " ")
    row = next(row for row in text.splitlines() if "+$123 ± 12 bn*" in row)
    assert "$1.2 tn" in row
    assert ">99" in row


def test_a_title_wider_than_its_table_stays_in_a_line(made_up_decision: dict[str, Any]) -> None:
    decision = deepcopy(made_up_decision)
    for one in [*decision["players"].values(), *decision["types"].values()]:
        del one["strategies"]["api_only"]
    lines = shown(decision).splitlines()
    assert "What each strategy is worth (expected NPV, USD billion)" in lines


@pytest.mark.parametrize("width", [24, 40, 60, 80])
def test_no_sentence_is_broken_within_a_figure(
    made_up_decision: dict[str, Any], width: int
) -> None:
    decision = deepcopy(made_up_decision)
    decision["players"] = {"pika": decision["players"]["pika"] | {"gain": 0.1, "gain_mcse": 1.0}}
    prose = shown(decision, width).partition("Read with care")[2].splitlines()
    assert len(prose) > 3
    for line in prose:
        assert not line.endswith(("±", "−"))
        assert not line.startswith(("%", "billion", "million"))


def test_units_errors_and_verdicts_are_explained(made_up_decision: dict[str, Any]) -> None:
    flat = " ".join(shown(made_up_decision).split())
    assert "USD billion, nominal; present value at 24 March 2026" in flat
    assert "± is one Monte Carlo standard error" in flat
    assert "“Too close to call”: ahead by less than two standard errors" in flat


def test_what_draws_cannot_tell_is_marked_and_explained(made_up_decision: dict[str, Any]) -> None:
    decision = deepcopy(made_up_decision)
    decision["players"]["pika"] |= {"gain": 0.1, "gain_mcse": 0.06}
    text = shown(decision)
    flat = " ".join(text.split())
    assert "◌ Too close" in text
    assert "For Pika and MiniMax, leaving and staying are too close to call." in flat
    assert "· Pika: leaving and staying are too close to call." in flat


def test_a_single_player_without_types(made_up_decision: dict[str, Any]) -> None:
    decision = deepcopy(made_up_decision)
    decision["players"] = {"pika": decision["players"]["pika"]}
    del decision["types"]
    assert "By type" not in shown(decision)


@pytest.mark.parametrize("label", ["[red]x[/red]", "x" * 10_000, "a\nb", ""])
def test_labels_are_text_and_not_markup(made_up_decision: dict[str, Any], label: str) -> None:
    decision = deepcopy(made_up_decision)
    decision["players"]["pika"]["label"] = label
    text = shown(decision)
    assert max(map(len, text.splitlines())) <= 80
    assert label.split("\n", maxsplit=1)[0][:5] in text


LEAD = "exit_minus_best_other"


def test_one_more_year_is_marked_and_explained(made_up_decision: dict[str, Any]) -> None:
    """Only over staying: OpenAI of the made-up run leaves at once in 95 of 100 draws."""
    assert "API only" in next(
        row for row in shown(made_up_decision).splitlines() if row.startswith("OpenAI")
    )
    decision = deepcopy(made_up_decision)
    decision["players"]["openai"]["rival"] = "stay"
    text = shown(decision)
    rows = text.splitlines()
    openai, pika = (next(row for row in rows if row.startswith(one)) for one in ("OpenAI", "Pika"))
    assert "*" in openai
    assert "*" not in pika
    assert "* the cost of one more year: who stays leaves at the end of the" in " ".join(
        text.split()
    )
    assert "*" not in shown(made_up_decision).partition("By type")[0]
    for one in [*decision["players"].values(), *decision["types"].values()]:
        one["one_more_year"] = False
    assert "*" not in shown(decision)


def test_many_players_share_a_table_of_the_market(made_up_decision: dict[str, Any]) -> None:
    decision = deepcopy(made_up_decision)
    market = decision["players"]["pika"]["levers"]["market"]
    market[0] |= {LEAD: -2.5, f"{LEAD}_mcse": 0.1, "best_other": "stay"}
    market[0] |= {"for_good": 7.25, "for_good_mcse": 0.01, "share": 0.625}
    market[2] |= {LEAD: None, f"{LEAD}_mcse": None, "best_other": None}
    table = shown(decision).partition("Exit − best other, USD billion, by range: Market in 2033")[2]
    rows = table.splitlines()
    assert rows[1].split() == ["below", "7", "7", "to", "50", "above", "50"]
    place = next(k for k, row in enumerate(rows) if row.startswith("Pika"))
    assert "−2.5 ± 0.1" in rows[place]
    assert rows[place].endswith("too few draws")
    assert "stay (+7.25)" in rows[place + 1]
    assert table.count("· Fall of chip costs: slowest third in 33 % of draws") == 1
    assert "without the real options to leave later" in " ".join(table.split())


def test_a_player_alone_has_all_levers_in_a_table(made_up_decision: dict[str, Any]) -> None:
    decision = deepcopy(made_up_decision)
    decision["players"] = {"pika": decision["players"]["pika"]}
    del decision["types"]
    ipo = decision["players"]["pika"]["levers"]["ipo"][1]
    ipo |= {LEAD: 1.5, f"{LEAD}_mcse": 0.1, "for_good": -2.0, "for_good_mcse": 0.1, "share": 0.5}
    text = shown(decision)
    assert max(map(len, text.splitlines())) <= 80
    row = next(row for row in text.splitlines() if row.startswith("  0 to 2 %"))
    assert row.split() == [
        "0",
        "to",
        "2",
        "%",
        "50",
        "%",
        "+1.5",
        "±",
        "0.1",
        ipo["best_other"],
        "(−2.0)",
    ]
    for name in (
        "Market in 2033, USD billion/year",
        "First robotics revenue",
        "Fall of chip costs",
    ):
        assert name in text


def test_what_rivals_do_is_said(made_up_decision: dict[str, Any]) -> None:
    rivals = {"respond": True, "rounds": 12, "settled": False, "last_move_mcse": 3, "residual": 0.1}
    flat = " ".join(shown(made_up_decision | {"rivals": rivals}).split())
    assert "Rivals leave by their own rules: not settled after 12 rounds." in flat


def test_a_decision_of_an_older_version_is_shown(made_up_decision: dict[str, Any]) -> None:
    """It has no levers, says nothing of rivals, and does not know of one more year."""
    decision = deepcopy(made_up_decision)
    del decision["rivals"], decision["strategies"]
    new = ("for_good", LEAD, "one_more_year", "tail", "levers")
    for one in [*decision["players"].values(), *decision["types"].values()]:
        for name in new:
            del one[name]
    flat = " ".join(shown(decision).split())
    assert "What each strategy is worth" in flat
    assert "Rivals" not in flat
    assert "by range" not in flat
