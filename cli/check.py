"""`decide check`: what a finished run was checked for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.errors import guarded
from cli.finished import blaming, finished
from cli.terminal import console
from cli.workflow import check_run, print_json, write_stored

if TYPE_CHECKING:
    from reports.run.reading import StoredRun

__all__ = ["check"]

Run = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print checks.json instead of the card.")]


@guarded
def check(run: Run, json: AsJson = False) -> None:
    """Say which checks a finished run passed, which need review and which failed.

    Adds checks.json to a run that has none. Exit code 3 where a check failed.
    """
    with finished(run) as stored:
        content = stored.analyses.get("checks")
    if content is None:
        with finished(run, adding=True) as stored:
            content = stored.analyses.get("checks") or _add(stored)
    with blaming(stored):
        if json:
            print_json(content)
        else:
            from reports.terminal.checks import print_checks

            print_checks(content, console())
        if content["failed"]:
            raise typer.Exit(3)


def _add(stored: "StoredRun") -> dict[str, Any]:
    """Check a run of before there were checks, and write what was found."""
    content = check_run(stored.tree, stored.verdict, stored.analyses)
    write_stored(stored, {"checks": content}, stored.analyses | {"checks": content})
    return content
