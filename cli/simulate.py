"""`decide simulate`: value every strategy of every player on the joint prior."""

from cli import options
from cli.errors import guarded
from cli.workflow import Request, make_run
from model.sampling.defaults import DEFAULT_CHAINS, DEFAULT_DRAWS, DEFAULT_SEED

__all__ = ["simulate"]


@guarded
def simulate(  # noqa: PLR0913, PLR0917  # an option each
    priors: options.PriorsFile,
    draws: options.DrawCount = DEFAULT_DRAWS,
    chains: options.Chains = DEFAULT_CHAINS,
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
    """Value every strategy for every player, on draws from the priors.

    Prints the decision, and writes the run's folder: run.nc, summary.csv, decision.json,
    report.html, priors.toml, manifest.json.
    """
    make_run(
        Request(
            priors=priors,
            draws=draws,
            chains=chains,
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
    )
