"""What holds where callers bring their own threads and processes, and their own settings of Numba.

The table of docs/how-to/use-python-and-arviz.md, row by row. Each is a process of its own: what it
prints must be the figures of a plain one.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "how-to" / "use-python-and-arviz.md"

TASK = """
import decide

def figure(seed=1, options=False):
    priors = decide.load_priors("base.toml")
    run = decide.simulate(priors, draws=256, chains=4, seed=seed, options=options)
    return float(run["payoff"]["npv"].sum())
"""

#: By the row of the guide: a program that prints `figure` of the seeds 1, 2 and 1, a line each.
WORKS = {
    "threads": """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    show(pool.map(figure, [1, 2, 1]))
""",
    "concurrent.futures": """
from concurrent.futures import ProcessPoolExecutor
with ProcessPoolExecutor(2) as pool:
    show(pool.map(figure, [1, 2, 1]))
""",
    "spawn": """
import multiprocessing
figure(0)
with multiprocessing.get_context("spawn").Pool(2) as pool:
    show(pool.map(figure, [1, 2, 1]))
""",
    "forkserver": """
import multiprocessing
figure(0)
with multiprocessing.get_context("forkserver").Pool(2) as pool:
    show(pool.map(figure, [1, 2, 1]))
""",
    "fork": """
import multiprocessing
figure(0, options=True)
with multiprocessing.get_context("fork").Pool(2) as pool:
    show(pool.map(figure, [1, 2, 1]))
""",
    "joblib": """
from joblib import Parallel, delayed
for backend in ("threading", "loky"):
    found = Parallel(n_jobs=2, backend=backend)(delayed(figure)(seed) for seed in (1, 2, 1))
show(found)
""",
    "asyncio": """
import asyncio
async def main():
    first = figure(1)
    show([first, *await asyncio.gather(*(asyncio.to_thread(figure, seed) for seed in (2, 1)))])
asyncio.run(main())
""",
    "import": """
