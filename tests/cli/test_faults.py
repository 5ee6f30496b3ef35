"""Commands in processes of their own: stopped, killed, two at once, out of room."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import SMALL
from tests.reference.run_files import is_whole

ROOT = Path(__file__).resolve().parents[2]
#: A shell that starts the tests in the background would have it ignore interrupts.
START = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, {str(ROOT)!r})
import decide
decide._command()
"""
SIMULATE = ("simulate", "--priors", "base.toml", *SMALL, "--quiet")
#: Kills of each command; set DECIDE_KILLS=1000 for a night of them.
KILLS = int(os.environ.get("DECIDE_KILLS", "30"))


def start(folder, *words, **options):
    """A command in a process of its own, which ignores no signal."""
    return subprocess.Popen(
        [sys.executable, "-c", START, *map(str, words)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def wait_for(found, process):
    """Wait until something is there, or the process is not."""
    while not found() and process.poll() is None:
        time.sleep(0.01)


def drafts(folder):
    return [path.name for path in folder.rglob(".*decide-*")]


@pytest.mark.parametrize(
    ("number", "said", "code"),
    [
        (signal.SIGINT, "decide: interrupted\n", 130),
        pytest.param(signal.SIGTERM, "decide: terminated\n", 143, marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, "decide: hung up\n", 129, marks=pytest.mark.slow),
    ],
)
def test_a_signal_ends_a_run_in_a_line_and_leaves_nothing(tmp_path, number, said, code):
    process = start(tmp_path, *SIMULATE)
    wait_for(lambda: drafts(tmp_path), process)
    process.send_signal(number)
    assert process.communicate() == ("", said)
    assert process.returncode == code
    assert list(tmp_path.iterdir()) in ([], [tmp_path / "runs"])
    assert drafts(tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment_ends_in_a_line(tmp_path, number):
    """From the first import on: before that Python itself has not read what we say."""
    for place in range(12):
        process = start(tmp_path, *SIMULATE, "--out", "x", "--force")
        wait_for(partial(_watches, process.pid), process)
        time.sleep(0.15 * place)
        process.send_signal(number)
        _, said = process.communicate()
        assert process.returncode in {0, 128 + number}, said
        assert len(said.splitlines()) <= 1
        assert drafts(tmp_path) == []
        assert not (tmp_path / "x").exists() or is_whole(tmp_path / "x")


def _watches(process):
    """Whether it has a second thread, which waits for signals."""
    folder = Path(f"/proc/{process}/task")
    return folder.is_dir() and len(list(folder.iterdir())) > 1


@pytest.mark.slow
def test_two_runs_at_once_have_two_names(tmp_path):
    both = [start(tmp_path, *SIMULATE) for _ in range(2)]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert {path.name for path in (tmp_path / "runs").iterdir()} == {"base", "base-2"}
    assert all(is_whole(path) for path in (tmp_path / "runs").iterdir())


def test_a_second_run_of_the_same_out_is_refused_at_once(tmp_path):
    first = start(tmp_path, *SIMULATE, "--out", "x")
    wait_for(lambda: drafts(tmp_path), first)
    second = start(tmp_path, *SIMULATE, "--out", "x")
    assert second.communicate()[1].startswith("decide: x: another command is writing it; choose")
    assert second.returncode == 2
    assert first.communicate()[1] == ""
    assert is_whole(tmp_path / "x")


@pytest.mark.slow
def test_two_analyses_of_a_run_at_once_both_add_to_it(tmp_path, copy):
    both = [start(tmp_path, name, copy, "--quiet") for name in ("option", "sensitivity")]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert {"option.json", "sensitivity.json"} <= {path.name for path in copy.iterdir()}
    assert is_whole(copy)


@pytest.mark.parametrize(
    "limit", [*(pytest.param(one, marks=pytest.mark.slow) for one in (0, 100_000)), 400_000]
)
def test_no_room_is_told_in_a_line_and_leaves_nothing(tmp_path, copy, limit):
    before = {path.name: path.stat().st_mtime_ns for path in copy.iterdir()}
    process = start(tmp_path, "report", copy)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, limit))
    _, said = process.communicate()
    assert process.returncode == 2, said
    assert said.startswith("decide: File too large: ")
    assert {path.name: path.stat().st_mtime_ns for path in copy.iterdir()} == before


@pytest.mark.slow
@pytest.mark.parametrize("left", [1, 2, 3, 4, 5, 6])
def test_a_disk_that_fills_while_a_run_works_leaves_nothing(tmp_path, left):
    """Room was there when the work began, and `left` MiB are when the run is written."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount")
    try:
        words = ("simulate", "--priors", "base.toml", "--draws", "4096", "--chains", "4")
        process = start(tmp_path, *words, "--no-options", "--quiet", "--out", disk / "x")
        wait_for(lambda: drafts(disk), process)
        # the room is looked at right after the name is taken
        time.sleep(0.5)
        filler = disk / "filler"
        filler.write_bytes(bytes((20 - left) * 2**20))
        _, said = process.communicate()
        assert process.returncode == 2, said
        assert len(said.splitlines()) == 1
        assert said.startswith("decide: No space left on device")
        assert list(disk.iterdir()) == [filler]
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["simulate", "report", "sensitivity"])
def test_a_killed_command_leaves_a_whole_run_or_none(tmp_path, finished, command):
    """At a random moment; what it leaves is swept by the next, which works."""
    rng = random.Random(7)
    kept, longest = tmp_path / "x", 3.0
    words = (
        (*SIMULATE, "--out", kept, "--force")
        if command == "simulate"
        else (command, kept, *(["--quiet"] if command == "sensitivity" else []))
    )
    for _ in range(KILLS):
        if command != "simulate" and not kept.exists():
            shutil.copytree(finished[0] / "runs" / "base", kept)
        began, process = time.monotonic(), start(tmp_path, *words)
        try:
            process.wait(rng.uniform(0.0, longest))
            longest = 1.2 * (time.monotonic() - began)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        if kept.exists():
            _finish(kept)
            assert is_whole(kept)
    done = start(tmp_path, *words)
    assert done.communicate() is not None
    assert done.returncode == 0
    assert is_whole(kept)
    assert drafts(tmp_path) == []


def _finish(folder):
    """What opening the run does: files that were added whole get their names."""
    from reports.run.adding import finish_adding

    finish_adding(folder)


@pytest.mark.slow
def test_a_home_that_is_unset_or_read_only_stops_nothing(tmp_path):
    bare = {name: one for name, one in os.environ.items() if name not in {"HOME", "XDG_CACHE_HOME"}}
    for number, extra in enumerate(({}, {"HOME": "/proc/nowhere"})):
        process = start(tmp_path, *SIMULATE, "--out", f"x{number}", env={**bare, **extra})
        _, said = process.communicate()
        assert process.returncode == 0, said
        assert is_whole(tmp_path / f"x{number}")
        assert json.loads((tmp_path / f"x{number}" / "manifest.json").read_text())["seed"]
