"""A finished run, opened for a command: what it does not state is said, what is damaged blamed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.progress import working
from priors.errors import DecideError, InputError
from priors.wording import joined

if TYPE_CHECKING:
    from reports.run.reading import StoredRun

__all__ = ["blaming", "finished"]


@contextmanager
def finished(folder: Path, *, quiet: bool = False, adding: bool = False) -> Iterator["StoredRun"]:
    """Read a finished run, and say of what fails in the body which file is at fault.

    Parameters
    ----------
    folder : Path
        Of the run.
    quiet : bool
        Whether to say nothing of what its manifest does not state.
    adding : bool
        Whether the body adds to it: then no other command does until its end.

    Yields
    ------
    StoredRun
        Its files compared with the hashes in its manifest.

    Raises
    ------
    InputError
        If the folder holds no run, a file is not what the manifest states, or the body failed
        where a file lacks what every run of today states.
    """
    with _alone(folder) if adding and folder.is_dir() else nullcontext():
        with working("Reading the run", quiet=quiet):
            from reports.run.reading import read_run

            stored = read_run(folder)
        if stored.unstated and not quiet:
            text = f"manifest.json states no SHA-256 of {joined(stored.unstated)}"
            typer.echo(f"note: {folder}: {text}: whether it was changed cannot be told", err=True)
        with blaming(stored):
            yield stored


def _alone(folder: Path) -> AbstractContextManager[None]:
    """Wait until no other command is adding to a run, and let none."""
    from reports.run.adding import adding_to

    text = f"waiting: another command is adding to {folder}"
    return adding_to(folder, waiting=lambda: typer.echo(text, err=True))


@contextmanager
def blaming(stored: "StoredRun") -> Iterator[None]:
    """Say of what fails in the body which file of a run is at fault, if one is.

    Parameters
    ----------
    stored : StoredRun
        From `read_run`.

    Yields
    ------
    None

    Raises
    ------
    InputError
        If the body failed where a file lacks what every run of today states.
    """
    try:
        yield
    except (DecideError, OSError, typer.Exit):
        raise
    except Exception as error:
        _blame(stored, error)
        raise


def _blame(stored: "StoredRun", error: Exception) -> None:
    """Refuse a file that lacks what its form has; that is no bug of ours."""
    from model.analyses.results.json_schema import FILES
    from reports.run.form import check_form

    contents = {"manifest": stored.manifest, "decision": stored.verdict, **stored.analyses}
    for name, content in contents.items():
        check_form(content, FILES[name], f"{stored.folder / name}.json", keys=True)
    if stored.unstated:
        what = f"{type(error).__name__}: {error}"
        raise InputError(f"{stored.folder}: its files do not fit each other ({what})") from None
