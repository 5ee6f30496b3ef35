"""Run tests in forked processes: once as the program is, to know them, then with a mutant."""

import importlib
import importlib.machinery
import json
import os
import resource
import signal
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

__all__ = ["Baseline", "baseline", "kills", "preload"]

#: Imported before the first fork: what takes long to load, none of it ours.
LIBRARIES = ("coverage", "numba", "numpy", "pytest", "scipy.stats", "xarray")
QUIET = ["-q", "-p", "no:cacheprovider", "-p", "no:cov", "-m", "not slow and not browser"]
#: A test that takes longer is left out: seconds of processor time without the compiler, fixtures
#: that it is the first to need included.
LONGEST = 10.0
MEMORY = 6 * 2**30


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
    good : frozenset of str
        Tests that pass, fast enough.
    left_out : dict
        The others, and why.
    covering : dict
        Module → line → files of tests that run it. Those that run it as they import it stand at
        every line of the module's top level.
    seconds : float
        Processor time of all good tests.
    """

    good: frozenset[str]
    left_out: dict[str, str]
    covering: dict[str, dict[int, list[str]]]
    seconds: float

    def tests_of(self, path: Path, line: int) -> list[str]:
        """Good tests in the files that run a line.

        A whole file, for what a test looks at may have been computed for another, in a fixture.

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
        files = self.covering.get(str(path), {}).get(line, [])
        return sorted(test for test in self.good if test.partition("::")[0] in files)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"longer than {LONGEST} s")


class _Recorder:
    """Pytest plugin: how long a test takes, whether it passes, and whose lines are traced."""

    def __init__(self, switch: Callable[[str], object]) -> None:
        self.switch = switch
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.switch(item.nodeid.partition("::")[0])
        signal.signal(signal.SIGPROF, _too_long)
        # Again and again, for Hypothesis tries an example that fails once more.
        signal.setitimer(signal.ITIMER_PROF, LONGEST, 1.0)
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0.0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration if report.when == "call" else 0.0
        if not report.passed:
            self.failed.add(report.nodeid)


def _measure(modules: Sequence[Path], tests: Sequence[str]) -> dict[str, Any]:
    """Run the tests under coverage, in this process."""
    import coverage

    tracer = coverage.Coverage(
        data_file=None, include=[str(path) for path in modules], branch=False
    )
    recorder = _Recorder(tracer.switch_context)
    tracer.start()
    pytest.main([*QUIET, *tests], plugins=[recorder])
    tracer.stop()
    data = tracer.get_data()
    files = sorted({test.partition("::")[0] for test in recorder.seconds})
    covering = {
        str(path): {
            line: [one for one in contexts if one] or files
            for line, contexts in data.contexts_by_lineno(str(path)).items()
        }
        for path in modules
    }
    return {"seconds": recorder.seconds, "failed": list(recorder.failed), "covering": covering}


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
            file.write_text(json.dumps(_measure(modules, tests)), encoding="utf-8")
            return 0

        os.waitpid(_forked(work), 0)
        if not file.exists():
            raise RuntimeError(f"the tests could not be run: {', '.join(tests)}")
        found = json.loads(file.read_text(encoding="utf-8"))
    left_out = dict.fromkeys(found["failed"], f"fails, or takes over {LONGEST:.0f} s")
    good = frozenset(found["seconds"]) - left_out.keys()
    covering = {
        path: {int(line): files for line, files in lines.items()}
        for path, lines in found["covering"].items()
    }
    return Baseline(good, left_out, covering, sum(found["seconds"][test] for test in good))


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
        From which the processor time that they may use is taken: three times as much.

    Returns
    -------
    int
        The process, whose status is 0 where the mutant survives.
    """

    def work() -> int:
        seconds = int(3.0 * base.seconds) + 20
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        _mutated(path, source)
        return int(pytest.main([*QUIET, "-x", *tests]))

    sys.stdout.flush()
    return _forked(work)
