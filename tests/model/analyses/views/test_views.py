"""Views are the runs of their prior files; paired differences, and risk aversion in closed form."""

import numpy as np
import pytest

from model.analyses.blocks.run import simulate
from model.analyses.decision import decision
from model.analyses.payoffs import Payoffs, payoffs_of
from model.analyses.results.record import plain
from model.analyses.views.analysis import views_analysis
from model.analyses.views.catalog import RISK_SHARE, VIEWS
from model.analyses.views.plan import jobs_of, patched_priors, settings_of, views_of
from model.analyses.views.reading import averse_reading, reading_of, verdict_of_reading
from model.economics.strategies import EXIT, compared
from model.numerics.standard_errors import mcse
from model.risk.weight import effective_draws
from priors.reading.load import load_priors, load_text

SIZE = {"draws": 512, "chains": 4, "seed": 7}
TOLD = ("best", "next", "rival", "resolved", "gain", "gain_mcse", "wins", "wins_mcse")


def run_of(file, overrides=None, **options):
    return simulate(load_priors(file, overrides), **SIZE, **({"options": False} | options))


@pytest.fixture(scope="module")
def run():
    return run_of("base.toml")


@pytest.fixture(scope="module")
def found(run):
    return plain(views_analysis(run, decision(run)))


def test_without_real_options_there_are_no_views_of_rivals(found):
    assert list(found["views"]) == [view.name for view in VIEWS if view.rivals is None]
    assert all(list(one["views"]) == list(found["views"]) for one in found["players"].values())


def test_the_base_is_the_decision_of_the_run(run, found):
    for name, entry in decision(run)["players"].items():
        own = found["players"][name]["views"]["base"]
        assert {key: own[key] for key in TOLD} == {key: entry[key] for key in TOLD}
        assert "change" not in own


@pytest.mark.parametrize("name", ["narrow", "fast_robotics", "holder"])
def test_a_view_is_the_run_of_its_prior_file(found, name):
    for player, entry in decision(run_of(f"{name}.toml"))["players"].items():
        own = found["players"][player]["views"][name]
        assert {key: own[key] for key in TOLD} == {key: entry[key] for key in TOLD}
        lead = entry["exit_minus_best_other"]
        assert own["best_other"] == lead["best_other"]
        assert own["exit_minus_best_other"] == pytest.approx(lead["mean"], rel=1e-12)


@pytest.mark.slow
def test_views_of_rivals_and_priors_are_their_runs_with_real_options_too():
    run = run_of("base.toml", options=True)
    found = plain(views_analysis(run, decision(run)))
    stayed = decision(run_of("base.toml", options=True, rivals="stay"))["players"]
    narrow = decision(run_of("narrow.toml", options=True))["players"]
    assert "rivals_respond" not in found["views"]
    for player, own in found["players"].items():
        assert own["views"]["rivals_stay"]["gain"] == pytest.approx(stayed[player]["gain"])
        assert own["views"]["narrow"]["gain"] == narrow[player]["gain"]


def test_a_change_is_measured_on_common_draws(run, found):
    narrow = payoffs_of(run_of("narrow.toml"))
    for player in ("google", "runway"):
        one, other = (payoffs.of([player]).npv for payoffs in (narrow, payoffs_of(run)))
        own = found["players"][player]["views"]["narrow"]
        leads = [
            (npv[EXIT] - npv[1:][npv[1:].mean(axis=(1, 2)).argmax()]).mean(axis=1)
            for npv in (one, other)
        ]
        assert own["change"] == pytest.approx((leads[0] - leads[1]).mean(), rel=1e-9)
        assert own["change_mcse"] == pytest.approx(mcse(leads[0] - leads[1]), rel=1e-9)


def test_a_view_stands_over_what_the_users_file_says_and_leaves_the_rest():
    own = {"market.size_2033.scale": 2.0, "robotics.profit_pool.scale": 3.0}
    run = run_of("base.toml", own)
    found = plain(views_analysis(run, decision(run)))
    assert found["views"]["narrow"]["replaces"] == ["market.size_2033"]
    assert found["views"]["breakout"]["changes"] == ["market.size_2033", "market.ceiling"]
    assert found["views"]["breakout"]["replaces"] == ["market.size_2033"]
    assert found["views"]["fast_robotics"]["replaces"] == []
    expected = decision(run_of("narrow.toml", {"robotics.profit_pool.scale": 3.0}))["players"]
    for player, entry in expected.items():
        assert found["players"][player]["views"]["narrow"]["gain"] == entry["gain"]


