"""A prior file and a run of the first edition, made by its program, are still of use."""

import json
import shutil
from pathlib import Path

import h5py
import numpy as np
import pytest

from model.sampling import joint
from model.sampling.defaults import EARLIER_SAMPLER, SAMPLER_VERSION
from model.sampling.joint import sample
from priors.reading.load import load_priors
from reports.run.reading import read_run
from reports.run.reproduction import (
    Comparison,
    earlier_sampler,
    first_edition,
    made_by_first,
    sampler_of,
)
from tests.reference.run_files import restate

DATA = Path(__file__).parents[1] / "data" / "first_edition"
FILE = DATA / "three_players.toml"


@pytest.fixture
def old(tmp_path):
    """A copy of the run that the first edition made."""
    return shutil.copytree(DATA / "run", tmp_path / "old")


@pytest.mark.parametrize("file", [FILE, DATA / "run" / "priors.toml"], ids=lambda file: file.name)
def test_the_file_gives_the_draws_of_its_day(file):
    drawn = sample(load_priors(file), 256, seed=20260324, chains=4)
    stored = np.load(DATA / "components.npz")
    names = [quantity.name for quantity in drawn.quantities.shared]
    assert names == stored["industry_quantities"].tolist()
    keys = [quantity.key for quantity in drawn.quantities.own]
    assert keys == stored["player_quantities"].tolist()
    for chain in range(4):
        for found, kept in (
            (drawn.globals_(chain), stored["industry_draws"][chain]),
            (drawn.of_players(chain), stored["player_draws"][chain]),
        ):
            np.testing.assert_allclose(found, kept, rtol=1e-5, atol=0.0)
            assert np.isclose(found, kept, rtol=1e-13, atol=0.0).mean() > 0.9


def test_check_says_in_one_line_that_it_is_of_the_first_edition(decide):
    result = decide("priors", "check", FILE)
    assert result.exit_code == 0
    assert result.stdout == f"{FILE}: good: 99 priors, 3 players\n"
    (said,) = [line for line in result.stderr.splitlines() if "schema 1" in line]
    how = "read with the quantities of the second at their neutral values"
    more = f"`decide priors migrate {FILE}` writes one of the second"
    assert said == f"note: {FILE}: a file of the first edition (schema 1), {how}; {more}"


def test_migrate_writes_a_file_that_is_good_and_of_the_second_edition(decide, tmp_path):
    result = decide("priors", "migrate", FILE)
    assert (result.exit_code, result.stderr) == (0, "")
    path = tmp_path / "new.toml"
    written = decide("priors", "migrate", FILE, "--out", path)
    assert (written.exit_code, written.stdout, written.stderr) == (0, "", f"priors: {path}\n")
    assert path.read_text(encoding="utf-8") == result.stdout
    checked = decide("priors", "check", path)
    assert checked.stdout == f"{path}: good: 107 priors, 3 players\n"
    assert "schema 1" not in checked.stderr


def test_migrate_replaces_no_file_unless_told(decide, tmp_path):
    path = tmp_path / "new.toml"
    path.write_text("mine")
    refused = decide("priors", "migrate", FILE, "--out", path)
    assert refused.exit_code == 2
    assert f"{path}: exists already; choose another file, or say --force" in refused.stderr
    assert path.read_text() == "mine"
    assert decide("priors", "migrate", FILE, "--out", path, "--force").exit_code == 0
    assert load_priors(path).edition == 2


def test_migrate_of_a_file_of_today_gives_it_back(decide, tmp_path):
    (tmp_path / "mine.toml").write_text('extends = "base.toml"\n')
    result = decide("priors", "migrate", "mine.toml")
    assert (result.exit_code, result.stdout) == (0, 'extends = "base.toml"\n')
    assert result.stderr == "note: mine.toml: is of schema 2: nothing to migrate\n"


@pytest.mark.slow
def test_a_manifest_of_the_first_edition_states_none(old):
    stored = read_run(old)
    assert made_by_first(stored.manifest)
    assert not made_by_first({"edition": 1})


def test_what_is_said_of_a_run_of_the_first_edition():
    same, other = Comparison("prior/a", 0, 8, 0.0), Comparison("payoff/npv", 3, 8, 1.0)
    head, draws, rest = first_edition("old", [same, other])
    assert head == (
        "old: made by the first edition of the model, and repeated by the second, "
        "with what is new at its neutral value"
    )
    assert draws == "draws: the same, bit by bit: 1 variables, 8 values"
    assert rest == "what differs below does so because the economics changed between the editions:"
    near = Comparison("prior/b", 1, 8, 1e-9, close=True)
    assert first_edition("old", [same, near, other])[1] == (
        "draws: the same, to 1e-5 of each: 2 variables, 16 values"
    )
    moved = Comparison("prior/b", 1, 8, 0.1)
    assert first_edition("old", [same, moved, other]) == [head]


