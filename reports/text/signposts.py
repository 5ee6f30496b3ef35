"""What to watch: figures that can be seen by a date, and would change what a company does.

From the simple rule of its real option in option.json: an observed figure, a year, a threshold, and
in how many worlds it is met.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from priors.wording import joined
from reports.text.flips import value_text

__all__ = ["Signpost", "signposts"]

type Option = Mapping[str, Any]

#: At most so many, each met in at least this share of the worlds, seen by this year.
_MOST, _LEAST, _LAST = 3, 0.01, 2030
#: What a rule observes, as a sentence calls it.
_OBSERVED = {
    "market revenue": "AI-video revenue",
    "cost over price": "its cost of a dollar of revenue",
    "own operating cash flow": "its own operating cash flow",
}


@dataclass(frozen=True, slots=True)
class Signpost:
    """One figure to watch.

    Attributes
    ----------
    by : str
        Until when it can be seen: ``By early 2028``.
    sees : str
        What is seen: ``AI-video revenue in 2027 below $3.8 billion``.
    share : float
        Of the worlds, in which the option is used then.
    middle : str
        The figure's middle estimate; empty where it is not known.
    """

    by: str
    sees: str
    share: float
    middle: str


def signposts(option: Option, middle: Callable[[str, int], float | None]) -> list[Signpost]:
    """The figures to watch, in order of their dates.

    Parameters
    ----------
    option : mapping
        Of a strategy of a player in option.json.
    middle : callable
        What is observed, as the rule calls it, and a year, to its median; None if not known.

    Returns
    -------
    list of Signpost
        Empty where the rule loses, is not resolved, or is hardly ever used by then.
    """
    if option["rule_loses"] or option["rule_keeps"] is None:
        return []
    found = []
    for trigger in option["rule"]:
        year, share = trigger["year"], option["by_year"].get(str(trigger["year"]), 0.0)
        if year > _LAST or share < _LEAST or trigger["always"] or not trigger["ways"]:
            continue
        ways = trigger["ways"]
        sees = ", or ".join(joined([_condition(one, year) for one in way]) for way in ways)
        found.append(Signpost(f"By early {year + 1}", sees, share, _middle(ways, year, middle)))
    likeliest = sorted(found, key=lambda one: -one.share)[:_MOST]
    return [one for one in found if one in likeliest]


def _condition(one: Mapping[str, Any], year: int) -> str:
    """``AI-video revenue in 2027 below $3.8 billion``."""
    name = f"{_OBSERVED.get(one['observed'], one['observed'])} in {year}"
    above, below = one["above"], one["below"]
    ends = [None if end is None else _value(end, one["unit"]) for end in (above, below)]
    if ends[0] is None:
        return f"{name} below {ends[1]}"
    return f"{name} above {ends[0]}" if ends[1] is None else f"{name} from {ends[0]} to {ends[1]}"


def _value(value: float, unit: str) -> str:
    # The year is named already.
    return value_text(value, unit).removesuffix(" a year")


def _middle(ways: Any, year: int, middle: Callable[[str, int], float | None]) -> str:
    """The middle estimate of the first figure that has one."""
    for one in (one for way in ways for one in way):
        value = middle(one["observed"], year)
        if value is not None:
            return _value(value, one["unit"])
    return ""
