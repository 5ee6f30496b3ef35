"""What the commands that make a run have in common: read, run, write, print."""

import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cli.finished import finished
from cli.joining import RUNS, joined_run
from cli.progress import progress_bar, working
from cli.request import Analysis, Request, load_warned
from cli.room import check_room_for_run, check_room_to_add
from cli.terminal import console
from reports.text.strategies import reporting

if TYPE_CHECKING:
    import xarray as xr

    from priors.reading.records import Priors
    from reports.naming import Naming
    from reports.run.place import Place
    from reports.run.reading import StoredRun

__all__ = [
    "analyse_stored",
    "check_run",
    "make_run",
    "print_json",
    "write_stored",
]


def make_run(
    request: Request, analyses: Mapping[str, Analysis] | None = None, *, joining: bool = False
) -> None:
    """Simulate, run the analyses, write the run's folder, print the result.

    Parameters
    ----------
    request : Request
        What the user asked for.
    analyses : mapping of str to Analysis, optional
        By name: that of a section of the report, and of a file such as ``option.json``.
    joining : bool
        Whether the analyses are added to a run that is there with the same priors and settings;
        one is made where none is, or where the request names a folder.

    Raises
    ------
    PriorFileError
        With everything that is wrong in the priors.
    InputError
        Before any work where a player is unknown, the run's folder is taken or the disk has too
        little room, or the draws, chains or sampler cannot be used.
    NumericalError
        If a draw is not finite.
    """
    priors, warnings = load_warned(
        request.priors, request.overrides, quiet=request.quiet, text=request.text
    )
    there = joined_run(request, priors) if joining else None
    if there is not None:
        analyse_stored(there, analyses or {}, quiet=request.quiet, json=request.json)
        return
    with working("Loading the model", quiet=request.quiet):
        place = _checked(request, priors)
    with place:
        from model.simulation.run_attributes import unusual_priors

        check_room_for_run(request, priors, place.folder.parent, len(analyses or {}))
        run, verdict = _simulate(request, priors)
        # What is stated where, only the files know: a run has the resolved priors alone.
        run.attrs |= unusual_priors(warnings)
        found, verdict = _analyse(run, verdict, analyses or {}, quiet=request.quiet)
        with working("Writing the run", quiet=request.quiet):
            found["checks"] = check_run(run, verdict, found)
            _write(request, priors, run, verdict, found, place)
    with reporting(run):
        _print(request, run, verdict, found, analyses or {}, place.folder)


def _checked(request: Request, priors: "Priors") -> "Place":
    """The place to write, taken; what cannot be done is refused before the work, not after it."""
    from model.analyses.decision import check_players
    from model.analyses.until import check_goal
    from model.economics.strategies import compared
    from model.sampling.size import check_sampler, check_seed
    from model.simulation.simulate import check_rivals
    from reports.run.place import Place, next_place

    if request.players:
        check_players(request.players, [player.name for player in priors.players])
    compared(priors.strategies, request.without)
    check_rivals(request.rivals)
    check_sampler(request.sampler)
    check_seed(request.seed)
    if request.goal is not None:
        check_goal(request.draws, request.goal.precision, request.goal.max_draws)
    if request.out is None:
        return next_place(RUNS, priors.name)
    return Place(request.out, force=request.force)


def _simulate(request: Request, priors: "Priors") -> "tuple[xr.DataTree, dict[str, Any]]":
    from cli.preload import preloaded

    with progress_bar("Simulating", quiet=request.quiet) as progress:
        from model.analyses.blocks.run import simulate
        from model.analyses.decision import decision
        from model.analyses.until import simulate_until
        from model.stopping.ahead import rules_ahead

        goal = request.goal
        until = {} if goal is None else {"precision": goal.precision, "max_draws": goal.max_draws}
        make: Callable[..., xr.DataTree] = simulate if goal is None else simulate_until
        with rules_ahead() if request.options else nullcontext(), preloaded():
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
) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """What the analyses find, each told what those before it say of the decision; and that."""
    found = {}
    for name, analysis in analyses.items():
        with progress_bar(analysis.title, quiet=quiet) as progress:
            found[name] = analysis.run(run, verdict, progress)
        if name == "structure":
            from model.analyses.structure import with_forms

            verdict = with_forms(verdict, found[name])
    return found, verdict


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
    with finished(folder, quiet=quiet, adding=True) as stored:
        from reports.run.reproduction import made_by_first
        from reports.text.looks import kept_text

        if not quiet and made_by_first(stored.manifest):
            text = "made by the first edition of the model; the equations used now are the second's"
            typer.echo(f"note: {folder}: {text}", err=True)
        if not quiet and "kept" in stored.tree.attrs:
            typer.echo(f"note: {folder}: {kept_text(stored.tree.attrs)}", err=True)
        check_room_to_add(stored, len(analyses))
        found, _ = _analyse(stored.tree, stored.verdict, analyses, quiet=quiet)
        checks = check_run(stored.tree, stored.verdict, stored.analyses | found)
        added = found | {"checks": checks}
        with working("Writing the run", quiet=quiet):
            write_stored(stored, added, stored.analyses | added)
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
    place: "Place",
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
        place.folder,
        manifest=manifest,
        priors_text=priors.resolved,
        analyses=found,
        place=place,
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


def write_stored(
    stored: "StoredRun",
    found: Mapping[str, Mapping[str, Any]],
    analyses: Mapping[str, Mapping[str, Any]],
    naming: "Naming | None" = None,
) -> None:
    """Add to a stored run what has been found of it since, and build its report anew.

    Parameters
    ----------
    stored : StoredRun
        From `read_run`; no other file of it is written.
    found : mapping
        Name of each new analysis to the content of its file.
    analyses : mapping
        The same of all analyses, those that were stored included.
    naming : Naming, optional
        How its author calls the report.
    """
    from reports.page.html import render
    from reports.run.adding import add_files, json_text
    from reports.run.sensitivity_csv import sensitivity_csv

    files = {f"{name}.json": json_text(content) for name, content in found.items()}
    if "sensitivity" in found:
        files["sensitivity.csv"] = sensitivity_csv(found["sensitivity"])
    files["report.html"] = render(stored.tree, stored.verdict, analyses, naming)
    add_files(stored.folder, stored.manifest, files)


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
        from reports.terminal.decision import print_decision

        print_decision(verdict, console())
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

    # Escaped where the stream cannot hold it: for programs, nothing is replaced.
    plain = not (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    typer.echo(json.dumps(content, indent=2, ensure_ascii=plain))
