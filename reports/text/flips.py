"""What would change a verdict: the values of one number at which another strategy is the best.

Everything is read from a player's entry in sensitivity.json.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from priors.registry.quantity import FLOW, MONEY
from reports.text.dollars import in_sentence, short
from reports.text.strategies import quantities
from reports.text.wording import with_unit, within_sentence

__all__ = ["MARKET", "Flip", "bet_on", "first_flips", "flips_of", "short_with_unit", "value_text"]

type Entry = Mapping[str, Any]

#: The number that all companies share and that decides for most.
MARKET = "market.size_2033"
#: Share of worlds below which a flip is not worth a word, and from which a second one is.
LEAST, SECOND = 0.01, 0.05


@dataclass(frozen=True, slots=True)
class Flip:
    """A range of a number in which another strategy is the best on average.

    Attributes
    ----------
    path : str
        Of the number.
    above, below : float, optional
        Ends of the range, in the number's unit; None where it has none.
    at : float, optional
        The one value, of a number of few values such as an event.
    share : float
        Of the worlds in that range.
    to : str
        The strategy that is then the best.
    sure : bool
        Whether it leads there by more than the error: if not, perhaps.
    """

    path: str
    above: float | None
    below: float | None
    at: float | None
    share: float
    to: str
    sure: bool

    @property
    def where(self) -> str:
        """The range in words: ``below $4.1 bn``."""
        unit = quantities().by_path(self.path).unit
        if self.at is not None:
            return "if it comes true" if self.at else "if it does not come true"
        # The axis of the market says that it is a year's.
        show = short if self.path == MARKET else (lambda x: short_with_unit(x, unit))
        if self.above is None and self.below is None:
            return "whatever it is"
        if self.above is None:
            return f"below {show(_given(self.below))}"
        if self.below is None:
            return f"above {show(self.above)}"
        return f"from {show(self.above)} to {show(self.below)}"

    @property
    def name(self) -> str:
        """The number's short name."""
        return quantities().by_path(self.path).label


def _given(value: float | None) -> float:
    if value is None:
        raise ValueError("a range without this end has no value there")
    return value


def flips_of(entry: Entry) -> list[Flip]:
    """Every range of every number that changes the verdict, the likeliest first.

    Parameters
    ----------
    entry : mapping
        A player in sensitivity.json.

    Returns
    -------
    list of Flip
        Under one of a hundred worlds left out; of a number with sure ranges, those alone.
    """
    found = []
    for path, of in entry["inputs"].items():
        switching = of["switching"]
        sure = bool(switching["ranges"])
        for one in switching["ranges"] or switching["possible"]:
            if one["probability"] >= LEAST:
                ends = one.get("above"), one.get("below"), one.get("at")
                found.append(Flip(path, *ends, one["probability"], one["to"], sure))
    return sorted(found, key=lambda one: (not one.sure, -one.share))


def first_flips(flips: Sequence[Flip]) -> list[Flip]:
    """At most two for the first table: of the market, and of a number likelier than it.

    Parameters
    ----------
    flips : sequence of Flip
        From `flips_of`.

    Returns
    -------
    list of Flip
    """
    market = [one for one in flips if one.path == MARKET][:1]
    least = max([SECOND, *(one.share for one in market)])
    others = [one for one in flips if one.path != MARKET and one.share > least]
    second = sorted(others, key=lambda one: -one.share)[:1]
    return market + second


def bet_on(flips: Sequence[Flip]) -> str:
    """What a bet is on: the number, on the near side of its likeliest sure flip.

    Parameters
    ----------
    flips : sequence of Flip
        From `flips_of`.

    Returns
    -------
    str
        Such as ``a market above $4.1 billion``; empty where no number settles it.
    """
    settled = [
        one
        for one in flips
        if one.sure and one.at is None and (one.above is None) != (one.below is None)
    ]
    if not settled:
        return ""
    market = [one for one in settled if one.path == MARKET]
    flip = (market or settled)[0]
    side, end = ("above", flip.below) if flip.above is None else ("below", flip.above)
    name = "market" if flip.path == MARKET else within_sentence(flip.name)
    shown = value_text(_given(end), quantities().by_path(flip.path).unit)
    return f"a {name} {side} {shown.removesuffix(' a year') if market else shown}"


def short_with_unit(value: float, unit: str) -> str:
    """A number's value in a table: ``$260 m a year``, ``12 % a year``, ``0.28``.

    Parameters
    ----------
    value : float
        In the unit.
    unit : str
        As the registry has it.

    Returns
    -------
    str
        Two significant digits.
    """
    if unit in (MONEY, FLOW):
        return short(value) + (" a year" if unit == FLOW else "")
    return with_unit(value, unit)


def value_text(value: float, unit: str) -> str:
    """A number's value in a sentence: ``$4.1 billion a year``, ``12 % a year``, ``0.28``.

    Parameters
    ----------
    value : float
        In the unit.
    unit : str
        As the registry has it.

    Returns
    -------
    str
        Two significant digits.
    """
    if unit in (MONEY, FLOW):
        return in_sentence(value) + (" a year" if unit == FLOW else "")
    return with_unit(value, unit)
