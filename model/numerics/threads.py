"""One function over several things, in threads: worth it where it lets go of Python's lock."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from model.numerics.forks import check_fork

__all__ = ["Rooms", "cores", "in_threads"]

_running = threading.local()


def cores() -> int:
    """Cores that this process may use.

    Returns
    -------
    int
        1 or more.
    """
    if hasattr(os, "process_cpu_count"):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_threads[T, R](
    function: Callable[[T], R], items: Iterable[T], most: int | None = None
) -> list[R]:
    """What `function` makes of each item, on as many cores as there are.

    In the caller's thread where there is one item or one core, and where the caller runs in such
    a thread itself: its cores are then busy already.

    Parameters
    ----------
    function : callable
        Of one item; writes nothing that another call reads or writes.
    items : iterable
        What it is called with.
    most : int, optional
        Threads at most, where each takes much memory; by default as many as there are cores.

    Returns
    -------
    list
        Results in the order of the items. Of several errors, the first in that order is raised;
        items that are not begun by then are left out.

    Raises
    ------
    InputError
        In a process that was forked while another thread was at work.
    """
    check_fork()
    wanted = list(items)
    count = min(cores(), len(wanted), len(wanted) if most is None else most)
    if count <= 1 or getattr(_running, "inside", False):
        return [function(item) for item in wanted]
    with ThreadPoolExecutor(count, initializer=_enter) as pool:
        return list(pool.map(function, wanted))


def _enter() -> None:
    _running.inside = True


class Rooms[R]:
    """Rooms to work in that threads pass on: new memory costs more than what is written to it."""

    def __init__(self, make: Callable[[], R]) -> None:
        self._make = make
        self._free: SimpleQueue[R] = SimpleQueue()

    @contextmanager
    def one(self) -> Iterator[R]:
        """A room that nobody else has meanwhile: a free one as it was left, or a new one.

        Yields
        ------
        R
            What `make` gave.
        """
        try:
            room = self._free.get_nowait()
        except Empty:
            room = self._make()
        try:
            yield room
        finally:
            self._free.put(room)
