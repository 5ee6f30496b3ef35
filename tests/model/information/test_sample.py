"""Studies: against closed forms, slow versions and what must hold."""

from math import sqrt

import numpy as np
import pytest
import xarray as xr

from model.information.perfect import evpi, evppi
from model.information.sample import enbs, evsi, evsi_curve
from priors.errors import InputError
from tests.reference.information import Ades, nested_value, normal_value

CHAINS, DRAWS = 16, 1024
SIZE = CHAINS * DRAWS
MEAN, SD = 0.4, 1.5


def labelled(values):
    return ("chain", "draw"), values.reshape(CHAINS, -1)


def payoffs(benefit):
    values = np.stack([np.zeros_like(benefit), benefit], axis=1)
    return xr.DataArray(values.reshape(CHAINS, -1, 2), dims=("chain", "draw", "strategy"))


@pytest.fixture(scope="module")
def case():
    """Benefit MEAN + x + y + noise, x normal with SD and correlated 0.6 with y, of sd 1."""
    rng = np.random.default_rng(1)
    x = SD * rng.standard_normal(SIZE)
    y = 0.6 * x / SD + 0.8 * rng.standard_normal(SIZE)
    npv = payoffs(MEAN + x + y + 0.5 * rng.standard_normal(SIZE))
    return npv, xr.Dataset({"x": labelled(x), "y": labelled(y), "size": labelled(np.exp(y))})


def study_of_x(sd):
    """Spread of E[benefit | x + error]: E[benefit | x] is (1 + 0.6/SD)·x, shrunk by the error."""
    return (1.0 + 0.6 / SD) * SD**2 / sqrt(SD**2 + sd**2)


def close(result, truth, errors=4.0):
    return abs(float(result["evsi"]) - truth) <= errors * float(result["se"]) + 1e-12


@pytest.mark.parametrize("sd", [0.0, 0.5, 2.0, 5.0])
def test_a_normal_observation_of_a_normal_quantity(case, sd):
    result = evsi(*case, {"observe": "x", "error": "normal", "sd": sd})
    assert close(result, normal_value(MEAN, study_of_x(sd)))
    assert set(result.data_vars) == {"evsi", "se", "method"}


def test_a_lognormal_error_is_a_normal_one_of_the_logarithm(case):
    npv, inputs = case
    result = evsi(npv, inputs, {"observe": "size", "error": "lognormal", "sd": 0.7})
    # log(size) is y, and E[benefit | y] = (1 + 0.6 SD)·y
    spread = (1.0 + 0.6 * SD) / sqrt(1.0 + 0.7**2)
    assert close(result, normal_value(MEAN, spread))
    logarithm = evsi(npv, inputs, {"observe": "y", "error": "normal", "sd": 0.7})
    assert result["evsi"].item() == pytest.approx(logarithm["evsi"].item(), rel=1e-9)


@pytest.mark.slow
def test_counting_side_effects_in_the_study_of_ades_lu_and_claxton():
    quantities = Ades.draw(SIZE, np.random.default_rng(5))
    inputs = xr.Dataset({name: labelled(values) for name, values in quantities.items()})
    values = Ades.payoffs(quantities)
    npv = payoffs(values[:, 1] - values[:, 0])

    def count(inputs, rng):
        return inputs["side_effects"].copy(data=rng.binomial(60, inputs["side_effects"]))

    assert close(evsi(npv, inputs, count), Ades.evsi_side_effects(60))
    assert Ades.evsi_side_effects(60) < Ades.evppi_side_effects()


def test_a_study_of_two_quantities_agrees_with_nested_monte_carlo():
    """Benefit 0.3 + x·y; x and y are observed with errors of sd 0.5 and 1."""
    rng = np.random.default_rng(2)
    x, y = rng.standard_normal((2, SIZE))
    inputs = xr.Dataset({"x": labelled(x), "y": labelled(y)})
    errors = np.array([0.5, 1.0])
    shrink = 1.0 / (1.0 + errors**2)

    def observe(inputs, rng):
        return {
            name: inputs[name] + error * rng.standard_normal(inputs[name].shape)
            for name, error in zip("xy", errors, strict=True)
        }

    def data(rng):
        return rng.standard_normal(2) + errors * rng.standard_normal(2)

    def posterior(data, draws, rng):
        spread = errors * np.sqrt(shrink)
        return shrink * data + spread * rng.standard_normal((draws, 2))

    def payoff(q):
        return np.stack([np.zeros(len(q)), 0.3 + q.prod(axis=1)], axis=1)

    exact, error = nested_value(payoff, data, posterior, 2000, 1000)
    result = evsi(payoffs(0.3 + x * y), inputs, observe, trees=False)
    assert result["method"].item().endswith("polynomial chaos")
    assert float(result["evsi"]) == pytest.approx(
        exact, abs=4.0 * float(np.hypot(result["se"], error)) + 0.002
    )


