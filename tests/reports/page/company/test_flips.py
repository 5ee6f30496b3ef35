"""What would change the verdict: one story with the headline and the first table."""

import re
from copy import deepcopy
from typing import Any

import numpy as np
import pytest

from reports.page.company.flips import flips
from reports.page.looks import CLASSES
from reports.page.view import View
from reports.text.advice import headline
from reports.text.flips import MARKET, bet_on, finding, first_flips, flips_of
from reports.text.strategies import LABELS
from reports.text.worlds import worlds
from reports.text.worth import most_telling
from tests.reports.page.company.conftest import read

WHO = "google"
COST = f"players.{WHO}.fixed_cost"


def groups(svg: str) -> dict[str, int]:
    """Class of each group of marks to how many marks there are."""
    found: dict[str, int] = {}
    for css, content in re.findall(r'<g class="([^"]+)">(.*?)</g>', svg, re.DOTALL):
        found[css] = found.get(css, 0) + len(re.findall("<(?:path|circle)", content))
    return found


def strips(html: str) -> list[str]:
    return re.findall(r'<td role="cell" class="ds">(.*?)</td>', html, re.DOTALL)


def test_every_flip_of_the_file_is_told_with_its_odds(view: View, analysed: dict[str, Any]) -> None:
    text = read(flips(view, WHO))
    found = flips_of(analysed["players"][WHO])
    assert len(found) == 4
    for one in found:
        where = one.in_full.replace("\N{NO-BREAK SPACE}", " ")
        assert f"{LABELS[one.to]} {where}: {worlds(one.share)}" in text


def test_dots_change_where_the_file_says(view: View, analysed: dict[str, Any]) -> None:
    entry = analysed["players"][WHO]
    limit = float(np.quantile(view.ordered(MARKET), 0.35))
    of = entry["inputs"][MARKET]["switching"]
    of["ranges"][0] |= {"below": limit, "probability": 0.35}
    best, to = CLASSES[entry["best"]], CLASSES[of["ranges"][0]["to"]]
    assert groups(strips(str(flips(view, WHO).html))[0]) == {to: 7, best: 13}
    of["possible"], of["ranges"] = of["ranges"], []
    place = most_telling(entry, flips_of(entry), 5).index(MARKET)
    html = str(flips(view, WHO).html)
    assert groups(strips(html)[place]) == {f"{to} maybe": 7, best: 13}
    assert "Perhaps <b" in html


def test_the_title_is_of_the_number_that_the_headline_bets_on(
    view: View, analysed: dict[str, Any]
) -> None:
    entry, of = view.players[WHO], analysed["players"][WHO]
    said = headline({**entry, "wins": 0.5, "resolved": True}, bet_on(flips_of(of)))
    assert said.endswith("on a market above $3.9\N{NO-BREAK SPACE}billion")
    start = "Market in 2033 below $3.9\N{NO-BREAK SPACE}bn a year would make "
    assert finding(of).startswith(start)
    assert start.replace("\N{NO-BREAK SPACE}", " ") in read(flips(view, WHO))


def test_what_the_first_table_names_is_in_the_table(view: View, analysed: dict[str, Any]) -> None:
    inputs = analysed["players"][WHO]["inputs"]
    quiet = {"ranges": [], "possible": []}
    for place, key in enumerate(("salvage", "exit_cost", "legal_loss", "synergy", "trust_loss")):
        path = f"players.{WHO}.{key}"
        inputs[path] = {**deepcopy(inputs[COST]), "evppi": 1.0 + place, "switching": quiet}
    named = {one.path for one in first_flips(flips_of(analysed["players"][WHO]))}
    assert named == {MARKET, COST}
    shown = most_telling(analysed["players"][WHO], flips_of(analysed["players"][WHO]), 5)
    assert len(shown) == 5
    assert named <= set(shown)
    assert shown[0] == f"players.{WHO}.trust_loss"
    assert len(strips(str(flips(view, WHO).html))) == 5


@pytest.mark.parametrize(
    ("share", "title", "row"),
    [
        (None, "No single number would change the verdict", "No value changes the verdict."),
        (0.004, "in even 1 of 100 worlds", "Another only in fewer than 1 of 100 worlds."),
    ],
)
def test_where_nothing_likely_changes_it(
    view: View, analysed: dict[str, Any], share: float | None, title: str, row: str
) -> None:
    entry = analysed["players"][WHO]
    for of in entry["inputs"].values():
        of["switching"] = {"ranges": [], "possible": []}
    if share is not None:
        rare = {"above": 900.0, "below": None, "probability": share, "to": entry["next"]}
        entry["inputs"][MARKET]["switching"]["possible"] = [rare]
    text = read(flips(view, WHO))
    assert title in text
    assert row in text
    assert bet_on(flips_of(entry)) == ""


def test_knowing_within_two_errors_is_worth_nothing(view: View, analysed: dict[str, Any]) -> None:
    of = analysed["players"][WHO]["inputs"][MARKET]
    of["evppi_mcse"] = 0.4 * of["evppi"]
    assert "$300 ± 120 m" in read(flips(view, WHO))
    of["evppi_mcse"] = 0.6 * of["evppi"]
    assert "nothing" in read(flips(view, WHO))
    assert "$300" not in read(flips(view, WHO))


def test_without_analysis_a_line_and_no_empty_chart(bare: View) -> None:
    part = flips(bare, WHO)
    assert "Not computed. decide sensitivity RUN" in read(part)
    assert "<table" not in part.html
    # The map is of the run's own draws.
    assert "combinations of market and strength" in read(part)


def test_the_map_has_a_mark_for_each_combination_and_counts_them(view: View) -> None:
    html = str(flips(view, WHO).html)
    wide = re.search(r'<svg class="chart w map".*?</svg>', html, re.DOTALL)
    assert wide is not None
    name = re.search('aria-label="(.*?)"', wide[0])
    assert name is not None
    first, *others = map(int, re.findall(r"in (\d+)", name[1]))
    assert first + sum(others) == 48
    marks = {css: many for css, many in groups(wide[0]).items() if "pale" not in css}
    assert sum(marks.values()) == 48
    outlines = sum(many for css, many in marks.items() if "open" in css)
    told = re.search(r"cannot tell in (\d+)", name[1])
    assert outlines == (int(told[1]) if told else 0)
    best = CLASSES[view.players[WHO]["best"]]
    assert marks[best] == first
