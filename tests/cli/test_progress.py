"""What a user sees while a run is made."""

import io
import sys

import pytest

from cli import progress
from cli.progress import progress_bar
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
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress_bar("Simulating") as bar:
        bar(0.1)
        assert sys.stderr.getvalue() == ""
        made()(1.0)
        said = sys.stderr.getvalue()
        assert said.index("Compiling, once") < said.rindex("Simulating")
        bar(0.5)


def test_the_bar_waits_for_work_that_takes_long(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress_bar("Simulating") as bar:
        bar(0.1)
        assert sys.stderr.getvalue() == ""
        monkeypatch.setattr(progress, "_PATIENCE", 0.0)
        bar(0.2)
        assert "Simulating" in sys.stderr.getvalue()
