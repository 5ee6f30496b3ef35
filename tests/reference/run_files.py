"""A run's folder, from the outside: whether its files are those of its manifest."""

import hashlib
import json
from pathlib import Path


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def restate(folder: Path, *names: str) -> None:
    """Write the hashes of files into the manifest, as whoever forges a run would."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest.setdefault("outputs", {}).update({name: digest(folder / name) for name in names})
    path.write_text(json.dumps(manifest), encoding="utf-8")


def is_whole(folder: Path) -> bool:
    """Whether there are the files of the manifest, as it states them, and no others."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    found = {path.name: digest(path) for path in folder.iterdir() if path.is_file()}
    return {name: one for name, one in found.items() if name != "manifest.json"} == manifest[
        "outputs"
    ]
