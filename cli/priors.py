"""`decide priors`: look at prior files and check them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.errors import guarded
from cli.progress import working
from cli.terminal import console

if TYPE_CHECKING:
    from priors.inspection.difference import Change
    from priors.inspection.show import Row

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
    with working("Reading the priors"):
        from rich.table import Table

        from priors.inspection.show import shipped

        files = shipped()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for file in files:
        table.add_row(file.name, file.description)
    console(markup=False).print(table)


@app.command("show")
@guarded
def show(file: File, set_: options.Overrides = None) -> None:
    """Show every prior of a file: quantiles, unit, and where it was stated."""
    from cli.request import load

    priors = load(file, set_ or [])
    with working("Looking at the priors"):
        from priors.inspection.show import rows

        found = rows(priors)
    _print_rows(found)


@app.command("check")
@guarded
def check(file: File, set_: options.Overrides = None) -> None:
    """Check a file, and report everything that is wrong in it; exit code 2 if anything is."""
    from cli.request import load

    priors = load(file, set_ or [])
    count = len(priors.priors)
    typer.echo(f"{file}: good: {count} priors, {len(priors.players)} players")


@app.command("migrate")
@guarded
def migrate(
    file: File,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write it there.  [default: stdout]"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file in --out.")] = False,
) -> None:
    """Write a file of the first edition as one of the second; what is new is as in base.toml."""
    from priors.errors import InputError
    from reports.atomic import write_atomic

    if out is not None and out.exists() and not force:
        raise InputError(f"{out}: exists already; choose another file, or say --force")
    with working("Reading the priors"):
        from priors.reading.migration import migrate as migrated

        found = migrated(file)
    for note in found.notes:
        typer.echo(f"note: {note}", err=True)
    if out is None:
        typer.echo(found.text, nl=False)
        return
    write_atomic(out, found.text)
    typer.echo(f"priors: {out}", err=True)


@app.command("schema")
@guarded
def schema() -> None:
    """Print the JSON schema of prior files, for editors."""
    import json

    with working("Describing prior files"):
        from priors.reading.schema import json_schema

        text = json.dumps(json_schema(), indent=2)
    typer.echo(text)


@app.command("diff")
@guarded
def diff(first: File, second: File) -> None:
    """Show which priors differ between two files: medians, 80 % intervals, probabilities."""
    with working("Comparing"):
        from cli.request import load
        from priors.inspection.difference import correlation_differences, differences

        ours, theirs = load(first, [], quiet=True), load(second, [], quiet=True)
        changes = differences(ours, theirs)
        correlations = correlation_differences(ours, theirs)
    if not changes and not correlations:
        typer.echo("no prior differs")
    if changes:
        _print_changes(changes, first, second)
    for change in correlations:
        pair = " with ".join(change.between)
        typer.echo(f"rank correlation of {pair}: {change.first:g} -> {change.second:g}")


def _print_changes(changes: "list[Change]", first: str, second: str) -> None:
    from rich.table import Table

    def shown(points: tuple[float, ...] | None) -> str:
        if points is None:
            return "absent"
        if len(points) == 1:
            return f"probability {points[0]:.3g}"
        low, middle, high = points
        return f"{middle:.3g}" if low == high else f"{middle:.3g} [{low:.3g}, {high:.3g}]"

    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("path", first, second, "unit"):
        table.add_column(head)
    for change in changes:
        cells = [shown(change.first), shown(change.second)]
        if cells[0] == cells[1]:
            cells = [f"{cells[0]}: {change.first_stated}", f"{cells[1]}: {change.second_stated}"]
        table.add_row(change.path, *cells, change.unit)
    console(markup=False, highlight=False).print(table)
    typer.echo("median [10 % point, 90 % point]")


#: Characters a line, where it is not a terminal's, or one that has room for the stated form.
_WIDE = 160


def _print_rows(rows: "list[Row]") -> None:
    """Print a line a prior; its stated form only where there is room."""
    from rich.table import Table

    screen = console(markup=False, highlight=False)
    if not screen.is_terminal:
        screen.width = _WIDE
    wide = screen.width >= _WIDE
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("path", "p10", "p50", "p90", "unit", "from", *(["stated"] if wide else [])):
        figure = head in ("p10", "p50", "p90")
        table.add_column(
            head, justify="right" if figure else "left", no_wrap=head not in ("from", "stated")
        )
    for row in rows:
        quantiles = (f"{value:.3g}" for value in (row.p10, row.p50, row.p90))
        source = f"{row.table} ({row.origin})" if row.table != row.path else row.origin
        changed = f"; {row.changed}" if row.changed else ""
        cells = (row.path, *quantiles, row.unit, source + changed)
        table.add_row(*cells, *([row.stated] if wide else []))
    screen.print(table)
