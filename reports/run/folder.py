"""A run's folder: written whole or not at all.

Everything is prepared in a hidden folder beside the final one, flushed to disk, and renamed: an
interrupt at any moment leaves nothing half-written under the final name.
"""

import json
import platform
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.analyses.results.manifest import Environment, Manifest
from model.analyses.results.record import plain
from priors.errors import InputError
from reports.atomic import flush, write_flushed
from reports.run.adding import MANIFEST, OURS, json_text
from reports.run.hashes import sha256
from reports.run.netcdf import Group, groups_of, write_netcdf
from reports.run.sensitivity_csv import sensitivity_csv

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["check_free", "environment", "next_folder", "write_run"]

_VERSIONS = ("decide-video", "numpy", "scipy", "numba", "xarray", "arviz", "h5netcdf", "pymc")


def write_run(
    run: "xr.DataTree",
    verdict: Mapping[str, Any],
    folder: Path,
    *,
    manifest: Manifest,
    priors_text: str,
    analyses: Mapping[str, Mapping[str, Any]] | None = None,
    force: bool = False,
) -> Path:
    """Write a run's folder: run.nc, summary.csv, decision.json, priors.toml, report, manifest.

    Parameters
    ----------
    run : DataTree
        As simulate returns it.
    verdict : mapping
        As decision returns it.
    folder : Path
        Final name; its parents are made.
    manifest : Manifest
        How the run was made; the SHA-256 of the ``outputs`` are filled in.
    priors_text : str
        The resolved prior file.
    analyses : mapping, optional
        Name of each analysis that was run, such as ``option``, to the content of its JSON file.
    force : bool
        Whether a run that is there already is replaced.

    Returns
    -------
    Path
        `folder`.

    Raises
    ------
    InputError
        If `folder` exists and is not to be replaced, or is not a run's.
    """
    check_free(folder, force=force)
    analyses = analyses or {}
    # One thread writes and hashes the draws, nearly all of it without Python's lock. An error here
    # waits for it, so that it writes nothing into a folder that is being removed.
    with _prepared(folder) as draft, ThreadPoolExecutor(1) as beside:
        draws = beside.submit(_write_draws, groups_of(run), dict(run.attrs), draft / "run.nc")
        _write_summary(run, draft / "summary.csv")
        write_flushed(draft / "decision.json", json_text(verdict))
        write_flushed(draft / "priors.toml", priors_text)
        for name, content in analyses.items():
            write_flushed(draft / f"{name}.json", json_text(content))
        if "sensitivity" in analyses:
            write_flushed(draft / "sensitivity.csv", sensitivity_csv(analyses["sensitivity"]))
        _write_report(run, verdict, analyses, draft / "report.html")
        known = {"run.nc": draws.result()}
        write_flushed(draft / MANIFEST, json_text(plain(_with_outputs(manifest, draft, known))))
    return folder


def check_free(folder: Path, *, force: bool) -> None:
    """Refuse a folder that must not be replaced; cheap, so that a run can ask before it starts.

    Parameters
    ----------
    folder : Path
        Where a run is to be written.
    force : bool
        Whether a run that is there already may be replaced.

    Raises
    ------
    InputError
        If it exists without `force`, or holds anything that no run wrote.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise InputError(f"{folder}: is a file, expected the name of a folder")
    foreign = sorted(_foreign(folder))
    if foreign:
        raise InputError(f"{folder}: holds {foreign[0]}, which no run wrote; choose another folder")
    if not force and any(folder.iterdir()):
        raise InputError(f"{folder}: exists already; choose another folder, or say --force")


def _foreign(folder: Path) -> set[str]:
    """Names in `folder` that its manifest does not know."""
    names = {path.name for path in folder.iterdir()} - OURS
    if MANIFEST not in names:
        return names
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return names - set(manifest["outputs"]) - {MANIFEST}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return names


def next_folder(root: Path, name: str) -> Path:
    """The first of ``root/name``, ``root/name-2`` … that does not exist.

    Parameters
    ----------
    root : Path
        Folder of runs; need not exist.
    name : str
        Name of the priors.

    Returns
    -------
    Path
        Not made: another run may still take it.
    """
    number, folder = 1, root / name
    while folder.exists() or folder.is_symlink():
        number += 1
        folder = root / f"{name}-{number}"
    return folder


def environment() -> Environment:
    """Versions and platform of this machine.

    Returns
    -------
    Environment
        Without packages that are not installed.
    """
    versions = {}
    for name in _VERSIONS:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return Environment(
        python=platform.python_version(),
        versions=versions,
        platform=platform.platform(),
        machine=platform.machine(),
    )


@contextmanager
def _prepared(folder: Path) -> Iterator[Path]:
    """A hidden folder beside `folder`, which takes its name if all goes well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-", suffix=".tmp"))
    try:
        draft.chmod(0o755)
        yield draft
        flush(draft)
        _put_in_place(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    flush(folder.parent)


def _put_in_place(draft: Path, folder: Path) -> None:
    """Rename `draft` to `folder`; what stood there comes back if that fails."""
    if not folder.exists():
        draft.rename(folder)
        return
    old = draft.with_name(f"{draft.name}.old")
    folder.rename(old)
    try:
        draft.rename(folder)
    except BaseException:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write_summary(run: "xr.DataTree", path: Path) -> None:
    from reports.run.summary import summary_text

    write_flushed(path, summary_text(run))


def _write_report(
    run: "xr.DataTree",
    verdict: Mapping[str, Any],
    analyses: Mapping[str, Mapping[str, Any]],
    path: Path,
) -> None:
    from reports.page.html import render

    write_flushed(path, render(run, verdict, analyses))


def _write_draws(groups: Mapping[str, Group], attributes: Mapping[Any, Any], path: Path) -> str:
    """Write run.nc; its SHA-256."""
    write_netcdf(groups, attributes, path)
    return sha256(path)


def _with_outputs(manifest: Manifest, draft: Path, known: Mapping[str, str]) -> Manifest:
    """The manifest with the SHA-256 of all files, some of which are known already."""
    names = sorted(path.name for path in draft.iterdir())
    outputs = {name: known.get(name) or sha256(draft / name) for name in names}
    return replace(manifest, outputs=outputs)
