"""Figures in any unit, few draws and many: the same figures, or a `DecideError`."""

from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import example, given, settings
from hypothesis import strategies as st

import decide
from priors.errors import DecideError, InputError
from tests.model.numerics.arguments.public import CASES, Case

#: Arguments in the unit of the result; those whose unit does not matter to it; figures that move a
#: little with it.
SAME_UNIT = {
    "evpi": ("npv",),
    "evppi": ("npv",),
    "evsi": ("npv",),
    "certainty_equivalent": ("outcome", "risk_tolerance"),
    "expected_shortfall": ("outcome",),
    "bermudan_option": ("exercise",),
}
UNITLESS = {"shapley": ("outcome",), "sobol": ("function",), "switching_value": ("function",)}
ROUNDED = {"advantage"}
CLEAN = {name: CASES[name]() for name in (*SAME_UNIT, *UNITLESS)}


def scaled(argument: Any, factor: float) -> Any:
    if callable(argument):
        return lambda *args: argument(*args) * factor
    if isinstance(argument, list):
        return [one * factor for one in argument]
    return argument * factor


def by(case: Case, arguments: tuple[str, ...], factor: float) -> dict[str, Any]:
    return case(**{name: scaled(case.arguments[name], factor) for name in arguments})


@pytest.mark.parametrize("name", [*SAME_UNIT, *UNITLESS])
@settings(max_examples=8)
@given(power=st.integers(-300, 300))
@example(power=-300)
@example(power=200)
def test_a_unit_of_another_power_of_two_gives_the_same_figures_exactly(name, power):
    arguments = SAME_UNIT.get(name) or UNITLESS[name]
    unit = 2.0**power if name in SAME_UNIT else 1.0
    for key, one in by(CASES[name], arguments, 2.0**power).items():
        expected, found = np.asarray(CLEAN[name][key]), np.asarray(one)
        if expected.dtype.kind != "f":
            np.testing.assert_array_equal(found, expected)
        elif key in ROUNDED:
            np.testing.assert_allclose(found / unit, expected, rtol=1e-3, atol=0.01)
        else:
            np.testing.assert_array_equal(found, expected * unit)


@pytest.mark.parametrize("name", [*SAME_UNIT, *UNITLESS])
@pytest.mark.parametrize("size", [1e-300, 1e-200, 1e-101, 1e99, 1e200, 1e300])
def test_sizes_out_of_reach_are_refused_and_those_within_give_finite_figures(name, size):
    arguments = SAME_UNIT.get(name) or UNITLESS[name]
    for each in (arguments, *((one,) for one in arguments)):
        try:
            found = by(CASES[name], each, size)
        except DecideError:
            assert not 1e-98 < size < 1e98
            continue
        finite(found, CASES[name].nan)


def finite(found: dict[str, Any], nan: set[str]) -> None:
    for key, one in found.items():
        values = np.asarray(one)
        if values.dtype.kind == "f":
            assert np.isfinite(values).all() or (key in nan and not np.isinf(values).any())


@pytest.mark.parametrize("name", [name for name in CASES if name != "switching_value"])
@pytest.mark.parametrize("draws", [1, 2, 3, 4, 15, 16, 17])
@pytest.mark.parametrize("chains", [False, True])
def test_few_draws_give_finite_figures_or_are_refused(name, draws, chains):
    case = CASES[name]

    def few(one: Any) -> Any:
        if not hasattr(one, "dims"):
            return one
        cut = one.isel(draw=slice(draws))
        return cut if chains or "chain" not in cut.dims else cut.isel(chain=0, drop=True)

    changed = {key: few(one) for key, one in case.arguments.items()}
    if name == "bermudan_option":
        changed["chain"] = 2 if chains and draws % 2 == 0 else None
    try:
        found = case(**changed)
    except DecideError:
        return
    finite(found, case.nan)


# ----------------------------------------------------------------------------------------- many


def normal(*shape: int) -> np.ndarray:
    return np.random.default_rng(2).standard_normal(shape)


def test_a_million_draws():
    """Of two independent normal payoffs the larger is worth 1 / √π more."""
    npv = xr.DataArray(normal(2**20, 2), dims=("draw", "strategy"))
    found = decide.evpi(npv)
    assert abs(found.evpi - 1.0 / np.sqrt(np.pi)) < 4.0 * found.mcse
    assert found.mcse < 1e-3
    one = npv.isel(strategy=0)
    assert float(decide.certainty_equivalent(one, 1.0)) == pytest.approx(-0.5, abs=0.01)
    assert float(decide.expected_shortfall(one, 0.5)) == pytest.approx(-0.798, abs=0.01)


def test_as_many_chains_as_there_are():
    """Each of a few draws: as precise as so many draws make it."""
    npv = xr.DataArray(normal(32_768, 2, 2), dims=("chain", "draw", "strategy"))
    inputs = {"first": npv.isel(strategy=0)}
    study = {"observe": "first", "error": "normal", "sd": 1e-6}
    first = decide.evppi(npv, inputs)
    assert float(first.evppi[0]) == pytest.approx(1.0 / np.sqrt(2.0 * np.pi), abs=0.01)
    assert float(first.se[0]) < 0.01
    assert float(decide.evsi(npv, inputs, study).evsi) == pytest.approx(float(first.evppi[0]), 0.01)
    shares = decide.shapley(npv.isel(strategy=0), inputs)
    assert float(shares.shapley[0]) == pytest.approx(1.0)
    assert float(decide.evpi(npv).mcse) < 0.01


def test_more_chains_than_can_each_be_a_study_are_refused_at_once():
    paths = normal(32_768 * 16, 2)
    with pytest.raises(InputError, match=r"chain: 32,768 chains .* 4,096 are the most"):
        decide.bermudan_option(paths, paths[..., None], chain=32_768)


def test_sixty_inputs():
    each = normal(2048, 60)
    outcome = xr.DataArray(each.sum(axis=1), dims="draw")
    inputs = {f"x{k}": xr.DataArray(each[:, k], dims="draw") for k in range(60)}
    shares = decide.shapley(outcome, inputs)
    assert float(shares.shapley.sum()) == pytest.approx(1.0)
    assert (abs(shares.shapley - 1.0 / 60.0) < 5.0 * shares.se + 0.005).all()
    marginals = dict.fromkeys(inputs, lambda uniform: uniform)
    totals = decide.sobol(lambda points: points.sum(axis=1), marginals, n=512).total_order
    assert (abs(totals - 1.0 / 60.0) < 0.01).all()
    states = each.reshape(2048, 1, 60)
    with pytest.raises(DecideError, match="60 features of degree 3 make 39,711 polynomials"):
        decide.bermudan_option(states.sum(axis=2), states)
    found = decide.bermudan_option(states.sum(axis=2), states, degree=1)
    assert found.value == pytest.approx(np.sqrt(60.0 / (2.0 * np.pi)), abs=4.0 * found.se)
