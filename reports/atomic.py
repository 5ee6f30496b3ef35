"""Files written whole or not at all.

What is written is flushed to disk before it takes its final name: an interrupt at any moment
leaves nothing half-written.
"""

import os
import tempfile
from pathlib import Path

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
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".tmp")
    os.close(handle)
    try:
        write_flushed(Path(draft), content)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    flush(path.parent)


def write_flushed(path: Path, content: str | bytes) -> None:
    """Write a file and flush it to disk.

    Parameters
    ----------
    path : Path
        In a folder that exists; a file of that name is overwritten.
    content : str or bytes
        Text is written as UTF-8.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


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
