"""``--set PATH=VALUE``: values that stand over those of every file."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from priors.errors import PriorFileError, Problem
from priors.reading.layers import SET, Layer, Place
from priors.wording import quoted

__all__ = ["Override", "as_layer", "from_mapping", "from_text"]

#: A path, wildcards kept, and what is set there.
type Override = tuple[Place, Any]

_PART = re.compile(r"""([A-Za-z0-9_-]+|\*)|("(?:[^"\\]|\\.)*"|'[^']*')""")
_WORD = re.compile(r"[^\W\d][\w.+-]*")
_DEEPEST = 8


def from_text(texts: Iterable[str]) -> list[Override]:
    """Read what the command line states, ``PATH=VALUE`` each.

    VALUE is TOML; a bare word is a string.

    Parameters
    ----------
    texts : iterable of str
        Such as ``market.size_2033.scale=1.5``.

    Returns
    -------
    list of tuple
        Path, wildcards kept, and value, in the order stated.

    Raises
    ------
    PriorFileError
        With every text that cannot be read: no ``=``, no dotted path of at most eight parts, no
        value, or a path to ``extends`` or ``schema``.
    """
    overrides, problems = [], []
    for text in texts:
        try:
            overrides.append(_override(text))
        except ValueError as error:
            problems.append(Problem(SET, 0, "", f"found {quoted(text)}, {error}"))
    if problems:
        raise PriorFileError(problems)
    return overrides


def from_mapping(overrides: Mapping[str, Any]) -> list[Override]:
    """Read the overrides of the Python interface: path to value.

    Parameters
    ----------
    overrides : mapping
        Dotted path to a number, text, list or mapping; NumPy's numbers and arrays count as
        Python's.

    Returns
    -------
    list of tuple
        Path, wildcards kept, and value as TOML would have it, in the order stated.

    Raises
    ------
    PriorFileError
        With every path or value that cannot be read.
    """
    read, problems = [], []
    for path, value in overrides.items():
        try:
            read.append((_path(str(path)), _plain(value)))
        except ValueError as error:
            problems.append(Problem(SET, 0, "", f"found {quoted(str(path))}, {error}"))
    if problems:
        raise PriorFileError(problems)
    return read


def as_layer(override: Override, types: Iterable[str], players: Iterable[str]) -> Layer:
    """The layer of one override; ``players.*`` is each of `players`, ``types.*`` of `types`.

    Parameters
    ----------
    override : tuple
        Path, wildcards kept, and value.
    types : iterable of str
        Names of the types that the files and earlier overrides state.
    players : iterable of str
        Names of the players that they state.

    Returns
    -------
    Layer
        Not yet checked; without tables where a wildcard stands for nobody.
    """
    path, value = override
    names: Iterable[str] = (path[1],) if len(path) > 1 else ()
    if path[0] in ("types", "players") and path[1:2] == ("*",):
        names = types if path[0] == "types" else players
    data: dict[str, Any] = {}
    if len(path) == 1:
        data[path[0]] = value
    else:
        data[path[0]] = {name: _nested(path[2:], value) for name in names}
    return Layer(SET, data, written=path)


def _nested(path: Place, value: Any) -> Any:
    for part in reversed(path):
        value = {part: value}
    return value


def _override(text: str) -> Override:
    path, end = _leading_path(text)
    if text[end : end + 1] != "=":
        message = "expected PATH=VALUE, as in market.size_2033.scale=1.5"
        raise ValueError(message)
    return path, _value(text[end + 1 :].strip())


def _path(text: str) -> Place:
    path, end = _leading_path(text)
    if end < len(text):
        message = "expected a dotted path, as in market.size_2033.scale"
        raise ValueError(message)
    return path


def _leading_path(text: str) -> tuple[Place, int]:
    """The dotted path at the start of `text`, and where it ends."""
    parts, end = [], 0
    while match := _PART.match(text, end):
        parts.append(match[1] or _unquoted(match[2]))
        end = match.end()
        if text[end : end + 1] != ".":
            break
        end += 1
    if not parts or text[end - 1 : end] == "." or len(parts) > _DEEPEST:
        message = "expected a dotted path, as in market.size_2033.scale"
        raise ValueError(message)
    if parts[0] in ("extends", "schema"):
        message = f"expected another path: {parts[0]} can only be stated in a file"
        raise ValueError(message)
    return tuple(parts), end


def _unquoted(text: str) -> str:
    return next(iter(tomllib.loads(f"{text} = 0")))


def _value(text: str) -> Any:
    try:
        read = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        if _WORD.fullmatch(text):
            return text
    else:
        # More than the one key, where a line break begins another.
        if list(read) == ["value"]:
            return read["value"]
    message = "expected a TOML value or a single word behind the ="
    raise ValueError(message)


def _plain(value: Any) -> Any:
    """`value` as TOML has it: NumPy scalars and arrays and tuples become plain."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, str):
        # Raises a ValueError on half a character, which no file can hold.
        value.encode()
        return value
    if isinstance(value, bool | int | float):
        return value
    message = f"expected a number, a string, a list or a mapping, not {type(value).__name__}"
    raise ValueError(message)
