"""Results kept in the user's cache, each under a hash of all that determines it.

An entry begins with the SHA-256 of what follows. One that is not what it says is made anew, and
one of another version of the program is never found.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

__all__ = ["kept", "kept_folder"]

#: Entries that are kept, those last used.
_MOST = 256
_ROOT = Path(__file__).resolve().parents[2]


def kept(what: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """A result that was made before, or is made now and kept.

    Parameters
    ----------
    what : str
        All that determines the result, but the program.
    make : callable
        Makes it: values that JSON can hold.

    Returns
    -------
    dict
        As it is read back, whether it was there or not.
    """
    path = kept_folder() / f"{sha256((_program() + what).encode()).hexdigest()}.json"
    found = _read(path)
    if found is not None:
        return found
    text = json.dumps(make())
    _write(path, text)
    content: dict[str, Any] = json.loads(text)
    return content


def kept_folder() -> Path:
    """Where results are kept.

    Returns
    -------
    Path
        In the user's cache; need not exist.
    """
    import platformdirs

    return Path(platformdirs.user_cache_dir("decide")) / "views"


@cache
def _program() -> str:
    """Hash of the sources that results come from, and of the libraries that compute them."""
    digest = sha256()
    for name in ("numba", "numpy", "scipy"):
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\0".encode())
    sources = (path for top in ("model", "priors") for path in (_ROOT / top).rglob("*.py"))
    for source in sorted(sources):
        digest.update(source.relative_to(_ROOT).as_posix().encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, Any] | None:
    """An entry's content; None where there is none that is whole."""
    try:
        stated, _, text = path.read_text(encoding="utf-8").partition("\n")
        if sha256(text.encode()).hexdigest() != stated:
            return None
        path.touch()
        content: dict[str, Any] = json.loads(text)
    except (OSError, ValueError):
        return None
    return content


def _write(path: Path, text: str) -> None:
    """Keep an entry; where the cache cannot be written, nothing is kept."""
    from reports.atomic import write_atomic

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, f"{sha256(text.encode()).hexdigest()}\n{text}")
        entries = sorted(path.parent.glob("*.json"), key=lambda one: -one.stat().st_mtime)
        for old in entries[_MOST:]:
            old.unlink(missing_ok=True)
