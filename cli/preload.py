"""What a command needs later, imported in a thread while it computes."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Thread

__all__ = ["DRIVERS", "MODULES", "preloaded"]

#: What a simulation and the writing of a run import, those first that are needed first.
MODULES = (
    "xarray",
    "model.checks.checking",
    "h5py",
    "reports.page.html",
    "reports.run.summary",
    "rich.console",
    "reports.terminal.decision",
)
#: What the analysis of what drives a decision imports, beside what a finished run's writing does.
DRIVERS = ("scipy.interpolate", "scipy.stats", *MODULES)


@contextmanager
def preloaded(modules: tuple[str, ...] = MODULES) -> Iterator[None]:
    """Import modules in a thread while the body runs.

    An import that fails says nothing here: whoever needs the module imports it again, and gets the
    error where it can be told.

    Parameters
    ----------
    modules : tuple of str
        Full names, in order.

    Yields
    ------
    None
        At the end the thread is waited for, so that none is left when the process ends.
    """
    thread = Thread(target=_load, args=(modules,), name="preload")
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _load(modules: tuple[str, ...]) -> None:
    for name in modules:
        try:
            import_module(name)
        except Exception:  # noqa: BLE001  # whatever a module raises when it is imported
            return
