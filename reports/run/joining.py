"""A run that is there already with the same priors and settings, so that analyses join it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from priors.errors import InputError
from reports.run.adding import MANIFEST
from reports.run.hashes import stated_hashes
from reports.run.reading import read_manifest

__all__ = ["the_same_run"]

_PRIORS = "priors.toml"


def the_same_run(
    root: Path, name: str, priors: str, settings: Mapping[str, Any], version: str
) -> Path | None:
    """The first run of these priors, of ``root/name``, ``root/name-2`` …, with these settings.

    Parameters
    ----------
    root : Path
        Folder of runs; need not exist.
    name : str
        Name of the priors.
    priors : str
        Text of the resolved prior file.
    settings : mapping
        Key of a manifest to what it must state; lists in any order.
    version : str
        Of this program: a run of another may have other equations.

    Returns
    -------
    Path or None
        None where there is none. One that cannot be read is passed over.
    """
    hashed = sha256(priors.encode("utf-8")).hexdigest()
    for folder in _numbered(root, name):
        with suppress(InputError, OSError):
            manifest = read_manifest(folder)
            same = stated_hashes(manifest).get(_PRIORS) == hashed
            if same and _version(manifest) == version and _fits(manifest, settings):
                return folder
    return None


def _numbered(root: Path, name: str) -> Iterator[Path]:
    """The folders that a run of these priors may have been given, the lowest number first."""
    form = re.compile(rf"{re.escape(name)}(?:-([1-9][0-9]*))?")
    found = {}
    if root.is_dir():
        for path in root.iterdir():
            match = form.fullmatch(path.name)
            if match and (path / MANIFEST).is_file():
                found[path] = int(match[1] or 1)
    yield from sorted(found, key=lambda path: found[path])


def _fits(manifest: Mapping[str, Any], settings: Mapping[str, Any]) -> bool:
    return all(_plain(manifest.get(key)) == _plain(value) for key, value in settings.items())


def _version(manifest: Mapping[str, Any]) -> Any:
    return manifest.get("environment", {}).get("versions", {}).get("decide-video")


def _plain(value: Any) -> Any:
    """Nothing where no items were stated; items in order."""
    return (sorted(value) or None) if isinstance(value, list) else value
