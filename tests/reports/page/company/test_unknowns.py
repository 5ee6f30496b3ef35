"""The four unknowns: each class's best strategy, and a title that says what changes the verdict."""

from copy import deepcopy
from typing import Any

import pytest

from reports.page.company.unknowns import unknowns
from reports.page.view import View
from reports.text.levers import LEVERS
from reports.text.strategies import LABELS, LEAVING, STAYING
from reports.text.unknowns import finding, hardly_matters, outcomes
from tests.reports.page.company.conftest import read

WHO = "google"


def one(lead: float, mcse: float = 0.01, other: str = STAYING.name) -> dict[str, Any]:
    return {
        "share": 1 / 3,
        "best_other": other,
        "exit_minus_best_other": lead,
        "exit_minus_best_other_mcse": mcse,
        "for_good": 2.0 * lead,
        "for_good_mcse": 0.05,
    }


def entry(**leads: tuple[float, float, float]) -> dict[str, Any]:
    """A company that should stay, by 10; with what each class says."""
    levers = {lever: [one(-10.0)] * 3 for lever in LEVERS}
    levers |= {lever: [one(lead) for lead in of] for lever, of in leads.items()}
    return {"best": STAYING.name, "rival": LEAVING.name, "gain": 10.0, "levers": levers}


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (entry(), "None of the four matters much"),
        (
            entry(market=(2.0, -9.0, -60.0)),
            "A market under $7 bn takes away the lead; robots, chips and the listing hardly matter",
        ),
        (
            entry(market=(2.0, -9.0, -60.0), robotics=(-30.0, -9.5, 3.0), ipo=(-8.0, -10.0, -12.0)),
            "A market under $7 bn and no robots take away the lead; chips hardly matter",
        ),
        (
            entry(market=(-2.0, -9.0, -60.0), chips=(-8.0, -10.0, -12.0)),
            "The market moves the lead most; robots and the listing hardly matter",
        ),
        (
            entry(robotics=(-2.0, -9.0, -60.0)),
            "Robots move the lead most; the market, chips and the listing hardly matter",
        ),
    ],
)
def test_the_title_says_what_changes_and_what_hardly_matters(
    given: dict[str, Any], title: str
) -> None:
    assert finding(given) == title


def test_a_change_within_two_errors_is_none() -> None:
    given = entry()
    given["levers"]["market"][0] = one(0.15, 0.1)
    assert not finding(given).startswith("A market under")
    given["levers"]["market"][0] = one(0.25, 0.1)
    assert finding(given).startswith("A market under $7 bn takes away the lead")


def test_another_way_to_operate_is_a_change_but_leaves_the_lead() -> None:
    given = entry()
    other = next(name for name in LABELS if name not in (LEAVING.name, STAYING.name))
    given["levers"]["chips"][2] = one(-10.0, other=other)
    assert not hardly_matters(given, "chips")
    assert finding(given).startswith("Chips that fall fast make ")
    assert " best; the market, robots and the listing hardly matter" in finding(given)


def test_a_gain_that_moves_by_more_than_a_tenth_matters() -> None:
    assert hardly_matters(entry(chips=(-9.1, -10.0, -10.9)), "chips")
    assert not hardly_matters(entry(chips=(-8.9, -10.0, -10.0)), "chips")
    assert not hardly_matters(entry(chips=(-10.0, -10.0, -11.1)), "chips")


def test_the_gain_is_over_the_other_side() -> None:
    low, high = outcomes(entry(market=(2.0, -9.0, -60.0)), "market")[::2]
    assert (low.best, low.gain) == (LEAVING.name, 2.0)
    assert (high.best, high.gain) == (STAYING.name, 60.0)


def test_each_class_of_the_run_is_in_the_table(view: View, decision: dict[str, Any]) -> None:
    text = read(unknowns(view, WHO))
    for lever, words in LEVERS.items():
        assert words.label.partition(",")[0] in text
        for outcome in outcomes(decision["players"][WHO], lever):
            assert f"{outcome.name}: " in text
            assert not outcome.best or LABELS[outcome.best] in text
    assert text.count("of 100 worlds") == 12


def test_what_cannot_be_told_says_so(view: View, decision: dict[str, Any]) -> None:
    changed = deepcopy(decision)
    levers = changed["players"][WHO]["levers"]
    levers["chips"] = [one(-10.0), one(0.01, 0.02) | {"for_good": 0.01}, one(-10.0)]
    empty = {"exit_minus_best_other": None, "best_other": None, "for_good": None}
    levers["ipo"][2] |= empty
    text = read(unknowns(View(view.run, changed), WHO))
    assert "+$10 ± 20 m cannot be told from zero" in text
    assert "± 50 m, cannot be told from zero" in text
    assert "too few worlds to tell" in text


def test_a_row_that_hardly_matters_is_muted(view: View, decision: dict[str, Any]) -> None:
    changed = deepcopy(decision)
    own = changed["players"][WHO]
    lead = own["gain"] if own["best"] == LEAVING.name else -own["gain"]
    own["levers"]["chips"] = [one(lead, other=own["best"])] * 3
    html = str(getattr(unknowns(View(view.run, changed), WHO), "html", ""))
    assert html.count('class="still"') == html.count("hardly matters here") >= 1


def test_a_decision_without_levers_has_no_such_section(
    view: View, decision: dict[str, Any]
) -> None:
    older = deepcopy(decision)
    del older["players"][WHO]["levers"]
    assert unknowns(View(view.run, older), WHO) is None
