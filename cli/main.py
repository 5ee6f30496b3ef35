"""The command line: `decide`."""

import os
from typing import Annotated

import typer

from cli import check, doctor, option, priors, report, runs, sensitivity, simulate
from cli.terminal import set_up
from reports.text.strategies import question

__all__ = ["app", "run"]

# Rich's help takes three times as long to show as plain text.
app = typer.Typer(
    name="decide",
    help=f"{question('AI video generation')} A Monte Carlo answer.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("simulate")(simulate.simulate)
app.command("sensitivity")(sensitivity.sensitivity)
app.command("option")(option.option)
app.command("check")(check.check)
app.command("doctor")(doctor.doctor)
app.command("report")(report.report)
app.command("reproduce")(runs.reproduce)
app.add_typer(priors.app, name="priors")


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"decide {version('decide-video')}")
        raise typer.Exit


@app.callback()
def _decide(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """What every command has: what follows `decide` itself."""


def run() -> None:
    """Run the command line."""
    # Threads of ours share out the work; BLAS's would only wait for it, and keep the cores warm.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    set_up()
    app()
