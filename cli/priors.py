"""`decide priors`: look at prior files and check them."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.errors import guarded

if TYPE_CHECKING:
    from priors.show import Row

__all__ = ["app"]

app = typer.Typer(
    name="priors",
    help="List, show and check prior files.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

File = Annotated[
    str, typer.Argument(metavar="FILE", help="A path, or the name of a shipped prior file.")
]


@app.command("list")
@guarded
def list_() -> None:
    """List the shipped prior files, with a line each."""
    from rich.console import Console
    from rich.table import Table

    from priors.show import shipped

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for file in shipped():
        table.add_row(file.name, file.description)
    Console(markup=False).print(table)


@app.command("show")
@guarded
def show(file: File, set_: options.Overrides = None) -> None:
    """Show every prior of a file: quantiles, unit, and where it was stated."""
    from cli.workflow import load
    from priors.show import rows

    _print_rows(rows(load(file, set_ or [])))


@app.command("check")
@guarded
def check(file: File, set_: options.Overrides = None) -> None:
    """Check a file, and report everything that is wrong in it; exit code 2 if anything is."""
    from cli.workflow import load

    priors = load(file, set_ or [])
    count = len(priors.priors)
    typer.echo(f"{file}: good: {count} priors, {len(priors.players)} players")


def _print_rows(rows: "list[Row]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("path", "p10", "p50", "p90", "unit", "stated", "from"):
        table.add_column(head, justify="right" if head in ("p10", "p50", "p90") else "left")
    for row in rows:
        quantiles = (f"{value:.3g}" for value in (row.p10, row.p50, row.p90))
        source = f"{row.table} ({row.origin})" if row.table != row.path else row.origin
        changed = f"; {row.changed}" if row.changed else ""
        table.add_row(row.path, *quantiles, row.unit, row.stated, source + changed)
    Console(markup=False, highlight=False, width=None).print(table)
