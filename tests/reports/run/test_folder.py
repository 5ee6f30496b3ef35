"""A run's folder: whole, or not there."""

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.analyses.results.manifest import Manifest
from priors.errors import InputError
from reports import atomic
from reports.atomic import write_atomic
from reports.drafts import draft_of, replaced_name
from reports.run import folder as files
from reports.run.folder import environment, write_run
from reports.run.hashes import sha256
from reports.run.place import Place, check_free, next_place
from tests.reference.run_files import is_whole

FILES = {"run.nc", "summary.csv", "decision.json", "priors.toml", "report.html", "manifest.json"}

MANIFEST = Manifest(
    environment=environment(),
    command=["decide", "simulate"],
    priors="made-up",
    overrides=[],
    draws=4096,
    chains=16,
    seed=7,
    sampler="random",
    options=True,
    players=None,
    inputs={},
)


@pytest.fixture
def small(made_up_decision: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Arguments of write_run; the slow files are stand-ins."""
    monkeypatch.setattr(files, "_write_summary", lambda run, path: path.write_text("rows\n"))
    monkeypatch.setattr(files, "_write_report", lambda *given: given[-1].write_text("hi"))
    run = xr.DataTree.from_dict({"payoff": xr.Dataset({"npv": ("draw", [1.0, 2.0])})})
    return {
        "run": run,
        "verdict": made_up_decision,
        "manifest": MANIFEST,
        "priors_text": "schema = 1\n",
    }


@pytest.mark.slow
def test_a_run_is_written_and_read_back(
    tmp_path: Path, made_up_run: xr.DataTree, made_up_decision: dict[str, Any]
) -> None:
    folder = write_run(
        made_up_run,
        made_up_decision,
        tmp_path / "runs" / "base",
        manifest=MANIFEST,
        priors_text=made_up_run.attrs["priors"],
    )
    assert {path.name for path in folder.iterdir()} == FILES
    assert [path.name for path in folder.parent.iterdir()] == ["base"]
    with xr.open_datatree(folder / "run.nc", engine="h5netcdf") as back:
        assert np.array_equal(back["payoff/npv"], made_up_run["payoff/npv"])
        assert back.attrs["priors"] == made_up_run.attrs["priors"]
    assert json.loads((folder / "decision.json").read_text()) == made_up_decision
    assert (folder / "summary.csv").read_text().splitlines()[1].startswith('"npv[openai, exit]",')


def test_the_manifest_has_the_hashes_of_all_other_files(
    tmp_path: Path, small: dict[str, Any]
) -> None:
    folder = write_run(folder=tmp_path / "x", **small)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["command"] == ["decide", "simulate"]
    assert manifest["environment"]["versions"]["numpy"] == np.__version__
    assert set(manifest["outputs"]) == FILES - {"manifest.json"}
    for name, digest in manifest["outputs"].items():
        assert sha256(folder / name) == digest


def test_an_existing_folder_is_refused_without_force(tmp_path: Path, small: dict[str, Any]) -> None:
    write_run(folder=tmp_path / "x", **small)
    with pytest.raises(InputError, match=r"x: exists already; choose another folder, or say --f"):
        write_run(folder=tmp_path / "x", **small)
    write_run(folder=tmp_path / "x", force=True, **small)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_force_never_deletes_what_no_run_wrote(tmp_path: Path, small: dict[str, Any]) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("precious")
    with pytest.raises(InputError, match=r"home: holds thesis\.txt, which no run wrote"):
        write_run(folder=tmp_path / "home", force=True, **small)
    folder = write_run(folder=tmp_path / "x", **small)
    (folder / "notes.txt").write_text("precious")
    with pytest.raises(InputError, match=r"x: holds notes\.txt, which no run wrote"):
        write_run(folder=folder, force=True, **small)
    assert (folder / "notes.txt").read_text() == "precious"


def test_a_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError, match="x: is a file, expected the name of a folder"):
        check_free(tmp_path / "x", force=True)


def test_an_empty_folder_is_used(tmp_path: Path, small: dict[str, Any]) -> None:
    (tmp_path / "x").mkdir()
    assert (write_run(folder=tmp_path / "x", **small) / "run.nc").exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_a_failure_leaves_the_old_run_and_no_rubbish(
    tmp_path: Path,
    small: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
) -> None:
    folder = write_run(folder=tmp_path / "x", **small)
    before = (folder / "manifest.json").read_text()

    def fail(*_: object) -> None:
        raise error("in the middle")

    monkeypatch.setattr(files, "_write_report", fail)
    with pytest.raises(error, match="in the middle"):
        write_run(folder=folder, force=True, **small)
    with pytest.raises(error, match="in the middle"):
        write_run(folder=tmp_path / "new", **small)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (folder / "manifest.json").read_text() == before


def test_a_failure_beside_the_draws_waits_for_them_and_takes_them_away(
    tmp_path: Path, small: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, written = threading.Event(), []

    def slow(groups: object, attributes: object, path: Path) -> None:
        begun.set()
        time.sleep(0.2)
        path.write_text("draws")
        written.append(path)

    def fail(*_: object) -> None:
        begun.wait(10.0)
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "write_netcdf", slow)
    monkeypatch.setattr(files, "_write_report", fail)
    with pytest.raises(KeyboardInterrupt):
        write_run(folder=tmp_path / "x", **small)
    assert len(written) == 1
    assert list(tmp_path.iterdir()) == []


def test_draws_that_cannot_be_written_leave_nothing(
    tmp_path: Path, small: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "write_netcdf", fail)
    with pytest.raises(OSError, match="No space left"):
        write_run(folder=tmp_path / "x", **small)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_rename_brings_the_old_run_back(
    tmp_path: Path, small: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_run(folder=tmp_path / "x", **small)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".decide-draft":
            raise OSError("disk gone")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="disk gone"):
        write_run(folder=folder, force=True, **small)
    assert {path.name for path in folder.iterdir()} == FILES


def test_a_killed_process_leaves_nothing_under_the_final_name(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import pathlib, sys, time
        from reports.run.place import Place
        folder = pathlib.Path(sys.argv[1]) / "x"
        with Place(folder) as place:
            (place.draft / "run.nc").write_text("half")
            print("ready", flush=True)
            time.sleep(60)
        """
    )
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not (tmp_path / "x").exists()
    write_atomic(tmp_path / "other", "still works")


