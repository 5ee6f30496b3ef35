"""Sentences and titles in a terminal."""

from io import StringIO

import pytest
from rich.console import Console
from rich.text import Text

from reports.terminal.tables import Prose, plain_table

SENTENCE = "Worth $2.51 ± 0.01 billion, exit − stay, in 25 % of draws and 3 of 4 worlds."


def printed(what: object, width: int, colour: bool = False) -> str:
    file = StringIO()
    Console(file=file, width=width, no_color=not colour, force_terminal=colour).print(what)
    return file.getvalue()


@pytest.mark.parametrize("width", range(24, 80))
def test_lines_are_full_and_end_beside_figures_only(width: int) -> None:
    lines = printed(Prose(SENTENCE), width).splitlines()
    assert " ".join(lines) == SENTENCE
    assert max(map(len, lines)) <= width
    kept = ("$2.51 ± 0.01 billion,", "exit − stay,", "25 %")
    assert all(any(one in line for line in lines) for one in kept)


def test_a_word_longer_than_the_line_is_folded() -> None:
    assert max(map(len, printed(Prose("a " + "x" * 50), 20).splitlines())) == 20


def test_style_stays_where_it_was() -> None:
    text = Text("Checked: ", style="bold").append("needs review of all", style="not bold")
    assert printed(Prose(text), 20, colour=True).startswith("\x1b[1mChecked: \x1b[0m")


def test_a_title_may_be_wider_than_its_table() -> None:
    table = plain_table("A title of many words")
    table.add_column("x")
    table.add_row("1")
    assert printed(table, 80).splitlines() == ["A title of many words", "x", "1"]
