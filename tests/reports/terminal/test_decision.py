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
        assert entry["type"] in flat
    assert "By type" in flat
    assert "…" not in flat


def test_figures_stand_beside_their_errors(made_up_decision: dict[str, Any]) -> None:
    decision = deepcopy(made_up_decision)
    decision["players"]["pika"]["exit_minus_stay"] |= {"mean": 5.1234, "mean_mcse": 0.1}
    decision["players"]["pika"]["evpi"] = 1.2345
    decision["players"]["pika"]["evpi_mcse"] = 0.02
    row = next(line for line in shown(decision).splitlines() if line.startswith("Pika"))
    assert "+5.1 ± 0.1" in row
    assert "1.23 ± 0.02" in row


def test_no_figure_and_no_type_of_the_first_table_is_broken(
    made_up_decision: dict[str, Any],
) -> None:
    """As wide as they come: a difference with its sign, EVPI to four decimals, a long type."""
    decision = deepcopy(made_up_decision)
    wide = decision["players"]["pika"]
    wide["exit_minus_stay"] |= {"mean": 0.07444, "mean_mcse": 0.0007}
    wide |= {"one_more_year": True, "resolved": False, "evpi": 0.00031, "evpi_mcse": 0.0001}
    wide |= {"label": "ByteDance (Seedance)", "type": "custom_silicon"}
    rows = shown(decision).partition("What each strategy")[0].splitlines()
    row = next(row for row in rows if "+0.0744 ± 0.0007*" in row)
    assert "0.0003 ± 0.0001" in row
    assert "not resolved" in row
    assert "custom_silicon" in {row.strip() for row in rows}


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
    decision["players"] = {"pika": decision["players"]["pika"] | {"resolved": False}}
    prose = shown(decision, width).partition("Read with care")[2].splitlines()
    assert len(prose) > 3
    for line in prose:
        assert not line.endswith(("±", "−"))
        assert not line.startswith(("%", "billion", "million"))


def test_units_errors_and_not_resolved_are_explained(made_up_decision: dict[str, Any]) -> None:
    flat = " ".join(shown(made_up_decision).split())
    assert "USD billion, nominal; present value at 24 March 2026" in flat
    assert "± is one Monte Carlo standard error" in flat
    assert "“not resolved”: the best strategy leads the next by less than two" in flat


def test_an_unresolved_player_is_marked_and_explained(made_up_decision: dict[str, Any]) -> None:
    decision = deepcopy(made_up_decision)
    decision["players"]["pika"]["resolved"] = False
    text = shown(decision)
    row = next(line for line in text.splitlines() if line.startswith("Pika"))
    assert "not resolved" in row
    assert "· Pika: not resolved." in text


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
    """OpenAI of the made-up run leaves at once in 95 of 100 draws."""
    text = shown(made_up_decision)
    rows = text.splitlines()
    openai, pika = (next(row for row in rows if row.startswith(one)) for one in ("OpenAI", "Pika"))
    assert "*" in openai
    assert "*" not in pika
    assert "* the cost of one more year: who stays leaves at the end of the" in " ".join(
        text.split()
    )
    decision = deepcopy(made_up_decision)
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
    new = ("for_good", LEAD, "rival", "gain", "gain_mcse", "one_more_year", "tail", "levers")
    for one in [*decision["players"].values(), *decision["types"].values()]:
        for name in new:
            del one[name]
    flat = " ".join(shown(decision).split())
    assert "What each strategy is worth" in flat
    assert "Rivals" not in flat
    assert "by range" not in flat
