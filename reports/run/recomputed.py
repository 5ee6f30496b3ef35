"""What people cite of a run, compared with what its draws give: decision.json and summary.csv."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from priors.wording import to_dotted

__all__ = ["EXACT", "count_figures", "differing_cells", "differing_figures"]

#: Part of a figure by which it may differ: other versions of libraries add up in another order.
EXACT = 1e-9

type Path = tuple[str | int, ...]


def differing_figures(
    stored: Mapping[str, Any], again: Mapping[str, Any], tolerance: float, *, added: bool
) -> list[str]:
    """What stands in a decision file and is not what its draws give, a line each.

    Parameters
    ----------
    stored : mapping
        Content of ``decision.json``.
    again : mapping
        The same, computed anew.
    tolerance : float
        Part of a figure by which it may differ.
    added : bool
        Whether keys that only the new one has are differences: not so where a later version
        made it, which may know more.

    Returns
    -------
    list of str
    """
    ours, theirs = dict(_leaves(stored, ())), dict(_leaves(again, ()))
    lines = []
    for path in dict.fromkeys([*ours, *(theirs if added else ())]):
        here, there = ours.get(path, _NONE), theirs.get(path, _NONE)
        if not _same(here, there, tolerance):
            lines.append(f"{to_dotted(path)} is {_shown(here)}, computed anew {_shown(there)}")
    return lines


def count_figures(content: Mapping[str, Any]) -> int:
    """How many values stand in a decision file.

    Parameters
    ----------
    content : mapping
        Of ``decision.json``.

    Returns
    -------
    int
    """
    return sum(1 for _ in _leaves(content, ()))


def differing_cells(stored: str, again: str, tolerance: float) -> list[str]:
    """What stands in a table and is not what its draws give, a line each.

    Parameters
    ----------
    stored : str
        Text of ``summary.csv``.
    again : str
        The same, computed anew.
    tolerance : float
        Part of a figure by which it may differ.

    Returns
    -------
    list of str
    """
    if stored == again:
        return []
    ours, theirs = dict(_cells(stored)), dict(_cells(again))
    return [
        f"{row}, {column} is {_shown(ours.get((row, column), _NONE))}, "
        f"computed anew {_shown(theirs.get((row, column), _NONE))}"
        for row, column in dict.fromkeys([*ours, *theirs])
        if not _same(ours.get((row, column), _NONE), theirs.get((row, column), _NONE), tolerance)
    ]


class _Nothing:
    """Stands for a value that there is not; None is one that a file may hold."""


_NONE = _Nothing()


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from _leaves(one, (*path, key))
    elif isinstance(value, list) and value:
        for place, one in enumerate(value):
            yield from _leaves(one, (*path, place))
    else:
        yield path, value


def _cells(text: str) -> Iterator[tuple[tuple[str, str], Any]]:
    rows = list(csv.reader(io.StringIO(text)))
    head = rows[0] if rows else []
    for row in rows[1:]:
        for column, cell in zip(head[1:], row[1:], strict=False):
            yield (row[0], column), _number(cell)


def _number(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell


def _same(ours: Any, theirs: Any, tolerance: float) -> bool:
    if not (_is_number(ours) and _is_number(theirs)):
        return type(ours) is type(theirs) and bool(ours == theirs)
    if ours == theirs or (ours != ours and theirs != theirs):  # noqa: PLR0124  # not a number
        return True
    return bool(abs(ours - theirs) <= tolerance * max(abs(ours), abs(theirs)))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    if isinstance(value, _Nothing):
        return "absent"
    return f"{value:.12g}" if _is_number(value) else repr(value)
