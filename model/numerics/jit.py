"""Numba's compiler, with a disk cache that cannot go stale.

Numba looks only at the file of a function when it decides whether a cached result still holds,
not at the functions that this one calls in other files. So the cache lives in a folder named by
a hash of every source below `model/` and of the registry of quantities, which fixes the columns
that compiled code reads; a changed source starts an empty one.
"""

import atexit
import hashlib
import os
import pickle
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import numba
import platformdirs
from numba.core import event
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.registry import CPUDispatcher

__all__ = ["cache_folder", "compilation_told", "is_kept", "njit"]

_config: Any = numba.config
#: Held while Numba's setting is ours: two threads may import modules.
_lock = threading.RLock()
#: Its stubs do not know that wrappers can be left out.
_numba_njit: Any = numba.njit
#: How the name of a folder of compiled code begins that other processes use too.
_KEPT = "numba-"
#: The folder that holds the packages `model` and `priors`.
_ROOT = Path(__file__).resolve().parents[__name__.count(".")]


def _source_hash() -> str:
    """Hash of all that compiled code can depend on, wherever below `model/` it stands."""
    digest = hashlib.sha256(numba.__version__.encode())
    folders = (_ROOT / "model", _ROOT / "priors" / "registry")
    for source in sorted(source for folder in folders for source in folder.rglob("*.py")):
        name = source.relative_to(_ROOT).as_posix()
        digest.update(name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@cache
def cache_folder() -> Path:
    """Folder for compiled code: the user's cache, or a temporary one where that is read-only.

    Returns
    -------
    Path
        Named by a hash of the sources, below ``NUMBA_CACHE_DIR`` where that is set.
    """
    stated = os.environ.get("NUMBA_CACHE_DIR")
    home = Path(stated) if stated else Path(platformdirs.user_cache_dir("decide"))
    folder = home / f"{_KEPT}{_source_hash()}"
    if _writable(folder):
        return folder
    temporary = Path(tempfile.mkdtemp(prefix="decide-numba-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return temporary


def is_kept(folder: Path) -> bool:
    """Whether a folder of compiled code is there for other processes too.

    Parameters
    ----------
    folder : Path
        From `cache_folder`.

    Returns
    -------
    bool
        False for a temporary one.
    """
    return folder.name.startswith(_KEPT)


@contextmanager
def _our_cache() -> Iterator[None]:
    """Point Numba at our folder while a function is decorated, and only then."""
    with _lock:
        theirs = _config.CACHE_DIR
        _config.CACHE_DIR = str(cache_folder())
        try:
            yield
        finally:
            _config.CACHE_DIR = theirs


#: Numba states no types.
_NumbaCache: Any = FunctionCache
_NumbaFile: Any = IndexDataCacheFile


class _CheckedFile(_NumbaFile):  # type: ignore[misc]  # the same
    """Numba's file of compiled code with its SHA-256: a flipped bit of code is found by no other.

    Against decay, not against who can write there: a hash is no signature.
    """

    def _save_data(self, name: str, data: Any) -> None:
        code = self._dump(data)
        super()._save_data(name, (hashlib.sha256(code).digest(), code))

    def _load_data(self, name: str) -> Any:
        stated, code = super()._load_data(name)
        if hashlib.sha256(code).digest() != stated:
            raise ValueError(name)
        return pickle.loads(code)  # noqa: S301  # as Numba itself reads it


class _HealedCache(_NumbaCache):  # type: ignore[misc]  # the same
    """Numba's cache, from which a truncated or spoilt file is taken out and compiled anew."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        locator = self._impl.locator
        self._cache_file = _CheckedFile(
            locator.get_cache_path(), self._impl.filename_base, locator.get_source_stamp()
        )

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """What is cached of a signature; None where nothing is, or nothing that can be read."""
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # noqa: BLE001  # whatever bytes that are no pickle raise
            self._discard()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep what was compiled; the program goes on where that fails."""
        try:
            super().save_overload(sig, data)
        except Exception:  # noqa: BLE001  # an index that was spoilt since, a full disk
            self._discard()

    def _discard(self) -> None:
        with suppress(OSError):
            self.flush()


class _Inlined(CPUDispatcher):
    """A function that is put into its compiled callers, and compiled again if Python calls it.

    So that nothing is compiled for Python, or kept on disk, that only compiled code calls: it would
    take as long as the function.
    """

    def __call__(self, *args: Any) -> Any:
        if not hasattr(self, "_for_python"):
            self._for_python = numba.njit(nogil=True, error_model="numpy")(self.py_func)
        return self._for_python(*args)


def njit[F: Callable[..., Any]](*, inline: bool = False, inner: bool = False) -> Callable[[F], F]:
    """Compile a function in nopython mode, cached on disk, without fast-math or the GIL.

    Without Numba's threads too, of which one layer aborts the process where several threads of
    Python use it: `model.numerics.threads` runs compiled functions on several cores.

    `inline` puts its machine code into its callers: for all that only compiled code calls.

    Parameters
    ----------
    inline : bool
        Inline into compiled callers, and cache nothing.
    inner : bool
        Called from compiled code only: compiles a tenth faster, without the wrapper through which
        Python calls.

    Returns
    -------
    callable
        The decorator: a function in, a compiled function out.
    """
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy"}

    def decorate(function: F) -> F:
        if inline:
            hidden = {"forceinline": True, "no_cpython_wrapper": True, "boundscheck": None}
            return cast(F, _Inlined(function, targetoptions={"nopython": True} | options | hidden))
        with _our_cache():
            hidden = {"no_cpython_wrapper": inner, "no_cfunc_wrapper": True}
            compiled = _numba_njit(**options, **hidden)(function)
            compiled._cache = _HealedCache(function)  # noqa: SLF001  # what cache=True does
            return cast(F, compiled)

    return decorate


class _Compilation(event.Listener):
    """Hears of each function; one that others call is compiled within their compilation."""

    def __init__(self, tell: Callable[[bool], None]) -> None:
        self._tell, self._depth = tell, 0

    def on_start(self, event: event.Event) -> None:
        del event
        self._depth += 1
        if self._depth == 1:
            self._tell(True)

    def on_end(self, event: event.Event) -> None:
        del event
        self._depth -= 1
        if self._depth == 0:
            self._tell(False)


@contextmanager
def compilation_told(tell: Callable[[bool], None]) -> Iterator[None]:
    """Say when functions are compiled because the cache has them not.

    Parameters
    ----------
    tell : callable
        Called, in the thread that compiles, with True when compilation begins and with False when
        it has ended, of every function that is first needed inside the body.

    Yields
    ------
    None
    """
    with event.install_listener("numba:compile", _Compilation(tell)):
        yield
