"""The cache of compiled code: never stale, and somewhere that can be written."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

INNER = """
from model.jit import njit

@njit()
def inner(x):
    return x + 1.0
"""
OUTER = """
from model.inner import inner
from model.jit import njit
from model.rows import read_globals

@njit()
def outer(x):
    return 10.0 * inner(x)

@njit()
def first(row):
    return read_globals(row).first
"""
REGISTRY = """
from collections import namedtuple

Quantity = namedtuple("Quantity", "attribute")
GLOBAL_QUANTITIES = Quantity("first"), Quantity("second")
PLAYER_QUANTITIES = (Quantity("own"),)
"""
PROBE = """
import numpy as np
from model.jit import cache_folder
from model.outer import first, outer

print(outer(1.0))
print(first(np.array([3.0, 4.0])))
hits = sum(sum(function.stats.cache_hits.values()) for function in (outer, first))
print(hits)
print(cache_folder())
"""


@pytest.fixture
def package(tmp_path):
    """A small copy of the pattern: a function that calls one in another file and reads a row."""
    for folder in ("model", "priors"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    for name in ("jit.py", "rows.py"):
        shutil.copy(ROOT / "model" / name, tmp_path / "model" / name)
    (tmp_path / "model" / "inner.py").write_text(INNER, encoding="utf-8")
    (tmp_path / "model" / "outer.py").write_text(OUTER, encoding="utf-8")
    (tmp_path / "priors" / "quantities.py").write_text(REGISTRY, encoding="utf-8")
    return tmp_path


def probe(package, **environment):
    """Run the small package: results of its two functions, cache hits, folder of the cache."""
    unset = {"NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT", "XDG_CACHE_HOME"}
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=package,
        env={**inherited, "TMPDIR": tempfile.gettempdir(), **environment},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    outer, first, hits, folder = done.stdout.splitlines()
    return float(outer), float(first), int(hits), Path(folder)


def test_nothing_stale_is_read_from_the_cache(package):
    cache = {"NUMBA_CACHE_DIR": str(package / "cache")}
    outer, first, hits, folder = probe(package, **cache)
    assert (outer, first, hits) == (20.0, 3.0, 0)
    assert folder.parent == package / "cache"
    assert probe(package, **cache) == (20.0, 3.0, 2, folder)

    swapped = REGISTRY.replace('"first"), Quantity("second")', '"second"), Quantity("first")')
    (package / "priors" / "quantities.py").write_text(swapped, encoding="utf-8")
    assert probe(package, **cache)[:3] == (20.0, 4.0, 0)

    changed = INNER.replace("x + 1.0", "x + 2.0")
    (package / "model" / "inner.py").write_text(changed, encoding="utf-8")
    assert probe(package, **cache)[:3] == (30.0, 4.0, 0)


def test_a_cache_that_cannot_be_written_is_replaced_by_a_temporary_one(package):
    file = package / "file"
    file.write_text("no folder", encoding="utf-8")
    (package / "tmp").mkdir()
    outer, first, hits, folder = probe(
        package, TMPDIR=str(package / "tmp"), XDG_CACHE_HOME=str(file / "cache")
    )
    assert (outer, first, hits) == (20.0, 3.0, 0)
    assert folder.parent == package / "tmp"
    assert not folder.exists()
    assert file.read_text(encoding="utf-8") == "no folder"


def test_other_programs_keep_their_own_cache(package):
    code = "import numba; before = numba.config.CACHE_DIR; import model.outer; "
    done = subprocess.run(
        [sys.executable, "-c", f"{code}print(before == numba.config.CACHE_DIR)"],
        cwd=package,
        env={**os.environ, "NUMBA_CACHE_DIR": str(package / "cache")},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout == "True\n"
