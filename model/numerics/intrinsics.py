"""Numba's intrinsics, and its settings under which a run cannot be computed."""

import os
from collections.abc import Callable
from typing import Any, cast

from priors.errors import InputError

__all__ = ["check_settings", "intrinsic"]


def check_settings() -> None:
    """Refuse what Numba itself would end in a traceback for, when it is imported.

    Raises
    ------
    InputError
        If ``NUMBA_NUM_THREADS`` is a number below 1. Of other values that it cannot use Numba warns
        and does without.
    """
    stated = os.environ.get("NUMBA_NUM_THREADS", "1")
    try:
        count = int(stated)
    except ValueError:
        return
    if count < 1:
        expected = "expected 1 or more, or no such name"
        raise InputError(f"NUMBA_NUM_THREADS: found {stated!r}, {expected}")


def intrinsic(function: Callable[..., Any]) -> Callable[..., Any]:
    """Numba's decorator; what it makes says why it cannot be called where nothing is compiled.

    Parameters
    ----------
    function : callable
        Of a typing context and types, as Numba takes it.

    Returns
    -------
    callable
        For compiled code. Where ``NUMBA_DISABLE_JIT`` turned the compiler off it raises an
        `InputError` in place of Numba's own error.
    """
    from numba import config
    from numba.extending import intrinsic as numba_intrinsic

    if getattr(config, "DISABLE_JIT", 0):
        return _refuse
    return cast("Callable[..., Any]", numba_intrinsic(function))


def _refuse(*_: Any) -> Any:
    stated = os.environ.get("NUMBA_DISABLE_JIT", "")
    raise InputError(
        f"NUMBA_DISABLE_JIT: found {stated!r}, expected 0 or no such name: "
        "draws are computed eight at a time, as only compiled code can"
    )