@pytest.mark.slow
def test_reproduce_says_which_edition_made_the_run(decide, old):
    result = decide("reproduce", old)
    assert result.exit_code == 3
    version, *lines = result.stdout.splitlines()
    assert version == f"{old}: drawn by version 1 of the sampler, and repeated by a later one"
    assert lines[0].startswith(f"{old}: made by the first edition of the model, and repeated")
    assert lines[1].startswith("draws: the same, to 1e-5 of each: 51 variables, ")
    assert lines[2].startswith("what differs below does so because the economics changed")
    assert not [line for line in lines if line.startswith("prior/")]
    assert [line for line in lines if line.startswith("payoff/npv: ")]


@pytest.mark.slow
def test_a_run_of_todays_program_on_the_old_file_is_reproduced(decide, tmp_path):
    words = ("--draws", "64", "--chains", "4", "--no-options", "--out", tmp_path / "run")
    made = decide("simulate", "--priors", FILE, *words)
    assert made.exit_code == 0, made.stderr
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text())
    assert manifest["edition"] == 1
    assert (tmp_path / "run" / "priors.toml").read_text().startswith("schema = 1\n")
    result = decide("reproduce", tmp_path / "run")
    assert result.exit_code == 0, result.stdout
    assert "the same, bit by bit" in result.stdout


@pytest.mark.slow
def test_an_analysis_of_an_old_run_says_whose_equations_it_uses(decide, old):
    result = decide("option", old)
    assert result.exit_code == 0
    assert "made by the first edition of the model; the equations used now" in result.stderr


@pytest.mark.parametrize("command", ["report", pytest.param("option", marks=pytest.mark.slow)])
def test_the_run_still_opens(decide, old, command):
    result = decide(command, old)
    assert result.exit_code == 0, result.stderr
    page = (old / "report.html").read_text(encoding="utf-8")
    assert "OpenAI (Sora)" in page
    manifest = json.loads((old / "manifest.json").read_text())
    assert made_by_first(manifest)


@pytest.mark.slow
def test_a_run_of_an_earlier_sampler_is_reproduced_to_1e_5(decide, tmp_path, monkeypatch):
    """Columns by number, a quantity moved by a part in a million, and a manifest of no version."""
    words = ("--draws", "64", "--chains", "4", "--no-options", "--out", tmp_path / "run")
    with monkeypatch.context() as earlier:
        earlier.setattr(joint, "columns", lambda _, count: range(count))
        assert decide("simulate", "--priors", "base.toml", *words).exit_code == 0
    path = tmp_path / "run" / "manifest.json"
    manifest = json.loads(path.read_text())
    assert manifest.pop("sampler_version") == SAMPLER_VERSION
    path.write_text(json.dumps(manifest))
    with h5py.File(tmp_path / "run" / "run.nc", "r+") as file:
        file["prior/market.size_2033"][...] *= 1.0 + 1e-6
    restate(tmp_path / "run", "run.nc")
    result = decide("reproduce", tmp_path / "run")
    assert result.exit_code == 0, result.stdout
    assert "the same, to 1e-5 of each: " in result.stdout
    with h5py.File(tmp_path / "run" / "run.nc", "r+") as file:
        file["prior/market.size_2033"][...] *= 1.0 + 2e-5
    restate(tmp_path / "run", "run.nc")
    result = decide("reproduce", tmp_path / "run")
    assert result.exit_code == 3
    assert "prior/market.size_2033: 64 of 64 values differ" in result.stdout


@pytest.mark.parametrize(
    ("sampler", "version", "again", "earlier"),
    [
        ("sobol", None, EARLIER_SAMPLER, 1),
        ("sobol", 2, EARLIER_SAMPLER, 2),
        ("sobol", SAMPLER_VERSION, "sobol", None),
        ("sobol", SAMPLER_VERSION + 1, "sobol", None),
        ("random", 2, "random", 2),
    ],
)
def test_which_sampler_repeats_a_run_and_how_nearly(sampler, version, again, earlier):
    manifest = {"sampler": sampler, "sampler_version": version}
    assert (sampler_of(manifest), earlier_sampler(manifest)) == (again, earlier)


def test_the_earlier_sampler_is_no_choice_of_the_command_line(decide, tmp_path):
    words = ("--sampler", EARLIER_SAMPLER, "--out", tmp_path / "run")
    result = decide("simulate", "--priors", FILE, *words)
    assert result.exit_code == 2
    assert "sampler 'sobol-2' is unknown: expected sobol or random" in result.stderr
