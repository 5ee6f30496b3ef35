"""Mutation testing changes one thing at a time, and sees what tests see."""

import ast
import os
from pathlib import Path

import pytest

from scripts.mutants import mutants
from scripts.mutate import ROOT, TARGETS
from scripts.mutation_tests import Baseline, baseline, kills

SOURCE = '''\
"""A module of “one” function."""

from math import exp

__all__ = ["grown"]


def grown(size: float, rate: float = 2.0, *, capped: bool = True) -> float:
    """Say − what 1 + 1 is."""
    if capped and rate > 1.0:
        rate = min(rate, 3.0)
    if not size:
        raise ValueError("no size" + "at all")
    note("a − b", "Label", colour="red"); rate -= 1.0
    message = "size " + "too large"
    return size * exp(-rate)  # per year
    return size + 1.0  # pragma: no mutate
'''


def test_each_mutant_changes_one_thing():
    found = {(one.line, one.before, one.after) for one in mutants(SOURCE)}
    assert found == {
        (8, "2.0", "(3.0)"),
        (8, "True", "(False)"),
        (10, "capped and rate > 1.0", "(capped or rate > 1.0)"),
        (10, "capped and rate > 1.0", "(not (capped and rate > 1.0))"),
        (10, "rate > 1.0", "(rate >= 1.0)"),
        (10, "1.0", "(2.0)"),
        (11, "min", "(max)"),
        (11, "3.0", "(4.0)"),
        (12, "not size", "(size)"),
        (14, "note('a − b', 'Label', colour='red')", "pass"),
        (14, "'a − b'", "('XXa − b')"),
        (14, "rate -= 1.0", "rate += 1.0"),
        (14, "1.0", "(2.0)"),
        (16, "size * exp(-rate)", "(size / exp(-rate))"),
        (16, "-rate", "(rate)"),
    }


def test_a_mutant_is_the_module_with_that_change():
    whole = ast.unparse(ast.parse(SOURCE))
    for one in mutants(SOURCE):
        assert one.source.count("\n") == SOURCE.count("\n")
        assert ast.unparse(ast.parse(one.source)) != whole
        lines = zip(SOURCE.splitlines(), one.source.splitlines(), strict=True)
        assert [at for at, (old, new) in enumerate(lines, 1) if old != new] == [one.line]


@pytest.fixture(autouse=True)
def _own_options(monkeypatch):
    """Options of the run that these tests are in, as of coverage, are not those of mutants."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)


@pytest.fixture
def module(tmp_path) -> Path:
    """A module, and a test of it that looks at positive numbers only."""
    path = tmp_path / "toy.py"
    path.write_text("def size(x):\n    return x if x > 0 else -x\n", encoding="utf-8")
    test = "import sys\nsys.path.insert(0, {!r})\nfrom toy import size\n\n\ndef test_it():\n"
    test += "    assert size(2) == 2\n"
    (tmp_path / "test_toy.py").write_text(test.format(str(tmp_path)), encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("before", "dies"), [("x > 0", True), ("-x", False)])
def test_a_mutant_is_killed_by_a_test_that_fails(module, before, dies):
    source = module.read_text(encoding="utf-8").replace(
        before, {"x > 0": "x < 0", "-x": "x"}[before]
    )
    tests = [str(module.with_name("test_toy.py"))]
    process = kills(module, source, tests, Baseline({}, {}, {}))
    assert (os.waitpid(process, 0)[1] != 0) is dies


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_mutated_and_what_kills_exist(name):
    modules, tests = TARGETS[name]
    assert [path for path in modules + tests if not (ROOT / path).exists()] == []


def test_a_line_is_tested_by_every_good_test_of_the_files_that_call_its_function():
    tests = {"a.py::slow": 3.0, "a.py::quick[x::y]": 1.0, "b.py::other": 2.0}
    functions = [(3, 7, ["a.py"]), (9, 9, []), (11, 12, ["", "b.py"]), (14, 20, ["a.py", "b.py"])]
    base = Baseline(tests, {"a.py::bad": "fails"}, {"/m.py": functions})
    everything = ["b.py::other", "a.py::quick[x::y]", "a.py::slow"]
    assert base.tests_of(Path("/m.py"), 7) == ["a.py::quick[x::y]", "a.py::slow"]
    assert base.tests_of(Path("/m.py"), 9) == []
    for line in (8, 11, 14):  # of the module, called as it is imported, called by both
        assert base.tests_of(Path("/m.py"), line) == everything


@pytest.mark.slow
def test_tests_are_run_once_to_know_what_they_call_and_which_to_leave_out(module):
    test = module.with_name("test_toy.py")
    more = "\n\ndef test_bad():\n    assert size(1) == 2\n\n\n"
    more += "def test_endless():\n    while True:\n        pass\n"
    test.write_text(test.read_text(encoding="utf-8") + more, encoding="utf-8")
    base = baseline([module], [str(test)])
    assert [one.partition("::")[2] for one in base.good] == ["test_it"]
    assert {one.partition("::")[2] for one in base.left_out} == {"test_bad", "test_endless"}
    assert base.tests_of(module, 2) == list(base.good)
