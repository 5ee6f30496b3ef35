"""Analyses of a prior file join the run of that file, where it has the same settings."""

import json
import shutil

import pytest

import cli.workflow
from priors.errors import InputError

SETTINGS = ("--draws", "256", "--chains", "4", "--no-options")
OWN = "one is simulated"


@pytest.fixture
def asked(decide, finished, tmp_path, monkeypatch):
    """Ask for what drives the decision; the run that is added to, or that it makes its own."""
    shutil.copytree(finished[0] / "runs", tmp_path / "runs")
    joined = []

    def simulate(*_):
        raise InputError(OWN)

    monkeypatch.setattr(
        cli.workflow, "analyse_stored", lambda folder, *_, **__: joined.append(str(folder))
    )
    monkeypatch.setattr(cli.workflow, "_simulate", simulate)

    def ask(*words, command="sensitivity", settings=SETTINGS):
        joined.clear()
        result = decide(command, "--priors", "base.toml", *settings, *words)
        assert bool(joined) == (result.exit_code == 0) == (OWN not in result.stderr)
        return joined[0] if joined else OWN, result.stderr

    return ask


def restate(path, **changes):
    manifest = json.loads((path / "manifest.json").read_text())
    (path / "manifest.json").write_text(json.dumps(manifest | changes))


def test_the_run_of_the_same_priors_and_settings_is_added_to(asked):
    folder, said = asked()
    assert folder == "runs/base"
    line = "adding to runs/base, which has the same priors and settings; --out DIR makes a run of"
    assert said.count(line) == 1
    assert "adding" not in asked("--quiet")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("--seed", "1"),
        ("--chains", "8"),
        ("--draws", "512"),
        ("--sampler", "random"),
        ("--rivals", "stay"),
        ("--without", "api_only"),
        ("--player", "runway"),
        ("--out", "runs/other"),
        ("--until-resolved",),
        ("--set", "market.size_2033.scale=1.01"),
    ],
    ids=" ".join,
)
def test_another_setting_makes_a_run_of_its_own(asked, words):
    assert asked(*words)[0] == OWN


def test_real_options_are_a_setting(asked):
    assert asked(settings=SETTINGS[:-1])[0] == OWN
    assert asked(command="option", settings=SETTINGS[:-1])[0] == OWN


@pytest.mark.parametrize(
    "changes",
    [
        {"environment": {"versions": {"decide-video": "0.0.9"}}},
        {"sampler_version": 1},
        {"edition": 1},
        {"looks": {"goal": "resolved"}},
        {"outputs": {"priors.toml": "0" * 64}},
        {"outputs": 3},
    ],
    ids=["version", "sampler", "edition", "looks", "priors", "damaged"],
)
def test_a_run_made_in_another_way_is_not_added_to(asked, tmp_path, changes):
    restate(tmp_path / "runs" / "base", **changes)
    assert asked()[0] == OWN


def test_the_first_by_number_is_added_to_and_others_passed_over(asked, tmp_path):
    runs = tmp_path / "runs"
    for number in (10, 3):
        shutil.copytree(runs / "base", runs / f"base-{number}")
    restate(runs / "base", seed=1)
    (runs / "base-2").mkdir()
    shutil.copytree(runs / "base-3", runs / "base-copy")
    assert asked()[0] == "runs/base-3"
