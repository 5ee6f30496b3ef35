"""`decide sensitivity`: what drives the decision, what would reverse it, what is worth knowing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import options
from cli.errors import guarded
from cli.progress import working
from cli.request import Analysis, Request, goal
from cli.terminal import console
from cli.workflow import analyse_stored, make_run
from model.sampling.defaults import DEFAULT_CHAINS, DEFAULT_DRAWS, DEFAULT_SEED
from priors.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    import xarray as xr

__all__ = ["sensitivity"]

Studies = Annotated[
    list[str] | None,
    typer.Option(
        "--study",
        metavar="NAME:ERROR:SD",
        help="Value a study that observes a quantity with an error (normal or lognormal), as in "
        "market.size_2033:lognormal:0.3; may be repeated.",
    ),
]
Costs = Annotated[
    list[float] | None,
    typer.Option(
        "--cost",
        metavar="X",
        help="Cost of the study, USD billion; once for all studies, or once for each.",
    ),
]
Groups = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        metavar="NAME=QUANTITY,QUANTITY",
        help="Quantities to learn together, beside market, compute …; may be repeated.",
    ),
]
Tolerances = Annotated[
    list[float] | None,
    typer.Option(
        "--risk-tolerance",
        metavar="X",
        help="Risk tolerance of a certainty equivalent, USD billion; may be repeated.",
    ),
]


@guarded
def sensitivity(  # noqa: PLR0913, PLR0917  # an option each
    run: options.FinishedRun = None,
    priors: options.AnyPriors = None,
    study: Studies = None,
    cost: Costs = None,
    group: Groups = None,
    risk_tolerance: Tolerances = None,
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
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Say what drives each decision, what would reverse it, and what is worth knowing first.

    Prints ten lines a player; adds sensitivity.json and sensitivity.csv to the finished run RUN,
    or to that of the same priors and settings in runs/NAME; makes a whole run where there is none,
    or where --out names one.
    """
    if (run is None) == (priors is None):
        raise InputError("expected either --priors FILE or the folder of a finished run")
    with working("Reading what is asked", quiet=quiet):
        names = _names(run, priors, set_ or []) if study or group else []
        asked = _asked(study or [], cost or [], group or [], risk_tolerance or [], names)
    analyses = {"sensitivity": Analysis("What drives it", _runner(asked), _show)}
    if run is not None:
        analyse_stored(run, analyses, quiet=quiet, json=json)
        return
    make_run(
        Request(
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
        ),
        analyses,
        joining=True,
    )


def _names(run: Path | None, priors: str | None, overrides: list[str]) -> list[str]:
    """The quantities that may be named: those that strategies of the file add are among them."""
    from priors.reading.load import load_priors, load_text
    from reports.run.reading import read_priors

    if run is None:
        return list(load_priors(str(priors), overrides).quantities.by_name)
    return list(load_text(read_priors(run), "priors.toml").quantities.by_name)


def _asked(
    studies: list[str],
    costs: list[float],
    groups: list[str],
    tolerances: list[float],
    names: list[str],
) -> dict[str, Any]:
    """What the user asked for, checked before the work."""
    from model.analyses.studies import parse_groups, parse_study, parse_tolerances

    if (len(costs) > 1 and len(costs) != len(studies)) or (costs and not studies):
        raise InputError(
            f"--cost is given {len(costs)} times and --study {len(studies)} times; "
            "expected one cost for all studies, or one for each"
        )
    each: list[float | None] = [*costs] if len(costs) == len(studies) else [*costs] * len(studies)
    each = each or [None] * len(studies)
    return {
        "studies": [
            parse_study(text, names, cost) for text, cost in zip(studies, each, strict=True)
        ],
        "groups": parse_groups(groups, names),
    } | ({"risk_tolerances": parse_tolerances(tolerances)} if tolerances else {})


def _runner(
    asked: dict[str, Any],
) -> "Callable[[xr.DataTree, dict[str, Any], Callable[[float], None]], dict[str, Any]]":
    def run(
        tree: "xr.DataTree", verdict: dict[str, Any], progress: "Callable[[float], None]"
    ) -> dict[str, Any]:
        from cli.preload import DRIVERS, preloaded
        from model.analyses.results.record import plain
        from model.analyses.sensitivity import sensitivity_analysis

        with preloaded(DRIVERS):
            return plain(sensitivity_analysis(tree, verdict, progress, **asked))

    return run


def _show(content: dict[str, Any]) -> None:
    from reports.terminal.sensitivity import print_sensitivity

    print_sensitivity(content, console())
