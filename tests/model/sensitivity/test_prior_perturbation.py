"""Moves of a prior that change the decision, against normals, where they are known."""

import numpy as np
import pytest
import xarray as xr

from model.sensitivity.prior_perturbation import prior_perturbation
from model.sensitivity.reversal import reversal_distance
from priors.errors import InputError

ROWS, CORRELATION = 65536, 0.6


def problem(seed, rows=ROWS):
    """A sure 2 against 1 + y + noise; x is correlated with y. Chains of plain random draws."""
    random = np.random.default_rng(seed)
    x, rest, noise = random.standard_normal((3, 16, rows // 16))
    y = CORRELATION * x + np.sqrt(1.0 - CORRELATION**2) * rest
    npv = xr.DataArray(
        np.stack([np.full_like(y, 2.0), 1.0 + y + 0.5 * noise], axis=-1),
        dims=("chain", "draw", "strategy"),
        coords={"strategy": ["sure", "risky"]},
    )
    inputs = {"x": np.exp(x), "y": y, "noise": noise, "none": random.random(x.shape)}
    return npv, xr.Dataset({name: (("chain", "draw"), given) for name, given in inputs.items()})


def test_correlated_normals_in_closed_form():
    npv, inputs = problem(0)
    found = prior_perturbation(npv, inputs, limit=2.25)
    exact = {"x": 1.0 / CORRELATION, "y": 1.0, "noise": 2.0}
    for name, shift in exact.items():
        one = found.sel(input=name)
        assert abs(one["shift"] - shift) < 4.0 * one["shift_se"] + 1e-3
        assert one["shift_se"] < 0.1
        assert one["after"] == "risky"
    assert found["shift"].sel(input="none").isnull()
    assert found["after"].sel(input="none") == ""
    assert found["before"] == "sure"


def test_standard_error_is_that_of_repetitions():
    found = [prior_perturbation(*problem(seed, 4096)).sel(input="y") for seed in range(30)]
    shifts = np.array([float(one["shift"]) for one in found])
    claimed = np.mean([float(one["shift_se"]) for one in found])
    assert 0.65 < claimed / shifts.std(ddof=1) < 1.5


def test_an_event_moves_by_its_latent_score():
    random = np.random.default_rng(3)
    event = (random.standard_normal(ROWS) > 0.5) * 1.0
    npv = xr.DataArray(
        np.stack([np.full(ROWS, 0.5), event], 1),
        dims=("draw", "strategy"),
        coords={"strategy": ["sure", "bet"]},
    )
    found = prior_perturbation(npv, xr.Dataset({"event": ("draw", event)})).isel(input=0)
    assert abs(found["shift"] - 0.5) < 4.0 * found["shift_se"] + 1e-3


def test_agrees_with_running_the_model_anew_where_there_are_three_strategies():
    random = np.random.default_rng(4)
    z = random.standard_normal(ROWS)

    def expected(shift):
        size = np.exp(1.2 * (z + shift))
        return {"exit": 2.0, "stay": (size - 3.0).mean(), "api_only": (0.3 * size).mean()}

    def draws():
        size = np.exp(1.2 * z)
        return np.stack([np.full(ROWS, 2.0), size - 3.0, 0.3 * size], axis=1)

    npv = xr.DataArray(
        draws(), dims=("draw", "strategy"), coords={"strategy": ["exit", "stay", "api_only"]}
    )
    found = prior_perturbation(npv, xr.Dataset({"size": ("draw", z)})).isel(input=0)
    exact = reversal_distance(expected, limit=2.0)
    assert found["after"] == exact.after
    assert abs(found["shift"] - exact.shift) < 4.0 * found["shift_se"] + 2e-3


def test_players_and_relabelled_strategies():
    npv, inputs = problem(5, 4096)
    both = xr.concat([npv, 2.0 - npv], "player").assign_coords(player=["a", "b"])
    found = prior_perturbation(both, inputs)
    alone = prior_perturbation(npv, inputs)
    xr.testing.assert_allclose(found["shift"].sel(player="a", drop=True), alone["shift"])
    assert list(found["before"].values) == ["sure", "risky"]
    swapped = prior_perturbation(npv.isel(strategy=[1, 0]), inputs)
    xr.testing.assert_allclose(swapped["shift"], alone["shift"], atol=2e-3)
    assert (swapped["after"] == alone["after"]).all()


def test_effective_draws_fall_as_the_move_grows():
    npv, inputs = problem(6)
    found = prior_perturbation(npv, inputs, limit=1.5).sel(input="none")
    assert found["effective_draws"] == pytest.approx(ROWS * np.exp(-(1.5**2)), rel=0.1)


def test_refuses_what_is_no_decision():
    npv, inputs = problem(7, 1024)
    with pytest.raises(InputError, match="dimension 'strategy'"):
        prior_perturbation(npv.isel(strategy=0), inputs)
