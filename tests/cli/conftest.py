"""Commands run in this process, in a folder of their own; one small run that tests may copy."""

import shutil

import pytest
from typer.testing import CliRunner

from cli.main import app

#: Small enough to be quick, with a standard error still.
SMALL = ("--draws", "256", "--chains", "4", "--no-options")


def run_command(*words):
    """Run `decide` with these words; what it said is in `stdout` and `stderr`."""
    return CliRunner().invoke(app, [str(word) for word in words], prog_name="decide")


@pytest.fixture
def decide(tmp_path, monkeypatch):
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return run_command


@pytest.fixture(scope="session")
def small():
    return SMALL


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """A folder with one finished run, ``runs/base``, and what the command said."""
    folder = tmp_path_factory.mktemp("finished")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = run_command("simulate", "--priors", "base.toml", *SMALL)
    assert result.exit_code == 0, result.stderr
    return folder, result


@pytest.fixture
def copy(finished, tmp_path):
    """A copy of that run, to be spoilt."""
    return shutil.copytree(finished[0] / "runs" / "base", tmp_path / "copy")
