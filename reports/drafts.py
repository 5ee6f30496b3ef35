"""What is being written, under a hidden name: locked by who writes it, taken away if it ends.

A lock dies with its process, so whoever can lock a draft knows that nobody is writing it, and may
remove it or write in its place.
"""

import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

if sys.platform != "win32":
    import fcntl

__all__ = [
    "abandon_all",
    "committing",
    "draft_of",
    "drop",
    "hold",
    "left_by_earlier",
    "lock",
    "replaced_name",
    "sweep",
    "take",
]

_SUFFIX, _REPLACED = ".decide-draft", ".decide-replaced"
#: Bytes of a name above which a draft's is shortened: file systems take 255 in all.
_LONGEST = 200
#: Names of drafts of before they were locked, and of runs that these were to replace: who wrote one
#: cannot be told from its name alone, nor whether it is dead.
_EARLIER = re.compile(r"\..+-[a-z0-9_]{8}\.tmp(\.old)?")
#: How often a folder is emptied again that threads are still writing in.
_TRIES = 100

#: Drafts of this process, each with the handle that holds its lock, or none.
_held: dict[Path, int | None] = {}
#: Held while a draft gets its final name, and for good by who takes all drafts away.
_commit = threading.RLock()


def draft_of(path: Path) -> Path:
    """The hidden name under which a file or folder is written.

    Parameters
    ----------
    path : Path
        Its final name.

    Returns
    -------
    Path
        Beside it; always the same.
    """
    name = path.name
    if len(os.fsencode(name)) > _LONGEST:
        name = f"{name[:40]}-{sha256(os.fsencode(name)).hexdigest()[:12]}"
    return path.with_name(f".{name}{_SUFFIX}")


def replaced_name(path: Path) -> Path:
    """The hidden name that a folder has while another takes its place.

    Parameters
    ----------
    path : Path
        Its own name.

    Returns
    -------
    Path
        Beside it.
    """
    hidden = draft_of(path)
    return hidden.with_name(hidden.name.removesuffix(_SUFFIX) + _REPLACED)


def lock(handle: int, *, wait: bool = False) -> bool:
    """Lock an open file or folder for this process.

    Parameters
    ----------
    handle : int
        Of `os.open`; closing it gives the lock back.
    wait : bool
        Whether to wait for it.

    Returns
    -------
    bool
        Whether it is locked; True too where the file system has no locks.
    """
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:
        # Network file systems may have none: then we are as careful as we were without.
        return True
    return True


def take(draft: Path) -> bool:
    """Make a folder for a draft, empty, and lock it; a dead one of that name is taken over.

    Parameters
    ----------
    draft : Path
        From `draft_of`.

    Returns
    -------
    bool
        False where another process is writing it.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    with _commit:
        while True:
            draft.mkdir(exist_ok=True)
            handle = os.open(draft, os.O_RDONLY)
            if not lock(handle):
                os.close(handle)
                return False
            if _same(handle, draft):
                break
            os.close(handle)
        _held[draft] = handle
        for path in draft.iterdir():
            _remove(path)
    return True


@contextmanager
def hold(draft: Path) -> Iterator[None]:
    """Take a draft away if the body fails, or the process is told to end within it.

    Parameters
    ----------
    draft : Path
        A file or folder, which need not be there yet.

    Raises
    ------
    BaseException
        What the body raises.
    """
    with _commit:
        _held.setdefault(draft, None)
    try:
        yield
    except BaseException:
        drop(draft)
        raise
    with _commit:
        _forget(draft)


def drop(draft: Path) -> None:
    """Take a draft of this process away.

    Parameters
    ----------
    draft : Path
        From `take`; one that is gone, or has its final name, is left alone.
    """
    with _commit:
        if draft in _held:
            _remove(draft)
            _forget(draft)


@contextmanager
def committing(draft: Path) -> Iterator[None]:
    """Give a draft its final name in the body: nobody takes it away meanwhile, or later.

    Parameters
    ----------
    draft : Path
        From `take`; still this process's where the body fails.
    """
    with _commit:
        yield
        _forget(draft)


def abandon_all() -> None:
    """Take away all drafts of this process, which then ends: no other is committed any more."""
    _commit.acquire()
    for draft in list(_held):
        _remove(draft)


def sweep(folder: Path) -> None:
    """Remove the drafts that processes which are no more left in a folder.

    A run that was being replaced when its process died, before the new one stood there, comes back.

    Parameters
    ----------
    folder : Path
        Where runs are written.
    """
    for draft in [*folder.glob(f".*{_SUFFIX}"), *folder.glob(f".*{_REPLACED}")]:
        with suppress(OSError), _commit:
            if draft not in _held:
                _sweep_one(draft)


def left_by_earlier(folder: Path) -> list[Path]:
    """What looks like a draft of a version that locked none: `sweep` leaves it alone.

    Parameters
    ----------
    folder : Path
        Where runs, or files of a run, are written; need not exist.

    Returns
    -------
    list of Path
        In alphabetical order; none where the folder cannot be read.
    """
    try:
        return sorted(path for path in folder.iterdir() if _EARLIER.fullmatch(path.name))
    except OSError:
        return []


def _sweep_one(draft: Path) -> None:
    handle = os.open(draft, os.O_RDONLY)
    try:
        if not lock(handle) or not _same(handle, draft):
            return
        final = draft.with_name(draft.name.removesuffix(_REPLACED)[1:])
        if draft.name.endswith(_REPLACED) and not final.exists():
            draft.rename(final)
        else:
            _remove(draft)
    finally:
        os.close(handle)


def _same(handle: int, path: Path) -> bool:
    """Whether an open folder still stands under its name."""
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    """Remove a file or folder, also while threads are writing in it."""
    if not path.is_dir() or path.is_symlink():
        with suppress(OSError):
            path.unlink()
        return
    for _ in range(_TRIES):
        shutil.rmtree(path, ignore_errors=True)
        if not path.exists():
            return


def _forget(draft: Path) -> None:
    handle = _held.pop(draft, None)
    if handle is not None:
        os.close(handle)
