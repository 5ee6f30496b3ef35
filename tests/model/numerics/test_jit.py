"""The cache of compiled code: never stale, and somewhere that can be written."""

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

INNER = """
from model.numerics.jit import njit

@njit()
def inner(x):
    return x + 1.0
"""
OUTER = """
from model.formulas.inner import inner
from model.numerics.jit import njit
from model.economics.records import read_globals

@njit()
def outer(row):
    return 10.0 * inner(read_globals(row).first)
"""
TABLES = """
from collections import namedtuple

Quantity = namedtuple("Quantity", "attribute")
GLOBAL_QUANTITIES = Quantity("first"), Quantity("second")
PLAYER_QUANTITIES = (Quantity("own"),)
"""
REGISTRY = "from priors.registry.tables import GLOBAL_QUANTITIES, PLAYER_QUANTITIES\n"
PROBE = """
import numpy as np
from model.numerics.jit import cache_folder
from model.loop.outer import outer

print(outer(np.array([3.0, 4.0])), outer.stats.cache_hits.total(), cache_folder())
"""


@pytest.fixture
def package(tmp_path):
    """A small copy of the pattern: a function that calls one in another folder and reads a row."""
    wings = ("numerics", "economics", "formulas", "loop")
    for folder in ("model", "priors", "priors/registry", *(f"model/{wing}" for wing in wings)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    for name in ("numerics/jit.py", "economics/records.py"):
        shutil.copy(ROOT / "model" / name, tmp_path / "model" / name)
    (tmp_path / "model" / "formulas" / "inner.py").write_text(INNER, encoding="utf-8")
    (tmp_path / "model" / "loop" / "outer.py").write_text(OUTER, encoding="utf-8")
    (tmp_path / "priors" / "registry" / "quantities.py").write_text(REGISTRY, encoding="utf-8")
    (tmp_path / "priors" / "registry" / "tables.py").write_text(TABLES, encoding="utf-8")
    return tmp_path


def probe(package, **environment):
    """Run the small package: its result, the cache hits, the folder of the cache."""
    unset = {"NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT", "XDG_CACHE_HOME"}
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=package,
        env={**inherited, **environment},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    result, hits, folder = done.stdout.split(maxsplit=2)
    return float(result), int(hits), Path(folder.rstrip("\n"))


@pytest.mark.slow
def test_nothing_stale_is_read_from_the_cache(package):
    cache = {"NUMBA_CACHE_DIR": str(package / "cache")}
    result, hits, folder = probe(package, **cache)
    assert (result, hits, folder.parent) == (40.0, 0, package / "cache")
    assert probe(package, **cache) == (40.0, 1, folder)

    swapped = TABLES.replace('"first"), Quantity("second")', '"second"), Quantity("first")')
    (package / "priors" / "registry" / "tables.py").write_text(swapped, encoding="utf-8")
    assert probe(package, **cache)[:2] == (50.0, 0)

    changed = INNER.replace("x + 1.0", "x + 2.0")
    (package / "model" / "formulas" / "inner.py").write_text(changed, encoding="utf-8")
    assert probe(package, **cache)[:2] == (60.0, 0)


@pytest.mark.slow
def test_a_cache_that_cannot_be_written_is_replaced_by_a_temporary_one(package):
    file = package / "file"
    file.write_text("no folder", encoding="utf-8")
    (package / "tmp").mkdir()
    result, hits, folder = probe(
        package, TMPDIR=str(package / "tmp"), XDG_CACHE_HOME=str(file / "cache")
    )
    assert (result, hits, folder.parent) == (40.0, 0, package / "tmp")
    assert not folder.exists()
    assert file.read_text(encoding="utf-8") == "no folder"


@pytest.mark.slow
def test_other_programs_keep_their_own_cache(package):
    code = "import numba; before = numba.config.CACHE_DIR; import model.loop.outer; "
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


@pytest.mark.parametrize("kind", ["nbi", pytest.param("nbc", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", marks=pytest.mark.slow, id="empty"),
        pytest.param(b"garbage", id="garbage"),
        pytest.param(None, marks=pytest.mark.slow, id="cut"),
    ],
)
def test_a_spoilt_cache_is_compiled_anew(package, kind, content):
    cache = {"NUMBA_CACHE_DIR": str(package / "cache")}
    _, _, folder = probe(package, **cache)
    for file in folder.rglob(f"*.{kind}"):
        file.write_bytes(file.read_bytes()[:-100] if content is None else content)
    assert probe(package, **cache) == (40.0, 0, folder)
    assert probe(package, **cache) == (40.0, 1, folder)


def test_a_bit_that_flipped_in_compiled_code_is_found(package):
    """The factor 10 becomes 10.5: the code is still sound, and another function's."""
    cache = {"NUMBA_CACHE_DIR": str(package / "cache")}
    _, _, folder = probe(package, **cache)
    ten, other = struct.pack("<d", 10.0), struct.pack("<d", 10.5)
    codes = [file for file in folder.rglob("outer*.nbc") if ten in file.read_bytes()]
    assert codes
    for file in codes:
        file.write_bytes(file.read_bytes().replace(ten, other))
    assert probe(package, **cache) == (40.0, 0, folder)
    assert probe(package, **cache) == (40.0, 1, folder)
