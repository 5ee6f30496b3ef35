"""The finished run that an analysis of a prior file belongs to, where there is one."""

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.request import Request

if TYPE_CHECKING:
    from priors.reading.records import Priors

__all__ = ["RUNS", "joined_run"]

#: Folder of the runs that are given no other.
RUNS = Path("runs")


def joined_run(request: Request, priors: "Priors") -> Path | None:
    """The run to add to; says which on stderr, unless the request is quiet.

    Parameters
    ----------
    request : Request
        What the user asked for.
    priors : Priors
        As read for it.

    Returns
    -------
    Path or None
        None where the request names a folder, adds draws until a goal is met, or no run of the
        same resolved priors and settings is in the folder of runs.
    """
    if request.out is not None or request.goal is not None:
        return None
    from model.sampling.defaults import SAMPLER_VERSION
    from reports.run.joining import the_same_run

    settings = {
        "draws": request.draws,
        "chains": request.chains,
        "looks": None,
        "seed": request.seed,
        "sampler": request.sampler,
        "sampler_version": SAMPLER_VERSION,
        "options": request.options,
        "rivals": request.rivals,
        "without": request.without,
        "edition": priors.edition,
        "players": request.players,
    }
    folder = the_same_run(RUNS, priors.name, priors.resolved, settings, version("decide-video"))
    if folder is not None and not request.quiet:
        text = "which has the same priors and settings; --out DIR makes a run of its own"
        typer.echo(f"adding to {folder}, {text}", err=True)
    return folder
