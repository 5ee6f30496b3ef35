"""Words for the four uncertainties: what their ranges are called, and what they move.

Everything is read from decision.json; one of an older version has no levers, and no words for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

from model.numerics.standard_errors import RESOLVED
from reports.text.numbers import percent, rounded
from reports.text.strategies import LEAVING

__all__ = ["LEVERS", "Lever", "lever_lines", "moves", "plus", "reverses", "shares"]

type Entry = Mapping[str, Any]

_FIGURE = "exit_minus_best_other"


@dataclass(frozen=True, slots=True)
class Lever:
    """How readers know one of the four uncertainties.

    Attributes
    ----------
    label : str
        What it is called.
    ranges : tuple of str
        What its ranges are called, in the order of decision.json.
    name : str
        What it is called in a title.
    cases : tuple of str
        Its ranges as what may come true, at the start of a title.
    path : str
        The number that it is a matter of.
    """

    label: str
    ranges: tuple[str, str, str]
    name: str
    cases: tuple[str, str, str]
    path: str


#: By the keys of ``levers`` in decision.json.
LEVERS: Mapping[str, Lever] = {
    "market": Lever(
        "Market in 2033, USD billion/year",
        ("below 7", "7 to 50", "above 50"),
        "the market",
        ("A market under $7 bn", "A market of $7 to 50 bn", "A market past $50 bn"),
        "market.size_2033",
    ),
    "robotics": Lever(
        "First robotics revenue",
        ("by 2030", "later", "never"),
        "robots",
        ("Robots by 2030", "Robots after 2030", "No robots"),
        "robotics.years_to_revenue",
    ),
    "chips": Lever(
        "Fall of chip costs",
        ("slowest third", "middle third", "fastest third"),
        "chips",
        ("Chips that fall slowly", "Chips that fall as expected", "Chips that fall fast"),
        "compute.chip_cost_decline",
    ),
    "ipo": Lever(
        "IPO valuation lost to video",
        ("below 0 %", "0 to 2 %", "above 2 %"),
        "the listing",
        ("A listing that gains", "A listing that loses up to 2 %", "A listing that loses over 2 %"),
        "ipo.valuation_impact",
    ),
}


def reverses(entry: Entry, lever: str) -> bool:
    """Whether a range of a lever has another verdict on leave or operate, beyond its error.

    Parameters
    ----------
    entry : mapping
        A player or type in decision.json.
    lever : str
        A key of `LEVERS`.

    Returns
    -------
    bool
        False where the verdict itself is not resolved: there is none to reverse.
    """
    sign = 1.0 if entry["best"] == LEAVING.name else -1.0
    return entry["resolved"] and any(
        sign * one[_FIGURE] < -RESOLVED * one[f"{_FIGURE}_mcse"] for one in _known(entry, lever)
    )


def moves(entry: Entry, lever: str) -> bool:
    """Whether exit less the best other differs between two ranges beyond its error.

    Parameters
    ----------
    entry : mapping
        A player or type in decision.json.
    lever : str
        A key of `LEVERS`.

    Returns
    -------
    bool
    """
    known = _known(entry, lever)
    if not known:
        return False
    low, high = (end(known, key=lambda one: one[_FIGURE]) for end in (min, max))
    error = hypot(low[f"{_FIGURE}_mcse"], high[f"{_FIGURE}_mcse"])
    return bool(high[_FIGURE] - low[_FIGURE] > RESOLVED * error)


def _known(entry: Entry, lever: str) -> list[Entry]:
    """The ranges that hold draws enough."""
    return [one for one in entry["levers"][lever] if one[_FIGURE] is not None]


def shares(entry: Entry, lever: str) -> list[str]:
    """Share of the draws in each range: the same for every player.

    Parameters
    ----------
    entry : mapping
        A player or type in decision.json.
    lever : str
        A key of `LEVERS`.

    Returns
    -------
    list of str
        Such as ``55 %``.
    """
    return [percent(one["share"]) for one in entry["levers"][lever]]


def plus(value: float | None, mcse: float | None) -> str:
    """A difference to the digits that its error supports, without the error: ``+1.87``.

    Parameters
    ----------
    value : float, optional
        In any unit; None where a range holds too few draws.
    mcse : float, optional
        Its standard error.

    Returns
    -------
    str
        ``?`` of None.
    """
    if value is None or mcse is None:
        return "?"
    text = rounded(value, mcse)
    return f"+{text}" if value > 0.0 and text.strip("0.") else text


def lever_lines(entries: Mapping[str, Entry], levers: tuple[str, ...]) -> Iterator[str]:
    """What levers do, a paragraph each: whose verdict they reverse, and whose lead they move.

    Parameters
    ----------
    entries : mapping
        Players of decision.json.
    levers : tuple of str
        Keys of `LEVERS`.

    Yields
    ------
    str
        Figures are exit less the best other strategy by range, USD billion.
    """
    for lever in levers:
        words = LEVERS[lever]
        first = next(iter(entries.values()))
        ranges = zip(words.ranges, shares(first, lever), strict=True)
        start, *more = (f"{name} in {share}" for name, share in ranges)
        head = f"{words.label}: {', '.join([f'{start} of draws', *more])}."
        turned = [one for one in entries.values() if reverses(one, lever)]
        moved = [one for one in entries.values() if one not in turned and moves(one, lever)]
        reversed_ = _listed("Reverses the answer", turned, lever)
        yield (
            head
            + reversed_
            + _listed("Moves the difference", moved, lever)
            + _others(len(entries) - len(turned) - len(moved), len(entries))
        )


def _listed(what: str, entries: list[Entry], lever: str) -> str:
    if not entries:
        return ""
    figures = (
        f"{entry['label']} "
        + ", ".join(plus(one[_FIGURE], one[f"{_FIGURE}_mcse"]) for one in entry["levers"][lever])
        for entry in entries
    )
    return f" {what}: {'; '.join(figures)}."


def _others(count: int, of: int) -> str:
    if not count:
        return ""
    return f" Moves {'none' if count == of else 'no other'} by more than its error."