def test_a_single_file_is_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    write_atomic(path, "old")
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(atomic, "write_flushed", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomic(path, "newer")
    assert [child.name for child in tmp_path.iterdir()] == ["report.html"]
    assert path.read_bytes() == b"new"


def test_the_next_free_name_is_taken(tmp_path: Path) -> None:
    with next_place(tmp_path, "base") as first, next_place(tmp_path, "base") as second:
        assert (first.folder, second.folder) == (tmp_path / "base", tmp_path / "base-2")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "base").mkdir()
    (tmp_path / "base-2").write_text("")
    with next_place(tmp_path, "base") as place:
        assert place.folder == tmp_path / "base-3"


def test_what_a_killed_process_left_is_swept_and_what_a_live_one_writes_is_not(
    tmp_path: Path, small: dict[str, Any]
) -> None:
    dead = draft_of(tmp_path / "dead")
    dead.mkdir()
    (dead / "run.nc").write_text("half")
    with Place(tmp_path / "live") as place:
        write_run(folder=tmp_path / "x", **small)
        assert {path.name for path in tmp_path.iterdir()} == {"x", place.draft.name}
        with pytest.raises(InputError, match="live: another command is writing it"):
            Place(tmp_path / "live")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_run_that_was_being_replaced_comes_back(tmp_path: Path, small: dict[str, Any]) -> None:
    folder = write_run(folder=tmp_path / "x", **small)
    folder.rename(replaced_name(folder))
    write_run(folder=tmp_path / "y", **small)
    assert {path.name for path in tmp_path.iterdir()} == {"x", "y"}
    assert is_whole(folder)


def test_places_that_no_run_can_take_are_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "loose").symlink_to("nowhere")
    for name in ("link", "loose"):
        with pytest.raises(InputError, match=f"{name}: is a symbolic link; give the folder"):
            Place(Path(name))
    with pytest.raises(InputError, match=r"file/x/y: .*file is a file, expected a folder"):
        Place(Path("file/x/y"))
    with pytest.raises(OSError, match="File name too long"):
        Place(Path("n" * 300))
    with Place(Path("n" * 255)) as place:
        place.put()
    monkeypatch.chdir(tmp_path / "real")
    with pytest.raises(InputError, match="is the working folder; name one to be made in it"):
        Place(Path())
    assert {path.name for path in tmp_path.iterdir()} == {
        "file",
        "real",
        "link",
        "loose",
        "n" * 255,
    }


def test_parents_that_were_made_for_nothing_are_taken_away(tmp_path: Path) -> None:
    with Place(tmp_path / "a" / "b" / "x"):
        assert (tmp_path / "a" / "b").is_dir()
    assert list(tmp_path.iterdir()) == []
