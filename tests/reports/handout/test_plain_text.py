"""The answer in plain words: complete, in the words of the page, never too long."""

from dataclasses import replace

import pytest

from priors.errors import InputError
from reports.handout.plain_text import LIMIT, plain_text
from reports.naming import Naming
from reports.page.overview.first import lead
from reports.page.view import View
from reports.text.advice import headline, sentence
from reports.text.flips import bet_on, flips_of
from reports.text.worth import finding


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def many(view: View, copies: int) -> View:
    """The same companies again and again, under other names."""
    entries = {
        f"{name}{copy}": entry for copy in range(copies) for name, entry in view.players.items()
    }
    return View(view.run, {**view.verdict, "players": entries})


def test_it_has_the_words_of_the_page(view: View) -> None:
    text = plain_text(view)
    assert spaced(lead(view)) in text
    found = view.analysed("sensitivity")
    for name, entry in view.players.items():
        assert spaced(headline(entry, bet_on(flips_of(found[name])))) in text
        assert spaced(sentence(entry, others=False)) in text
    assert any(spaced(finding(one)).partition("$")[2] in text for one in found.values())
    assert f"seed {view.verdict['seed']}" in text
    assert "\N{NO-BREAK SPACE}" not in text
    assert "no room" not in text
    assert len(text.encode()) <= LIMIT


@pytest.mark.parametrize(
    ("copies", "said"),
    [
        (1, ""),
        (3, "Sentences are cut to headlines: there is no room."),
        (20, " more companies are left out: there is no room."),
    ],
)
def test_what_is_cut_is_said(view: View, copies: int, said: str) -> None:
    text = plain_text(many(view, copies))
    assert said in text
    assert len(text.encode()) <= LIMIT
    assert text.rstrip().endswith(plain_text(view).rstrip().rpartition("\n\n")[2])


def test_names_of_any_length_do_not_break_the_limit(view: View) -> None:
    long = {name: {**entry, "label": "é" * 5_000} for name, entry in view.players.items()}
    text = plain_text(View(view.run, {**view.verdict, "players": long}))
    assert len(text.encode()) <= LIMIT


def test_what_was_not_analysed_is_said(view: View) -> None:
    text = plain_text(replace(view, analyses={}))
    assert "Worth knowing first: not computed; decide sensitivity RUN does." in text
    assert "would change it" not in text


def test_its_author_may_name_it(view: View) -> None:
    text = plain_text(view, Naming("Board, third quarter", "Euros"))
    assert text.startswith("Board, third quarter\n\n")
    assert "Euros of today’s value" in text
    assert "Dollars" not in text


@pytest.mark.parametrize("text", ["a\nb", "\u202eb", " ", "x" * 201])
def test_a_name_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--title: expected a line of up to 200 visible"):
        Naming(text)
    with pytest.raises(InputError, match="--currency-label: expected"):
        Naming(currency=text)


def test_money_has_a_name() -> None:
    with pytest.raises(InputError, match="--currency-label: expected a line of text, found"):
        Naming(currency="")
