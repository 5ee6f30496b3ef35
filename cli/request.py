"""What the user asked of a command that makes a run, and what is read before it."""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cli.progress import working
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

    from priors.reading.records import Priors

__all__ = ["Analysis", "Goal", "Request", "from_page", "goal", "load", "load_warned"]


@dataclass(frozen=True, slots=True)
class Goal:
    """When a run has draws enough.

    Attributes
    ----------
    precision : float, optional
        Largest standard error of exit − stay, USD billion; None: every best strategy resolved.
    max_draws : int, optional
        The most draws.
    """

    precision: float | None
    max_draws: int | None


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for: the options of `decide simulate`."""

    priors: str
    draws: int
    chains: int
    goal: Goal | None
    seed: int
    sampler: str
    rivals: str
    without: list[str]
    out: Path | None
    force: bool
    players: list[str] | None
    overrides: list[str]
    options: bool
    quiet: bool
    json: bool
    #: Of the priors, where `priors` names a report that carries them.
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis of a run, with a file, a section of the report and a terminal summary.

    Attributes
    ----------
    title : str
        Of its progress bar.
    run : callable
        (run, verdict, progress) to the content of its JSON file.
    show : callable
        Prints that content for a terminal.
    beside : bool
        Whether the decision is printed too, before it.
    """

    title: str
    run: Callable[["xr.DataTree", dict[str, Any], Callable[[float], None]], dict[str, Any]]
    show: Callable[[dict[str, Any]], None]
    beside: bool = False


def load(path: str, overrides: list[str], *, quiet: bool = False) -> "Priors":
    """Read the priors; say on stderr which file was used, and what to be warned of.

    Parameters
    ----------
    path : str
        The file, or the name of a shipped one.
    overrides : list of str
        Each ``PATH=VALUE``.
    quiet : bool
        Whether to say nothing but the warnings.

    Returns
    -------
    Priors
        Resolved and checked.

    Raises
    ------
    PriorFileError
        With everything that is wrong in the file, in those that it extends or in the overrides.
    """
    return load_warned(path, overrides, quiet=quiet)[0]


def load_warned(
    path: str, overrides: list[str], *, quiet: bool = False, text: str | None = None
) -> "tuple[Priors, list[str]]":
    """Read the priors as `load` does.

    Parameters
    ----------
    path : str
        The file, or the name of a shipped one.
    overrides : list of str
        Each ``PATH=VALUE``.
    quiet : bool
        Whether to say nothing but the warnings.
    text : str, optional
        The priors that the report `path` carries.

    Returns
    -------
    Priors
        Resolved and checked.
    list of str
        All warnings of priors of unusual size.

    Raises
    ------
    PriorFileError
        With everything that is wrong in the file, in those that it extends or in the overrides.
    """
    with working("Reading the priors", quiet=quiet):
        from priors.inspection.show import shown, unusual
        from priors.reading.load import load_priors, load_text

        priors = load_priors(path, overrides) if text is None else load_text(text, path, overrides)
        warnings = unusual(priors)
    if not quiet:
        origin = _origin(path) if text is None else "the report’s own"
        typer.echo(f"priors: {list(priors.files)[-1]}, {origin}", err=True)
        for note in priors.notes:
            typer.echo(f"note: {note}", err=True)
    # A slip of a unit spoils every figure: who asks for quiet has not asked not to be told.
    for warning in shown(warnings):
        typer.echo(f"warning: {warning}", err=True)
    return priors, warnings


def from_page(request: Request, page: Path, stated: Container[str]) -> tuple[Request, bool]:
    """What the user asked for, with the priors and settings that a report carries.

    Parameters
    ----------
    request : Request
        The options.
    page : Path
        The report.
    stated : container of str
        Settings that the user stated, by the names of the fields: they beat the report's.

    Returns
    -------
    Request
        The report's, but for what was stated.
    bool
        Whether the report's run judged other forms of the model.

    Raises
    ------
    InputError
        Where the page carries no run.
    """
    with working("Reading the report", quiet=request.quiet):
        from reports.run.page_source import read_source

        source = read_source(page)
    names = ("draws", "chains", "seed", "sampler", "rivals", "options", "without")
    own = {name: getattr(source, name) for name in names if name not in stated}
    return replace(request, priors=str(page), text=source.priors, **own), source.structure


def _origin(name: str) -> str:
    """Whether a file is a shipped one or the user's, and in which folder it lies."""
    from priors.reading.files import SHIPPED, find, shipped_files

    path = find(name).absolute()
    if path.parent == SHIPPED:
        return f"shipped, in {SHIPPED}"
    if path.name in shipped_files():
        return f"your own in place of the shipped one, in {path.parent}"
    return f"your own, in {path.parent}"


def goal(until_resolved: bool, precision: float | None, max_draws: int | None) -> Goal | None:
    """When a run has draws enough, as the options say.

    Parameters
    ----------
    until_resolved : bool
        ``--until-resolved``.
    precision : float, optional
        ``--precision``.
    max_draws : int, optional
        ``--max-draws``.

    Returns
    -------
    Goal or None
        None where the number of draws is as stated.

    Raises
    ------
    InputError
        Where the options contradict each other.
    """
    if until_resolved and precision is not None:
        raise InputError("expected either --until-resolved or --precision, not both")
    if not until_resolved and precision is None:
        if max_draws is not None:
            raise InputError("--max-draws limits --until-resolved or --precision: neither is there")
        return None
    return Goal(precision, max_draws)
