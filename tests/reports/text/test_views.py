"""Which verdicts change under which views, in words; noise is no change."""

import pytest

from reports.text.views import cell, changed_views, finding, holds, meanings, verdict_in

#: A strategy, its rival, what leads next.
OF = {
    "exit": {"best": "exit", "next": "stay", "rival": "stay"},
    "stay": {"best": "stay", "next": "exit", "rival": "exit"},
    "api_only": {"best": "api_only", "next": "exit", "rival": "exit"},
}


def told(best, wins=0.9, gain=1.0, change=2.0, **more):
    """A player under a view, or its entry in the decision."""
    return {
        **OF[best],
        "resolved": True,
        "decided": True,
        "gain": gain,
        "gain_mcse": 0.1,
        "wins": wins,
        "change": change,
        "change_mcse": 0.1,
        **more,
    }


def meaning(subject, **more):
    return {"label": subject.capitalize(), "subject": subject, "meaning": "x", "changes": []} | more


VIEWS = {
    "base": meaning("the base"),
    "narrow": meaning("a small market"),
    "breakout": meaning("a breakout"),
    "fast_robotics": meaning("early revenue from robots"),
    "slow_robotics": meaning("late revenue from robots"),
}
FORM = {"form": {"depends": True, "reversed_by": ["t_copula"]}}


def player(**views):
    every = {name: told("exit", change=0.0) for name in VIEWS} | views
    return {"label": "Runway", "views": every}


def test_another_strategy_is_a_change_and_a_bet_on_the_same_is_none():
    stated = told("stay")
    own = player(narrow=told("exit"), breakout=told("stay", 0.4), slow_robotics=told("api_only"))
    assert changed_views(own, stated) == ["narrow", "slow_robotics"]


def test_what_the_draws_cannot_tell_is_no_change():
    assert not cell(told("exit", change=0.15), told("stay")).changed
    assert cell(told("exit", change=-0.25), told("stay")).changed
    # Both lie within their errors of zero, on either side of the line.
    assert not cell(told("exit", gain=0.1, change=0.1), told("exit", gain=0.3)).changed


def test_too_close_to_call_is_a_change_where_the_lead_has_moved():
    one = cell(told("exit", gain=0.1), told("exit", gain=2.0))
    assert one.changed
    assert (one.label, one.note) == ("Too close", "to call")


def test_which_way_to_stay_is_no_other_verdict_where_it_cannot_be_told():
    unclear = told("stay", next="api_only", resolved=False)
    assert verdict_in(unclear).kind == "side"
    assert not cell(unclear, told("api_only")).changed
    assert cell(unclear, told("exit")).changed


def test_a_verdict_that_depends_on_form_changes_with_its_side_or_where_forms_agree():
    stated = told("exit") | FORM
    assert not cell(told("exit"), stated).changed
    assert cell(told("stay"), stated).changed
    agreed = told("exit", form={"depends": False, "reversed_by": []})
    assert cell(agreed, stated).changed
    assert not cell(told("exit") | FORM, stated).changed
    assert cell(told("exit") | FORM, told("exit")).label == "Depends"


def test_a_verdict_without_a_gain_stands_and_none_is_no_change():
    kept = cell(told("exit", 0.99, gain=None, gain_mcse=None), told("exit"))
    assert (kept.label, kept.note, kept.changed) == ("Exit", "gain not told, 99", False)
    turned = told("exit", gain=None, gain_mcse=None)
    del turned["change"]
    assert cell(turned, told("stay")).changed
    none = cell(told("stay", gain=None, gain_mcse=None, decided=False), told("exit"))
    assert (none.verdict.kind, none.note, none.changed) == ("failed", "cannot be told", False)


def test_a_cell_has_gain_and_odds():
    assert cell(told("stay", 0.46, 17.0)).note == "+$17\N{NO-BREAK SPACE}bn, 46"
    assert cell(told("stay", 0.46, 17.0)).label == "Stay, bet"
    assert cell(told("exit", 0.999, 0.53)).note == "+$530\N{NO-BREAK SPACE}m, >99"


@pytest.mark.parametrize(
    ("players", "expected"),
    [
        (
            [
                player(breakout=told("stay"), narrow=told("stay")),
                player(breakout=told("stay")),
            ],
            "A breakout changes two verdicts, a small market one; when robots pay changes none.",
        ),
        (
            [player(fast_robotics=told("stay"))],
            (
                "Early revenue from robots changes one verdict; "
                "a small market, a breakout and late revenue from robots change none."
            ),
        ),
        ([player()], "No other view changes a verdict."),
        (
            [player(narrow=told("exit", gain=None, decided=False))],
            "No other view changes a verdict, as far as they tell.",
        ),
        (
            [player(narrow=told("exit", gain=None, decided=False), breakout=told("stay"))],
            "A breakout changes one verdict; when robots pay changes none.",
        ),
    ],
)
def test_the_finding_counts_the_verdicts(players, expected):
    names = {str(place): one for place, one in enumerate(players)}
    content = {"views": VIEWS, "players": names}
    assert finding(content, dict.fromkeys(names, told("exit"))) == expected


def test_one_company_is_told_what_changes_it():
    content = {"views": VIEWS}
    assert holds(content, player(), told("exit")) == "The verdict holds under all four other views"
    both = player(narrow=told("stay"), breakout=told("stay"))
    expected = "The verdict changes under a small market and a breakout"
    assert holds(content, both, told("exit")) == expected
    silent = player(narrow=told("exit", gain=None, decided=False))
    expected = "The verdict holds under three of four other views; the rest cannot be told"
    assert holds(content, silent, told("exit")) == expected


def test_what_a_view_changes_is_told_and_what_of_it_was_the_users():
    paths = ["market.size_2033", "market.ceiling"]
    view = {"meaning": "video grows", "changes": paths, "replaces": paths[:1], "label": "Breakout"}
    ((label, text),) = meanings({"views": {"base": VIEWS["base"], "breakout": view}})
    assert label == "Breakout"
    assert text.startswith("Video grows. Changes market in 2033 and ")
    assert text.endswith(", in place of what your file says of market in 2033.")
