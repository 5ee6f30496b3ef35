"""Checks of single values: a whole number, a real one, a flag, a choice, a function."""

import os
from collections.abc import Callable, Iterable, Mapping
from math import inf, isfinite
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np

from model.numerics.arguments.door import Check
from priors.errors import InputError

__all__ = [
    "LARGEST",
    "SMALLEST",
    "file_name",
    "found",
    "function",
    "list_of_names",
    "mapping",
    "maybe",
    "real",
    "record",
    "seed",
    "switch",
    "text",
    "whole",
]

#: What figures may be, other than 0: squares and products of any two of these stay in range.
SMALLEST, LARGEST = 1e-100, 1e100
#: Of what was given, so much is said.
_LONGEST = 60


def found(given: Any) -> str:
    """What was given, in few words, for a message.

    Parameters
    ----------
    given : object
        Anything.

    Returns
    -------
    str
        A short value as it is; of others the type, and the shape where there is one.
    """
    kind = type(given).__name__
    shape = getattr(given, "shape", None)
    if isinstance(shape, tuple) and shape:
        return f"{kind} of shape {shape}"
    if given is None or isinstance(given, str | bytes | Real | complex):
        words = repr(getattr(given, "item", lambda: given)())
        return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return f"{'an' if kind[0] in 'AEIOaeio' else 'a'} {kind}"


def _plain(given: Any) -> Any:
    """A number without its array: what NumPy, xarray or Dask hold in an array without axes."""
    if isinstance(given, str | bytes | Real) or getattr(given, "shape", None) != ():
        return given
    return np.asarray(given).item()


def whole(least: int | None = None, most: int | None = None) -> Check:
    """A whole number: an integer of any kind, or a float without a fraction.

    Parameters
    ----------
    least : int, optional
        Lower end of its range.
    most : int, optional
        Upper end.

    Returns
    -------
    Check
        Gives an int.
    """

    def check(name: str, given: Any) -> int:
        value = _plain(given)
        is_number = isinstance(value, Real) and not isinstance(value, bool | np.bool_)
        if not is_number or not (
            isinstance(value, int) or (isfinite(_as_float(value)) and value == int(value))
        ):
            raise InputError(f"{name} is {found(given)}; a whole number is expected")
        number = int(value)
        if least is not None and number < least:
            raise InputError(f"{name} is {found(given)}; {least} or more is expected")
        if most is not None and number > most:
            raise InputError(f"{name} is {found(given)}; {most} at most is expected")
        return number

    return check


#: Of random numbers.
seed: Check = whole(0)


def text(name: str, given: Any) -> str:
    """A word.

    Parameters
    ----------
    name : str
        Of the argument.
    given : object
        What the caller gave.

    Returns
    -------
    str

    Raises
    ------
    InputError
        Where it is something else.
    """
    if isinstance(given, str):
        return str(given)
    raise InputError(f"{name} is {found(given)}; a word is expected")


def file_name(name: str, given: Any) -> Path:
    """The name of a file to be written, in a folder that is there.

    Parameters
    ----------
    name : str
        Of the argument.
    given : object
        What the caller gave.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        Where it is no name, that of a folder, or in none.
    """
    if not isinstance(given, str | Path) or not str(given) or "\0" in str(given):
        raise InputError(f"{name} is {found(given)}; the name of a file is expected")
    path = Path(given)
    # unlike those of a Path, these say no where a name is too long to look for
    if os.path.isdir(path):  # noqa: PTH112
        raise InputError(f"{name} is the folder {path}; the name of a file is expected")
    if not os.path.isdir(path.parent):  # noqa: PTH112
        raise InputError(f"{name} is {path}, but there is no folder {path.parent}")
    return path


def list_of_names(name: str, given: Any) -> list[str]:
    """Several names; a single one is no list of its letters.

    Parameters
    ----------
    name : str
        Of the argument.
    given : object
        What the caller gave.

    Returns
    -------
    list of str

    Raises
    ------
    InputError
        Where it is a single name, no collection, or holds something else than names.
    """
    if not isinstance(given, str | bytes | Mapping) and isinstance(given, Iterable):
        each = list(given)
        if all(isinstance(one, str) for one in each):
            return [str(one) for one in each]
        given = next(one for one in each if not isinstance(one, str))
        raise InputError(f"{name} holds {found(given)}; names are expected")
    raise InputError(f"{name} is {found(given)}; a list of names is expected")


def real(name: str, given: Any) -> float:
    """A finite number of a size that can be reckoned with.

    Parameters
    ----------
    name : str
        Of the argument.
    given : object
        What the caller gave.

    Returns
    -------
    float

    Raises
    ------
    InputError
        Where it is no number, not finite, or beyond 1e±100.
    """
    value = _plain(given)
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise InputError(f"{name} is {found(given)}; a number is expected")
    size = abs(_as_float(value))
    if not isfinite(size):
        raise InputError(f"{name} is {found(given)}; a finite number is expected")
    if size and not SMALLEST <= size <= LARGEST:
        raise InputError(f"{name} is {found(given)}; 0, or a size of 1e-100 to 1e100, is expected")
    return float(value)


def _as_float(value: Real) -> float:
    try:
        return float(value)
    except OverflowError:
        return inf


def switch(name: str, given: Any) -> bool:
    """True or False.

    Parameters
    ----------
    name : str
        Of the argument.
    given : object
        What the caller gave.

    Returns
    -------
    bool

    Raises
    ------
    InputError
        Where it is neither.
    """
    if isinstance(given, bool | np.bool_):
        return bool(given)
    raise InputError(f"{name} is {found(given)}; True or False is expected")


def maybe(check: Check) -> Check:
    """None, or what `check` lets through.

    Parameters
    ----------
    check : Check
        Of what is not None.

    Returns
    -------
    Check
    """
    return lambda name, given: None if given is None else check(name, given)


def function(name: str, given: Any) -> Callable[..., Any]:
    """A function.

    Parameters
    ----------
    name : str
        Of the argument.
    given : object
        What the caller gave.

    Returns
    -------
    callable

    Raises
    ------
    InputError
        Where it cannot be called; a frozen distribution of SciPy is told of its ``ppf``.
    """
    if callable(given):
        return given  # type: ignore[no-any-return]
    hint = "; its .ppf is one" if callable(getattr(given, "ppf", None)) else ""
    raise InputError(f"{name} is {found(given)}; a function is expected{hint}")


def mapping(name: str, given: Any) -> Mapping[str, Any]:
    """A mapping whose keys are names.

    Parameters
    ----------
    name : str
        Of the argument.
    given : object
        What the caller gave.

    Returns
    -------
    mapping of str to object

    Raises
    ------
    InputError
        Where it is none, or a key is no text.
    """
    if not isinstance(given, Mapping):
        raise InputError(f"{name} is {found(given)}; a mapping, such as a dictionary, is expected")
    for key in given:
        if not isinstance(key, str):
            raise InputError(f"{name} has the key {found(key)}; a name is expected")
    return given


def record(kind: type, source: str) -> Check:
    """An object of one of our types.

    Parameters
    ----------
    kind : type
        What it must be.
    source : str
        The public function that makes one.

    Returns
    -------
    Check
    """

    def check(name: str, given: Any) -> Any:
        if isinstance(given, kind):
            return given
        raise InputError(f"{name} is {found(given)}; what decide.{source}(…) returns is expected")

    return check
