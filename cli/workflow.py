"""What the commands that make a run have in common: read, run, write, print."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from priors.errors import InputError
from reports.text.strategies import reporting

if TYPE_CHECKING:
    import xarray as xr

    from priors.reading.records import Priors
    from reports.run.reading import StoredRun

__all__ = [
    "Analysis",
    "Goal",
    "Request",
    "analyse_stored",
    "check_run",
    "load",
    "make_run",
    "print_json",
    "write_stored",
]


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
        Whether to say nothing.

    Returns
    -------
    Priors
        Resolved and checked.

    Raises
    ------
    PriorFileError
        With everything that is wrong in the file, in those that it extends or in the overrides.
    """
    from priors.reading.load import load_priors

    priors = load_priors(path, overrides)
    if not quiet:
        typer.echo(f"priors: {list(priors.files)[-1]}", err=True)
        for note in priors.notes:
            typer.echo(f"note: {note}", err=True)
    return priors


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


def make_run(request: Request, analyses: Mapping[str, Analysis] | None = None) -> None:
    """Simulate, run the analyses, write the run's folder, print the result.

    Parameters
    ----------
    request : Request
        What the user asked for.
    analyses : mapping of str to Analysis, optional
        By name: that of a section of the report, and of a file such as ``option.json``.

    Raises
    ------
    PriorFileError
        With everything that is wrong in the priors.
    InputError
        Before any work where a player is unknown or the run's folder is taken; then where the
        draws, chains or sampler cannot be used.
    NumericalError
        If a draw is not finite.
    """
    from model.analyses.decision import check_players
    from model.analyses.structure import with_forms
    from model.analyses.until import check_goal
    from model.economics.strategies import compared
    from model.simulation.simulate import check_rivals
    from reports.run.folder import check_free, next_folder

    priors = load(request.priors, request.overrides, quiet=request.quiet)
    if request.players:
        # Before the work, not after it.
        check_players(request.players, [player.name for player in priors.players])
    compared(priors.strategies, request.without)
    check_rivals(request.rivals)
    if request.goal is not None:
        check_goal(request.draws, request.goal.precision, request.goal.max_draws)
    folder = request.out or next_folder(Path("runs"), priors.name)
    check_free(folder, force=request.force)
    run, verdict = _simulate(request, priors)
    found = _analyse(run, verdict, analyses or {}, quiet=request.quiet)
    if "structure" in found:
        verdict = with_forms(verdict, found["structure"])
    found["checks"] = check_run(run, verdict, found)
    _write(request, priors, run, verdict, found, folder)
    with reporting(run):
        _print(request, run, verdict, found, analyses or {}, folder)


def _simulate(request: Request, priors: "Priors") -> "tuple[xr.DataTree, dict[str, Any]]":
    from cli.preload import preloaded
    from cli.progress import progress_bar
    from model.analyses.blocks.run import simulate
    from model.analyses.decision import decision
    from model.analyses.until import simulate_until

    goal = request.goal
    until = {} if goal is None else {"precision": goal.precision, "max_draws": goal.max_draws}
    make: Callable[..., xr.DataTree] = simulate if goal is None else simulate_until
    with preloaded(), progress_bar("Simulating", quiet=request.quiet) as progress:
        run = make(
            priors,
            draws=request.draws,
            seed=request.seed,
            chains=request.chains,
            sampler=request.sampler,
            options=request.options,
            rivals=request.rivals,
            without=request.without,
            progress=progress,
            **until,
        )
    return run, decision(run, request.players or None)


def _analyse(
    run: "xr.DataTree",
    verdict: dict[str, Any],
    analyses: Mapping[str, Analysis],
    *,
    quiet: bool,
) -> dict[str, dict[str, Any]]:
    from cli.progress import progress_bar

    found = {}
    for name, analysis in analyses.items():
        with progress_bar(analysis.title, quiet=quiet) as progress:
            found[name] = analysis.run(run, verdict, progress)
    return found


