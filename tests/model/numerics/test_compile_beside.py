"""The second process that compiles while the first does."""

import os
import subprocess
import sys

import pytest

from model.numerics import compile_beside
from model.numerics.compile_beside import compiling_beside, until_compiled
from model.numerics.jit import compilation_told


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    """Where nobody has compiled the fit, with two cores."""
    folder = tmp_path / "numba-0"
    folder.mkdir()
    monkeypatch.setattr(compile_beside, "cache_folder", lambda: folder)
    monkeypatch.setattr(compile_beside, "cores", lambda: 2)
    return folder


def stated(monkeypatch, statement):
    monkeypatch.setattr(compile_beside, "_STATEMENT", statement)


def test_what_is_compiled_beside_is_waited_for_and_said(empty_cache, monkeypatch):
    stated(monkeypatch, f"open({str(empty_cache / 'done')!r}, 'w')")
    said = []
    with compilation_told(said.append), compiling_beside("m", "f", "module.function"):
        until_compiled()
        assert (empty_cache / "done").exists()
        until_compiled()
    assert said == [True, False]


def test_a_second_process_that_fails_is_passed_over(empty_cache, monkeypatch):
    stated(monkeypatch, "raise SystemExit(3)")
    with compiling_beside("m", "f", "module.function"):
        until_compiled()


def test_none_outlives_the_body(empty_cache, monkeypatch):
    stated(monkeypatch, "import time; time.sleep(1000)")
    with compiling_beside("m", "f", "module.function"):
        (process,) = compile_beside._running
        assert process.poll() is None
    assert process.poll() is not None
    assert compile_beside._running == []


@pytest.mark.parametrize("name", ["numba-0", "decide-numba-x"])
def test_none_is_started_where_it_would_not_help(name, tmp_path, monkeypatch):
    folder = tmp_path / name
    (folder / "wing_0").mkdir(parents=True)
    if name == "numba-0":
        (folder / "wing_0" / "module.function-1.py313.nbi").touch()
    monkeypatch.setattr(compile_beside, "cache_folder", lambda: folder)
    with compiling_beside("m", "f", "module.function"):
        assert compile_beside._running == []


def test_one_core_compiles_alone(empty_cache, monkeypatch):
    monkeypatch.setattr(compile_beside, "cores", lambda: 1)
    with compiling_beside("m", "f", "module.function"):
        assert compile_beside._running == []


@pytest.mark.slow
def test_what_is_compiled_beside_is_found_in_the_cache(tmp_path):
    """The rules compiled ahead are those that a run with real options uses."""
    said = """
from model.numerics.compile_beside import until_compiled
from model.stopping.ahead import rules_ahead
import decide
with rules_ahead():
    until_compiled()
from numba.core import event

class Names(event.Listener):
    def on_start(self, event):
        print("compiles", event.data["dispatcher"].py_func.__name__)
    def on_end(self, event):
        pass

with event.install_listener("numba:compile", Names()):
    decide.simulate(decide.load_priors("base.toml"), draws=256, chains=4)
"""
    command = [sys.executable, "-c", said]
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    names = subprocess.check_output(command, env=environment, text=True).split()
    assert "exercise_values" in names
    assert "follow" not in names


def test_the_second_process_ends_when_the_first_is_killed():
    waiting = (compile_beside.__name__, "_end_with_parent")
    command = [sys.executable, "-c", compile_beside._STATEMENT, *waiting]
    held = subprocess.Popen(command, stdin=subprocess.PIPE)
    held.stdin.close()
    assert held.wait(timeout=60) == 3
