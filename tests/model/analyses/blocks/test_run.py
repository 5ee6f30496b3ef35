"""A run in blocks says what the run in one piece says of all draws, and keeps the first of them."""

import json

import numpy as np
import pytest

from model.analyses.blocks import memory, quantities
from model.analyses.blocks import run as blocks
from model.analyses.decision import decision
from model.simulation import simulate as simulation
from priors.errors import InputError, NumericalError
from priors.reading.load import load_priors
from reports.run.summary import summary

SIZE = {"draws": 2048, "chains": 4, "options": False}


@pytest.fixture
def lowered(monkeypatch):
    """Blocks from 512 draws on, of which 256 are kept; a chain is 3 blocks and a short one."""
    monkeypatch.setattr(memory, "MOST_IN_ONE_PIECE", 512)
    monkeypatch.setattr(memory, "KEPT", 256)
    plan = blocks.Plan
    monkeypatch.setattr(blocks, "Plan", lambda *stated: plan(*stated, block=150))


def assert_close(found, expected, path=""):
    """Equal to rounding, numbers and all else."""
    if isinstance(expected, dict):
        assert set(found) == set(expected), path
        for key in expected:
            assert_close(found[key], expected[key], f"{path}/{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), path
        for one, other in zip(found, expected, strict=True):
            assert_close(one, other, path)
    elif isinstance(expected, float):
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True), path
    else:
        assert found == expected, path


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("base.toml", {}),
        pytest.param(
            "strategies.toml",
            {"sampler": "random", "without": ["api_only"], "seed": 4},
            marks=pytest.mark.slow,
        ),
    ],
)
def test_every_figure_is_that_of_one_piece(lowered, name, stated):
    priors = load_priors(name)
    whole = simulation.simulate(priors, **SIZE | stated)
    found = blocks.simulate(priors, **SIZE | stated)
    assert_close(decision(found), decision(whole))
    assert_close(decision(found, ["runway"]), decision(whole, ["runway"]))
    ours, theirs = summary(found), summary(whole)
    assert list(ours.index) == list(theirs.index)
    assert list(ours.columns) == list(theirs.columns)
    np.testing.assert_allclose(ours.to_numpy(), theirs.to_numpy(), rtol=1e-9, atol=1e-12)
    for key in ("component_mean", "component_mcse"):
        ours, theirs = (run["component"].dataset[key] for run in (found, whole))
        np.testing.assert_allclose(ours.values, theirs.values, rtol=1e-9, atol=1e-12)


def test_the_first_draws_of_each_chain_are_kept(lowered):
    priors = load_priors("base.toml")
    found = blocks.simulate(priors, **SIZE)
    assert (found.attrs["draws"], found.attrs["kept"]) == (2048, 256)
    whole = simulation.simulate(priors, **SIZE)
    for group in ("prior", "payoff"):
        for key, values in found[group].dataset.data_vars.items():
            if "draw" in values.dims:
                first = whole[group].dataset[key].isel(draw=slice(64))
                assert np.array_equal(values.values, first.values), key


@pytest.mark.slow
@pytest.mark.parametrize("reach", [0.0, 0.3, 1e3])
def test_quantiles_of_quantities_are_exact_wherever_they_are_looked_for(
    lowered, monkeypatch, reach
):
    monkeypatch.setattr(quantities, "_REACH", reach)
    monkeypatch.setattr(quantities.QuantityFigures.__init__, "__defaults__", (reach,))
    priors = load_priors("base.toml")
    stated = SIZE | {"sampler": "random"}
    ours = summary(blocks.simulate(priors, **stated))
    theirs = summary(simulation.simulate(priors, **stated))
    np.testing.assert_allclose(ours.to_numpy(), theirs.to_numpy(), rtol=1e-9, atol=1e-12)


def test_few_draws_are_in_one_piece():
    found = blocks.simulate(load_priors("base.toml"), 256, chains=4, options=False)
    assert "whole" not in found.children
    assert "kept" not in found.attrs


def test_progress_rises_to_one(lowered):
    told = []
    blocks.simulate(load_priors("base.toml"), **SIZE, progress=told.append)
    assert told == sorted(told)
    assert len(told) > 16
    assert told[-1] == 1.0


def test_a_draw_that_is_not_finite_is_told_with_its_place(lowered, monkeypatch):
    """The kept draws are made first: of those that come after, none may escape."""
    evaluate = blocks.evaluate_in_blocks.__globals__["evaluate_inputs"]

    def spoilt(inputs, out):
        out, npv = evaluate(inputs, out)
        if len(npv) == 62:  # the last block of a chain of 512
            npv[7, 3, 1] = np.nan
        return out, npv

    monkeypatch.setitem(blocks.evaluate_in_blocks.__globals__, "evaluate_inputs", spoilt)
    with pytest.raises(NumericalError, match=r"bytedance is nan in draw 457 of chain 0"):
        blocks.simulate(load_priors("base.toml"), **SIZE)


# ------------------------------------------------------------------------------- what does not fit


def test_more_draws_with_options_than_memory_holds_are_refused_before_any_work(monkeypatch):
    monkeypatch.setattr(memory, "memory", lambda: 4e9)
    priors = load_priors("base.toml")
    with pytest.raises(InputError, match=r"16,777,216 draws .* need about \d+ GB") as refused:
        blocks.simulate(priors, 2**24)
    fit = int(str(refused.value).split(": ")[1].split(" draws fit")[0].replace(",", ""))
    assert fit == 2**19
    memory.check_memory(priors, fit, options=True)
    memory.check_memory(priors, 2**30, options=False)
    monkeypatch.setattr(memory, "memory", lambda: None)
    memory.check_memory(priors, 2**30, options=True)


def test_scratch_files_that_do_not_fit_are_refused(lowered, monkeypatch):
    usage = type("Usage", (), {"free": 2**28})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(InputError, match="set TMPDIR to a folder with more room"):
        blocks.simulate(load_priors("base.toml"), **SIZE)


def test_the_memory_of_a_container_counts(monkeypatch, tmp_path):
    limit, free = tmp_path / "memory.max", tmp_path / "meminfo"
    free.write_text("MemTotal: 9 kB\nMemAvailable:  2000 kB\n")
    monkeypatch.setattr(memory, "_LIMITS", (limit,))
    monkeypatch.setattr(memory, "_FREE", free)
    assert memory.memory() == 2_048_000.0
    limit.write_text("max\n")
    assert memory.memory() == 2_048_000.0
    limit.write_text("1000000\n")
    assert memory.memory() == 1_000_000.0


def test_what_looks_asked_of_a_run_in_blocks(lowered):
    run = blocks.simulate(load_priors("base.toml"), **SIZE)
    look = {"draws": 2048, "chains": 4, "required": 1e6, "worst": 3.0, "open": ["pika"]}
    stated = {"goal": "resolved", "stopped": "max_draws", "max_draws": 2048, "looks": [look]}
    run.attrs["looks"] = json.dumps(stated)
    found = decision(run)
    assert found["looks"] == stated
    assert not any(entry["resolved"] for entry in found["players"].values())
    assert {entry["required"] for entry in found["types"].values()} == {1e6}
