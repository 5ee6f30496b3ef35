"""Run tests in forked processes: once as the program is, to know them, then with a mutant."""

import ast
import importlib
import importlib.machinery
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

__all__ = ["Baseline", "baseline", "kills", "preload"]

#: Imported before the first fork: what takes long to load, none of it ours.
LIBRARIES = (
    "hypothesis.extra.numpy",
    "numba",
    "numpy",
    "platformdirs",
    "pydantic",
    "pytest",
    "scipy.integrate",
    "scipy.stats",
    "xarray",
)
#: Plain assertions: nobody reads how one failed, and rewriting them takes a second a process.
QUIET = ["-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:cov"]
QUIET += ["-m", "not slow and not browser"]
#: A test that takes longer is left out: seconds of processor time without the compiler, fixtures
#: that it is the first to need included.
LONGEST = 2.0
#: Bytes that a process may take.
MEMORY = 4 * 2**30


def preload() -> None:
    """Turn the compiler and threads off, and import the libraries that the tests use."""
    os.environ.pop("PYTEST_ADDOPTS", None)
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    for library in ("OMP", "OPENBLAS", "MKL", "NUMBA"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
    for library in LIBRARIES:
        importlib.import_module(library)


@dataclass(frozen=True)
class Baseline:
    """What the tests do to the program as it is.

    Attributes
    ----------
    good : dict
        Tests that pass, fast enough, and how long they take: seconds of processor time.
    left_out : dict
        The others, and why.
    covering : dict
        Module → first and last line of a function, and files of tests that call it; "" where it
        is called as modules are imported.
    """

    good: dict[str, float]
    left_out: dict[str, str]
    covering: dict[str, list[tuple[int, int, list[str]]]]

    def tests_of(self, path: Path, line: int) -> list[str]:
        """Good tests in the files that call the function a line is in, the quick ones first.

        A whole file, for what a test looks at may have been computed for another, in a fixture;
        all tests for what is run as the module is imported.

        Parameters
        ----------
        path : Path
            Module.
        line : int
            Its line.

        Returns
        -------
        list of str
        """
        around = [one for one in self.covering.get(str(path), []) if one[0] <= line <= one[1]]
        files = {file for *_, files in around for file in files}
        anywhere = not around or "" in files
        seconds = dict[str, float]()
        for test, own in self.good.items():
            seconds[_file(test)] = seconds.get(_file(test), 0.0) + own
        chosen = [test for test in self.good if anywhere or _file(test) in files]
        return sorted(chosen, key=lambda one: (seconds[_file(one)], _file(one), self.good[one]))


def _file(test: str) -> str:
    return test.partition("::")[0]


def _too_long(*_: object) -> None:
    raise TimeoutError(f"longer than {LONGEST} s")


class _Recorder:
    """Pytest plugin: how long a test takes, whether it passes, and which functions its file calls.

    A function is noted once for each file of tests: that costs nothing, tracing lines a minute.
    """

    def __init__(self, modules: Sequence[Path]) -> None:
        self.modules = {str(path) for path in modules}
        self.file = ""
        self.called: set[tuple[CodeType, str]] = set()
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def called_one(self, code: CodeType, _: int) -> object:
        if code.co_filename in self.modules:
            self.called.add((code, self.file))
        return sys.monitoring.DISABLE

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        if _file(item.nodeid) != self.file:
            self.file = _file(item.nodeid)
            sys.monitoring.restart_events()
        signal.signal(signal.SIGPROF, _too_long)
        # Again and again, for Hypothesis tries an example that fails once more.
        signal.setitimer(signal.ITIMER_PROF, LONGEST, 1.0)
        start = time.process_time()
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0.0)
            self.seconds[item.nodeid] = time.process_time() - start

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)


def _measure(modules: Sequence[Path], tests: Sequence[str]) -> dict[str, Any]:
    """Run the tests in this process, and note what calls which function."""
    recorder, tool = _Recorder(modules), sys.monitoring.COVERAGE_ID
    sys.monitoring.use_tool_id(tool, "mutation")
    sys.monitoring.register_callback(tool, sys.monitoring.events.PY_START, recorder.called_one)
    sys.monitoring.set_events(tool, sys.monitoring.events.PY_START)
    pytest.main([*QUIET, *tests], plugins=[recorder])
    sys.monitoring.set_events(tool, 0)
    covering = {
        str(path): [
            (first, last, sorted({file for code, file in recorder.called if _is(code, path, at)}))
            for at, first, last in _functions(path)
        ]
        for path in modules
    }
    return {"seconds": recorder.seconds, "failed": list(recorder.failed), "covering": covering}


def _is(code: CodeType, path: Path, line: int) -> bool:
    return code.co_filename == str(path) and code.co_firstlineno == line


def _functions(path: Path) -> list[tuple[int, int, int]]:
    """Where each function of a module begins, its decorators included, and its body's lines."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    return [
        (
            min([node.lineno, *(one.lineno for one in node.decorator_list)]),
            node.body[0].lineno,
            node.end_lineno or node.lineno,
        )
        for node in functions
    ]


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def _forked(work: Callable[[], int]) -> int:
    """Do the work in a process of its own, without a word; its number."""
    process = os.fork()
    if process:
        return process
    code = 3
    try:
        _silence()
        code = work()
    finally:
        os._exit(code)


def baseline(modules: Sequence[Path], tests: Sequence[str]) -> Baseline:
    """Run the tests on the program as it is.

    Parameters
    ----------
    modules : sequence of Path
        Those to be mutated.
    tests : sequence of str
        Files or folders of tests.

    Returns
    -------
    Baseline

    Raises
    ------
    RuntimeError
        If the tests could not be run.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "baseline.json"

        def work() -> int:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            file.write_text(json.dumps(_measure(modules, tests)), encoding="utf-8")
            return 0

        os.waitpid(_forked(work), 0)
        if not file.exists():
            raise RuntimeError(f"the tests could not be run: {', '.join(tests)}")
        found = json.loads(file.read_text(encoding="utf-8"))
    left_out = dict.fromkeys(found["failed"], f"fails, or takes over {LONGEST} s")
    good = {test: own for test, own in found["seconds"].items() if test not in left_out}
    covering = {
        path: [(first, last, files) for first, last, files in functions]
        for path, functions in found["covering"].items()
    }
    return Baseline(good, left_out, covering)


def _mutated(path: Path, source: str) -> None:
    """Let this process load a module from another text."""
    load = importlib.machinery.SourceFileLoader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        if Path(self.path) == path:
            return compile(source, str(path), "exec", dont_inherit=True)
        return load(self, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]


def kills(path: Path, source: str, tests: Sequence[str], base: Baseline) -> int:
    """Start the tests on a mutant.

    Parameters
    ----------
    path : Path
        Module.
    source : str
        Its text, mutated.
    tests : sequence of str
        Those to run, until one fails.
    base : Baseline
        From which the processor time that they may use is taken: three times as much, and what
        loading them takes.

    Returns
    -------
    int
        The process, whose status is 0 where the mutant survives.
    """

    def work() -> int:
        seconds = int(3.0 * sum(base.good.get(test, 0.0) for test in tests)) + 15
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        _mutated(path, source)
        return int(pytest.main([*QUIET, "-x", *tests]))

    sys.stdout.flush()
    return _forked(work)
