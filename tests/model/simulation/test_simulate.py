"""A run: its layout, that its parts agree, that it repeats, and what is refused."""

import re

import numpy as np
import pytest
import xarray as xr

from model.analyses.decision import decision
from model.economics.axes import LEAVING_YEARS, NEVER, RETURN_YEARS
from model.economics.components import COMPONENT_NAMES, OPTION_COMPONENT_NAMES
from model.economics.strategies import STRATEGY_NAMES
from model.simulation.simulate import simulate
from priors.errors import InputError, NumericalError
from priors.reading.load import load_text
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES, QUANTITIES
from tests.reference.prior_files import minimal

DRAWS, CHAINS = 64, 4


def priors_of(*overrides, players=("one", "two"), head=""):
    return load_text(head + minimal(players=players), "mine.toml", overrides)


def run_of(*overrides, seed=5, **settings):
    return simulate(priors_of(*overrides), DRAWS, seed, CHAINS, options=False, **settings)


@pytest.fixture(scope="module")
def run():
    return run_of()


def same_bytes(one, other):
    return one.shape == other.shape and one.values.tobytes() == other.values.tobytes()


# ------------------------------------------------------------------------------------------ layout


def test_every_quantity_with_its_dimensions_and_unit(run):
    group = run["prior"]
    assert list(group.data_vars) == [quantity.name for quantity in QUANTITIES]
    for quantity in QUANTITIES:
        values = group[quantity.name]
        dims = ("chain", "draw") if quantity in GLOBAL_QUANTITIES else ("chain", "draw", "player")
        assert values.dims == dims
        assert values.dtype == np.float64
        assert values.attrs == {"units": quantity.unit, "long_name": quantity.meaning}
        assert values.min() >= quantity.lower
        assert values.max() <= quantity.upper


def test_payoffs_with_their_dimensions_and_labels(run):
    group = run["payoff"]
    assert set(group.data_vars) == {"npv"}
    assert group["npv"].dims == ("chain", "draw", "player", "strategy")
    assert group["npv"].shape == (4, 16, 2, len(STRATEGY_NAMES))
    parts = run["component"]
    assert set(parts.data_vars) == {"component_mean", "component_mcse"}
    for values in parts.data_vars.values():
        assert values.dims == ("player", "strategy", "component")
    for values in (*parts.data_vars.values(), *group.data_vars.values()):
        assert values.attrs["units"] == "USD billion"
    assert group["player"].values.tolist() == ["one", "two"]
    assert tuple(group["strategy"].values) == STRATEGY_NAMES
    assert tuple(parts["component"].values) == COMPONENT_NAMES
    assert "option" not in run.children


def test_coordinates_are_those_of_the_dimensions_alone(run):
    for group in run.children.values():
        assert set(group.coords) == set(group.dims)


def test_attributes_are_strings_and_numbers(run):
    for node in run.subtree:
        for holder in (node, *node.data_vars.values()):
            assert all(type(value) in (str, int, float) for value in holder.attrs.values())
    stated = {"draws": 64, "chains": 4, "seed": 5, "sampler": "sobol", "options": 0, "name": "mine"}
    assert run.attrs.items() >= stated.items()
    assert run.attrs["currency"] == "USD billion, nominal"


@pytest.mark.slow
def test_the_file_gives_the_run_back(run, tmp_path):
    run.to_netcdf(tmp_path / "run.nc", engine="h5netcdf")
    with xr.open_datatree(tmp_path / "run.nc", engine="h5netcdf") as stored:
        back = stored.load()
    assert back.identical(run)
    for name, group in run.children.items():
        for key, values in group.data_vars.items():
            assert same_bytes(back[name][key], values)
    assert decision(back) == decision(run)


# ------------------------------------------------------------------------------------- its parts


def test_the_components_add_up_to_the_mean_payoff(run):
    npv = run["payoff/npv"]
    mean = run["component/component_mean"]
    size = abs(mean).sum("component")
    gap = abs(mean.sum("component") - npv.mean(("chain", "draw")))
    assert (gap <= 1e-12 * size).all()
    assert (size > 0.0).all()


def test_the_component_errors_are_measured_across_chains(run):
    """Trust is lost by exit alone: its component is minus the quantity."""
    trust = -run["prior/player.trust_loss"].mean("draw")
    cell = {"strategy": "exit", "component": "developer_trust"}
    found = run["component/component_mcse"].sel(cell)
    assert found.values == pytest.approx(trust.std("chain", ddof=1).values / CHAINS**0.5)
    assert run["component/component_mean"].sel(cell).values == pytest.approx(
        trust.mean("chain").values
    )