def test_a_study_is_worth_no_more_than_what_it_observes_nor_that_than_everything(case):
    npv, inputs = case
    curve = evsi_curve(npv, inputs, {"observe": "x", "error": "normal"}, [0.0, 0.3, 1.0, 3.0, 30.0])
    exact = evppi(npv, inputs[["x"]]).isel(input=0)
    value, error = curve["evsi"].values, curve["se"].values
    assert value[0] == pytest.approx(float(exact["evppi"]), abs=3.0 * float(exact["se"]))
    assert (np.diff(value) <= 2.0 * np.hypot(error[1:], error[:-1])).all()
    assert value[-1] == pytest.approx(normal_value(MEAN, study_of_x(30.0)), abs=4.0 * error[-1])
    assert (value >= -4.0 * error - 1e-12).all()
    assert (value <= float(evpi(npv)["evpi"])).all()


def test_a_point_of_the_curve_is_the_study_by_itself(case):
    study = {"observe": "y", "error": "normal", "sd": 0.8}
    curve = evsi_curve(*case, {"observe": "y", "error": "normal"}, [0.2, 0.8], seed=3)
    alone = evsi(*case, study, seed=3)
    assert curve["evsi"].sel(sd=0.8).item() == alone["evsi"].item()
    assert curve["se"].sel(sd=0.8).item() == alone["se"].item()


def test_the_seed_decides_the_errors_and_zero_is_a_seed(case):
    study = {"observe": "x", "error": "normal", "sd": 2.0}
    first, again, other = (evsi(*case, study, seed=seed) for seed in (0, 0, 2))
    xr.testing.assert_identical(first, again)
    xr.testing.assert_identical(first, evsi(*case, study))
    assert first["evsi"].item() != other["evsi"].item()


def test_the_errors_are_not_the_numbers_that_the_inputs_were_drawn_with(case):
    """The inputs came from ``default_rng(1)``; the same seed must give errors of their own."""
    result = evsi(*case, {"observe": "x", "error": "normal", "sd": 2.0}, seed=1)
    assert close(result, normal_value(MEAN, study_of_x(2.0)))


def test_each_player_may_study_its_own(case):
    npv, inputs = case
    both = xr.concat([npv, npv], "player").assign_coords(player=["one", "two"])
    own = xr.concat([inputs["x"], inputs["y"]], "player").assign_coords(player=["one", "two"])
    result = evsi(both, inputs.assign(own=own), {"observe": "own", "error": "normal", "sd": 0.5})
    assert result["evsi"].dims == ("player",)
    assert close(result.sel(player="one"), normal_value(MEAN, study_of_x(0.5)))
    spread = (1.0 + 0.6 * SD) / sqrt(1.0 + 0.5**2)
    assert close(result.sel(player="two"), normal_value(MEAN, spread))


def test_the_net_benefit_of_sampling_is_value_less_cost(case):
    npv, inputs = case
    study, sds = {"observe": "x", "error": "normal"}, [0.5, 2.0]
    curve = evsi_curve(npv, inputs, study, sds, cost=[0.3, 0.05])
    np.testing.assert_array_equal(curve["enbs"], curve["evsi"] - np.array([0.3, 0.05]))
    net = enbs(curve, 0.1, times=5.0)
    np.testing.assert_array_equal(net["enbs"], 5.0 * curve["evsi"] - 0.1)
    np.testing.assert_array_equal(net["se"], 5.0 * curve["se"])
    assert "enbs" not in evsi_curve(npv, inputs, study, sds)


def test_studies_that_cannot_be_done_are_refused(case):
    npv, inputs = case
    study = {"observe": "x", "error": "normal", "sd": 1.0}

    def refuses(match, study, **changes):
        with pytest.raises(InputError, match=match):
            evsi(npv, inputs, {**study, **changes} if changes else study)

    refuses(r"observes 'sise', which is no input; did you mean .size.\?", study, observe="sise")
    refuses("error is 'cauchy'; it may be normal or lognormal", study, error="cauchy")
    refuses("sd is -1.0; it must be finite", study, sd=-1.0)
    refuses("sd is nan; it must be finite", study, sd=float("nan"))
    refuses("sd is 'wide', which is no number", study, sd="wide")
    refuses("lognormal error needs positive values; x has others", study, error="lognormal")
    refuses("has 'cost'; it may have observe, error, sd", study, cost=1.0)
    refuses("needs 'sd'", {"observe": "x", "error": "normal"})
    refuses("study gave: float, but arrays of statistics with labels", lambda inputs, rng: 1.0)
    refuses("study gave: the statistic .x. is no DataArray", lambda inputs, rng: {"x": 1.0})
    one = "study gave: statistic has 1 along draw, the outcome 1024"
    refuses(one, lambda inputs, rng: inputs["x"].isel(draw=[0]))


def test_curves_and_costs_that_make_no_sense_are_refused(case):
    npv, inputs = case
    study = {"observe": "x", "error": "normal"}
    with pytest.raises(InputError, match="at least one standard deviation"):
        evsi_curve(npv, inputs, study, [])
    with pytest.raises(InputError, match="3 costs for 2 studies"):
        evsi_curve(npv, inputs, study, [0.1, 0.2], cost=[1.0, 2.0, 3.0])
    with pytest.raises(InputError, match="must be finite and not negative; it is -1"):
        enbs(evsi(npv, inputs, {**study, "sd": 1.0}), -1)
