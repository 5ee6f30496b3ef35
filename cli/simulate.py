"""`decide simulate`: value every strategy of every player on the joint prior."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import options
from cli.errors import guarded
from cli.request import Analysis, Request, from_page, goal
from cli.terminal import console
from cli.views import VIEWS, Views
from cli.workflow import make_run
from model.sampling.defaults import DEFAULT_CHAINS, DEFAULT_DRAWS, DEFAULT_SEED
from priors.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    import xarray as xr

__all__ = ["simulate"]

Structure = Annotated[
    bool,
    typer.Option("--structure", help="Judge each player in other forms of the model, too."),
]


def _run(
    run: "xr.DataTree", verdict: dict[str, Any], progress: "Callable[[float], None]"
) -> dict[str, Any]:
    from model.analyses.results.record import plain
    from model.analyses.structure import structure_analysis

    return plain(structure_analysis(run, progress, players=list(verdict["players"])))


def _show(content: dict[str, Any]) -> None:
    from reports.terminal.structure import print_structure

    print_structure(content, console())


STRUCTURE = Analysis("Trying other forms", _run, _show, beside=True)


@guarded
def simulate(  # noqa: PLR0913, PLR0917  # an option each
    ctx: typer.Context,
    priors: options.AnyPriors = None,
    from_: options.FromPage = None,
    draws: options.DrawCount = DEFAULT_DRAWS,
    chains: options.Chains = DEFAULT_CHAINS,
    until_resolved: options.UntilResolved = False,
    precision: options.Precision = None,
    max_draws: options.MaxDraws = None,
    seed: options.Seed = DEFAULT_SEED,
    out: options.Out = None,
    force: options.Force = False,
    player: options.Players = None,
    set_: options.Overrides = None,
    sampler: options.Sampler = "sobol",
    rivals: options.Rivals = "respond",
    without: options.Without = None,
    no_options: options.NoOptions = False,
    structure: Structure = False,
    views: Views = False,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Value every strategy for every player, on draws from the priors.

    Prints the decision, and writes the run's folder: run.nc, summary.csv, decision.json,
    report.html, priors.toml, checks.json, manifest.json; with --structure also structure.json,
    with --views views.json.
    """
    if (priors is None) == (from_ is None):
        raise InputError("expected either --priors FILE or --from REPORT")
    request = Request(
        priors=str(priors),
        draws=draws,
        chains=chains,
        goal=goal(until_resolved, precision, max_draws),
        seed=seed,
        sampler=sampler,
        rivals=rivals,
        without=without or [],
        out=out,
        force=force,
        players=player,
        overrides=set_ or [],
        options=not no_options,
        quiet=quiet,
        json=json,
    )
    if from_ is not None:
        request, judged = from_page(request, from_, _stated(ctx))
        structure = structure or judged
    asked = {"structure": STRUCTURE} if structure else {}
    make_run(request, asked | ({"views": VIEWS} if views else {}))


def _stated(ctx: typer.Context) -> set[str]:
    """The options that stand on the command line, by the names of a request's fields."""
    names = {"no_options": "options"}
    return {
        names.get(name, name)
        for name in ctx.params
        if (source := ctx.get_parameter_source(name)) is not None and source.name == "COMMANDLINE"
    }
