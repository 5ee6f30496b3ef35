"""`decide reproduce`: a finished run repeated."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.cited import cited_differences
from cli.errors import guarded
from cli.finished import finished
from cli.progress import progress_bar, working
from model.sampling.defaults import RIVALS_STAY
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

    from reports.run.reading import StoredRun
    from reports.run.reproduction import Comparison

__all__ = ["reproduce"]

Run = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")]


@guarded
def reproduce(run: Run) -> None:
    """Run the manifest of a finished run again, and compare draws and payoffs bit by bit.

    All files are compared with the hashes in the manifest first, and decision.json and summary.csv
    with what the draws give. Draws of an earlier version of the sampler need be the same to 1e-5 of
    each only. Exit code 3 where they differ, 2 where a file is not what the manifest states.
    """
    with finished(run) as stored:
        from reports.run.reading import verify_all

        verify_all(stored)
        if not _reproduced(stored):
            raise typer.Exit(3)


def _reproduced(stored: "StoredRun") -> bool:
    from reports.run.reproduction import earlier_sampler, first_edition, made_by_first

    run, again = stored.folder, _again(stored)
    with working("Comparing"):
        from reports.run.reproduction import compare_runs

        comparisons = compare_runs(stored.tree, again)
    differing = [one for one in comparisons if one.differing]
    version = earlier_sampler(stored.manifest) if differing else None
    if version is not None:
        differing = [one for one in differing if not one.close]
        typer.echo(f"{run}: drawn by version {version} of the sampler, and repeated by a later one")
    cited = [] if differing else cited_differences(stored, again, exact=version is None)
    if not differing and not cited:
        total = sum(one.total for one in comparisons)
        how = "bit by bit" if version is None else "to 1e-5 of each"
        typer.echo(f"{run}: the same, {how}: {len(comparisons)} variables, {total:,} values")
        return True
    if made_by_first(stored.manifest):
        for line in first_edition(str(run), comparisons):
            typer.echo(line)
    for line in [*map(_difference, differing), *cited, *_causes(stored)]:
        typer.echo(line)
    return False


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
    from reports.run.folder import environment
    from reports.run.reproduction import changed_environment

    lines = changed_environment(stored.manifest.get("environment", {}), plain(environment()))
    return lines or ["inputs, versions and platform are those of the run"]
