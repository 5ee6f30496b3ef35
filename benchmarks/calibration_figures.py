"""The figures of decision.json that carry a standard error: their keys, and the class of each.

A key is the path to a figure, such as ``players/openai/strategies/exit/p05``. Its class is what is
left of the path without the names of players, strategies, ranges and years: figures of one class
are estimated in one way.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["class_of", "figures", "is_share"]

#: How many parts of a path that follow this one are names.
_NAMES_AFTER: Mapping[str, int] = {
    "by_year": 1,
    "groups": 1,
    "inputs": 1,
    "levers": 2,
    "players": 1,
    "probability_best": 1,
    "sizes": 1,
    "strategies": 1,
    "studies": 1,
    "types": 1,
}
#: What names an item of a list.
_ITEMS = ("class", "observe", "size")
#: Figures that speak of a strategy, or of a kind of bound, that another seed may put in its place.
_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "best_minus_next": ("best", "next"),
    "exit_minus_best_other": ("best_other",),
    "gain": ("best", "rival"),
    "upper": ("upper_kind",),
}
_WORDS: Mapping[str, str] = {
    "best_minus_next": "best − next",
    "by_year": "used by year",
    "evpi": "EVPI",
    "evppi": "EVPPI",
    "evsi": "EVSI",
    "exit_minus_best_other": "exit − best other",
    "exit_minus_stay": "exit − stay",
    "gain": "best − other side",
    "groups": "of a group",
    "inputs": "of a quantity",
    "levers": "range of a lever",
    "mark": "last price",
    "option": "real option",
    "probability_positive": "P(> 0)",
    "rivals_stay": "if rivals stayed",
    "shortfall05": "shortfall",
    "sizes": "",
    "strategies": "strategy",
    "studies": "of a study",
    "upper": "upper bound",
}
_SHARES = ("by_year", "probability_best", "share", "wins")


def figures(content: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """Every figure that has a standard error beside it.

    Parameters
    ----------
    content : mapping
        As in decision.json; of its types only those of several players are read, for a type of one
        decides as its player.

    Returns
    -------
    dict
        Key to figure and standard error, in the figure's unit. Figures of which there is none, and
        what has no error, are left out.
    """
    types = content.get("types") or {}
    several = {name: one for name, one in types.items() if len(one.get("players", ())) != 1}
    return {"/".join(path): pair for path, pair in _walk({**content, "types": several}, ())}


def _walk(
    content: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[float, float]]]:
    for key, value in content.items():
        beside = content.get(f"{key}_mcse")
        here = (*path, key, *_subject(key, content, value))
        if isinstance(value, Mapping):
            paired = beside if isinstance(beside, Mapping) else {}
            yield from _walk({**value, **{f"{k}_mcse": e for k, e in paired.items()}}, here)
        elif isinstance(value, list):
            for item in value:
                if name := _name(item):
                    yield from _walk(item, (*here, name))
        elif _number(value) and _number(beside):
            yield here, (float(value), float(beside))


def _subject(key: str, content: Mapping[str, Any], value: Any) -> tuple[str, ...]:
    """The strategies that a figure is about, in one part of a path."""
    own = {**content, **value} if isinstance(value, Mapping) else content
    named = [str(own[name]) for name in _SUBJECTS.get(key, ()) if name in own]
    return (f"[{', '.join(named)}]",) if named else ()


def _name(item: Any) -> str:
    """What tells an item of a list from the others; empty where nothing does."""
    if not isinstance(item, Mapping):
        return ""
    return next((str(item[name]) for name in _ITEMS if name in item), "")


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _kinds(key: str) -> list[str]:
    """The parts of a key that are no names."""
    kinds, names = [], 0
    for part in key.split("/"):
        if names:
            names -= 1
        elif not part.startswith("["):
            kinds.append(part)
            names = _NAMES_AFTER.get(part, 0)
    return kinds


def class_of(key: str) -> str:
    """The class of a figure, in words.

    Parameters
    ----------
    key : str
        From `figures`.

    Returns
    -------
    str
        Such as ``strategy, p05``.
    """
    kinds = [one for one in _kinds(key) if one not in ("players", "types", "information")]
    words = (_WORDS.get(one, one.replace("_", " ")) for one in kinds)
    return ", ".join(word for word in words if word)


def is_share(key: str) -> bool:
    """Whether a figure is a share of the draws.

    Parameters
    ----------
    key : str
        From `figures`.

    Returns
    -------
    bool
    """
    kind = _kinds(key)[-1]
    return kind in _SHARES or kind.startswith("probability")
