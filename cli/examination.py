"""What `decide doctor` looks at: each a line, which may be good or not."""

import os
import platform
import sys
import tempfile
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from priors.wording import joined
from reports.drafts import left_by_earlier

__all__ = ["EXPECTED", "Finding", "examined"]

_LIBRARIES = ("numpy", "scipy", "numba", "llvmlite", "xarray", "h5py", "arviz", "pymc")
#: What works without a library that no command needs.
_OPTIONAL = {"pymc": "only decide.pymc_model needs it"}
#: Names of a kind that are shown one by one.
_SHOWN = 3
#: Exit − stay, USD billion, of the self-test's run: `narrow.toml` on 256 draws of four chains.
EXPECTED = {
    "openai": 8.086275713572686,
    "google": 5.459662285847694,
    "kuaishou": 2.0320772107781195,
    "bytedance": 3.9783694316961515,
    "runway": 1.3495606858770897,
    "minimax": 0.8774202032358712,
    "pika": 0.258666066863056,
    "adobe": 0.47896167359614306,
}
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    name : str
        What.
    found : str
        In words.
    good : bool
        Whether it is as it should be.
    exit_code : int
        Of the command where it is not.
    """

    name: str
    found: str
    good: bool = True
    exit_code: int = 2


def examined() -> list[Finding]:
    """Look at everything.

    Returns
    -------
    list of Finding
        In the order in which it is printed; the self-test comes last.
    """
    return [
        Finding("decide", _version("decide-video")),
        Finding("python", f"{platform.python_version()}, {platform.platform()}"),
        *(_library(name) for name in _LIBRARIES),
        Finding("cores", str(os.cpu_count())),
        Finding("threads", "Python's; compiled loops are serial"),
        _encoding(),
        _writable("working folder", Path.cwd()),
        _cache(),
        _drafts(Path.cwd()),
        _self_test(),
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _library(name: str) -> Finding:
    found = _version(name)
    if not found and name in _OPTIONAL:
        return Finding(name, f"is not installed: {_OPTIONAL[name]}")
    return Finding(name, found or "is not installed", bool(found))


def _encoding() -> Finding:
    encoding = sys.stdout.encoding or "unknown"
    plain = not encoding.lower().startswith("utf")
    return Finding("terminal", f"{encoding}{': signs that it lacks are replaced' if plain else ''}")


def _writable(name: str, folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding(name, f"{folder}, can be written")
    except OSError as error:
        return Finding(name, f"{folder} cannot be written: {error.strerror or error}", good=False)


def _cache() -> Finding:
    from model.numerics.jit import cache_folder, is_kept

    folder = cache_folder()
    found = _writable("cache", folder)
    if is_kept(folder):
        return found
    why = "a temporary one, since the user's cannot be: every command compiles anew"
    return replace(found, found=f"{found.found}; {why}")


def _drafts(here: Path) -> Finding:
    """What earlier versions left half-written: to be looked at by a person, but nothing wrong."""
    runs = here / "runs"
    folders = [here, runs, *(sorted(runs.iterdir()) if runs.is_dir() else ())]
    left = [path.relative_to(here) for folder in folders for path in left_by_earlier(folder)]
    if not left:
        return Finding("drafts", "none of earlier versions here or in runs")
    more = [f"{len(left) - _SHOWN:,} more"] if len(left) > _SHOWN else []
    names = joined([*map(str, left[:_SHOWN]), *more])
    what = "left by an earlier version, and never swept; remove what you do not miss"
    return Finding("drafts", f"{names}: {what}")


def _self_test() -> Finding:
    """A small run, compared with figures that are stored here."""
    from model.analyses.decision import decision
    from model.simulation.simulate import simulate
    from priors.reading.load import load_priors

    try:
        run = simulate(load_priors("narrow.toml"), 256, 1, 4, options=False)
        players = decision(run)["players"]
    except Exception as error:  # noqa: BLE001  # whatever fails is what is asked for
        return _failed(f"failed: {type(error).__name__}: {error}")
    found = {name: float(one["exit_minus_stay"]["mean"]) for name, one in players.items()}
    differ = [name for name, value in EXPECTED.items() if not _close(found.get(name), value)]
    if differ:
        return _failed(f"other figures than stored: {', '.join(differ)}")
    return Finding("self-test", f"{len(found)} figures are those stored, to {_CLOSE:g} of each")


def _failed(why: str) -> Finding:
    return Finding("self-test", why, good=False, exit_code=3)


def _close(found: float | None, stored: float) -> bool:
    return found is not None and abs(found - stored) <= _CLOSE * max(abs(stored), 1.0)