def analyse_stored(
    folder: Path, analyses: Mapping[str, Analysis], *, quiet: bool, json: bool
) -> None:
    """Run analyses on a finished run, and add their files and sections to its folder.

    Parameters
    ----------
    folder : Path
        Of the finished run; its files are replaced at once, at the end.
    analyses : mapping of str to Analysis
        By name; a stored analysis of the same name is replaced.
    quiet : bool
        Whether to print nothing but the JSON that is asked for.
    json : bool
        Whether to print the analyses as JSON, and not for a reader.

    Raises
    ------
    InputError
        If the folder holds no run, or one that this version cannot read.
    """
    from reports.run.reading import read_run
    from reports.run.reproduction import made_by_first
    from reports.text.looks import kept_text

    stored = read_run(folder)
    if not quiet and made_by_first(stored.manifest):
        text = "made by the first edition of the model; the equations used now are the second's"
        typer.echo(f"note: {folder}: {text}", err=True)
    if not quiet and "kept" in stored.tree.attrs:
        typer.echo(f"note: {folder}: {kept_text(stored.tree.attrs)}", err=True)
    found = _analyse(stored.tree, stored.verdict, analyses, quiet=quiet)
    every = stored.analyses | found
    write_stored(stored, every | {"checks": check_run(stored.tree, stored.verdict, every)})
    if not quiet:
        with reporting(stored.tree):
            _print_analyses(found, analyses, json=json)
        typer.echo(f"report: {folder / 'report.html'}", err=True)


def _write(
    request: Request,
    priors: "Priors",
    run: "xr.DataTree",
    verdict: dict[str, Any],
    found: Mapping[str, dict[str, Any]],
    folder: Path,
) -> None:
    from model.analyses.results.looks import looks_of
    from model.analyses.results.manifest import Manifest
    from model.sampling.defaults import SAMPLER_VERSION
    from reports.run.folder import environment, write_run

    manifest = Manifest(
        environment=environment(),
        command=["decide", *sys.argv[1:]],
        priors=priors.name,
        overrides=request.overrides,
        draws=int(run.attrs["draws"]),
        chains=int(run.attrs["chains"]),
        kept=int(run.attrs["kept"]) if "kept" in run.attrs else None,
        looks=looks_of(run.attrs),
        seed=request.seed,
        sampler=request.sampler,
        sampler_version=SAMPLER_VERSION,
        options=request.options,
        rivals=request.rivals,
        without=request.without,
        edition=priors.edition,
        players=request.players,
        inputs=dict(priors.files),
    )
    write_run(
        run,
        verdict,
        folder,
        manifest=manifest,
        priors_text=priors.resolved,
        analyses=found,
        force=request.force,
    )


def check_run(
    run: "xr.DataTree", verdict: Mapping[str, Any], analyses: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The content of ``checks.json``.

    Parameters
    ----------
    run : DataTree
        As simulate returns it.
    verdict : mapping
        As decision returns it.
    analyses : mapping
        Name of each analysis that was run to the content of its file.

    Returns
    -------
    dict
        Plain numbers, strings, lists and dicts.
    """
    from model.analyses.results.record import plain
    from model.checks.checking import checked

    return plain(checked(run, verdict, analyses))


def write_stored(stored: "StoredRun", analyses: Mapping[str, Mapping[str, Any]]) -> None:
    """Write a stored run anew, with what has been found of it since.

    Parameters
    ----------
    stored : StoredRun
        From `read_run`; its folder's files are replaced at once, at the end.
    analyses : mapping
        Name of each analysis to the content of its file, those that were stored included.

    Raises
    ------
    InputError
        Where its manifest does not state how it was made.
    """
    from reports.run.folder import write_run
    from reports.run.reading import manifest_of

    write_run(
        stored.tree,
        stored.verdict,
        stored.folder,
        manifest=manifest_of(stored),
        priors_text=stored.priors,
        analyses=analyses,
        force=True,
    )


def _print(
    request: Request,
    run: "xr.DataTree",
    verdict: dict[str, Any],
    found: Mapping[str, dict[str, Any]],
    analyses: Mapping[str, Analysis],
    folder: Path,
) -> None:
    if request.quiet:
        return
    from reports.text.checks import summary
    from reports.text.looks import added, kept_text

    beside = all(analysis.beside for analysis in analyses.values())
    if beside and request.json:
        print_json(verdict)
    elif beside:
        from rich.console import Console

        from reports.terminal.decision import print_decision

        print_decision(verdict, Console())
    if not (beside and request.json):
        _print_analyses(found, analyses, json=request.json)
    if "kept" in run.attrs:
        typer.echo(kept_text(run.attrs), err=True)
    if draws := added(verdict):
        typer.echo(draws, err=True)
    typer.echo(f"checks: {summary(found['checks'])}; decide check {folder}", err=True)
    typer.echo(f"run: {folder}", err=True)
    typer.echo(f"report: {folder / 'report.html'}", err=True)


def _print_analyses(
    found: Mapping[str, dict[str, Any]],
    analyses: Mapping[str, Analysis],
    *,
    json: bool,
) -> None:
    for name, analysis in analyses.items():
        if json:
            print_json(found[name])
        else:
            analysis.show(found[name])


def print_json(content: dict[str, Any]) -> None:
    """Print what a file holds.

    Parameters
    ----------
    content : dict
        Plain values.
    """
    import json

    typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
