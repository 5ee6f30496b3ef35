"""Assumptions that matter most: the numbers, their ranges, reasons and sources, all escaped."""

from typing import Any

import pytest

from reports.page.company.assumptions import assumptions, kind_of
from reports.page.view import View, quantiles
from reports.text.flips import MARKET, short_with_unit
from reports.text.strategies import quantities, reporting
from tests.reports.factory import make_decision, make_run
from tests.reports.page.company.conftest import read

WHO = "google"


def names(part: Any) -> list[str]:
    rows = str(part.html).split('<th role="rowheader" scope="row">')[1:]
    return [row.partition("<")[0] for row in rows]


def test_the_numbers_most_worth_knowing_come_first(view: View, analysed: dict[str, Any]) -> None:
    inputs = analysed["players"][WHO]["inputs"]
    assert names(assumptions(view, WHO)) == ["Market in 2033", "Robotics succeeds", "Fixed cost"]
    inputs[f"players.{WHO}.fixed_cost"]["evppi"] = 0.9
    # Within two errors it is worth nothing, and what it moves counts.
    inputs[MARKET] |= {"evppi": 0.3, "evppi_mcse": 0.2, "shapley": 0.9}
    assert names(assumptions(view, WHO)) == ["Fixed cost", "Robotics succeeds", "Market in 2033"]


def test_at_most_six_and_no_constants(view: View, analysed: dict[str, Any]) -> None:
    inputs = analysed["players"][WHO]["inputs"]
    for key in ("salvage", "exit_cost", "legal_loss", "synergy", "ipo_exposure"):
        inputs[f"players.{WHO}.{key}"] = {**inputs[MARKET], "evppi": 9.0}
    found = names(assumptions(view, WHO))
    assert len(found) == 6
    assert "Exposure to the IPO" not in found


def test_ranges_are_those_of_the_draws(view: View) -> None:
    text = read(assumptions(view, WHO))
    for name, player in ((MARKET, None), ("player.fixed_cost", WHO)):
        unit = quantities().by_name[name].unit
        found = quantiles(view.ordered(name, player), (0.1, 0.5, 0.9))
        shown = (short_with_unit(one, unit).removesuffix(" a year") for one in found)
        assert " ".join(shown).replace("\N{NO-BREAK SPACE}", " ") in text
    assert "comes true in 70 of 100" in text or "comes true in 69 of 100" in text


def test_without_analysis_the_four_unknowns_and_own_numbers(bare: View) -> None:
    assert names(assumptions(bare, WHO)) == [
        "Market in 2033",
        "Years to robotics revenue",
        "Fall of chip cost",
        "Impact on IPO valuation",
        "Own attractiveness",
        "Fixed cost",
    ]


@pytest.mark.parametrize(
    ("sources", "kind"),
    [
        ([], "judgement"),
        (["Judgement: half of the full bill"], "judgement"),
        (["S1: a report", "Judgement: half of it"], "sources"),
        (["S1: Judgement of a court"], "sources"),
    ],
)
def test_what_an_assumption_rests_on(sources: list[str], kind: str) -> None:
    assert kind_of(sources) == kind


def test_what_a_prior_file_says_is_shown_and_escaped() -> None:
    run = make_run(64, 4, source="Judgement: <b>&", why="<i>why</i>")
    with reporting(run):
        html = str(assumptions(View(run, make_decision(run)), WHO).html)
    assert "&lt;i&gt;why&lt;/i&gt;" in html
    assert "<li>Judgement: &lt;b&gt;&amp;</li>" in html
    assert "<summary>1 source</summary>" in html
    assert '<span class="mut">judgement</span>' in html