def test_progress_ends_at_one():
    told = []
    run_of(progress=told.append)
    assert told[-1] == 1.0
    assert told == sorted(told)


# ------------------------------------------------------------------------------------ repeatability


@pytest.mark.parametrize("sampler", ["sobol", "random"])
def test_the_same_seed_gives_the_same_bytes(sampler):
    one, other = run_of(sampler=sampler), run_of(sampler=sampler)
    assert one.attrs == other.attrs
    for name, group in one.children.items():
        for key, values in group.data_vars.items():
            assert same_bytes(values, other[name][key])


def test_another_seed_gives_other_draws(run):
    other = run_of(seed=6)
    assert not np.isin(other["payoff/npv"], run["payoff/npv"]).any()


def test_a_run_is_repeated_from_the_text_it_carries(run):
    again = simulate(load_text(run.attrs["priors"], "again.toml"), DRAWS, 5, CHAINS, options=False)
    assert again.identical(run)


def test_a_player_left_out_leaves_the_draws_of_the_others():
    """It is out of the market as well, so that what they earn changes."""
    whole = simulate(priors_of(), DRAWS, 5, CHAINS, options=False)
    priors = priors_of(head='exclude = ["one"]\n')
    part = simulate(priors, DRAWS, 5, CHAINS, options=False)
    assert part["payoff"]["player"].values.tolist() == ["two"]
    for quantity in (*GLOBAL_QUANTITIES, *PLAYER_QUANTITIES):
        values = whole["prior"][quantity.name]
        own = values.sel(player=["two"]) if "player" in values.dims else values
        assert same_bytes(part["prior"][quantity.name], own)
    before = whole["payoff/npv"].sel(player="two")
    after = part["payoff/npv"].sel(player="two")
    assert np.array_equal(before.sel(strategy="exit"), after.sel(strategy="exit"))
    assert not np.isclose(before.sel(strategy="stay"), after.sel(strategy="stay")).all()


# ---------------------------------------------------------------------------------------- refusals


def test_a_draw_that_is_not_finite_is_named_with_its_quantities():
    """Robotics beyond the range of floats."""
    overrides = (
        "robotics.success=1",
        "robotics.profit_pool=1e308",
        "players.one.robotics_capture=1",
        "players.one.robotics_uplift=1e9",
        "players.one.robotics_complement=0",
    )
    with pytest.raises(NumericalError, match=r"^the NPV of exit for one is inf in draw") as caught:
        run_of(*overrides)
    assert caught.value.exit_code == 3
    head, *lines = str(caught.value).splitlines()
    assert head == "the NPV of exit for one is inf in draw 0 of chain 0, where"
    stated = dict(line.strip().split(" = ") for line in lines)
    globals_ = [quantity.name for quantity in GLOBAL_QUANTITIES]
    assert list(stated) == globals_ + [f"players.one.{q.key}" for q in PLAYER_QUANTITIES]
    assert stated["players.one.robotics_uplift"] == "1e+09"
    assert all(np.isfinite(float(value)) for value in stated.values())


def test_the_draw_that_is_named_is_the_one_that_failed(run):
    """A salvage beyond the range of floats where a second one is added: only in some draws."""
    with pytest.raises(NumericalError, match=r"NPV of exit for two is inf") as caught:
        run_of(
            "players.two.salvage=1.7e308",
            "players.two.robotics_capture=1",
            "players.two.robotics_uplift=1.7e308",
            "robotics.profit_pool=1",
        )
    draw, chain = map(int, re.findall(r"draw (\d+) of chain (\d+)", str(caught.value))[0])
    named = dict(re.findall(r"^  (\S+) = (\S+)$", str(caught.value), re.MULTILINE))
    for name in ("market.size_2033", "robotics.success", "ipo.refund"):
        drawn = float(run["prior"][name][chain, draw])
        assert float(named[name]) == pytest.approx(drawn, rel=1e-5)
    own = float(run["prior/player.discount_rate"].sel(player="two")[chain, draw])
    assert float(named["players.two.discount_rate"]) == pytest.approx(own, rel=1e-5)


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ((64, 3), "3 chains are too few: fewer independent randomizations .* use 4 or more"),
        ((96, 4), "96 draws over 4 chains are 24 a chain: .* nearest totals are 64 or 128$"),
        ((66, 4), "66 draws over 4 chains are 16.5 a chain: .* nearest totals are 64 or 128$"),
        ((4, 4), "4 draws over 4 chains are 1 a chain: .* nearest totals are 8$"),
    ],
)
def test_a_size_that_cannot_be_is_refused_with_those_that_can(size, message):
    with pytest.raises(InputError, match=message):
        simulate(priors_of(), size[0], 5, size[1], options=False)


