"""Files written whole or not at all.

What is written is flushed to disk before it takes its final name: an interrupt at any moment
leaves nothing half-written.
"""

import os
from pathlib import Path

from reports.drafts import committing, draft_of, hold, lock, sweep

__all__ = ["flush", "write_atomic", "write_flushed"]


def write_atomic(path: Path, content: str | bytes) -> None:
    """Write a file under its final name whole: a file beside it, flushed, then renamed.

    Parameters
    ----------
    path : Path
        In a folder that exists; a file of that name is replaced.
    content : str or bytes
        Text is written as UTF-8.

    Raises
    ------
    OSError
        If it cannot be written. Then, as after an interrupt, no draft is left behind, and an
        earlier file of that name stays as it was.
    """
    sweep(path.parent)
    draft = draft_of(path.with_name(f"{path.name}-{os.getpid()}"))
    with hold(draft):
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            lock(handle)
            write_flushed(draft, content)
            draft.chmod(0o644)
            with committing(draft):
                draft.replace(path)
        finally:
            os.close(handle)
    flush(path.parent)


def write_flushed(path: Path, content: str | bytes) -> None:
    """Write a file and flush it to disk.

    Parameters
    ----------
    path : Path
        In a folder that exists; a file of that name is overwritten.
    content : str or bytes
        Text is written as UTF-8.

    Raises
    ------
    OSError
        If it cannot be written, with its name.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        # where a write fails the system does not say of which file
        raise OSError(error.errno, error.strerror, str(path)) from None


def flush(path: Path) -> None:
    """Flush a file, or a folder's list of names, to disk.

    Parameters
    ----------
    path : Path
        Exists.

    Raises
    ------
    OSError
        If it cannot be opened; that it cannot be flushed is no error.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        # Some file systems cannot flush a folder; its files are flushed already.
        pass
    finally:
        os.close(handle)
