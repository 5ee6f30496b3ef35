"""What a user sees while work is done, on stderr: a bar on a terminal, and that Numba compiles."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from cli.terminal import console

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["progress_bar"]

_PATIENCE = 2.0
#: The first run after an installation or a change compiles for ten seconds and more.
_COMPILING = "Compiling, once"


class _Bar:
    """A bar that shows itself once the work has taken long enough, or compiles."""

    def __init__(self, title: str) -> None:
        self.title, self.start = title, time.monotonic()
        self.shown: tuple[Progress, TaskID] | None = None

    def __call__(self, done: float) -> None:
        if time.monotonic() - self.start > _PATIENCE:
            self._show()
        if self.shown is not None:
            bar, task = self.shown
            bar.update(task, completed=done)

    def compiling(self, begins: bool) -> None:
        """Change the title while code is compiled."""
        self._show()
        if self.shown is not None:
            bar, task = self.shown
            bar.update(task, description=_COMPILING if begins else self.title, refresh=True)

    def _show(self) -> None:
        if self.shown is not None:
            return
        from rich.progress import Progress

        bar = Progress(console=console(stderr=True), transient=True)
        bar.start()
        self.shown = bar, bar.add_task(self.title, total=1.0)

    def close(self) -> None:
        """Take the bar from the screen."""
        if self.shown is not None:
            self.shown[0].stop()


class _Line:
    """Where stderr is no terminal: a line in all, the first time that code is compiled."""

    said = False

    def __call__(self, done: float) -> None:
        del done

    def compiling(self, begins: bool) -> None:
        """Say it, once in the life of the process."""
        if begins and not _Line.said:
            _Line.said = True
            typer.echo(f"{_COMPILING.lower()}: later runs need not", err=True)

    def close(self) -> None:
        """Do nothing."""


@contextmanager
def progress_bar(title: str, *, quiet: bool = False) -> Iterator[Callable[[float], None]]:
    """Give a function that is told the share of the work that is done.

    Parameters
    ----------
    title : str
        What stands before the bar.
    quiet : bool
        Whether there is to be no bar at all.

    Yields
    ------
    callable
        Takes the share that is done, from 0 to 1. It shows nothing where stderr is no terminal,
        or within the first two seconds. That Numba compiles is said at once, and everywhere.
    """
    if quiet:
        yield lambda _: None
        return
    from model.numerics.jit import compilation_told

    bar = _Bar(title) if sys.stderr.isatty() else _Line()
    with compilation_told(bar.compiling):
        try:
            yield bar
        finally:
            bar.close()
