"""Files added to a finished run: all of them, or none.

They are prepared in a hidden folder within the run's, which then gets the name that says that it is
whole; only then do they take their final names, the manifest last. Whoever opens a run after an
interrupt finishes what was whole, so that its files always fit its manifest.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reports.atomic import flush, write_flushed
from reports.drafts import committing, hold, lock
from reports.run.hashes import sha256, stated_hashes

__all__ = [
    "MANIFEST",
    "OURS",
    "add_files",
    "adding_to",
    "finish_adding",
    "json_text",
    "sweep_adding",
]

MANIFEST = "manifest.json"
#: Folder of files that are being written, and of those that are and wait for their final names.
_DRAFT, _WHOLE = ".decide-adding.tmp", ".decide-adding"
#: Hidden names that may lie in a run's folder.
OURS = frozenset((_DRAFT, _WHOLE))


def add_files(folder: Path, manifest: Mapping[str, Any], files: Mapping[str, str]) -> None:
    """Add files to a run, or replace some, and state their hashes and no other in its manifest.

    Parameters
    ----------
    folder : Path
        Of a finished run.
    manifest : mapping
        As `read_manifest` returns it.
    files : mapping of str to str
        Name to content.

    Raises
    ------
    OSError
        If it cannot be written; the run is then as it was.
    """
    sweep_adding(folder)
    draft = folder / _DRAFT
    with hold(draft):
        draft.mkdir()
        for name, text in files.items():
            write_flushed(draft / name, text)
        hashes = {name: sha256(draft / name) for name in files}
        outputs = dict(sorted((stated_hashes(manifest) | hashes).items()))
        write_flushed(draft / MANIFEST, json_text({**manifest, "outputs": outputs}))
        flush(draft)
        with committing(draft):
            draft.rename(folder / _WHOLE)
            finish_adding(folder)


@contextmanager
def adding_to(folder: Path, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Let no other command add to a run, or replace it, within the body.

    Parameters
    ----------
    folder : Path
        Of a finished run.
    waiting : callable
        Called once if another command is adding to it, which is then waited for.

    Raises
    ------
    OSError
        If the folder cannot be opened.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        if not lock(handle):
            waiting()
            lock(handle, wait=True)
        yield
    finally:
        os.close(handle)


def finish_adding(folder: Path) -> None:
    """Give files that were added whole their final names, the manifest last.

    Parameters
    ----------
    folder : Path
        Of a run; nothing happens where none wait.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    whole = folder / _WHOLE
    if not whole.is_dir():
        return
    for path in sorted(whole.iterdir(), key=lambda path: path.name == MANIFEST):
        path.replace(folder / path.name)
    flush(folder)
    whole.rmdir()


def sweep_adding(folder: Path) -> None:
    """Finish or remove what an interrupted command left in a run's folder.

    Parameters
    ----------
    folder : Path
        Of a run that no other command is adding to.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    finish_adding(folder)
    shutil.rmtree(folder / _DRAFT, ignore_errors=True)


def json_text(value: Mapping[str, Any]) -> str:
    """The text of a JSON file of a run.

    Parameters
    ----------
    value : mapping
        Plain values.

    Returns
    -------
    str
        Indented; ends with a line break.
    """
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
