"""`decide option`: the real options to leave later and to come back."""

from typing import TYPE_CHECKING, Any

from cli import options
from cli.errors import guarded
from cli.request import Analysis, Request, goal
from cli.terminal import console
from cli.workflow import analyse_stored, make_run
from model.sampling.defaults import DEFAULT_CHAINS, DEFAULT_DRAWS, DEFAULT_SEED
from priors.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    import xarray as xr

__all__ = ["option"]


def _run(
    run: "xr.DataTree", verdict: dict[str, Any], progress: "Callable[[float], None]"
) -> dict[str, Any]:
    from model.analyses.options import option_analysis
    from model.analyses.results.record import plain

    return plain(option_analysis(run, progress, players=list(verdict["players"])))


def _show(content: dict[str, Any]) -> None:
    from reports.terminal.options import print_options

    print_options(content, console())


ANALYSES = {"option": Analysis("Valuing real options", _run, _show)}


@guarded
def option(  # noqa: PLR0913, PLR0917  # an option each
    run: options.FinishedRun = None,
    priors: options.AnyPriors = None,
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
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Value the real options to leave later and to come back, and say when to use them.

    Prints value, bounds, years of use and a rule in figures that a manager can observe; adds
    option.json to the finished run RUN, or to that of the same priors and settings in runs/NAME;
    makes a whole run where there is none, or where --out names one.
    """
    if (run is None) == (priors is None):
        raise InputError("expected either --priors FILE or the folder of a finished run")
    if run is not None:
        analyse_stored(run, ANALYSES, quiet=quiet, json=json)
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
            options=True,
            quiet=quiet,
            json=json,
        ),
        ANALYSES,
        joining=True,
    )
