"""Verdicts in other forms: judged by hand, and added to the decision."""

import numpy as np
import pytest

from model.analyses.decision import decision
from model.analyses.results.record import plain
from model.analyses.structure import structure_analysis, with_forms
from model.simulation.forms import FORMS
from tests.reports.factory import make_run

#: Added to what every player's exit is worth in each form.
MOVES = {form.name: 0.0 for form in FORMS} | {"no_ceiling": 1.0, "t_copula": -1.0}


@pytest.fixture
def run():
    return make_run(256, 4)


@pytest.fixture
def found(run, monkeypatch):
    """As if each form moved what leaving is worth to everybody."""

    def npv_in_form(form, run, priors, progress):
        progress(1.0)
        npv = run["payoff"]["npv"].transpose("chain", "draw", "player", "strategy").values.copy()
        npv[..., 0] += MOVES[form.name]
        return npv

    monkeypatch.setattr("model.analyses.structure.npv_in_form", npv_in_form)
    monkeypatch.setattr("model.analyses.structure.forms_of", lambda run: FORMS)
    monkeypatch.setattr("priors.reading.load.load_text", lambda text, name: None)
    return plain(structure_analysis(run))


def test_the_verdict_as_stated_is_that_of_the_decision(run, found):
    entries = decision(run)["players"]
    for player, entry in found["players"].items():
        stated, expected = entry["as_stated"], entries[player]
        assert stated["best"] == expected["best"]
        assert stated["exit_minus_best_other"] == expected["exit_minus_best_other"]["mean"]
        assert stated["gain"] == pytest.approx(expected["gain"], rel=1e-12)


def test_a_form_that_moves_exit_moves_its_lead_by_as_much(found):
    for entry in found["players"].values():
        before = entry["as_stated"]["exit_minus_best_other"]
        for name, one in entry["switches"].items():
            assert one["exit_minus_best_other"] == pytest.approx(before + MOVES[name])
            assert one["gain"] == pytest.approx(abs(before + MOVES[name]))
            assert (one["best"] == "exit") == (before + MOVES[name] > 0.0)


def test_a_verdict_depends_on_form_where_a_switch_changes_sides(found):
    seen = set()
    for entry in found["players"].values():
        before = entry["as_stated"]["exit_minus_best_other"]
        turned = [name for name, move in MOVES.items() if (before + move > 0.0) != (before > 0.0)]
        assert entry["reversed_by"] == turned
        assert entry["depends"] is bool(turned)
        seen.add(entry["depends"])
    assert seen == {True, False}


def test_the_decision_says_so_of_each_player(run, found):
    verdict = decision(run)
    told = with_forms(verdict, found)
    assert "form" not in next(iter(verdict["players"].values()))
    for player, entry in told["players"].items():
        of = found["players"][player]
        assert entry["form"] == {"depends": of["depends"], "reversed_by": of["reversed_by"]}


def test_progress_ends_whole_and_never_goes_back(run, monkeypatch):
    monkeypatch.setattr(
        "model.analyses.structure.npv_in_form",
        lambda form, run, priors, progress: (
            [progress(share) for share in (0.5, 1.0)]
            and run["payoff"]["npv"].transpose("chain", "draw", "player", "strategy").values
        ),
    )
    monkeypatch.setattr("priors.reading.load.load_text", lambda text, name: None)
    said = []
    structure_analysis(run, said.append)
    assert said == sorted(said)
    assert said[-1] == 1.0
    assert np.all(np.diff(said) > 0.0)
