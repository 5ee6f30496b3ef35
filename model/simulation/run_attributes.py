"""The attributes of a run's tree, checked where it comes from outside.

Without them its figures have no names; and a stranger's file may state anything.
"""

import json
import math
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from numbers import Real
from typing import Any

from model.sampling.defaults import RIVALS_RESPOND
from priors.errors import InputError
from priors.reading.records import AddedStrategy

__all__ = [
    "added_strategies",
    "check_attributes",
    "names_of",
    "unusual_of",
    "unusual_priors",
]

_NAMED = ("name", "currency")
_WHOLE = ("draws", "chains", "seed")
_NAMES = ("player_types", "player_labels", "type_labels")
#: What is said of rivals who respond.
_ROUNDS, _MOVES = ("rounds", "settled"), ("last_move_mcse", "residual")
_TABLE = "names as JSON"
#: Priors of unusual size that a run names.
_MOST_NAMED = 20
_DIGITS = re.compile(r"-?\d{1,20}")


def check_attributes(stated: Mapping[Hashable, Any]) -> None:
    """Refuse attributes from which a decision cannot be named.

    Parameters
    ----------
    stated : mapping
        Attributes of a tree.

    Raises
    ------
    InputError
        With those that are missing, or one that is not what it has to be.
    """
    for name, value in stated.items():
        if not isinstance(value, str | Real):
            raise InputError(
                f"run: attribute {name}: expected text or a number, got {type(value).__name__}"
            )
    kinds = _kinds(stated)
    if missing := [name for name in kinds if name not in stated]:
        raise InputError(
            f"run: lacks the attributes {', '.join(missing)}; keep them when a tree is changed: "
            "changed.attrs.update(run.attrs)"
        )
    for name, (expected, fits) in kinds.items():
        if not fits(stated[name]):
            raise _wrong(stated, name, expected)
    added_strategies(stated)
    unusual_of(stated)


def _kinds(stated: Mapping[Hashable, Any]) -> dict[str, tuple[str, Callable[[Any], bool]]]:
    """What each attribute that is needed has to be, in words and as a check."""
    respond = stated.get("rivals") == RIVALS_RESPOND
    whole = (*_WHOLE, *(_ROUNDS if respond else ()), *(("kept",) if "kept" in stated else ()))
    return {
        **dict.fromkeys(_NAMED, ("text", lambda value: isinstance(value, str))),
        **dict.fromkeys(
            whole, ("a whole number", lambda value: bool(_DIGITS.fullmatch(str(value))))
        ),
        **dict.fromkeys(_NAMES, (_TABLE, lambda value: _is_table(_json(value)))),
        **dict.fromkeys(_MOVES if respond else (), ("a number", _is_number)),
    }


def names_of(stated: Mapping[Hashable, Any], attribute: str) -> dict[str, str]:
    """An attribute that gives each name another: a type, or a label.

    Parameters
    ----------
    stated : mapping
        Attributes of a tree.
    attribute : str
        Such as ``player_labels``.

    Returns
    -------
    dict of str to str

    Raises
    ------
    InputError
        Where it is none.
    """
    table = _json(stated[attribute])
    if not _is_table(table):
        raise _wrong(stated, attribute, _TABLE)
    return dict(table)


def added_strategies(stated: Mapping[Hashable, Any]) -> list[AddedStrategy]:
    """The strategies that the prior file of a run added.

    Parameters
    ----------
    stated : mapping
        Attributes of a tree; of the first edition, without ``strategies``.

    Returns
    -------
    list of AddedStrategy

    Raises
    ------
    InputError
        Where they are not what they have to be.
    """
    rows = _json(stated.get("strategies", "[]"))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(stated, "strategies", "names and labels as JSON")
    try:
        found = [AddedStrategy(**row) for row in rows]
    except TypeError:
        raise _wrong(stated, "strategies", "names and labels as JSON") from None
    if not all(isinstance(text, str) for one in found for text in (one.name, one.label)):
        raise _wrong(stated, "strategies", "names and labels as JSON")
    return found


def unusual_priors(warnings: Sequence[str]) -> dict[str, Any]:
    """The attributes that say which priors are of unusual size.

    Parameters
    ----------
    warnings : sequence of str
        With file, line and path, as the files were before they were resolved.

    Returns
    -------
    dict
        How many there are, and the first of them as JSON.
    """
    return {"unusual": len(warnings), "unusual_named": json.dumps(list(warnings[:_MOST_NAMED]))}


def unusual_of(stated: Mapping[Hashable, Any]) -> tuple[int, list[str]] | None:
    """What a run says of priors of unusual size.

    Parameters
    ----------
    stated : mapping
        Attributes of a tree.

    Returns
    -------
    tuple of int and list of str, or None
        How many there are, and the first of them; None where it was not looked for.

    Raises
    ------
    InputError
        Where they are not what they have to be.
    """
    if "unusual" not in stated:
        return None
    if not _DIGITS.fullmatch(str(stated["unusual"])):
        raise _wrong(stated, "unusual", "a whole number")
    named = _json(stated.get("unusual_named", "[]"))
    if not isinstance(named, list) or not all(isinstance(text, str) for text in named):
        raise _wrong(stated, "unusual_named", "texts as JSON")
    return int(stated["unusual"]), named


def _json(text: Any) -> Any:
    """What JSON says; None where it is none."""
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _is_number(value: Any) -> bool:
    try:
        return not math.isinf(float(value))
    except ValueError:
        return False


def _wrong(stated: Mapping[Hashable, Any], name: str, expected: str) -> InputError:
    found = str(stated.get(name))[:40]
    return InputError(f"run: attribute {name}: expected {expected}, got {found!r}")
