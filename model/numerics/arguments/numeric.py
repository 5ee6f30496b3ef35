"""Plain arrays in double precision, whatever type, order in memory or chunks they came in."""

from typing import Any

import numpy as np

from model.numerics.arguments.scalars import LARGEST, SMALLEST, found
from model.numerics.arrays import Array
from priors.errors import InputError

__all__ = ["check_largest", "check_size", "doubles", "rows_by_place"]


def doubles(name: str, given: Any) -> Array:
    """Real numbers as a plain array of float64, in memory, rows first.

    Parameters
    ----------
    name : str
        What they are, for a message.
    given : array-like
        Integers, floats or truth values of any width; decimals and fractions; chunked or not.

    Returns
    -------
    array
        Of the same shape; what was given itself where there is nothing to change. What is not
        finite stays.

    Raises
    ------
    InputError
        Where something else than real numbers is in it: text, dates, complex numbers, records.
    """
    if isinstance(given, np.ma.MaskedArray):
        given = np.ma.filled(given.astype(np.float64), np.nan)
    try:
        array = np.asarray(given)
    except Exception as error:
        raise InputError(f"{name} is {found(given)}; an array of numbers is expected") from error
    if array.dtype.kind == "O":
        return _of_objects(name, array)
    if array.dtype.kind not in "biuf":
        raise InputError(f"{name} holds {_kind(array)}; numbers are expected{_hint(array)}")
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(array, dtype=np.float64).reshape(array.shape)


def _of_objects(name: str, array: Any) -> Array:
    """Of Python's own numbers; text that reads like one is text."""
    wrong = [one for one in array.ravel() if isinstance(one, str | bytes | complex)]
    if wrong:
        hint = _hint(np.array(wrong[0]))
        raise InputError(f"{name} holds {found(wrong[0])}; numbers are expected{hint}")
    try:
        return array.astype(np.float64)  # type: ignore[no-any-return]
    except (TypeError, ValueError, ArithmeticError) as error:
        raise InputError(f"{name} holds objects; numbers are expected: {error}") from error


def _kind(array: Any) -> str:
    known = {"U": "text", "S": "bytes", "T": "text", "c": "complex numbers"}
    return known.get(array.dtype.kind, f"{array.dtype}")


def _hint(array: Any) -> str:
    if array.dtype.kind not in "UST":
        return ""
    return ": number the classes, as numpy.unique(values, return_inverse=True)[1] does"


def check_size(name: str, values: Array, smallest: float = SMALLEST) -> None:
    """Refuse sizes so large or small that squares, or products, leave the range of floats.

    Parameters
    ----------
    name : str
        What they are, for a message.
    values : array
        Largest of each of several figures; what is not finite is left to whoever knows what it
        means there.
    smallest : float
        What each must reach that is not 0.

    Raises
    ------
    InputError
        Where one is beyond 1e100, or below `smallest`.
    """
    sizes = np.abs(values)
    wrong = np.isfinite(sizes) & (sizes > 0.0) & ((sizes < smallest) | (sizes > LARGEST))
    if wrong.any():
        raise InputError(
            f"{name} is of the size {sizes[wrong].flat[0]:g}; sizes of {SMALLEST:g} to {LARGEST:g} "
            f"can be reckoned with: give it in another unit"
        )


def check_largest(name: str, values: Array) -> None:
    """Put the largest of these in size through `check_size`.

    Parameters
    ----------
    name : str
        What they are, for a message.
    values : array
        Float64.

    Raises
    ------
    InputError
        As `check_size`.
    """
    if values.size:
        check_size(name, np.maximum(values.max(), -values.min()))


def rows_by_place(given: Any, values: Array) -> Array:
    """Rows in the order of the places that they are labelled with, such as of a sorted Series.

    Parameters
    ----------
    given : array-like
        What a function gave for an array of rows; with labels where it is of pandas or xarray.
    values : array (row, …)
        The same as a plain array.

    Returns
    -------
    array (row, …)
        As they are where the labels are not the numbers of the rows.
    """
    if hasattr(given, "dims"):
        index = given.indexes.get(given.dims[0]) if given.dims else None
    else:
        index = getattr(given, "index", None)
    labels = np.asarray(index)
    if labels.dtype.kind not in "iu" or labels.shape != values.shape[:1]:
        return values
    order = np.argsort(labels, kind="stable")
    return values[order] if np.array_equal(labels[order], np.arange(len(order))) else values
