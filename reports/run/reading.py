"""A finished run, read back from its folder."""

import json
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.analyses.results.looks import looks_from
from model.analyses.results.manifest import Environment, Manifest
from priors.errors import InputError, NumericalError
from reports.run.upgrade import upgraded

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["ANALYSES", "StoredRun", "manifest_of", "read_priors", "read_run"]

#: Analyses that may have been run, each with a file of its name.
ANALYSES: tuple[str, ...] = ("checks", "option", "sensitivity", "structure")


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
        As in ``decision.json``; one of an older form is upgraded, like those of the analyses.
    manifest : dict
        As in ``manifest.json``.
    priors : str
        Text of ``priors.toml``.
    analyses : dict
        Name of each analysis that was run, such as ``option``, to the content of its file.
    """

    folder: Path
    tree: "xr.DataTree"
    verdict: dict[str, Any]
    manifest: dict[str, Any]
    priors: str
    analyses: dict[str, dict[str, Any]]


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
        Where it is none, or a file of it cannot be read.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; expected the folder of a finished run")
    return StoredRun(
        folder,
        _tree(folder / "run.nc"),
        _result(folder, "decision"),
        _json(folder / "manifest.json"),
        _text(folder / "priors.toml"),
        {name: _result(folder, name) for name in ANALYSES if _has(folder, name)},
    )


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
        Where it has none.
    """
    return _text(Path(folder) / "priors.toml")


def manifest_of(stored: StoredRun) -> Manifest:
    """How a stored run was made.

    Parameters
    ----------
    stored : StoredRun
        From `read_run`.

    Returns
    -------
    Manifest
        Without the hashes of the files written.

    Raises
    ------
    InputError
        Where its manifest does not state it.
    """
    names = [one.name for one in fields(Manifest) if one.name != "outputs"]
    required = [one.name for one in fields(Manifest) if one.default is MISSING]
    missing = [name for name in required if name not in stored.manifest]
    if missing:
        raise InputError(f"{stored.folder}/manifest.json: states no {', '.join(missing)}")
    kept = {name: stored.manifest[name] for name in names if name in stored.manifest}
    if "looks" in kept:
        kept["looks"] = looks_from(kept["looks"])
    return Manifest(**kept | {"environment": Environment(**kept["environment"])})


def _result(folder: Path, name: str) -> dict[str, Any]:
    """A file of results, in the form of today."""
    path = folder / f"{name}.json"
    return upgraded(_json(path), str(path))


def _has(folder: Path, analysis: str) -> bool:
    return (folder / f"{analysis}.json").is_file()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"{path.parent}: holds no {path.name}, so is no finished run") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is damaged: not UTF-8") from None


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: is damaged: {error.msg}") from None
    if not isinstance(content, dict):
        raise InputError(f"{path}: is damaged: expected an object")
    return content


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
