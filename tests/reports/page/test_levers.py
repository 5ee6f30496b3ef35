"""The sections on the four uncertainties and on rivals."""

import re
from copy import deepcopy
from typing import Any

import pytest
import xarray as xr

from model.economics.strategies import STRATEGIES
from reports.page.sections.difference import difference
from reports.page.sections.forms import forms
from reports.page.sections.levers import levers
from reports.page.sections.rivals import rivals
from reports.page.view import View
from reports.text.levers import LEVERS, lever_finding

LEAD = "exit_minus_best_other"


@pytest.fixture
def decision(made_up_decision: dict[str, Any]) -> dict[str, Any]:
    """Pika alone, whose verdict no range of any uncertainty touches."""
    found = deepcopy(made_up_decision)
    pika = found["players"]["pika"] | {"best": "exit", "resolved": True, "one_more_year": False}
    for ranges in pika["levers"].values():
        for one in ranges:
            one |= {LEAD: 1.0, f"{LEAD}_mcse": 0.1, "best_other": "stay", "share": 0.25}
            one |= {"for_good": 2.0, "for_good_mcse": 0.1}
    return found | {"players": {"pika": pika}}


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_every_range_has_its_figures(made_up_run: xr.DataTree, decision: dict[str, Any]) -> None:
    market = decision["players"]["pika"]["levers"]["market"]
    market[0] |= {LEAD: -2.5, "best_other": "api_only", "for_good": 7.25, "share": 0.625}
    market[2] |= {LEAD: None, f"{LEAD}_mcse": None, "best_other": None}
    market[2] |= {"for_good": None, "for_good_mcse": None}
    section = levers(View(made_up_run, decision))
    assert section is not None
    text = flat(section.html)
    first, second, third = LEVERS["market"].ranges
    label = STRATEGIES[2].label
    assert f"{first} 62 % −2.5 ± 0.1 {label} +7.2 ± 0.1" in text
    assert f"{second} 25 % +1.0 ± 0.1 Stay +2.0 ± 0.1" in text
    assert f"{third} 25 % too few draws" in text
    for words in LEVERS.values():
        assert words.label in text
    assert "Pika: market in 2033 reverses the answer" in text


def test_the_finding_says_what_turns_and_what_moves(decision: dict[str, Any]) -> None:
    pika = decision["players"]["pika"]
    assert lever_finding(pika) == (
        "Pika: none of the four moves the difference by more than its error"
    )
    pika["levers"]["chips"][0][LEAD] = 3.0
    assert lever_finding(pika) == (
        "Pika: none of the four reverses the answer; fall of chip costs moves what it is worth"
    )
    pika["levers"]["ipo"][2][LEAD] = 0.5
    moved = lever_finding(pika)
    assert moved.endswith(
        "; fall of chip costs and IPO valuation lost to video move what it is worth"
    )
    assert "settles the answer" in lever_finding(pika | {"resolved": False})
    pika["levers"]["ipo"][2][LEAD] = -0.5
    pika["levers"]["robotics"][1][LEAD] = -0.5
    assert lever_finding(pika) == (
        "Pika: first robotics revenue and IPO valuation lost to video reverse the answer"
    )


def test_rivals_who_stay_have_their_answer(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    pika = decision["players"]["pika"]
    stays = {"mean": -4.5, "mean_mcse": 0.1}
    pika["rivals_stay"] = {"best": "stay", "exit_minus_stay": stays, "gain": 4.5, "gain_mcse": 0.1}
    found = {"rounds": 12, "settled": False, "last_move_mcse": 3.0, "residual": 0.1}
    decision["rivals"] = {"respond": True, **found}
    section = rivals(View(made_up_run, decision))
    assert section is not None
    text = flat(section.html)
    assert "not settled after 12 rounds" in text
    assert 'class="warning"' in section.html
    assert "Stay −4.5 ± 0.1 +4.5 ± 0.1" in text
    decision["rivals"] |= {"settled": True}
    settled = rivals(View(made_up_run, decision))
    assert settled is not None
    assert 'class="warning"' not in settled.html


def test_a_decision_of_an_older_version_has_neither(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    del decision["rivals"], decision["players"]["pika"]["levers"]
    view = View(made_up_run, decision)
    assert levers(view) is None
    assert rivals(view) is None


def test_the_cost_of_one_more_year_is_called_so(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    told = "For Pika it is the cost of one more year"
    assert told not in flat(difference(View(made_up_run, decision)).html)
    decision["players"]["pika"]["one_more_year"] = True
    assert told in flat(difference(View(made_up_run, decision)).html)


def test_as_many_other_forms_are_offered_as_there_are(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    stated = decision | {"rivals": {"respond": False}}
    whole = forms(View(made_up_run, stated))
    without = xr.DataTree.from_dict(
        {name: of.to_dataset() for name, of in made_up_run.children.items() if name != "option"}
    )
    fewer = forms(View(without, stated))
    assert whole is not None
    assert fewer is not None
    # Rivals stay in the made-up run, so that three of the nine forms change nothing in it.
    assert "--structure tries six others" in flat(whole.html)
    assert "--structure tries five others" in flat(fewer.html)
