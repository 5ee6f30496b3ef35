"""What would change a verdict: the values of one number at which another strategy is the best.

Everything is read from a player's entry in sensitivity.json.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from priors.registry.quantity import FLOW, MONEY
from reports.text.dollars import NO_BREAK, in_sentence, short
from reports.text.strategies import DOING, quantities
from reports.text.wording import capital, with_unit, within_sentence
from reports.text.worlds import of_100, worlds

__all__ = [
    "MARKET",
    "Flip",
    "bet_on",
    "finding",
    "first_flips",
    "flips_at_all",
    "flips_of",
    "nothing_likely",
    "short_with_unit",
    "value_text",
]

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
        # The axis of the market says that it is a year's.
        return self._range(short) if self.path == MARKET else self.in_full

    @property
    def in_full(self) -> str:
        """The range with its unit: ``below $4.1 bn a year``."""
        unit = quantities().by_path(self.path).unit
        return self._range(lambda value: short_with_unit(value, unit))

    def _range(self, show: Callable[[float], str]) -> str:
        if self.at is not None:
            if not quantities().by_path(self.path).event:
                return f"at {show(self.at)}"
            return "if it comes true" if self.at else "if it does not come true"
        if self.above is None and self.below is None:
            return "whatever it is"
        if self.above is None:
            return f"below {show(_given(self.below))}"
        if self.below is None:
            return f"above {show(self.above)}"
        return f"from {show(self.above)} to {show(self.below)}"

    def within(self, value: float) -> bool:
        """Whether a value lies in the range.

        Parameters
        ----------
        value : float
            In the number's unit.

        Returns
        -------
        bool
        """
        if self.at is not None:
            return value == self.at
        above = self.above is None or value > self.above
        return above and (self.below is None or value < self.below)

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
        for one in switching["ranges"] or switching.get("possible", ()):
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


def nothing_likely(flips: Sequence[Flip]) -> str:
    """What the first table says where it shows no flip: others may be too unlikely for it.

    Parameters
    ----------
    flips : sequence of Flip
        From `flips_of`.

    Returns
    -------
    str
    """
    if not flips:
        return "No single number would change it"
    most = of_100(max(one.share for one in flips))
    return f"No single number is likely to change it (at most {most} of 100)"


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
    flip = _settling(flips)
    if flip is None:
        return ""
    side, end = ("above", flip.below) if flip.above is None else ("below", flip.above)
    market = flip.path == MARKET
    name = "market" if market else within_sentence(flip.name)
    shown = value_text(_given(end), quantities().by_path(flip.path).unit)
    return f"a {name} {side} {shown.removesuffix(' a year') if market else shown}"


def _settling(flips: Sequence[Flip]) -> Flip | None:
    """The sure flip at one value by which the verdict stands: the market's, else the first."""
    found = [
        one
        for one in flips
        if one.sure and one.at is None and (one.above is None) != (one.below is None)
    ]
    return next((one for one in found if one.path == MARKET), found[0] if found else None)


def finding(entry: Entry) -> str:
    """What would change the verdict, in a title; of the number that `bet_on` names, if any.

    Parameters
    ----------
    entry : mapping
        A player in sensitivity.json.

    Returns
    -------
    str
    """
    flips = flips_of(entry)
    sure = [one for one in flips if one.sure]
    flip = _settling(flips) or (sure[0] if sure else None)
    if flip is None:
        if flips:
            return "No single number changes the verdict for sure"
        some = any(flips_at_all(of) for of in entry["inputs"].values())
        often = " in even 1 of 100 worlds" if some else ""
        return f"No single number would change the verdict{often}"
    best, odds = DOING[flip.to], worlds(flip.share)
    if flip.at is not None:
        return f"{capital(best)} would be best {_whether(flip)}: {odds}"
    return f"{flip.name} {flip.in_full} would make {best} best: {odds}"


def _whether(flip: Flip) -> str:
    """Of a number of few values: ``if robotics succeeds does not come true``."""
    if not quantities().by_path(flip.path).event:
        return f"with {within_sentence(flip.name)} {flip.in_full}"
    turn = "comes true" if flip.at else "does not come true"
    return f"if “{within_sentence(flip.name)}” {turn}"


def flips_at_all(of: Entry) -> bool:
    """Whether any value of a number changes the verdict, or may, however rare it is.

    Parameters
    ----------
    of : mapping
        An input of a player in sensitivity.json.

    Returns
    -------
    bool
    """
    found = [*of["switching"]["ranges"], *of["switching"].get("possible", ())]
    return bool(found)


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
    return _other(value, unit)


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
    return _other(value, unit)


def _other(value: float, unit: str) -> str:
    return with_unit(value, unit).replace(" %", f"{NO_BREAK}%")
