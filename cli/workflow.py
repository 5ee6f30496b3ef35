"""What the commands that make a run have in common: read, run, write, print."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    import xarray as xr

    from priors.records import Priors

__all__ = ["Request", "load", "make_run"]


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for: the options of `decide simulate`."""

    priors: str
    draws: int
    chains: int
    seed: int
    sampler: str
    out: Path | None
    force: bool
    players: list[str] | None
    overrides: list[str]
    quiet: bool
    json: bool


def load(path: str, overrides: list[str], *, quiet: bool = False) -> "Priors":
    """Read the priors; say on stderr which file was used, and what to be warned of."""
    from priors.load import load_priors

    priors = load_priors(path, overrides)
    if not quiet:
        typer.echo(f"priors: {list(priors.files)[-1]}", err=True)
        for note in priors.notes:
            typer.echo(f"note: {note}", err=True)
    return priors


def make_run(request: Request) -> None:
    """Simulate, write the run's folder, print the result."""
    from reports.files import check_free, next_folder

    priors = load(request.priors, request.overrides, quiet=request.quiet)
    _check_players(request.players, priors)
    folder = request.out or next_folder(Path("runs"), priors.name)
    check_free(folder, force=request.force)
    run, verdict = _simulate(request, priors)
    _write(request, priors, run, verdict, folder)
    _print(request, verdict, folder)


def _check_players(players: list[str] | None, priors: "Priors") -> None:
    """Refuse unknown players before the work, not after it."""
    from model.decision import check_players

    if players:
        check_players(players, [player.name for player in priors.players])


def _simulate(request: Request, priors: "Priors") -> "tuple[xr.DataTree, dict[str, Any]]":
    from cli.progress import progress_bar
    from model.decision import decision
    from model.simulation import simulate

    with progress_bar("Simulating", quiet=request.quiet) as progress:
        run = simulate(
            priors,
            draws=request.draws,
            seed=request.seed,
            chains=request.chains,
            sampler=request.sampler,
            progress=progress,
        )
    return run, decision(run, request.players or None)


def _write(
    request: Request,
    priors: "Priors",
    run: "xr.DataTree",
    verdict: dict[str, Any],
    folder: Path,
) -> None:
    from reports.files import write_run

    manifest = {
        "command": ["decide", *sys.argv[1:]],
        "priors": priors.name,
        "overrides": request.overrides,
        "draws": request.draws,
        "chains": request.chains,
        "seed": request.seed,
        "sampler": request.sampler,
        "players": request.players,
        "inputs": dict(priors.files),
    }
    write_run(
        run,
        verdict,
        folder,
        manifest=manifest,
        priors_text=priors.resolved,
        force=request.force,
    )


def _print(request: Request, verdict: dict[str, Any], folder: Path) -> None:
    if request.quiet:
        return
    if request.json:
        import json

        typer.echo(json.dumps(verdict, indent=2, ensure_ascii=False))
    else:
        from rich.console import Console

        from reports.table import print_decision

        print_decision(verdict, Console())
    typer.echo(f"run: {folder}", err=True)
    typer.echo(f"report: {folder / 'report.html'}", err=True)
