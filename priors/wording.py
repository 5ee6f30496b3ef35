"""How problems are worded: what was found, the path of it, what was expected."""

import json
import re
from collections.abc import Iterable, Sequence
from math import log10
from typing import Any

from priors.errors import did_you_mean

__all__ = ["count", "found", "joined", "quoted", "suggestion", "to_dotted"]

_LONGEST = 60
_HUGE = 10**300
_BARE = re.compile(r"[A-Za-z0-9_-]+|\*")


def quoted(text: str) -> str:
    """`text` between quotation marks, short, and safe to print on a terminal.

    Parameters
    ----------
    text : str
        As the user wrote it; more than 60 characters are cut.

    Returns
    -------
    str
        With JSON's escapes, all in ASCII where it holds a character that a terminal would not
        print.
    """
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    plain = json.dumps(text, ensure_ascii=False)
    return plain if plain.isprintable() else json.dumps(text)


def found(value: Any) -> str:
    """A TOML value as a message names it.

    Parameters
    ----------
    value : bool, str, float, int, list, dict or date
        As `tomllib` reads it.

    Returns
    -------
    str
        Numbers to six digits, texts in quotation marks, other things by their kind.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int | float):
        # An int too large for a float is too long to be shown as well.
        return "a number of too many digits" if _too_long(value) else f"{value:g}"
    if isinstance(value, list | dict):
        return "an array" if isinstance(value, list) else "a table"
    return "a date or time"


def count(number: int) -> str:
    """A whole number as a message names it.

    Parameters
    ----------
    number : int
        Of any size.

    Returns
    -------
    str
        With separators, and one of more than 30 digits by how many it has.
    """
    if abs(number) < 10**30:
        return f"{number:,}"
    # Python writes out no more than 4,300 digits.
    return f"a number of about {int(abs(number).bit_length() * log10(2)) + 1} digits"


def _too_long(value: float) -> bool:
    return isinstance(value, int) and abs(value) >= _HUGE


def to_dotted(path: Iterable[str | int]) -> str:
    """A path as a user would write it: ``types.pure_play.cost_ratio``.

    Parameters
    ----------
    path : iterable of str or int
        Keys from the top.

    Returns
    -------
    str
        Parts that TOML would not take bare are in quotation marks, long ones cut.
    """
    parts = (str(part) for part in path)
    return ".".join(part if _short_and_bare(part) else quoted(part) for part in parts)


def _short_and_bare(part: str) -> bool:
    return len(part) <= _LONGEST and _BARE.fullmatch(part) is not None


def suggestion(name: str, names: Iterable[str]) -> str:
    """The end of a message: the nearest name where one is close, otherwise all of them.

    Parameters
    ----------
    name : str
        What the user wrote.
    names : iterable of str
        What may stand there.

    Returns
    -------
    str
        Without a leading semicolon.
    """
    names = list(names)
    hint = did_you_mean(name, names)
    if hint:
        return hint.removeprefix("; ")
    return f"expected {joined(names, ' or ')}" if names else "there is none"


def joined(parts: Sequence[str], last: str = " and ") -> str:
    """Words in a row, `last` before the last one: ``a``, ``a and b``, ``a, b and c``.

    Parameters
    ----------
    parts : sequence of str
        May be empty.
    last : str
        With its spaces.

    Returns
    -------
    str
        Empty where there are none.
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])}{last}{parts[-1]}"
