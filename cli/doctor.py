"""`decide doctor`: whether this installation works, and on what it runs."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.errors import guarded
from cli.workflow import print_json

if TYPE_CHECKING:
    from cli.examination import Finding

__all__ = ["doctor"]

AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@guarded
def doctor(json: AsJson = False) -> None:
    """Say on what the program runs, what it can write, and whether it computes as it should.

    Exit code 2 where a folder cannot be written, 3 where the self-test's figures differ.
    """
    from cli.examination import examined

    findings = examined()
    if json:
        print_json({one.name: {"found": one.found, "good": one.good} for one in findings})
    else:
        for one in findings:
            typer.echo(_line(one))
    codes = [one.exit_code for one in findings if not one.good]
    if codes:
        raise typer.Exit(max(codes))


def _line(one: "Finding") -> str:
    return f"{one.name + ':':<16} {one.found}{'' if one.good else '  <- this is wrong'}"
