"""Modules imported in a thread while a run is made."""

import sys
import threading
from importlib.util import find_spec

import pytest

from cli.preload import DRIVERS, preloaded


def test_every_module_that_is_named_exists():
    assert [name for name in DRIVERS if find_spec(name) is None] == []


def test_modules_are_there_at_the_end_and_no_thread_is(tmp_path, monkeypatch):
    for name in ("first_of_two", "second_of_two"):
        (tmp_path / f"{name}.py").write_text("import threading\nof = threading.current_thread()\n")
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    before = threading.active_count()
    with pytest.raises(KeyError, match="the body's own"), preloaded(("first_of_two",)):
        raise KeyError("the body's own")
    with preloaded(("second_of_two",)):
        pass
    for name in ("first_of_two", "second_of_two"):
        assert sys.modules[name].of is not threading.main_thread()
    assert threading.active_count() == before


@pytest.mark.parametrize(
    "text", ["import no_such_library", "raise RuntimeError('on import')", "1 +"]
)
def test_an_import_that_fails_is_told_where_the_module_is_needed(tmp_path, monkeypatch, text):
    (tmp_path / "broken_one.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    with preloaded(("broken_one", "never_reached")):
        pass
    assert "broken_one" not in sys.modules
    with pytest.raises((ImportError, RuntimeError, SyntaxError), match=r"such|on import|syntax"):
        import broken_one  # noqa: F401
