"""A run's folder: written whole or not at all.

Everything is prepared in a hidden folder beside the final one (`reports.run.place`), flushed to
disk, and renamed: an interrupt at any moment leaves nothing half-written under the final name.
"""

import platform
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.analyses.results.manifest import Environment, Manifest
from model.analyses.results.record import plain
from reports.atomic import write_flushed
from reports.run.adding import MANIFEST, json_text
from reports.run.hashes import sha256
from reports.run.netcdf import Group, groups_of, write_netcdf
from reports.run.place import Place
from reports.run.sensitivity_csv import sensitivity_csv

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["environment", "write_run"]

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
    place: Place | None = None,
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
    place : Place, optional
        Where the name was taken before; if None it is taken now.

    Returns
    -------
    Path
        `folder`.

    Raises
    ------
    InputError
        If `folder` exists and is not to be replaced, or is not a run's.
    """
    if place is None:
        with Place(folder, force=force) as taken:
            return write_run(
                run,
                verdict,
                folder,
                manifest=manifest,
                priors_text=priors_text,
                analyses=analyses,
                place=taken,
            )
    analyses, draft = analyses or {}, place.draft
    # One thread writes and hashes the draws, nearly all of it without Python's lock. An error here
    # waits for it, so that it writes nothing into a folder that is being removed.
    with ThreadPoolExecutor(1) as beside:
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
    place.put()
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
