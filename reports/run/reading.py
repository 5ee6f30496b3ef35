"""A finished run, read back from its folder."""

import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.analyses.results.json_schema import FILES
from model.analyses.results.manifest import Manifest
from priors.errors import InputError, NumericalError
from priors.wording import quoted
from reports.run.adding import MANIFEST, OURS, finish_adding
from reports.run.filled import filled
from reports.run.form import check_form
from reports.run.hashes import stated_hashes, verify
from reports.run.json_file import read_json, read_text
from reports.run.upgrade import upgraded

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "ANALYSES",
    "StoredRun",
    "read_manifest",
    "read_priors",
    "read_run",
    "verify_all",
]

#: Analyses that may have been run, each with a file of its name.
ANALYSES: tuple[str, ...] = ("checks", "option", "sensitivity", "structure", "views")

_NEEDED = ("run.nc", "decision.json", "priors.toml")
_REPORT = "report.html"
_SHA256 = re.compile("[0-9a-fA-F]{64}")
#: How often, and after how many seconds, a run is read again that changed while it was read.
_TRIES, _PAUSE = 5, 0.1


@dataclass(frozen=True, slots=True)
class StoredRun:
    """What a run's folder holds.

    Attributes
    ----------
    folder : Path
        Where it is.
    tree : DataTree
        As in ``run.nc``, loaded.
    verdict : dict
        As in ``decision.json``; one of an older form is upgraded, like those of the analyses, and
        has what it does not say from the draws.
    manifest : dict
        As in ``manifest.json``.
    priors : str
        Text of ``priors.toml``.
    analyses : dict
        Name of each analysis that was run, such as ``option``, to the content of its file.
    unstated : tuple of str
        Files that were read whose hash its manifest, of an older version, does not state.
    """

    folder: Path
    tree: "xr.DataTree"
    verdict: dict[str, Any]
    manifest: dict[str, Any]
    priors: str
    analyses: dict[str, dict[str, Any]]
    unstated: tuple[str, ...] = ()


def read_run(folder: str | Path) -> StoredRun:
    """Read a run's folder.

    Parameters
    ----------
    folder : str or Path
        Of a finished run.

    Returns
    -------
    StoredRun
        Results in the form of today, whichever version wrote them.

    Raises
    ------
    InputError
        Where it is none, or a file of it cannot be read or is not what its manifest states.
    """
    folder = _finished(folder)
    for _ in range(_TRIES):
        manifest = read_manifest(folder)
        try:
            return _read(folder, manifest)
        except InputError:
            # another command may have been giving files their names meanwhile
            if not _changing(folder, manifest):
                raise
            time.sleep(_PAUSE)
    return _read(folder, read_manifest(folder))


def read_manifest(folder: Path) -> dict[str, Any]:
    """A run's manifest, its values of the kinds that they should be.

    Parameters
    ----------
    folder : Path
        Of a finished run.

    Returns
    -------
    dict
        As in ``manifest.json``.

    Raises
    ------
    InputError
        Where there is none, or it is damaged.
    """
    path = folder / MANIFEST
    manifest = read_json(path)
    check_form(manifest, Manifest, str(path))
    for name, stated in stated_hashes(manifest).items():
        if Path(name).name != name:
            raise InputError(f"{path}: is damaged: outputs: {quoted(name)} is no file of the run")
        if not _SHA256.fullmatch(stated):
            raise InputError(f"{path}: is damaged: outputs.{name}: {quoted(stated)} is no SHA-256")
    return manifest


def read_priors(folder: str | Path) -> str:
    """The text of a run's resolved prior file, without reading the rest of the run.

    Parameters
    ----------
    folder : str or Path
        Of a finished run.

    Returns
    -------
    str

    Raises
    ------
    InputError
        Where it has none, or not that which its manifest states.
    """
    folder = _finished(folder)
    verify(folder, read_manifest(folder), ["priors.toml"])
    return read_text(folder / "priors.toml")


def verify_all(stored: StoredRun) -> None:
    """Compare every file of a run with its manifest, those too that reading it does not need.

    Parameters
    ----------
    stored : StoredRun
        From `read_run`.

    Raises
    ------
    InputError
        Where one is not there, or is not what the manifest states. A report of a run of the
        first edition may be left out, as it may be rebuilt.
    """
    names = set(stated_hashes(stored.manifest))
    if not (stored.folder / _REPORT).exists():
        names.discard(_REPORT)
    verify(stored.folder, stored.manifest, sorted(names))


def _finished(folder: str | Path) -> Path:
    """The folder of a run; files that an interrupted command added whole get their names."""
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; expected the folder of a finished run")
    with suppress(OSError):
        finish_adding(folder)
    return folder


def _read(folder: Path, manifest: dict[str, Any]) -> StoredRun:
    found = [name for name in ANALYSES if _has(folder, name, manifest)]
    names = [*_NEEDED, *(f"{name}.json" for name in found)]
    unstated = verify(folder, manifest, names)
    tree = _tree(folder / "run.nc")
    return StoredRun(
        folder,
        tree,
        filled(_result(folder, "decision"), tree),
        manifest,
        read_text(folder / "priors.toml"),
        {name: _result(folder, name) for name in found},
        unstated,
    )


def _changing(folder: Path, manifest: dict[str, Any]) -> bool:
    """Whether a run's files are being added to, or were since its manifest was read."""
    return any((folder / name).exists() for name in OURS) or read_manifest(folder) != manifest


def _result(folder: Path, name: str) -> dict[str, Any]:
    """A file of results, in the form of today."""
    path = folder / f"{name}.json"
    content = upgraded(read_json(path), str(path))
    check_form(content, FILES[name], str(path))
    return content


def _has(folder: Path, analysis: str, manifest: dict[str, Any]) -> bool:
    name = f"{analysis}.json"
    return (folder / name).is_file() or name in stated_hashes(manifest)


def _tree(path: Path) -> "xr.DataTree":
    if not path.is_file():
        raise InputError(f"{path.parent}: holds no {path.name}, so is no finished run")
    import h5py
    import xarray as xr

    from model.simulation.run_tree import as_run

    try:
        # where the root is damaged h5netcdf also writes a traceback; h5py only raises
        with h5py.File(path) as file:
            list(file)
        with xr.open_datatree(path, engine="h5netcdf") as tree:
            run = tree.load()
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise InputError(f"{path}: is damaged: {error}") from None
    try:
        return as_run(run)
    except (InputError, NumericalError) as error:
        raise InputError(f"{path}: {error}") from None
