"""Measure the peers one after another, each in a process of its own, and keep what was found."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.peers.catalog import Peer, lacking
from reports.atomic import write_atomic

__all__ = ["FOLDER", "deviation", "earlier", "keep", "machine", "measured", "others_at_work"]

ROOT = Path(__file__).resolve().parents[2]
#: Where what was measured is kept; git leaves it out.
FOLDER = ROOT / "runs" / "benchmarks"
_PACKAGES = ("numpy", "scipy", "numba", "pymc", "squigglepy", "SALib")

type Content = dict[str, Any]


def measured(peers: Sequence[Peer], told: Callable[[str], None], *, quick: bool) -> Content:
    """Measure every peer that can be had.

    Parameters
    ----------
    peers : sequence of Peer
        Those wanted.
    told : callable
        Told a line of what is being done.
    quick : bool
        Whether sizes are as small as a test needs.

    Returns
    -------
    dict
        Name of each peer to what was measured of it, or to ``{"skipped": why}``.
    """
    found: Content = {}
    for peer in peers:
        why = lacking(peer)
        if why:
            told(f"{peer.name}: skipped, {why}")
            found[peer.name] = {"skipped": why}
            continue
        began = time.perf_counter()
        found[peer.name] = _in_own_process(peer, peer.quick if quick else peer.size)
        told(f"{peer.name}: {time.perf_counter() - began:.1f} s in all")
    return found


def deviation() -> float:
    """How far the economics in NumPy are from the compiled ones.

    Returns
    -------
    float
        From `largest_deviation`.
    """
    return float(_last_line("deviation"))


def _in_own_process(peer: Peer, size: int) -> Content:
    content: Content = json.loads(_last_line(peer.name, str(size)))
    return content


def _last_line(*words: str) -> str:
    """What `python -m benchmarks.peers` prints last."""
    command = [sys.executable, "-m", "benchmarks.peers", *words]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr}")
    return done.stdout.splitlines()[-1]


def machine() -> Content:
    """The machine and the versions of what is measured, without the machine's name.

    Returns
    -------
    dict
        Processor, cores, Python and libraries.
    """
    versions = {}
    for name in _PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": versions,
    }


def _processor() -> str:
    """Model name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def others_at_work() -> float:
    """How many programs have wanted a processor during the last minute, this one not yet at work.

    Returns
    -------
    float
        0 where the system does not tell.
    """
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else 0.0


def keep(found: Content, *, quick: bool, busy: float = 0.0, folder: Path = FOLDER) -> Path:
    """Write what was measured to a file of its own, named by date and commit.

    Parameters
    ----------
    found : dict
        From `measured`.
    quick : bool
        As `measured` was asked.
    busy : float
        From `others_at_work`, before anything was measured.
    folder : Path
        Made where it is not there.

    Returns
    -------
    Path
        Of the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    content = {
        "made": now.isoformat(timespec="seconds"),
        "commit": _commit(),
        "quick": quick,
        "machine": machine(),
        "busy": busy,
        "peers": found,
    }
    path = folder / f"{now:%Y-%m-%dT%H%M%S}-{content['commit']}.json"
    write_atomic(path, json.dumps(content, indent=1))
    return path


def _commit() -> str:
    """Short name of the commit; with a plus where files differ from it."""

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], check=False, cwd=ROOT, capture_output=True, text=True
        )
        return done.stdout.strip()

    name = git("rev-parse", "--short", "HEAD") or "unknown"
    return f"{name}+" if git("status", "--porcelain", "--untracked-files=no") else name


def earlier(*, quick: bool, folder: Path = FOLDER) -> Content:
    """The last figures of each peer on this machine, at the same sizes.

    Parameters
    ----------
    quick : bool
        Whether sizes are small.
    folder : Path
        Where files were kept.

    Returns
    -------
    dict
        Name of each peer to what was last measured of it.
    """
    here = machine()
    found: Content = {}
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        same = all(content["machine"][key] == here[key] for key in ("processor", "cores", "system"))
        if same and content["quick"] == quick:
            found |= {k: one for k, one in content["peers"].items() if "skipped" not in one}
    return found
