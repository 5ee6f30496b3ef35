"""Certainty equivalents, shortfall and switches of risk tolerance against closed forms."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from model.risk.risk import (
    certainty_equivalent,
    certainty_equivalent_mcse,
    expected_shortfall,
    expected_shortfall_mcse,
    risk_tolerance_switch,
)
from priors.errors import InputError, NumericalError

#: |error| / se that one figure in 15,000 exceeds.
FAR = 4.0


def draws(values):
    return xr.DataArray(values, dims="draw")


def choice(*columns):
    """Payoffs of strategies a, b, …"""
    return xr.DataArray(
        np.stack(columns, axis=1),
        dims=("draw", "strategy"),
        coords={"strategy": list("abc")[: len(columns)]},
    )


# -------------------------------------------------------------------------- certainty equivalents


@pytest.mark.parametrize("tolerance", [2.0, 10.0, 1e9])
def test_certainty_equivalent_of_a_normal(tolerance):
    outcome = draws(np.random.default_rng(0).normal(3.0, 2.0, 65536))
    exact = 3.0 - 4.0 / (2.0 * tolerance)
    error = certainty_equivalent(outcome, tolerance) - exact
    assert abs(error) < FAR * certainty_equivalent_mcse(outcome, tolerance)


@pytest.mark.parametrize("tolerance", [0.3, 1.0, 5.0])
def test_certainty_equivalent_of_a_lognormal(tolerance):
    outcome = draws(np.exp(np.random.default_rng(1).normal(0.0, 1.0, 65536)))
    utility, _ = integrate.quad(
        lambda z: np.exp(-np.exp(z) / tolerance) * stats.norm.pdf(z), -12.0, 12.0, epsabs=1e-12
    )
    error = certainty_equivalent(outcome, tolerance) + tolerance * np.log(utility)
    assert abs(error) < FAR * certainty_equivalent_mcse(outcome, tolerance)


def test_certainty_equivalent_by_hand():
    outcome = draws([0.0, 1.0])
    assert certainty_equivalent(outcome, 1.0) == pytest.approx(-np.log((1.0 + np.exp(-1.0)) / 2.0))


def test_amounts_beyond_any_exponential():
    outcome = draws([-1e6, 1e6, 0.0, 5.0])
    assert certainty_equivalent(outcome, 1e-3) == pytest.approx(
        -1e6 + 1e-3 * np.log(4.0), rel=1e-12
    )
    assert certainty_equivalent(outcome, np.inf) == outcome.mean()


def test_little_is_lost_at_a_large_risk_tolerance():
    outcome = draws([1.0, 2.0, 4.0])
    mean, variance = 7.0 / 3.0, 14.0 / 9.0
    found = certainty_equivalent(outcome, 1e9)
    assert float(found) - mean == pytest.approx(-variance / 2e9, rel=1e-3)


@given(
    st.lists(st.floats(-100.0, 100.0), min_size=1, max_size=8),
    st.floats(0.1, 100.0),
    st.floats(-50.0, 50.0),
)
def test_a_sure_amount_added_is_added_and_risk_aversion_lowers(values, tolerance, sure):
    outcome = draws(values)
    found = float(certainty_equivalent(outcome, tolerance))
    shifted = float(certainty_equivalent(outcome + sure, tolerance))
    assert shifted == pytest.approx(found + sure, abs=1e-9)
    assert min(values) - 1e-9 <= found <= np.mean(values) + 1e-9
    assert found <= float(certainty_equivalent(outcome, 2.0 * tolerance)) + 1e-9


def test_chains_are_pooled_and_other_dimensions_kept():
    values = np.random.default_rng(2).normal(size=(16, 64, 2, 3))
    outcome = xr.DataArray(
        values, dims=("chain", "draw", "player", "strategy"), coords={"player": ["p", "q"]}
    )
    found = certainty_equivalent(outcome, [1.0, 3.0])
    assert found.dims == ("risk_tolerance", "player", "strategy")
    alone = certainty_equivalent(draws(values[:, :, 1, 2].ravel()), 3.0)
    assert found.sel(risk_tolerance=3.0, player="q").isel(strategy=2) == pytest.approx(float(alone))
    assert certainty_equivalent_mcse(outcome, [1.0, 3.0]).dims == found.dims


@pytest.mark.parametrize(
    ("figure", "error", "level"),
    [
        (certainty_equivalent, certainty_equivalent_mcse, 1.0),
        (expected_shortfall, expected_shortfall_mcse, 0.1),
    ],
)
def test_standard_errors_are_those_of_repetitions(figure, error, level):
    samples = [np.random.default_rng(seed).normal(size=(16, 128)) for seed in range(60)]
    outcomes = [xr.DataArray(one, dims=("chain", "draw")) for one in samples]
    spread = np.std([float(figure(one, level)) for one in outcomes], ddof=1)
    claimed = np.mean([float(error(one, level)) for one in outcomes])
    assert 0.7 < claimed / spread < 1.4


@pytest.mark.parametrize("tolerance", [0.0, -1.0, float("nan"), [1.0, -2.0]])
def test_a_risk_tolerance_must_be_above_0(tolerance):
    with pytest.raises(InputError, match="risk tolerance must be above 0"):
        certainty_equivalent(draws([1.0, 2.0]), tolerance)


def test_a_payoff_that_is_not_finite_is_refused():
    with pytest.raises(NumericalError, match="outcome: 1 values are not finite"):
        certainty_equivalent(draws([1.0, np.inf]), 1.0)
    with pytest.raises(InputError, match="'draw'"):
        expected_shortfall(xr.DataArray([1.0], dims="row"), 0.5)
    with pytest.raises(InputError, match="0 draws are too few"):
        expected_shortfall(draws([]), 0.5)


# ---------------------------------------------------------------------------- expected shortfall


@pytest.mark.parametrize("probability", [0.01, 0.05, 0.5])
def test_expected_shortfall_of_a_normal(probability):
    outcome = draws(np.random.default_rng(3).normal(1.0, 2.0, 65536))
    exact = 1.0 - 2.0 * stats.norm.pdf(stats.norm.ppf(probability)) / probability
    error = expected_shortfall(outcome, probability) - exact
    assert abs(error) < FAR * expected_shortfall_mcse(outcome, probability)


def test_atoms_are_split():
    outcome = draws([-10.0, 0.0, 0.0, 0.0])
    assert expected_shortfall(outcome, 0.25) == -10.0
    assert expected_shortfall(outcome, 0.1) == -10.0
    assert expected_shortfall(outcome, 0.5) == -5.0
    assert expected_shortfall(outcome, 0.3) == pytest.approx(-10.0 * 0.25 / 0.3)
    assert expected_shortfall(outcome, 1.0) == -2.5


@given(
    st.lists(st.floats(-100.0, 100.0), min_size=1, max_size=12),
    st.floats(0.01, 1.0),
    st.floats(0.01, 1.0),
)
def test_shortfall_rises_with_the_probability_up_to_the_mean(values, one, other):
    outcome = draws(values)
    low, high = sorted([one, other])
    assert expected_shortfall(outcome, low) <= expected_shortfall(outcome, high) + 1e-9
    assert expected_shortfall(outcome, 1.0) == pytest.approx(np.mean(values), abs=1e-9)
    assert expected_shortfall(outcome, low) >= min(values) - 1e-9


def test_shortfall_is_what_the_optimisation_of_rockafellar_and_uryasev_gives():
    values = np.random.default_rng(4).standard_t(3, 101)
    for probability in (0.013, 0.1, 0.47):
        short = [t - np.maximum(t - values, 0.0).mean() / probability for t in values]
        found = expected_shortfall(draws(values), probability)
        assert float(found) == pytest.approx(max(short), rel=1e-12)


@pytest.mark.parametrize("probability", [0.0, 1.1, float("nan")])
def test_a_probability_must_be_one(probability):
    with pytest.raises(InputError, match="above 0 and at most 1"):
        expected_shortfall(draws([1.0, 2.0]), probability)


# ----------------------------------------------------------------------- risk tolerance switches


def test_two_normals_switch_where_their_equivalents_cross():
    random = np.random.default_rng(5)
    npv = choice(random.normal(1.0, 1.0, 65536), random.normal(2.0, 3.0, 65536))
    (found,) = risk_tolerance_switch(npv)
    # 1 − 1/(2ρ) = 2 − 9/(2ρ) at ρ = 4
    assert abs(found.risk_tolerance - 4.0) < FAR * found.se
    assert found.se < 0.2
    assert (found.above, found.below) == ("b", "a")
    for factor, best in ((1.001, "b"), (0.999, "a")):
        at = certainty_equivalent(npv, found.risk_tolerance * factor)
        assert at.idxmax("strategy") == best
    assert found.effective_draws > 1000


def test_three_strategies_switch_twice():
    z = np.random.default_rng(6).standard_normal(65536)
    npv = choice(np.full_like(z, 0.0), 1.0 + 1.0 * z, 2.0 + 2.0 * z)
    found = risk_tolerance_switch(npv)
    # 2 − 4/(2ρ) = 1 − 1/(2ρ) at ρ = 3/2; 1 − 1/(2ρ) = 0 at ρ = 1/2
    assert [(one.above, one.below) for one in found] == [("c", "b"), ("b", "a")]
    for one, exact in zip(found, (1.5, 0.5), strict=True):
        assert abs(one.risk_tolerance - exact) < FAR * one.se


def test_a_switch_at_a_very_high_risk_tolerance_is_found():
    z = np.random.default_rng(7).standard_normal(4096)
    z = (z - z.mean()) / z.std()
    (found,) = risk_tolerance_switch(choice(np.zeros(4096), 1e-5 + z), low=100.0)
    assert found.risk_tolerance == pytest.approx(1.0 / 2e-5, rel=0.01)


def test_no_switch_where_one_strategy_is_better_in_every_draw():
    z = np.random.default_rng(8).standard_normal(1024)
    assert risk_tolerance_switch(choice(z, z - 0.1)) == []
    assert risk_tolerance_switch(choice(np.zeros(64), np.ones(64)), low=0.1) == []


def test_relabelled_strategies_and_shuffled_rows_change_nothing():
    random = np.random.default_rng(9)
    npv = choice(random.normal(1.0, 1.0, 4096), random.normal(2.0, 3.0, 4096))
    (found,) = risk_tolerance_switch(npv)
    (swapped,) = risk_tolerance_switch(npv.isel(strategy=[1, 0]))
    (shuffled,) = risk_tolerance_switch(npv.isel(draw=random.permutation(4096)))
    for other in (swapped, shuffled):
        assert other.risk_tolerance == pytest.approx(found.risk_tolerance, rel=1e-6)
        assert other.se == pytest.approx(found.se, rel=1e-3)
        assert (other.above, other.below) == (found.above, found.below)


def test_a_switch_needs_one_decision():
    npv = choice(np.arange(64.0), np.ones(64))
    with pytest.raises(InputError, match="one decision is needed"):
        risk_tolerance_switch(npv.expand_dims(player=["p"]))
    with pytest.raises(InputError, match="above 0 is needed"):
        risk_tolerance_switch(npv, low=0.0)
