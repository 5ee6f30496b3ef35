"""What keeps `decide simulate` fast to start: what it does not import."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Each takes as long to import as a part of the model takes to run, and gives a run nothing.
NOT_NEEDED = {
    "altair",
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
