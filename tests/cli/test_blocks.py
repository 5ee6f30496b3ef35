"""A run of more draws than it keeps, from the outside: its files, what it says, what follows."""

import json
import shutil

import pytest
import xarray as xr

from model.analyses.blocks import memory
from tests.cli.conftest import run_command

ASKED = ("simulate", "--priors", "base.toml", "--no-options", "--chains", "4", "--draws", "1024")
KEPT = "run.nc keeps 256 of the 1,024 draws, the first of each chain"


@pytest.fixture(scope="module")
def lowered():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "MOST_IN_ONE_PIECE", 512)
        patch.setattr(memory, "KEPT", 256)
        yield patch


@pytest.fixture(scope="module")
def made(lowered, tmp_path_factory):
    folder = tmp_path_factory.mktemp("blocks")
    lowered.chdir(folder)
    result = run_command(*ASKED)
    assert result.exit_code == 0, result.stderr
    return folder / "runs" / "base", result


@pytest.fixture
def run(made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(made[0], tmp_path / "run")


def test_files_page_and_terminal_say_what_is_kept(made):
    folder, result = made
    assert KEPT in result.stderr
    assert "1,024 draws" in " ".join(result.stdout.split())
    assert KEPT in (folder / "report.html").read_text()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["draws"], manifest["kept"]) == (1024, 256)
    with xr.open_datatree(folder / "run.nc") as tree:
        assert (tree.attrs["draws"], tree.attrs["kept"]) == (1024, 256)
        assert tree["payoff"]["npv"].sizes["draw"] == 64
    assert json.loads((folder / "decision.json").read_text())["draws"] == 1024


def test_it_is_reproduced_bit_by_bit(run, lowered):
    result = run_command("reproduce", run)
    assert result.exit_code == 0, result.stdout
    assert "the same, bit by bit" in result.stdout


@pytest.mark.slow
def test_the_report_is_rebuilt_the_same(run):
    page = (run / "report.html").read_text()
    (run / "report.html").unlink()
    assert run_command("report", run).exit_code == 0
    assert (run / "report.html").read_text() == page


@pytest.mark.slow
@pytest.mark.parametrize("command", ["option", "sensitivity", "check"])
def test_analyses_of_the_draws_kept_leave_the_figures_of_all(run, command):
    before = {name: (run / name).read_bytes() for name in ("decision.json", "summary.csv")}
    result = run_command(command, run)
    assert result.exit_code in {0, 3}, result.stderr
    assert (command == "check") or KEPT in result.stderr
    for name, content in before.items():
        assert (run / name).read_bytes() == content


def test_draws_that_memory_does_not_hold_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(memory, "memory", lambda: 2e9)
    result = run_command("simulate", "--priors", "base.toml", "--draws", str(2**24))
    assert result.exit_code == 2
    assert "draws fit; with --no-options any number does, in blocks" in result.stderr
    assert list(tmp_path.iterdir()) == []
