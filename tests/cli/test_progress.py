"""What a user sees while a run is made."""

import io
import sys

import pytest

from cli import progress
from cli.progress import progress_bar, working
from model.numerics.jit import njit


def made():
    """A function that nobody has compiled in this process, and whose cache is its own."""

    @njit()
    def doubled(x):
        return 2.0 * x

    return doubled


class Terminal(io.StringIO):
    def isatty(self):
        return True


def terminal_of(patch, term="xterm"):
    """What is written on a terminal's stderr, from now on."""
    patch.setenv("TERM", term)
    screen = Terminal()
    patch.setattr(sys, "stderr", screen)
    return screen


@pytest.fixture
def compiled_anew(tmp_path, monkeypatch):
    """Where the cache on disk is empty, and nothing has been said in this process."""
    monkeypatch.setattr("model.numerics.jit.cache_folder", lambda: tmp_path)
    monkeypatch.setattr(progress._Line, "said", False)


def test_compiling_is_said_once_and_only_where_the_cache_lacks_the_code(compiled_anew, capsys):
    with progress_bar("Simulating") as bar:
        bar(0.5)
        assert made()(1.0) == 2.0
        assert made()(1) == 2.0
    assert capsys.readouterr().err == "compiling, once: later runs need not\n"
    progress._Line.said = False
    with progress_bar("Simulating"):
        again = made()
        assert again(1.0) == 2.0
    assert again.stats.cache_hits.total() == 1
    assert capsys.readouterr().err == ""


def test_quiet_says_nothing_of_it(compiled_anew, capsys):
    with progress_bar("Simulating", quiet=True) as bar:
        bar(0.5)
        made()(1.0)
    assert capsys.readouterr().err == ""


def test_the_bar_says_compiling_while_it_does(compiled_anew, monkeypatch):
    terminal = terminal_of(monkeypatch)
    with progress_bar("Simulating") as bar:
        bar(0.1)
        assert terminal.getvalue() == "Simulating …"
        made()(1.0)
        said = terminal.getvalue()
        assert said.index("Compiling, once") < said.rindex("Simulating")
        bar(0.5)


def test_a_word_is_there_at_once_and_gone_at_the_end(monkeypatch):
    terminal = terminal_of(monkeypatch)
    with progress_bar("Simulating") as bar:
        assert terminal.getvalue() == "Simulating …"
        bar(0.1)
    assert terminal.getvalue() == "Simulating …\r\x1b[2K"


def test_a_bar_comes_also_where_the_work_says_nothing(monkeypatch):
    terminal = terminal_of(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with working("Reading") as bar:
        bar._timer.join()
        assert bar.shown is not None
        assert terminal.getvalue().count("Reading") > 1
        bar(0.5)
        assert bar.shown[0].tasks[0].completed == 0.5
    assert bar.shown[0].finished is False
    assert not bar.shown[0].live.is_started


def test_no_bar_comes_after_the_end(monkeypatch):
    terminal = terminal_of(monkeypatch)
    with working("Reading") as bar:
        pass
    bar.compiling(True)
    assert bar.shown is None
    assert terminal.getvalue().count("Reading") == 1


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_cannot_erase_gets_lines_only(term, monkeypatch):
    terminal = terminal_of(monkeypatch, term)
    with working("Reading"):
        pass
    assert terminal.getvalue() == ""


def test_a_closed_stderr_is_no_error(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    with working("Reading"):
        pass
