"""What records of results are made of, and how one becomes the plain values of a JSON file."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from functools import cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypeAliasType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import numpy as np
import numpy.typing as npt

from model.numerics.standard_errors import RESOLVED, is_resolved, jackknife, mcse

__all__ = [
    "ABSENT",
    "FLAT",
    "NULLABLE",
    "SCHEMA",
    "Entry",
    "Figure",
    "MaybeFigure",
    "MaybeFloat",
    "Schema",
    "entries",
    "plain",
    "without_null",
]

#: The form of decision.json, option.json and sensitivity.json. Keys may be added under it.
type Schema = Literal[2]
SCHEMA: Schema = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: ``x`` in a file, and ``x_mcse`` beside it.

    Attributes
    ----------
    value : float
        The figure.
    mcse : float
        Its Monte Carlo standard error.
    """

    value: float
    mcse: float

    @classmethod
    def mean(cls, chains: npt.NDArray[np.float64]) -> "Figure":
        """The mean of the chains' figures (chain,).

        Parameters
        ----------
        chains : array (chain,)
            Two at least.

        Returns
        -------
        Figure
            In the figures' unit.
        """
        return cls(float(np.mean(chains)), mcse(chains))

    @classmethod
    def pooled(cls, value: float, chains: npt.NDArray[np.float64]) -> "Figure":
        """A figure of all draws together, its error from the chains' own figures (chain,).

        Parameters
        ----------
        value : float
            Of all draws.
        chains : array (chain,)
            Two at least.

        Returns
        -------
        Figure
            In the figures' unit.
        """
        return cls(value, mcse(chains))

    @classmethod
    def ratio(cls, parts: npt.NDArray[np.float64], wholes: npt.NDArray[np.float64]) -> "Figure":
        """A ratio of two sums over all draws, its error by leaving out a chain at a time.

        Parameters
        ----------
        parts : array (chain,)
            What each chain adds to the upper sum.
        wholes : array (chain,)
            What it adds to the lower one; above 0 in two chains at least.

        Returns
        -------
        Figure
            In the unit of the parts over that of the wholes.
        """
        part, whole = parts.sum(), wholes.sum()
        without = (part - parts) / (whole - wholes)
        return cls(float(part / whole), float(jackknife(without)))

    @property
    def resolved(self) -> bool:
        """Whether it is above zero beyond its error."""
        return self.exceeds(RESOLVED)

    def exceeds(self, required: float) -> bool:
        """Whether it is above zero by more than so many of its standard errors.

        Parameters
        ----------
        required : float
            In standard errors.

        Returns
        -------
        bool
        """
        return is_resolved(self.value, self.mcse, required)


#: Marks of a field. There may be no such number: NaN or infinite in the record, null in the file.
NULLABLE = "null where there is none"
#: It is left out of the file where it is None.
ABSENT = "left out where there is none"
#: The keys of its record stand in the file among those of the record that has it.
FLAT = "its keys stand beside the others"

type MaybeFloat = Annotated[float, NULLABLE]
type MaybeFigure = Annotated[Figure, NULLABLE]


class Entry(NamedTuple):
    """A field of a record, as its file has it.

    Attributes
    ----------
    name : str
        Its key: the field's name, without the underscore after a word that Python has taken.
    hint : type
        Of its value, without the mark of what may be null.
    nullable, absent, flat : bool
        Whether it may be null, or left out, or brings its own keys.
    attribute : str
        The field's name.
    """

    name: str
    hint: Any
    nullable: bool
    absent: bool
    flat: bool
    attribute: str


@cache
def entries(record: Any) -> tuple[Entry, ...]:
    """The fields of a record's class.

    Parameters
    ----------
    record : type
        A dataclass of a result.

    Returns
    -------
    tuple of Entry
        In order.
    """
    hints = get_type_hints(record, include_extras=True)
    return tuple(_entry(name, hint) for name, hint in hints.items())


def _entry(name: str, hint: Any) -> Entry:
    marks = getattr(hint, "__metadata__", ()) if get_origin(hint) is Annotated else ()
    stated = get_args(hint)[0] if ABSENT in marks or FLAT in marks else hint
    bare, nullable = without_null(stated)
    if ABSENT in marks:
        # None is left out; what is there may still have a number that is null.
        nullable = any(without_null(one)[1] for one in get_args(stated) if one is not type(None))
    return Entry(
        name.removesuffix("_"), bare, nullable, ABSENT in marks, FLAT in marks, attribute=name
    )


def without_null(hint: Any) -> tuple[Any, bool]:
    """A type without what says that it may be null, and whether anything did.

    Parameters
    ----------
    hint : type
        As annotated, maybe ``X | None`` or marked as nullable.

    Returns
    -------
    type
        The rest of it; a union of several other types stays one.
    bool
        Whether it may be null.
    """
    if isinstance(hint, TypeAliasType):
        hint = hint.__value__
    if get_origin(hint) is Annotated:
        return get_args(hint)[0], NULLABLE in hint.__metadata__
    options = get_args(hint) if get_origin(hint) in (UnionType, Union) else ()
    left = [one for one in options if one is not type(None)]
    if len(left) == len(options):
        return hint, False
    return (without_null(left[0])[0] if len(left) == 1 else hint), True


def plain(record: Any) -> dict[str, Any]:
    """A record as its file has it: plain numbers, strings, lists and dicts.

    A figure ``x`` has ``x_mcse`` beside it; where `x` maps names to figures, both are dicts.

    Parameters
    ----------
    record : dataclass instance
        A result or a part of one.

    Returns
    -------
    dict
        In the order of the fields.
    """
    content: dict[str, Any] = {}
    for entry in entries(record.__class__):
        value = getattr(record, entry.attribute)
        if value is None and entry.absent:
            continue
        if entry.flat:
            content |= plain(value)
        elif entry.hint is Figure:
            content[entry.name] = _number(value.value, entry.nullable)
            content[f"{entry.name}_mcse"] = _number(value.mcse, entry.nullable)
        elif get_args(entry.hint)[1:] == (Figure,):
            content[entry.name] = {name: one.value for name, one in value.items()}
            content[f"{entry.name}_mcse"] = {name: one.mcse for name, one in value.items()}
        else:
            content[entry.name] = _plain(value, entry.hint, entry.nullable)
    return content


def _plain(value: Any, hint: Any, nullable: bool) -> Any:
    if is_dataclass(value):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: _plain(one, *without_null(get_args(hint)[1])) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one, *without_null(get_args(hint)[0])) for one in value]
    return _number(value, nullable)


def _number(value: Any, nullable: bool) -> Any:
    """None for what JSON has no number for; where that may not be, the writer refuses it."""
    return None if nullable and isinstance(value, float) and not math.isfinite(value) else value
