"""`decide report` and `decide reproduce`: finished runs."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.errors import guarded
from cli.progress import progress_bar, working
from model.sampling.defaults import RIVALS_STAY
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

    from reports.run.reading import StoredRun
    from reports.run.reproduction import Comparison

__all__ = ["report", "reproduce"]

Run = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")]


@guarded
def report(run: Run) -> None:
    """Rebuild the report of a finished run, from the files in its folder alone."""
    path = run / "report.html"
    with working("Writing the report"):
        from reports.atomic import write_atomic
        from reports.page.html import render
        from reports.run.reading import read_run

        stored = read_run(run)
        write_atomic(path, render(stored.tree, stored.verdict, stored.analyses))
    typer.echo(f"report: {path}", err=True)


@guarded
def reproduce(run: Run) -> None:
    """Run the manifest of a finished run again, and compare draws and payoffs bit by bit.

    Draws of an earlier version of the sampler need be the same to 1e-5 of each only. Exit code 3
    where they differ.
    """
    with working("Reading the run"):
        from reports.run.reading import read_run

        stored = read_run(run)
    again = _again(stored)
    with working("Comparing"):
        from reports.run.reproduction import compare_runs

        comparisons = compare_runs(stored.tree, again)
    _tell(stored, comparisons)


def _tell(stored: "StoredRun", comparisons: "list[Comparison]") -> None:
    """Say whether a run was repeated; exit code 3 where it was not."""
    from reports.run.reproduction import earlier_sampler, first_edition, made_by_first

    run = stored.folder
    differing = [one for one in comparisons if one.differing]
    if not differing:
        total = sum(one.total for one in comparisons)
        typer.echo(f"{run}: the same, bit by bit: {len(comparisons)} variables, {total:,} values")
        return
    version = earlier_sampler(stored.manifest)
    if version is not None:
        differing = [one for one in differing if not one.close]
        typer.echo(f"{run}: drawn by version {version} of the sampler, and repeated by a later one")
    if not differing:
        total = sum(one.total for one in comparisons)
        echo = f"the same, to 1e-5 of each: {len(comparisons)} variables, {total:,} values"
        typer.echo(f"{run}: {echo}")
        return
    if made_by_first(stored.manifest):
        for line in first_edition(str(run), comparisons):
            typer.echo(line)
    for one in differing:
        typer.echo(_difference(one))
    for line in _causes(stored):
        typer.echo(line)
    raise typer.Exit(3)


def _again(stored: "StoredRun") -> "xr.DataTree":
    """Simulate what the manifest says, from the run's own resolved priors."""
    from model.analyses.blocks.run import simulate
    from priors.reading.load import load_text
    from reports.run.reproduction import sampler_of

    manifest = stored.manifest
    missing = {"draws", "chains", "seed", "sampler"} - set(manifest)
    if missing:
        raise InputError(f"{stored.folder}/manifest.json: states no {', '.join(sorted(missing))}")
    priors = load_text(stored.priors, str(stored.folder / "priors.toml"))
    with progress_bar("Simulating") as progress:
        return simulate(
            priors,
            draws=int(manifest["draws"]),
            seed=int(manifest["seed"]),
            chains=int(manifest["chains"]),
            sampler=sampler_of(manifest),
            options=bool(manifest.get("options", True)),
            # a run of before rivals could respond does not say what they do: they stay
            rivals=str(manifest.get("rivals", RIVALS_STAY)),
            without=manifest.get("without", []),
            progress=progress,
        )


def _difference(one: "Comparison") -> str:
    if one.differing < 0:
        return f"{one.name}: is not in both runs, or of another shape"
    part = f"{one.differing:,} of {one.total:,} values differ"
    if math.isnan(one.largest):
        return f"{one.name}: {part}, a number against none among them"
    return f"{one.name}: {part}, by up to {one.largest:.3g}"


def _causes(stored: "StoredRun") -> list[str]:
    """What is not as it was when the run was made."""
    from model.analyses.results.record import plain
    from reports.run.folder import environment, sha256
    from reports.run.reproduction import changed_environment

    outputs = stored.manifest.get("outputs", {})
    lines = [
        f"{name}: is not the file that the run wrote"
        for name in ("priors.toml", "run.nc")
        if outputs.get(name) != sha256(stored.folder / name)
    ]
    lines += changed_environment(stored.manifest.get("environment", {}), plain(environment()))
    return lines or ["inputs, versions and platform are those of the run"]