def test_what_changes_nothing_is_no_view():
    priors = load_priors("narrow.toml")
    priors = load_text(priors.resolved, "priors.toml")
    settings = settings_of(run_of("narrow.toml"), priors, 128)
    assert settings.draws == 128
    names = [view.name for view in views_of(patched_priors(priors), settings)]
    assert "narrow" not in names
    assert {"base", "breakout", "risk_averse"} <= set(names)


def test_chains_that_are_no_power_of_two_have_sobol_points(run):
    priors = load_priors("base.toml")
    assert settings_of(run, priors, 500).draws == 4 * 64
    assert settings_of(run, priors, 10**6).draws == SIZE["draws"]


def test_other_forms_are_tried_under_views_of_priors_alone(run):
    priors = load_priors("base.toml")
    patched, settings = patched_priors(priors), settings_of(run, priors, 512)
    jobs = jobs_of(VIEWS, patched, settings, ["no_ceiling"])
    of = {view.name: job.settings for job in jobs for view in job.views}
    assert {name for name, own in of.items() if own.forms} == {v.name for v in VIEWS if v.priors}
    assert of["rivals_respond"].rivals == "respond"
    assert [view.name for view in jobs[0].views] == ["base", "risk_averse", "rivals_stay"]


def test_a_form_that_turns_the_side_is_told():
    npv = np.zeros((3, 4, 64))
    npv[EXIT] = 1.0
    turned = npv.copy()
    turned[2] = 2.0
    payoffs = Payoffs(compared(), npv, npv[:2])
    reading = reading_of(payoffs, {"no_ceiling": npv, "t_copula": turned})
    assert verdict_of_reading(reading, None).form.reversed_by == ["t_copula"]
    assert verdict_of_reading(reading_of(payoffs), None).form is None


@pytest.fixture
def normal():
    """Payoffs of normal distributions: exit is sure, stay is better on average and uncertain."""
    rng = np.random.default_rng(3)
    npv = np.zeros((3, 16, 4096))
    npv[EXIT], npv[1] = 1.0, rng.normal(1.5, 2.0, (16, 4096))
    npv[2] = npv[1] - 20.0
    return Payoffs(compared(), npv, npv[:2])


def test_certainty_equivalents_of_normal_payoffs(normal):
    """Mean less half the variance over the risk tolerance (Howard 1988)."""
    for tolerance, best in ((100.0, "stay"), (2.0, "exit")):
        found = verdict_of_reading(averse_reading(normal, tolerance), reading_of(normal))
        equivalent = 1.5 - 0.5 * 4.0 / tolerance
        lead = found.exit_minus_best_other
        assert found.best == best
        assert found.decided
        assert abs(lead.value - (1.0 - equivalent)) < 4.0 * lead.mcse
        assert found.gain.value == pytest.approx(abs(lead.value))
        assert abs(found.change.value - 0.5 * 4.0 / tolerance) < 4.0 * found.change.mcse
        assert found.risk_tolerance == tolerance


def test_a_rival_that_a_few_draws_decide_leaves_the_verdict_without_a_gain(normal):
    found = plain(verdict_of_reading(averse_reading(normal, 0.1), reading_of(normal)))
    assert found["best"] == "exit"
    assert found["decided"] is True
    assert found["gain"] is None
    assert found["exit_minus_best_other"] is None
    assert "change" not in found
    assert "weight" in found["why_null"]


def test_a_verdict_that_rests_on_a_few_draws_is_none(normal):
    shifted = normal.npv.copy()
    shifted[1] += 100.0
    payoffs = Payoffs(normal.strategies, shifted, shifted[:2])
    found = averse_reading(payoffs, 0.1)
    assert found.best == "stay"
    assert found.decided is False
    assert np.isnan(found.gain[0])


def test_the_risk_tolerance_is_a_share_of_the_valuation(run, found):
    valuation = run["prior"]["player.valuation"].sel(player="runway")
    own = found["players"]["runway"]["views"]["risk_averse"]
    assert own["risk_tolerance"] == pytest.approx(RISK_SHARE * float(valuation.median()))


def test_draws_that_weigh_the_same_all_count():
    outcome = np.random.default_rng(0).normal(size=1000)
    assert effective_draws(outcome, 1e12) == pytest.approx(1000.0)
    assert effective_draws(np.array([0.0, 0.0, 1e6]), 1.0) == pytest.approx(2.0)
