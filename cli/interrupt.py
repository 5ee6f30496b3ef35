"""What ends the program from outside: one line, the exit code that is customary, no drafts left.

A thread waits for signals, so that they are obeyed at once whatever the program is doing:
importing, compiling, or computing in code that knows nothing of Python. It takes drafts away and
ends the process itself; no exception goes through code that may not expect one.
"""

import os
import signal
import sys
import threading
from typing import Any

__all__ = ["watch"]

#: Names of the signals, as the line that is printed says what happened.
_TOLD = {"SIGINT": "interrupted", "SIGTERM": "terminated", "SIGHUP": "hung up"}
#: What shells add to a signal's number.
_BASE = 128
#: Where a terminal may show a bar: erase its line, show the cursor.
_RESTORE = b"\r\x1b[2K\x1b[?25h"


def watch() -> None:
    """Obey SIGINT, SIGTERM and SIGHUP from now on, unless whoever started us ignores them."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for name in _TOLD:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _nothing)
    threading.Thread(target=_wait, args=(reader,), name="signals", daemon=True).start()


def _nothing(number: int, frame: Any) -> None:
    """Python's own handler: the thread does it all."""


def _wait(reader: int) -> None:
    while True:
        number = os.read(reader, 1)[0]
        try:
            told = _TOLD[signal.Signals(number).name]
        except (KeyError, ValueError):
            continue
        _end(number, told)


def _end(number: int, told: str) -> None:
    """Take drafts away, say it, and end; ignore whatever comes meanwhile."""
    try:
        drafts = sys.modules.get("reports.drafts")
        if drafts is not None and hasattr(drafts, "abandon_all"):
            drafts.abandon_all()
        if os.isatty(2):
            os.write(2, _RESTORE)
        os.write(2, f"decide: {told}\n".encode())
    except OSError:
        pass
    finally:
        os._exit(_BASE + number)
