"""A progress bar on stderr: only on a terminal, and only for what takes over two seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["progress_bar"]

_PATIENCE = 2.0


class _Bar:
    """A bar that shows itself once the work has taken long enough."""

    def __init__(self, title: str) -> None:
        self.title, self.start = title, time.monotonic()
        self.shown: tuple[Progress, TaskID] | None = None

    def __call__(self, done: float) -> None:
        if self.shown is None and time.monotonic() - self.start > _PATIENCE:
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            bar.start()
            self.shown = bar, bar.add_task(self.title, total=1.0)
        if self.shown is not None:
            bar, task = self.shown
            bar.update(task, completed=done)

    def close(self) -> None:
        """Take the bar from the screen."""
        if self.shown is not None:
            self.shown[0].stop()


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
        or within the first two seconds.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    bar = _Bar(title)
    try:
        yield bar
    finally:
        bar.close()
