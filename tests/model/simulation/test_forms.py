"""Other forms of the model: which apply, what each leaves as it is, what each changes."""

import numpy as np
import pytest

from model.sampling.defaults import EARLIER_SAMPLER
from model.simulation.forms import FORMS, forms_of, npv_in_form
from model.simulation.simulate import simulate
from priors.reading.load import load_priors

DRAWS, CHAINS, SEED = 512, 4, 7
BY_NAME = {form.name: form for form in FORMS}
OF_RIVALS = {"rivals_stay", "no_entry", "each_alone"}


@pytest.fixture(scope="module")
def priors():
    return load_priors("base.toml", ["exclude=['minimax','pika','adobe','bytedance']"])


@pytest.fixture(scope="module")
def run(priors):
    return simulate(priors, DRAWS, SEED, CHAINS)


@pytest.fixture(scope="module")
def bare(priors):
    return simulate(priors, DRAWS, SEED, CHAINS, options=False)


def in_form(name, run, priors):
    return npv_in_form(BY_NAME[name], run, priors, lambda done: None)


def npv_of(run):
    return run["payoff"]["npv"].transpose("chain", "draw", "player", "strategy").values


def test_every_switch_applies_where_rivals_respond(run):
    assert [form.name for form in forms_of(run)] == list(BY_NAME)


def test_without_real_options_nobody_leaves_and_nothing_is_for_good(bare):
    assert {form.name for form in forms_of(bare)} == set(BY_NAME) - OF_RIVALS - {"for_good"}


def test_quantities_that_a_run_lacks_have_no_switch(bare):
    """As in a run of the first edition."""
    first = bare.copy()
    kept = bare["prior"].dataset.drop_vars(["market.ceiling", "player.weight_2026"])
    first["prior"] = type(bare)(kept)
    names = {form.name for form in forms_of(first)}
    assert names == {"constant_decline", "wide_spreads", "t_copula"}


def test_rivals_who_stay_are_those_of_a_run_in_which_they_do(run, priors):
    stays = npv_of(simulate(priors, DRAWS, SEED, CHAINS, rivals="stay"))
    assert np.allclose(in_form("rivals_stay", run, priors), stays, rtol=1e-12, atol=1e-12)


def test_for_good_is_the_payoff_with_no_real_option_used(run, priors):
    """The real options may always be left unused: what using them pays is what it adds."""
    for_good = in_form("for_good", run, priors)
    unused = run["option"]["timing"].transpose("chain", "draw", "player", "strategy").values < 0
    assert unused.any()
    assert not unused.all()
    assert np.array_equal(for_good[unused], npv_of(run)[unused])


def test_a_switch_is_the_same_as_stating_it_in_the_priors(bare, priors):
    """A ceiling far above any demand, and a decline whose half-life is beyond all years."""
    for name, stated in (
        ("no_ceiling", "market.ceiling=1e12"),
        ("constant_decline", "compute.decline_half_life=1e12"),
    ):
        other = load_priors("base.toml", [*_excluded(), stated])
        expected = npv_of(simulate(other, DRAWS, SEED, CHAINS, options=False))
        found = in_form(name, bare, priors)
        assert np.allclose(found, expected, rtol=1e-9, atol=1e-9)
        assert not np.allclose(found, npv_of(bare))


def test_long_run_weights_hold_from_the_first_year(bare, priors):
    """What only a player's weight of 2026 says has no effect any more."""
    found = in_form("long_run_weights", bare, priors)
    other = load_priors("base.toml", [*_excluded(), "players.google.weight_2026.scale=3"])
    again = simulate(other, DRAWS, SEED, CHAINS, options=False)
    assert not np.array_equal(npv_of(again), npv_of(bare))
    assert np.array_equal(in_form("long_run_weights", again, other), found)


@pytest.mark.parametrize("name", ["wide_spreads", "t_copula"])
def test_other_draws_leave_the_run_as_it_is(bare, priors, name):
    before = npv_of(bare).copy()
    found = in_form(name, bare, priors)
    assert np.isfinite(found).all()
    assert not np.allclose(found, before)
    assert np.array_equal(npv_of(bare), before)


@pytest.mark.parametrize("name", ["wide_spreads", "t_copula"])
def test_other_draws_are_of_the_columns_that_made_the_run(bare, priors, name):
    """A stored run of before, which states "sobol" as one of today does."""
    known = simulate(priors, DRAWS, SEED, CHAINS, EARLIER_SAMPLER, options=False)
    stored = known.copy()
    stored.attrs = {**known.attrs, "sampler": "sobol"}
    expected = in_form(name, known, priors)
    assert np.array_equal(in_form(name, stored, priors), expected)
    assert not np.allclose(in_form(name, bare, priors), expected)


def test_of_a_run_that_kept_its_first_draws_these_are_drawn(bare, priors):
    larger = bare.copy()
    larger.attrs = {**bare.attrs, "draws": 4 * DRAWS, "kept": DRAWS}
    expected = in_form("wide_spreads", bare, priors)
    assert np.array_equal(in_form("wide_spreads", larger, priors), expected)


def _excluded():
    return ["exclude=['minimax','pika','adobe','bytedance']"]
