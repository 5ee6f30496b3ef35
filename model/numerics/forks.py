"""Processes forked while another thread computes, which inherit locks that nobody will open.

An import or a compilation under way in another thread holds a lock, and a fork copies it closed.
The new process would wait for it for ever: it is told apart here, so that it is refused at once.
"""

import os
import sys
import threading
from types import FrameType

from priors.errors import InputError

__all__ = ["check_fork"]

_PACKAGES = {"cli", "decide", "model", "priors", "reports"}
_inherited = False


def check_fork() -> None:
    """Refuse to work in a process that was forked while another thread was at work.

    Raises
    ------
    InputError
        In such a process; it says what to do instead.
    """
    if _inherited:
        raise InputError(
            "this process was forked while another thread of its parent was using decide, "
            "and has its locks: expected a fork before or after, or a process started by "
            "multiprocessing's spawn or forkserver"
        )


def _at_work(frame: FrameType | None) -> bool:
    """Whether a thread that is here was called by a function of ours, or is in one."""
    while frame is not None:
        if str(frame.f_globals.get("__name__")).partition(".")[0] in _PACKAGES:
            return True
        frame = frame.f_back
    return False


def _before() -> None:
    global _inherited  # noqa: PLW0603  # a process is forked or not
    others = sys._current_frames()  # noqa: SLF001  # the documented way to see other threads
    others.pop(threading.get_ident(), None)
    _inherited = _inherited or any(_at_work(frame) for frame in others.values())


def _in_parent() -> None:
    global _inherited  # noqa: PLW0603
    _inherited = _own


def _in_child() -> None:
    global _own  # noqa: PLW0603
    _own = _inherited


#: What `_inherited` goes back to where this process was not the new one.
_own = False

if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before, after_in_parent=_in_parent, after_in_child=_in_child)
