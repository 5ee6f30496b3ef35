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
