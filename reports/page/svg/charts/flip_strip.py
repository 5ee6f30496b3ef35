"""One number: where it may lie, what would then be best, and where that changes."""

from dataclasses import dataclass
from math import ceil

from reports.page.svg.element import drawing, element
from reports.page.svg.labels import Label, room_for, written
from reports.page.svg.marks import Look, Placed, area_within, marks
from reports.page.svg.scales import Scale, axis
from reports.page.svg.widths import PHONE

__all__ = ["FlipStrip", "flip_strip"]

#: Places of the outermost dots, so that a rule beyond them finds room.
_FIRST, _LAST = 26.0, 334.0
#: Diameters of dots, the first at which the highest pile is low enough.
_SIZES = (8.8, 6.6, 4.4)
#: Pixels that a pile may be high without making the drawing higher.
_ROOM = 34.0
_BELOW_AXIS = 17.0


@dataclass(frozen=True, slots=True)
class FlipStrip:
    """A number's quantiles and what is best at each.

    Attributes
    ----------
    dots : tuple of float
        Quantiles, ascending, each for as many worlds.
    looks : tuple of Look
        What is best if the number is known to be there.
    labels : tuple of str
        First, middle and last dot in words.
    flips : tuple of float
        Values at which another strategy becomes best.
    log : bool
        Whether a log axis is wanted; a straight one it is if a dot is 0 or less.
    """

    dots: tuple[float, ...]
    looks: tuple[Look, ...]
    labels: tuple[str, str, str]
    flips: tuple[float, ...] = ()
    log: bool = True


def flip_strip(number: FlipStrip) -> str:
    """Dots over an axis, and rules where the best strategy changes.

    Parameters
    ----------
    number : FlipStrip
        Of one row of the table.

    Returns
    -------
    str
        Hidden from screen readers: the table says the same.
    """
    scale = axis(number.dots[0], number.dots[-1], _FIRST, _LAST, log=number.log)
    places = [scale(dot) for dot in number.dots]
    size = next((one for one in _SIZES if _height(places, one) <= _ROOM), _SIZES[-1])
    rows = _rows(places, size)
    base = max(_ROOM, (max(rows) + 1) * size) + 8.0
    dots = [
        # One area for every shape, as long as none is wider than the pile.
        Placed(look, place, base - (row + 0.6) * size, area_within("◆", 1.2 * size))
        for look, place, row in zip(number.looks, places, rows, strict=True)
    ]
    rules = (
        element("line", css="tick", x1=place, x2=place, y1=2, y2=base + 1.0)
        for place in _rules(number.flips, scale)
    )
    width, height = PHONE.pixels, base + _BELOW_AXIS
    line = element("line", css="ax", x1=0, x2=width, y1=base, y2=base)
    words = room_for(_labels(number.labels, places, base + 13.0), width, PHONE.size)
    return drawing(
        [marks(dots), *rules, line, written(words)],
        css="dots",
        viewBox=f"0 0 {width:.0f} {ceil(height)}",
    )


def _rows(places: list[float], size: float) -> list[int]:
    """Each dot in the lowest row in which it touches none before it."""
    ends: list[float] = []
    rows = []
    for place in places:
        row = next((row for row, end in enumerate(ends) if place - end >= size), len(ends))
        ends[row : row + 1] = [place]
        rows.append(row)
    return rows


def _height(places: list[float], size: float) -> float:
    return (max(_rows(places, size)) + 1) * size


def _rules(flips: tuple[float, ...], scale: Scale) -> list[float]:
    """Places of the rules that lie on the drawing."""
    known = [flip for flip in flips if flip > 0.0 or not scale.log]
    places = [scale(flip) for flip in known] if scale.low < scale.high else []
    return [place for place in places if 1.0 <= place <= PHONE.pixels - 1.0]


def _labels(texts: tuple[str, str, str], places: list[float], y: float) -> list[Label]:
    first, middle, last = texts
    return [
        Label(places[0], y, first, "middle"),
        Label(places[-1], y, last if last != first else "", "middle"),
        Label(places[(len(places) - 1) // 2], y, middle, "middle"),
    ]
