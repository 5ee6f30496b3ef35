"""`--views`: the same question under other views, on a new run or a finished one."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.request import Analysis
from cli.terminal import console

if TYPE_CHECKING:
    from collections.abc import Callable

    import xarray as xr

__all__ = ["VIEWS", "Views"]

Views = Annotated[
    bool,
    typer.Option("--views", help="Judge each player under other views, too: a run each, kept."),
]


def _run(
    run: "xr.DataTree", verdict: dict[str, Any], progress: "Callable[[float], None]"
) -> dict[str, Any]:
    from model.analyses.results.record import plain
    from model.analyses.views.analysis import views_analysis
    from reports.run.kept import kept

    return plain(views_analysis(run, verdict, progress, keep=kept))


def _show(content: dict[str, Any]) -> None:
    from reports.terminal.views import print_views

    print_views(content, console())


VIEWS = Analysis("Trying other views", _run, _show, beside=True)
