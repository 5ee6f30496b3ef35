"""SHA-256 of a run's files: what its manifest states of them, and whether that still holds."""

from collections.abc import Iterable, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from priors.errors import InputError
from priors.wording import joined

__all__ = ["sha256", "stated_hashes", "verify"]

#: Characters of a hash that a message shows: enough to tell two files apart.
_SHOWN = 12


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal.

    Parameters
    ----------
    path : Path
        Of a file.

    Returns
    -------
    str

    Raises
    ------
    OSError
        If it cannot be read.
    """
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def stated_hashes(manifest: Mapping[str, Any]) -> dict[str, str]:
    """What a manifest states of the run's files.

    Parameters
    ----------
    manifest : mapping
        As `read_manifest` returns it.

    Returns
    -------
    dict of str to str
        File to its SHA-256; empty of a run that states none.
    """
    return dict(manifest.get("outputs") or {})


def verify(folder: Path, manifest: Mapping[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    """Compare files of a run with the hashes in its manifest.

    Parameters
    ----------
    folder : Path
        Of the run.
    manifest : mapping
        As `read_manifest` returns it.
    names : iterable of str
        Files that are relied on.

    Returns
    -------
    tuple of str
        Those of them whose hash a run of before the second edition does not state.

    Raises
    ------
    InputError
        Where one is not there, is not what the manifest states, or is not stated by a run of
        the second edition, which states all.
    """
    stated, names = stated_hashes(manifest), list(names)
    for name in names:
        if not (folder / name).is_file():
            raise InputError(_absent(folder, name, stated))
    silent = tuple(name for name in names if name not in stated)
    if silent and manifest.get("edition") is not None:
        raise InputError(f"{folder}/manifest.json: states no SHA-256 of {joined(silent)}")
    differing = {
        name: found
        for name in names
        if name in stated and (found := sha256(folder / name)) != stated[name].lower()
    }
    if differing:
        raise InputError(_changed(folder, differing, stated))
    return silent


def _absent(folder: Path, name: str, stated: Mapping[str, str]) -> str:
    if name in {"run.nc", "decision.json", "priors.toml"} or name not in stated:
        return f"{folder}: holds no {name}, so is no finished run"
    return f"{folder}: holds no {name}, which its manifest.json states; make the run again"


def _changed(folder: Path, differing: Mapping[str, str], stated: Mapping[str, str]) -> str:
    first, found = next(iter(differing.items()))
    expected = stated[first].lower()[:_SHOWN]
    rest = list(differing)[1:]
    also = f"; so {'is' if len(rest) == 1 else 'are'} {joined(rest)}" if rest else ""
    return (
        f"{folder / first}: is damaged or was changed: its SHA-256 begins with {found[:_SHOWN]}, "
        f"manifest.json states {expected}{also}"
    )
