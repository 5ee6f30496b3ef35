"""The axis above a column of strips: a number's prior as dots, and ticks in its unit."""

from dataclasses import dataclass

from reports.page.svg.element import drawing, element, group, percent
from reports.page.svg.labels import Label, room_for, written
from reports.page.svg.scales import axis, linear_ticks, log_ticks
from reports.page.svg.units import MONEY, Unit, bare_between, tick_labels

__all__ = ["Ruler", "ruler"]

#: The column is this wide at least; places along it are percents, so that type keeps its size.
_NARROWEST = 280.0
_RADIUS = 3.6
_DOTS, _AXIS, _TICK, _WORDS, _HEIGHT = 6.0, 12.5, 16.5, 29.0, 32.0


@dataclass(frozen=True, slots=True)
class Ruler:
    """What a number may be.

    Attributes
    ----------
    low, high : float
        Ends of the axis, such as the 1 % and 99.5 % quantile.
    dots : tuple of float
        Quantiles, each for as many worlds.
    unit : Unit
        Of the ticks.
    log : bool
        Whether the axis is logarithmic, if all values are above 0.
    """

    low: float
    high: float
    dots: tuple[float, ...]
    unit: Unit = MONEY
    log: bool = True


def ruler(prior: Ruler) -> str:
    """Dots over an axis with ticks.

    Parameters
    ----------
    prior : Ruler
        Of the number that the strips below are about.

    Returns
    -------
    str
        Hidden from screen readers: each row says where it changes.
    """
    scale = axis(prior.low, prior.high, 0.0, 100.0, log=prior.log)
    ticks = (log_ticks if scale.log else linear_ticks)(prior.low, prior.high)
    places = [scale(tick) for tick in ticks]
    texts = bare_between(tick_labels(ticks, prior.unit))
    labels = [
        Label(place * _NARROWEST / 100.0, _WORDS, text, "middle")
        for place, text in zip(places, texts, strict=True)
    ]
    # The ends have the unit, and so come first.
    kept = room_for([*labels[:1], *labels[1:][-1:], *labels[1:-1]], _NARROWEST)
    dots = (
        element("circle", cx=percent(scale.within(dot)), cy=_DOTS, r=_RADIUS) for dot in prior.dots
    )
    lines = (
        element("line", css="ax", x1=percent(place), x2=percent(place), y1=_AXIS, y2=_TICK)
        for place in places
    )
    line = element("line", css="ax", x1="0", x2="100%", y1=_AXIS, y2=_AXIS)
    return drawing(
        [group("ctx", dots), line, *lines, written(kept, _NARROWEST)],
        css="g ruler",
        width="100%",
        height=_HEIGHT,
    )
