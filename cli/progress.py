"""What a user sees while work is done, on stderr: a word, then a bar on a terminal; compiling."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from cli.terminal import console, erase_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["progress_bar", "working"]

#: Seconds before the word becomes a bar.
_PATIENCE = 2.0
#: The first run after an installation or a change compiles for ten seconds and more.
_COMPILING = "Compiling, once"


class _Bar:
    """A word at once; a bar in its place once the work has taken long enough, or compiles.

    A timer shows the bar, so that it comes also where the work says nothing of how far it is.
    """

    def __init__(self, title: str) -> None:
        self.title, self.done = title, 0.0
        self.shown: tuple[Progress, TaskID] | None = None
        self._lock, self._open = threading.RLock(), True
        sys.stderr.write(f"{title} …")
        sys.stderr.flush()
        self._timer = threading.Timer(_PATIENCE, self._show)
        self._timer.daemon = True
        self._timer.start()

    def __call__(self, done: float) -> None:
        with self._lock:
            self.done = done
            if self.shown is not None:
                bar, task = self.shown
                bar.update(task, total=1.0, completed=done)

    def compiling(self, begins: bool) -> None:
        """Change the title while code is compiled."""
        with self._lock:
            self._show()
            if self.shown is not None:
                bar, task = self.shown
                bar.update(task, description=_COMPILING if begins else self.title, refresh=True)

    def _show(self) -> None:
        with self._lock:
            if self.shown is not None or not self._open:
                return
            from rich.progress import Progress

            erase_line()
            bar = Progress(console=console(stderr=True), transient=True)
            bar.start()
            # Without a total the bar moves to and fro: nothing is known of what is left.
            task = bar.add_task(self.title, total=1.0 if self.done else None)
            bar.update(task, completed=self.done)
            self.shown = bar, task

    def close(self) -> None:
        """Take the word or the bar from the screen."""
        self._timer.cancel()
        with self._lock:
            self._open = False
            if self.shown is not None:
                self.shown[0].stop()
            else:
                erase_line()


class _Line:
    """Where nothing can be erased: a line in all, the first time that code is compiled."""

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


def _can_erase() -> bool:
    """Whether stderr is a terminal that understands more than text; it may be closed, too."""
    terminal = sys.stderr is not None and sys.stderr.isatty()
    return terminal and os.environ.get("TERM") not in {"dumb", "unknown"}


@contextmanager
def working(title: str, *, quiet: bool = False) -> Iterator[_Bar | _Line | None]:
    """Say on a terminal what is being done, until it is.

    Parameters
    ----------
    title : str
        What is done, as in ``Reading the run``.
    quiet : bool
        Whether to say nothing.

    Yields
    ------
    callable or None
        Takes the share that is done, from 0 to 1; None where nothing is said.
    """
    if quiet:
        yield None
        return
    bar = _Bar(title) if _can_erase() else _Line()
    try:
        yield bar
    finally:
        bar.close()


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
        Takes the share that is done, from 0 to 1. A terminal shows the title at once and a bar
        after two seconds, anything else nothing. That Numba compiles is said at once, and
        everywhere.
    """
    with working(title, quiet=quiet) as bar:
        if bar is None:
            yield lambda _: None
            return
        from model.numerics.jit import compilation_told

        with compilation_told(bar.compiling):
            yield bar
