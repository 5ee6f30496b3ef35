"""`decide doctor`: each line can be good, and each can be wrong."""

import json
import tempfile
from importlib.metadata import PackageNotFoundError

import pytest

from cli import examination
from model.numerics import jit


@pytest.fixture
def quick(monkeypatch):
    """Without the self-test, which takes seconds."""
    good = examination.Finding("self-test", "good")
    monkeypatch.setattr(examination, "_self_test", lambda: good)


def test_all_is_well_here(decide):
    result = decide("doctor")
    assert result.exit_code == 0, result.output
    for name in ("decide", "python", "numba", "cores", "threads", "terminal", "cache", "drafts"):
        assert f"\n{name}:" in f"\n{result.stdout}"
    assert "8 figures are those stored" in result.stdout


def test_a_stored_figure_that_is_altered_fails_the_self_test(decide, monkeypatch):
    altered = examination.EXPECTED["pika"] * (1 + 1e-7)
    monkeypatch.setitem(examination.EXPECTED, "pika", altered)
    result = decide("doctor", "--json")
    assert result.exit_code == 3
    entry = json.loads(result.stdout)["self-test"]
    assert entry == {"found": "other figures than stored: pika", "good": False}


def test_a_self_test_that_raises_is_told(decide, monkeypatch):
    def broken(*_args, **_options):
        message = "no"
        raise ArithmeticError(message)

    monkeypatch.setattr("model.simulation.simulate.simulate", broken)
    result = decide("doctor")
    assert result.exit_code == 3
    assert "failed: ArithmeticError: no  <- this is wrong" in result.stdout


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", ["working folder", "cache"])
def test_a_folder_that_cannot_be_written_is_told(decide, monkeypatch, tmp_path, name):
    made = tempfile.TemporaryFile
    monkeypatch.setattr(jit, "cache_folder", lambda: tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    refused = tmp_path if name == "working folder" else tmp_path / "cache"

    def denied(*, dir):  # noqa: A002  # tempfile names it so
        if dir == refused:
            raise PermissionError(13, "Permission denied")
        return made(dir=dir)

    monkeypatch.setattr(tempfile, "TemporaryFile", denied)
    result = decide("doctor")
    assert result.exit_code == 2
    wrong = [line for line in result.stdout.splitlines() if "this is wrong" in line]
    assert len(wrong) == 1
    assert wrong[0].startswith(f"{name}:")


@pytest.mark.usefixtures("quick")
def test_a_library_that_is_not_there_is_told(decide, monkeypatch):
    monkeypatch.setattr(examination, "_LIBRARIES", ("numpy", "nothing-of-that-name"))
    result = decide("doctor", "--json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert found["nothing-of-that-name"] == {"found": "is not installed", "good": False}
    assert found["numpy"]["good"]


@pytest.mark.usefixtures("quick")
def test_a_library_that_no_command_needs_is_a_note(decide, monkeypatch):
    installed = examination.version

    def lacking(name):
        if name == "pymc":
            raise PackageNotFoundError(name)
        return installed(name)

    monkeypatch.setattr(examination, "version", lacking)
    result = decide("doctor")
    assert result.exit_code == 0
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("pymc:")]
    assert line.split(maxsplit=1)[1] == "is not installed: only decide.pymc_model needs it"


@pytest.mark.usefixtures("quick")
def test_drafts_of_earlier_versions_are_named_and_left(decide, tmp_path):
    names = (".report.html-0a_b1c2d.tmp", "runs/.base-abcd1234.tmp", "runs/.base-abcd1234.tmp.old")
    others = ("runs/.base-ABCD1234.tmp", "runs/notes-abcd1234.tmp", "runs/.base.tmp")
    for name in (*names, *others, "runs/base/.decision.json-zzzzzzzz.tmp"):
        (tmp_path / name).mkdir(parents=True)
    result = decide("doctor", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)["drafts"]
    assert found["good"]
    assert found["found"].startswith(f"{', '.join(names)} and 1 more: left by an earlier version")
    assert all((tmp_path / name).is_dir() for name in (*names, *others))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", ["numba-0123456789abcdef", "decide-numba-x"])
def test_a_temporary_cache_is_said_to_be_one(decide, monkeypatch, tmp_path, name):
    (tmp_path / name).mkdir()
    monkeypatch.setattr(jit, "cache_folder", lambda: tmp_path / name)
    result = decide("doctor", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)["cache"]["found"]
    assert ("a temporary one" in found) == (name == "decide-numba-x")
