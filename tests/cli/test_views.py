"""`--views`: on a new run and a finished one; kept, hashed, whole or not at all."""

import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from model.numerics.jit import cache_folder
from reports.run.hashes import sha256
from tests.cli.conftest import SMALL, run_command
from tests.cli.test_faults import drafts, start, wait_for


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_cache(cache, monkeypatch):
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name: str(cache / name))


@pytest.fixture(scope="module")
def viewed(finished, cache, tmp_path_factory):
    """A finished run to which views were added."""
    folder = shutil.copytree(finished[0] / "runs" / "base", tmp_path_factory.mktemp("v") / "run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("platformdirs.user_cache_dir", lambda name: str(cache / name))
        result = run_command("report", folder, "--views")
    assert result.exit_code == 0, result.stderr
    return folder, result


def test_views_are_added_to_a_finished_run_and_told(viewed):
    folder, result = viewed
    content = json.loads((folder / "views.json").read_text())
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["outputs"]["views.json"] == sha256(folder / "views.json")
    assert content["draws"] == 256
    assert "small market" in result.stdout
    assert "breakout" in result.stdout
    assert f"report: {folder / 'report.html'}" in result.stderr
    assert run_command("report", folder).exit_code == 0


def test_a_second_call_takes_what_is_kept_and_gives_the_same_bytes(viewed, copy, monkeypatch):
    def refused(*_, **__):
        message = "simulated again"
        raise AssertionError(message)

    monkeypatch.setattr("model.analyses.blocks.run.simulate", refused)
    assert run_command("report", copy, "--views").exit_code == 0
    assert (copy / "views.json").read_bytes() == (viewed[0] / "views.json").read_bytes()


def test_a_damaged_entry_is_made_anew_to_the_same_bytes(viewed, copy, cache):
    for path in (cache / "decide" / "views").iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    assert run_command("report", copy, "--views").exit_code == 0
    assert (copy / "views.json").read_bytes() == (viewed[0] / "views.json").read_bytes()


def test_a_new_run_has_the_same_views(viewed, decide):
    result = decide("simulate", "--priors", "base.toml", *SMALL, "--views", "--out", "x")
    assert result.exit_code == 0, result.stderr
    assert Path("x/views.json").read_bytes() == (viewed[0] / "views.json").read_bytes()
    assert "Under other views" in result.stdout


def test_an_interrupt_leaves_the_run_as_it_was(copy, tmp_path):
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    home = tmp_path / "home"
    process = start(tmp_path, "report", copy, "--views", env=_environment(XDG_CACHE_HOME=str(home)))
    kept = home / "decide" / "views"
    wait_for(lambda: kept.is_dir() and list(kept.glob("*.json")), process)
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1].endswith("decide: interrupted\n")
    assert process.returncode == 130
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == before
    assert drafts(tmp_path) == []


def _environment(**changed):
    return os.environ | {"NUMBA_CACHE_DIR": str(cache_folder().parent)} | changed