def test_an_unknown_sampler_and_a_negative_seed_are_refused():
    with pytest.raises(InputError, match="sampler 'grid' is unknown: expected sobol or random"):
        run_of(sampler="grid")
    with pytest.raises(InputError, match="seed -1 is below 0"):
        run_of(seed=-1)


# --------------------------------------------------------------------------- the two real options


@pytest.fixture(scope="module")
def pair():
    """The same draws with and without the real options."""
    priors = priors_of(players=("one",))
    return tuple(simulate(priors, 8192, 5, CHAINS, options=options) for options in (True, False))


def test_a_run_with_real_options_has_their_group_and_components(pair):
    with_options, _ = pair
    group = with_options["option"]
    assert set(group.data_vars) == {"timing", "payoff"}
    values = with_options["option_value"]
    assert set(values.data_vars) >= {"value", "value_mcse", "upper", "upper_mcse"}
    assert group["timing"].dims == group["payoff"].dims == ("chain", "draw", "player", "strategy")
    assert all(one.dims == ("player", "strategy") for one in values.data_vars.values())
    found = with_options["component/component_mean"]["component"].values
    assert tuple(found) == (*COMPONENT_NAMES, *OPTION_COMPONENT_NAMES)
    assert with_options.attrs["options"] == 1


def test_the_draws_are_those_without_real_options(pair):
    with_options, without = pair
    assert with_options["prior"].identical(without["prior"])


def test_real_options_are_used_in_the_years_that_they_are_given_for(pair):
    timing = pair[0]["option/timing"]
    for strategy in STRATEGY_NAMES:
        years = RETURN_YEARS if strategy == "exit" else LEAVING_YEARS
        assert set(timing.sel(strategy=strategy).values.ravel()) <= {NEVER, *years}
    assert (timing.sel(strategy="stay") != NEVER).any()


def test_a_payoff_is_the_one_without_the_real_option_and_what_using_it_pays(pair):
    with_options, without = pair
    paid = with_options["option/payoff"]
    npv, before = with_options["payoff/npv"], without["payoff/npv"]
    size = abs(npv) + abs(before) + abs(without["component/component_mean"]).sum("component")
    assert (abs(npv - (before + paid)) <= 1e-10 * size).all()
    unused = with_options["option/timing"] == NEVER
    assert (paid.where(unused, 0.0) == 0.0).all()
    assert np.array_equal(npv.where(unused), before.where(unused), equal_nan=True)
    assert (paid != 0.0).any()


def test_the_value_of_an_option_is_the_mean_of_what_it_pays(pair):
    group = pair[0]["option_value"]
    means = pair[0]["option/payoff"].mean("draw")
    assert group["value"].values == pytest.approx(means.mean("chain").values)
    error = means.std("chain", ddof=1).values / CHAINS**0.5
    assert group["value_mcse"].values == pytest.approx(error)


def test_components_add_up_with_the_real_options_too(pair):
    mean = pair[0]["component/component_mean"]
    size = abs(mean).sum("component")
    gap = abs(mean.sum("component") - pair[0]["payoff/npv"].mean(("chain", "draw")))
    assert (gap <= 1e-12 * size).all()
    alone = mean.sel(component="reentry").drop_sel(strategy="exit")
    assert (alone == 0.0).all()
    assert (mean.sel(component="abandonment", strategy="exit") == 0.0).all()


def test_the_decision_states_the_means_without_the_real_options(pair):
    with_options, without = (decision(one)["players"]["one"]["strategies"] for one in pair)
    for strategy, cell in with_options.items():
        expected = without[strategy]
        found = cell["mean_without_option"], cell["mean_without_option_mcse"]
        assert found == pytest.approx((expected["mean"], expected["mean_mcse"]))
        gained = cell["mean"] - cell["mean_without_option"]
        assert gained == pytest.approx(cell["option"]["value"], abs=1e-9)
