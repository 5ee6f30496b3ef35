"""What is said of other forms of the model, in sentence, terminal and page."""

import io

import pytest
from rich.console import Console

from reports.page.html import render
from reports.terminal.decision import print_decision
from reports.terminal.structure import print_structure
from reports.text.structure import forms_text
from tests.reports.factory import make_decision, make_run


def verdict(lead):
    best = "exit" if lead > 0.0 else "stay"
    ahead = {"exit_minus_best_other": lead, "exit_minus_best_other_mcse": 0.01}
    return {"best": best, "best_other": "stay", "gain": abs(lead), "gain_mcse": 0.01, **ahead}


def content(**reversed_by):
    switches = {
        "rivals_stay": {"label": "Rivals stay", "meaning": "no rival leaves", "appendix": False},
        "wide_spreads": {"label": "Wider priors", "meaning": "all is wider", "appendix": True},
    }
    players = {}
    for name, turned in reversed_by.items():
        players[name] = {
            "label": f"{name.capitalize()} (X)",
            "as_stated": verdict(0.25),
            "depends": bool(turned),
            "reversed_by": list(turned),
            "switches": {one: verdict(-0.5 if one in turned else 0.75) for one in switches},
        }
    return {"schema": 2, "currency": "USD billion", "switches": switches, "players": players}


def printed(show, *what):
    file = io.StringIO()
    show(*what, Console(file=file, width=80, no_color=True))
    return file.getvalue()


def test_nobody_who_changes_sides():
    expected = "No verdict changes sides in any of the 2 other forms of the model."
    assert forms_text(content(runway=(), pika=())) == expected


def test_who_changes_sides_is_named_with_where():
    text = forms_text(content(runway=("wide_spreads", "rivals_stay"), pika=()))
    assert text.startswith("Runway (wider priors and rivals stay) depends on the model’s form")
    both = forms_text(content(runway=("wide_spreads",), pika=("rivals_stay",)))
    assert both.startswith("Runway (wider priors) and Pika (rivals stay) depend on")


def test_the_terminal_marks_the_figures_that_change_sides():
    text = printed(print_structure, content(runway=("wide_spreads",), pika=()))
    assert text.count("−0.50!") == 1
    assert text.count("+0.25") == 4
    assert max(map(len, text.splitlines())) <= 80


@pytest.fixture
def doubtful():
    decision = make_decision(make_run(256, 4))
    entry = decision["players"]["runway"] | {
        "form": {"depends": True, "reversed_by": ["wide_spreads"]}
    }
    return decision | {"players": decision["players"] | {"runway": entry}}


def test_the_first_table_says_so_too(doubtful):
    text = printed(print_decision, doubtful)
    lines = text.splitlines()
    row = next(line for line in lines if line.startswith("Runway"))
    assert row.split()[1:3] == ["◌", "Depends"]
    assert "For Runway, the model cannot say." in " ".join(text.split())
    assert "other forms of the model were not tried" not in text.lower()


def test_a_run_whose_form_was_not_tried_says_that():
    text = printed(print_decision, make_decision(make_run(256, 4)))
    assert "Other forms of the model were not tried: --structure does." in " ".join(text.split())


def test_the_page_says_so_in_its_first_sentence_and_in_a_table(doubtful):
    page = render(make_run(256, 4), doubtful, {"structure": content(runway=("wide_spreads",))})
    assert "For Runway, the model cannot say." in page
    assert page.count("−$500 ± 10\N{NO-BREAK SPACE}m !</strong>") == 1
    assert "no rival leaves" in page
