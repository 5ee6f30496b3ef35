"""A prior before and after a change: both as dots on one axis."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.page.svg.element import drawing, element, group
from reports.page.svg.labels import Label, room_for, width_of, written
from reports.page.svg.scales import Scale, axis, linear_ticks, log_ticks
from reports.page.svg.units import MONEY, Unit, bare_between, tick_labels
from reports.page.svg.widths import Width

__all__ = ["BeforeAfter", "before_after"]

_RADIUS, _GAP = 4.0, 10.0
_FIRST, _SECOND, _AXIS, _HEIGHT = 16.0, 42.0, 56.0, 80.0


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A number's quantiles, and what they become.

    Attributes
    ----------
    low, high : float
        Ends of the axis; dots beyond them are put at them.
    before, after : tuple of float
        Quantiles, each for as many worlds.
    name : str
        What the chart shows, in a sentence.
    unit : Unit
        Of the ticks.
    log : bool
        Whether a log axis is wanted; a straight one it is if its lower end is 0 or less.
    names : tuple of str
        What stands before each row of dots.
    """

    low: float
    high: float
    before: tuple[float, ...]
    after: tuple[float, ...]
    name: str
    unit: Unit = MONEY
    log: bool = True
    names: tuple[str, str] = ("base", "yours")


def before_after(prior: BeforeAfter, width: Width) -> str:
    """Two rows of dots over an axis; scripts may move those of the second, which have a class.

    Parameters
    ----------
    prior : BeforeAfter
        Of one number.
    width : Width
        To draw for.

    Returns
    -------
    str
        An image with the prior's name.
    """
    left = max(width_of(name, width.size) for name in prior.names) + _GAP
    scale = axis(prior.low, prior.high, left, width.pixels - _GAP, log=prior.log)
    ticks = (log_ticks if scale.log else linear_ticks)(prior.low, prior.high)
    line = element("line", css="ax", x1=left, x2=width.pixels, y1=_AXIS, y2=_AXIS)
    words = room_for(_words(prior, ticks, scale), width.pixels, width.size)
    return drawing(
        [
            group("pale ctx", _dots(prior.before, scale, _FIRST)),
            group("own", _dots(prior.after, scale, _SECOND)),
            line,
            *(
                element("line", css="ax", x1=scale(one), x2=scale(one), y1=_AXIS, y2=_AXIS + 4.0)
                for one in ticks
            ),
            written(words),
        ],
        name=prior.name,
        css=width.css,
        viewBox=f"0 0 {width.pixels:.0f} {_HEIGHT:.0f}",
    )


def _dots(values: tuple[float, ...], scale: Scale, y: float) -> Iterator[str]:
    for value in values:
        yield element("circle", cx=scale.within(value), cy=y, r=_RADIUS)


def _words(prior: BeforeAfter, ticks: list[float], scale: Scale) -> Iterator[Label]:
    for name, y in zip(prior.names, (_FIRST, _SECOND), strict=True):
        yield Label(0.0, y + 4.0, name)
    labels = [
        Label(scale(tick), _AXIS + 19.0, text, "middle")
        for tick, text in zip(ticks, bare_between(tick_labels(ticks, prior.unit)), strict=True)
    ]
    yield from [*labels[:1], *labels[1:][-1:], *labels[1:-1]]
