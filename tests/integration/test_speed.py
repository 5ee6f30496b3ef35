"""What keeps `decide simulate` fast: what it does not import, and its CPU time beside an import.

CPU time, as a share of that of a process that starts in the same minute: other work on the machine
changes both alike, and wall time far more. The limits are 40 % above what was measured; they
find an import, a copy or a loop in Python too many, not a tenth.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: Each takes as long to import as a part of the model takes to run, and gives a run nothing.
NOT_NEEDED = {
    "arviz",
    "arviz_base",
    "arviz_plots",
    "arviz_stats",
    "jsonschema",
    "matplotlib",
    "narwhals",
    "pymc",
    "pytensor",
    "scipy.interpolate",
    "scipy.signal",
    "scipy.stats",
    "sklearn",
    "xarray_einstats",
}

PROBE = """
import sys
sys.argv = ["decide", *sys.argv[1:]]
from cli.main import run
try:
    run()
except SystemExit as stopped:
    assert not stopped.code, stopped.code
print(*sys.modules, sep="\\n")
"""


def test_a_simulation_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    size = ("--draws", "256", "--chains", "4")
    out = ("--quiet", "--out", str(tmp_path / "run"))
    done = subprocess.run(
        [sys.executable, "-c", PROBE, "simulate", "--priors", "base.toml", *size, *out],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    loaded = set(done.stdout.split())
    assert {"numba", "xarray", "reports.page.html"} <= loaded
    assert loaded & NOT_NEEDED == set()


#: It ends at the first word: what comes after costs a second, and is not asked about.
FIRST_WORD = """
import os
import sys

class Terminal:
    encoding = "utf-8"

    def isatty(self):
        return True

    def write(self, text):
        print(text, *sys.modules, sep="\\n", flush=True)
        os._exit(0)

    def flush(self):
        pass

sys.stderr = Terminal()
sys.argv = ["decide", *sys.argv[1:]]
from cli.main import run
run()
"""
#: What takes a second or more to import, on a machine that has other work too.
LONG = {"numba", "numpy", "pandas", "rich", "scipy", "xarray"}


@pytest.mark.parametrize(
    "words",
    [
        *((command, "--priors", "absent") for command in ("simulate", "option", "sensitivity")),
        *((command, "absent") for command in ("option", "sensitivity", "check")),
        *((command, "absent") for command in ("report", "reproduce")),
        ("priors", "check", "absent"),
        ("priors", "show", "absent"),
        ("priors", "diff", "absent", "absent"),
        ("priors", "migrate", "absent"),
    ],
    ids=" ".join,
)
def test_a_terminal_has_a_word_before_anything_long_is_imported(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_WORD, *words],
        check=False,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    first, *loaded = done.stdout.splitlines()
    assert first.endswith(" …"), done.stderr
    assert set(loaded) & LONG == set()


def cpu_seconds(*words: str) -> float:
    """User and system time of a process with its threads."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True, timeout=600)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "most"),
    [(("--draws", "256", "--chains", "4"), 6.5), (("--no-options",), 10.0)],
    ids=["start and files", "without real options"],
)
def test_a_warm_run_takes_few_times_the_import_of_numba_and_xarray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], most: float
) -> None:
    """The least of three each, alternating; the first run fills the caches and is not counted."""
    # without it Python compiles every module again
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    out = ("--quiet", "--force", "--out", str(tmp_path / "run"))
    run = ("-c", PROBE, "simulate", "--priors", "base.toml", *options, *out)
    cpu_seconds(*run)
    pairs = [(cpu_seconds("-c", "import numba, xarray"), cpu_seconds(*run)) for _ in range(3)]
    imports, runs = zip(*pairs, strict=True)
    assert min(runs) <= most * min(imports)
