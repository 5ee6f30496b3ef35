"""Code compiled in a second process while the first compiles other code.

Numba compiles one function at a time in a process. What the second process compiles the first reads
from Numba's cache on disk.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from numba.core import event

from model.numerics.jit import cache_folder, is_kept
from model.numerics.threads import cores

__all__ = ["compile_here", "compiling_beside", "until_compiled"]

_ROOT = Path(__file__).resolve().parents[__name__.count(".")]
#: Begins with our folder, so that a `model.py` where the user works is not taken for the package.
_STATEMENT = f"""
import sys
sys.path.insert(0, {str(_ROOT)!r})
from {__name__} import compile_here
compile_here(*sys.argv[1:])
"""
_running: list[subprocess.Popen[bytes]] = []


@contextmanager
def compiling_beside(module: str, function: str, kept: str) -> Iterator[None]:
    """Compile beside the body what the cache lacks, where a core is free for it.

    Parameters
    ----------
    module : str
        Full name.
    function : str
        Of that module; takes nothing, and calls what is to be compiled.
    kept : str
        How the name of a file in the cache begins, ``module.function`` of what is compiled.

    Yields
    ------
    None
        Within the body `until_compiled` waits for it; at its end the second process is stopped.
    """
    if cores() < 2 or not _lacking(kept):
        yield
        return
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-c", _STATEMENT, module, function]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
    _running.append(process)
    try:
        yield
    finally:
        _running.remove(process)
        process.kill()
        process.communicate()


def until_compiled() -> None:
    """Wait for the second process, if there is one; said to be compiling as long as it lasts."""
    for process in _running:
        if process.poll() is None:
            with event.trigger_event("numba:compile"):
                process.wait()


def compile_here(module: str, function: str) -> None:
    """Call a function, so that what it calls is compiled; end if the process that asked does.

    Parameters
    ----------
    module : str
        Full name.
    function : str
        Of that module.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    getattr(import_module(module), function)()


def _end_with_parent() -> None:
    """Whoever waits for us holds the other end of our standard input."""
    sys.stdin.buffer.read()
    os._exit(3)


def _lacking(kept: str) -> bool:
    """Whether it was never compiled, in a folder that other processes know too."""
    folder = cache_folder()
    return is_kept(folder) and not any(folder.glob(f"*/{kept}-*.nbi"))
