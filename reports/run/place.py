"""Where a run goes: its name is taken before the work, and what is in the way is said then."""

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from priors.errors import InputError
from reports.atomic import flush
from reports.drafts import committing, draft_of, drop, lock, replaced_name, sweep, take
from reports.run.adding import MANIFEST, OURS
from reports.run.json_file import read_json

__all__ = ["Place", "check_free", "next_place"]


class TakenError(InputError):
    """A name that another run has, or is being given."""


class Place:
    """A name that is taken for a run: a hidden folder beside it that no other process writes.

    At the end of a ``with`` the hidden folder is gone, as are parents that were made for it, unless
    `put` has given it its name.

    Parameters
    ----------
    folder : Path
        Final name.
    force : bool
        Whether a run that is there already is replaced.

    Raises
    ------
    InputError
        If the name is not free, or another command is writing it.
    OSError
        If nothing can be written there.
    """

    def __init__(self, folder: Path, *, force: bool = False) -> None:
        check_free(folder, force=force)
        self.folder, self.force, self.draft = folder, force, draft_of(folder)
        self.made = _make_parents(folder)
        sweep(folder.parent)
        try:
            self._take()
        except BaseException:
            self.release()
            raise

    def _take(self) -> None:
        if not take(self.draft):
            raise TakenError(f"{self.folder}: another command is writing it; choose another folder")
        # It may have been finished since we looked.
        check_free(self.folder, force=self.force)

    def put(self) -> None:
        """Give the hidden folder its final name; what stood there comes back if that fails.

        Raises
        ------
        InputError
            If another command is adding to the run that was to be replaced.
        OSError
            If it cannot be renamed.
        """
        check_free(self.folder, force=self.force)
        flush(self.draft)
        with committing(self.draft):
            _put_in_place(self.draft, self.folder)
        self.made = []
        flush(self.folder.parent)

    def release(self) -> None:
        """Take away what was made, where it has not got its final name."""
        drop(self.draft)
        for parent in self.made:
            try:
                parent.rmdir()
            except OSError:
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def next_place(root: Path, name: str) -> Place:
    """The first of ``root/name``, ``root/name-2`` … that is free, and that nobody is writing.

    Parameters
    ----------
    root : Path
        Folder of runs; need not exist.
    name : str
        Name of the priors.

    Returns
    -------
    Place

    Raises
    ------
    OSError
        If nothing can be written there.
    """
    number = 1
    while True:
        folder = root / (name if number == 1 else f"{name}-{number}")
        number += 1
        if os.path.lexists(folder):
            continue
        with suppress(TakenError):
            return Place(folder)


def check_free(folder: Path, *, force: bool) -> None:
    """Refuse a folder that must not be replaced; cheap, so that a run can ask before it starts.

    Parameters
    ----------
    folder : Path
        Where a run is to be written.
    force : bool
        Whether a run that is there already may be replaced.

    Raises
    ------
    InputError
        If it exists without `force`, holds anything that no run wrote, or cannot be replaced.
    OSError
        If its name is none that the file system takes.
    """
    parent = next(parent for parent in folder.absolute().parents if os.path.lexists(parent))
    if not parent.is_dir():
        raise InputError(f"{folder}: {parent} is a file, expected a folder")
    try:
        os.lstat(folder)
    except FileNotFoundError:
        return
    if folder.is_symlink():
        raise InputError(f"{folder}: is a symbolic link; give the folder that it leads to")
    if not folder.is_dir():
        raise InputError(f"{folder}: is a file, expected the name of a folder")
    foreign = sorted(_foreign(folder))
    if foreign:
        raise InputError(f"{folder}: holds {foreign[0]}, which no run wrote; choose another folder")
    if not force and any(folder.iterdir()):
        raise TakenError(f"{folder}: exists already; choose another folder, or say --force")
    _check_movable(folder)


def _check_movable(folder: Path) -> None:
    if folder.resolve() in {Path.cwd(), *Path.cwd().parents}:
        raise InputError(f"{folder}: is the working folder; name one to be made in it")
    if os.path.ismount(folder):
        raise InputError(f"{folder}: is a mount point; name a folder to be made in it")


def _foreign(folder: Path) -> set[str]:
    """Names in `folder` that its manifest does not know."""
    names = {path.name for path in folder.iterdir()} - OURS
    if MANIFEST not in names:
        return names
    try:
        outputs = read_json(folder / MANIFEST).get("outputs")
    except (OSError, InputError):
        return names
    return names - {MANIFEST} - set(outputs if isinstance(outputs, dict) else ())


def _make_parents(folder: Path) -> list[Path]:
    """Make the parents that are lacking; those made, the innermost first."""
    lacking = [parent for parent in folder.parents if not parent.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    return lacking


def _put_in_place(draft: Path, folder: Path) -> None:
    """Rename `draft` to `folder`; what stood there comes back if that fails."""
    if not folder.exists():
        draft.rename(folder)
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if not lock(handle):
            raise InputError(f"{folder}: another command is adding to it; try again later")
        old = replaced_name(folder)
        folder.rename(old)
        try:
            draft.rename(folder)
        except BaseException:
            old.rename(folder)
            raise
    finally:
        os.close(handle)
    sweep(folder.parent)