import threading
found = []
thread = threading.Thread(target=lambda: found.extend(map(figure, [1, 2, 1])))
thread.start()
import scipy.stats, xarray, model.analyses.sensitivity, reports.page.html
thread.join()
show(found)
""",
}


def run(program: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a program that knows `figure` and `show`."""
    (folder / "task.py").write_text(TASK)
    lines = "".join(f"    {line}\n" for line in program.splitlines())
    head = "from task import figure\n\ndef show(found):\n    print(*found, sep='\\n')\n\n"
    (folder / "program.py").write_text(f"{head}if __name__ == '__main__':\n{lines}")
    return subprocess.run(
        [sys.executable, "program.py"],
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> str:
    """What all of them must print."""
    done = run("show(map(figure, [1, 2, 1]))", tmp_path_factory.mktemp("plain"))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_row_of_the_guide_has_its_test():
    text = GUIDE.read_text(encoding="utf-8")
    (table,) = re.findall(r"(?m)^\| called from \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text)
    assert re.findall(r"<!-- (\S+) -->", table) == [*WORKS, "busy", "xdist", "jupyter"]


@pytest.mark.slow
@pytest.mark.parametrize("row", WORKS)
def test_the_figures_are_those_of_a_plain_process(row, plain, tmp_path):
    if row == "joblib":
        pytest.importorskip("joblib")
    if row == "fork" and not hasattr(os, "fork"):
        pytest.skip("no fork on this platform")
    done = run(WORKS[row], tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == plain


BUSY = """
import multiprocessing, threading, warnings
import decide
from model.numerics.forks import check_fork
warnings.simplefilter("ignore")
inside, end = threading.Event(), threading.Event()

def told(share):
    inside.set()
    end.wait()

def child(at_work):
    for use in (check_fork, lambda: decide.evpi, figure):
        try:
            use()
        except decide_error as error:
            print(error, flush=True)

decide_error = decide.InputError
priors = decide.load_priors("base.toml")
words = {"draws": 256, "chains": 4, "options": False, "progress": told}
thread = threading.Thread(target=decide.simulate, args=(priors,), kwargs=words)
thread.start()
inside.wait()
fork = multiprocessing.get_context("fork")
process = fork.Process(target=child, args=(True,))
process.start()
process.join(60)
print(process.exitcode)
end.set()
thread.join()
check_fork()
process = fork.Process(target=check_fork)
process.start()
process.join(60)
print(process.exitcode)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this platform")
def test_a_fork_while_another_thread_is_at_work_is_refused_and_does_not_hang(tmp_path):
    done = run(BUSY, tmp_path)
    assert done.returncode == 0, done.stderr
    *refused, first, second = done.stdout.splitlines()
    assert len(refused) == 3
    assert all("forked while another thread" in line and "spawn" in line for line in refused)
    assert (first, second) == ("0", "0")


@pytest.mark.slow
def test_xdist_runs_simulations_side_by_side(tmp_path):
    pytest.importorskip("xdist")
    (tmp_path / "task.py").write_text(TASK)
    (tmp_path / "test_it.py").write_text(
        "import pytest\nfrom task import figure\n\n"
        "@pytest.mark.parametrize('seed', range(4))\n"
        "def test_it(seed):\n    assert figure(seed) == figure(seed)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "test_it.py"],
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "4 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.slow
def test_a_kernel_of_jupyter_computes_the_same(plain, tmp_path):
    pytest.importorskip("ipykernel")
    manager = pytest.importorskip("jupyter_client.manager")
    (tmp_path / "task.py").write_text(TASK)
    path = os.pathsep.join([str(ROOT), *sys.path])
    kernel, client = manager.start_new_kernel(
        cwd=str(tmp_path), env={**os.environ, "PYTHONPATH": path}
    )
    said = []
    try:
        code = "from task import figure\nprint(figure(1), figure(2), figure(1), sep='\\n')"
        client.execute_interactive(
            code,
            timeout=300,
            output_hook=lambda message: said.append(message["content"].get("text", "")),
        )
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)
    assert "".join(said) == plain


@pytest.mark.slow
@pytest.mark.parametrize(
    "setting",
    [
        "NUMBA_NUM_THREADS=1",
        "NUMBA_NUM_THREADS=abc",
        "NUMBA_CACHE_DIR=a-file",
        "NUMBA_CACHE_DIR=/dev/null/below",
        "NUMBA_THREADING_LAYER=foo",
        "NUMBA_OPT=0",
        "NUMBA_BOUNDSCHECK=1",
        "NUMBA_CPU_NAME=generic",
        "NUMBA_DISABLE_JIT=abc",
    ],
)
def test_settings_of_numba_change_no_figure(setting, plain, tmp_path):
    (tmp_path / "a-file").write_text("")
    name, _, value = setting.partition("=")
    # a cache of its own, so that code is compiled with that setting
    settings = {"NUMBA_CACHE_DIR": str(tmp_path / "cache"), name: value}
    done = run("show(map(figure, [1, 2, 1]))", tmp_path, **settings)
    assert done.returncode == 0, done.stderr
    assert done.stdout == plain


@pytest.mark.parametrize("setting", ["NUMBA_NUM_THREADS=0", "NUMBA_NUM_THREADS=-3"])
def test_settings_that_numba_ends_for_are_named(setting, tmp_path):
    name, _, value = setting.partition("=")
    done = run("figure()", tmp_path, **{name: value})
    said = f"priors.errors.InputError: {name}: found '{value}', expected 1 or more, or no such name"
    assert done.stderr.splitlines()[-1] == said


def test_a_compiler_that_is_turned_off_is_named(tmp_path):
    done = run("figure()", tmp_path, NUMBA_DISABLE_JIT="1")
    said = "priors.errors.InputError: NUMBA_DISABLE_JIT: found '1', expected 0 or no such name"
    assert done.stderr.splitlines()[-1].startswith(said)
