"""The page's table of views, and each company's list: what stands in views.json, and no more."""

import re

import pytest

from model.analyses.payoffs import payoffs_of
from model.analyses.results.record import plain
from model.analyses.views.catalog import BASE, VIEWS
from model.analyses.views.reading import reading_of, verdict_of_reading
from reports.page.company.views import views as of_company
from reports.page.overview.views import NO_VIEWS, views
from reports.page.view import View
from reports.text.strategies import reporting


@pytest.fixture(scope="module")
def content(made_up_run, made_up_decision):
    """Every view as the run itself, but that a breakout makes another strategy best."""
    names = [BASE.name, "narrow", "breakout"]
    payoffs, players = payoffs_of(made_up_run), {}
    for player, entry in made_up_decision["players"].items():
        base = reading_of(payoffs.of([player]))
        own = {name: plain(verdict_of_reading(base, base)) for name in names}
        turned = "stay" if entry["best"] == "exit" else "exit"
        own["breakout"] |= {"best": turned, "rival": entry["best"], "change": 9.0, "gain": 9.0}
        players[player] = {"label": entry["label"], "views": own}
    meant = {
        view.name: {"label": view.label, "subject": view.subject, "meaning": view.meaning}
        | {"changes": [], "replaces": []}
        for view in VIEWS
        if view.name in names
    }
    return {"draws": 16_384, "views": meant, "players": players}


def test_changed_verdicts_are_underlined_and_counted(made_up_run, made_up_decision, content):
    view = View(made_up_run, made_up_decision, {"views": content})
    with reporting(made_up_run):
        html = views(view)
    count = len(made_up_decision["players"])
    assert len(re.findall(r'class="vc [^"]* turned"', html)) == count
    assert html.count('<th scope="row">') == count
    assert "A breakout changes eight verdicts; a small market changes none." in html
    assert NO_VIEWS not in html


def test_each_company_has_a_list_of_its_own(made_up_run, made_up_decision, content):
    view = View(made_up_run, made_up_decision, {"views": content})
    with reporting(made_up_run):
        html = of_company(view, "runway").html
    assert "The verdict changes under a breakout" in html
    assert html.count("<li") == 3
    assert html.count("turned") == 1


def test_without_views_there_is_a_line_with_the_command(made_up_run, made_up_decision):
    view = View(made_up_run, made_up_decision)
    with reporting(made_up_run):
        for html in (views(view), of_company(view, "runway").html):
            assert f"Not computed. <code>{NO_VIEWS}</code>" in html
            assert "<table" not in html
            assert "<ul" not in html
