"""`decide report`: the report of a finished run, as a page or in a form to pass on."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.errors import guarded
from cli.finished import finished
from cli.progress import working
from cli.room import check_room_to_add
from cli.views import VIEWS, Views
from cli.workflow import analyse_stored, write_stored
from priors.errors import InputError
from reports.naming import DOLLARS, Naming

if TYPE_CHECKING:
    from reports.page.view import View
    from reports.run.reading import StoredRun

__all__ = ["report"]

Run = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")]
Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILE]", help="Of --xlsx or --pdf.  [default: beside RUN]"),
]
AsText = Annotated[
    bool, typer.Option("--text", help="Print the whole answer in plain words, under 4 kB.")
]
AsWorkbook = Annotated[bool, typer.Option("--xlsx", help="Write a workbook, FILE.xlsx.")]
AsPage = Annotated[
    bool, typer.Option("--pdf", help="Print the first screen on a page, FILE.pdf, by Chromium.")
]
Title = Annotated[
    str, typer.Option("--title", metavar="TEXT", help="Title, instead of the question.")
]
Currency = Annotated[
    str,
    typer.Option(
        "--currency-label", metavar="TEXT", help="What amounts are called; nothing is converted."
    ),
]


@guarded
def report(  # an option each
    run: Run,
    files: Files = None,
    text: AsText = False,
    xlsx: AsWorkbook = False,
    pdf: AsPage = False,
    title: Title = "",
    currency_label: Currency = DOLLARS,
    views: Views = False,
) -> None:
    """Rebuild the report of a finished run, from its files alone, or write it in another form.

    With --text, --xlsx or --pdf the run's folder is not touched. With --views its question is asked
    again under other views first, and views.json added.
    """
    naming = Naming(title, currency_label)
    targets = _targets(run, files or [], {".xlsx": xlsx, ".pdf": pdf})
    if views:
        analyse_stored(run, {"views": VIEWS}, quiet=text, json=False)
        if naming == Naming() and not (text or targets):
            return
    if text or targets:
        _pass_on(run, targets, naming, text=text)
        return
    with finished(run, adding=True) as stored, working("Writing the report"):
        check_room_to_add(stored)
        write_stored(stored, {}, stored.analyses, naming)
    typer.echo(f"report: {run / 'report.html'}", err=True)


def _targets(run: Path, files: Sequence[Path], asked: Mapping[str, bool]) -> dict[str, Path]:
    """The file of each form that is asked for."""
    given: dict[str, Path] = {}
    wanted = [ending for ending, one in asked.items() if one]
    for path in files:
        ending = path.suffix.lower()
        if ending not in wanted:
            endings = " or ".join(wanted) or "no name: neither --xlsx nor --pdf is there"
            raise InputError(f"{path}: expected {endings}")
        if ending in given:
            raise InputError(f"{path}: expected one name a form, found {given[ending]} too")
        given[ending] = path
    whole = run.absolute()
    return {
        ending: given.get(ending, whole.with_name(f"{whole.name}{ending}")) for ending in wanted
    }


def _pass_on(run: Path, targets: Mapping[str, Path], naming: Naming, *, text: bool) -> None:
    from reports.atomic import write_atomic
    from reports.text.strategies import reporting

    with finished(run) as stored, reporting(stored.tree):
        view = _view(stored)
        contents = {}
        for ending, path in targets.items():
            with working(f"Writing {path.name}"):
                contents[path] = _makers()[ending](view, naming)
        if text:
            from reports.handout.plain_text import plain_text

            typer.echo(plain_text(view, naming), nl=False)
    # All are made before any is written.
    for path, content in contents.items():
        write_atomic(path, content)
        typer.echo(f"written: {path}", err=True)


def _view(stored: "StoredRun") -> "View":
    from reports.page.view import View

    return View(stored.tree, stored.verdict, stored.analyses)


def _makers() -> "Mapping[str, Callable[[View, Naming], bytes]]":
    from reports.handout.printed_page import printed_page
    from reports.handout.workbook import workbook

    return {".xlsx": workbook, ".pdf": printed_page}
