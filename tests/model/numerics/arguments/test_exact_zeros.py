"""An error of exactly 0 says that the figure is exact: other draws give the same."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

import decide


def payoffs(seed, draws, lead, noise):
    """Two strategies, the second ahead by `lead` and by `noise` times a normal number."""
    ahead = lead + noise * np.random.default_rng(seed).standard_normal(draws)
    return xr.DataArray(np.stack([0.0 * ahead, ahead], axis=1), dims=("draw", "strategy"))


def information(seed, draws, lead, noise):
    npv = payoffs(seed, draws, lead, noise)
    everything = decide.evpi(npv)
    known = decide.evppi(npv, {"x": npv.isel(strategy=1)})
    study = {"observe": "x", "error": "normal", "sd": 0.1}
    sampled = decide.evsi(npv, {"x": npv.isel(strategy=1)}, study)
    return {
        "evpi": (float(everything.evpi), float(everything.mcse)),
        "evppi": (float(known.evppi[0]), float(known.se[0])),
        "evsi": (float(sampled.evsi), float(sampled.se)),
    }


def option(seed, draws, lead, noise):
    states = np.random.default_rng(seed).standard_normal((draws, 2, 1))
    paid = np.round(lead + noise * states[..., 0], 3)
    found = decide.bermudan_option(paid, states, degree=1)
    return {"value": (found.value, found.se), "upper": (found.upper, found.upper_se)}


@pytest.mark.parametrize("figures", [information, option])
@settings(max_examples=25)
@given(
    seed=st.integers(0, 99),
    draws=st.sampled_from([64, 65, 100, 200]),
    lead=st.sampled_from([-5.0, -2.5, -1.0, 0.0, 1.0, 2.5, 5.0]),
    noise=st.sampled_from([0.0, 0.3, 1.0]),
)
def test_figures_with_an_error_of_0_are_those_of_other_draws(figures, seed, draws, lead, noise):
    one, other = figures(seed, draws, lead, noise), figures(seed + 1000, 16 * draws, lead, noise)
    for name, (value, error) in one.items():
        if error == 0.0:
            assert other[name] == (value, 0.0)
        else:
            assert noise > 0.0


@pytest.mark.parametrize("draws", [4, 9, 12])
def test_an_option_of_too_few_draws_for_a_rule_has_no_error(draws):
    states = np.random.default_rng(0).standard_normal((draws, 2, 1))
    found = decide.bermudan_option(states[..., 0] + 3.0, states, degree=1)
    assert (found.value, np.isnan(found.se)) == (0.0, True)
    assert found.upper_se > 0.0


def test_where_no_draw_prefers_another_strategy_the_error_is_not_known():
    """With more draws, one does."""
    few, many = (decide.evpi(payoffs(3, draws, 3.5, 1.0)) for draws in (200, 100_000))
    assert (float(few.evpi), np.isnan(float(few.mcse))) == (0.0, True)
    assert float(many.evpi) > 2.0 * float(many.mcse) > 0.0


def test_constants_are_known_exactly():
    npv = payoffs(0, 100, 1.0, 0.0)
    assert float(decide.evpi(npv).mcse) == 0.0
    assert float(decide.evppi(npv, {"x": xr.DataArray(np.arange(100.0), dims="draw")}).se[0]) == 0.0
