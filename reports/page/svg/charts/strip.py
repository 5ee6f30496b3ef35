"""A strip below a ruler: which strategy is best at each value of a number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reports.page.svg.element import drawing, element, percent
from reports.page.svg.marks import Look
from reports.page.svg.scales import Scale, axis

__all__ = ["Piece", "Strip", "strip"]

_HEIGHT, _TOP, _THICK = 10.0, 2.0, 6.0
#: By kind the class that makes a piece's colour pale.
_CSS = {"verdict": " soft", "flip": "", "perhaps": " maybe"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of values in which one strategy is best.

    Attributes
    ----------
    look : Look
        Whose colour it has.
    start, end : float
        The range; may be infinite.
    kind : {"verdict", "flip", "perhaps"}
        The verdict itself, in a tint; another strategy; one that the draws cannot tell for sure.
    """

    look: Look
    start: float
    end: float
    kind: Literal["verdict", "flip", "perhaps"] = "verdict"


@dataclass(frozen=True, slots=True)
class Strip:
    """What is best along an axis.

    Attributes
    ----------
    low, high : float
        Ends of the ruler's axis.
    pieces : tuple of Piece
        Ascending; where one begins after the first, the verdict changes.
    log : bool
        As of the ruler.
    """

    low: float
    high: float
    pieces: tuple[Piece, ...]
    log: bool = True


def strip(row: Strip) -> str:
    """A bar in the colour of what is best there, with a tick where it changes.

    Parameters
    ----------
    row : Strip
        Of one company.

    Returns
    -------
    str
        Hidden from screen readers: the text below it says the same.
    """
    scale = axis(row.low, row.high, 0.0, 100.0, log=row.log)
    bars = [part for piece in row.pieces for part in _bar(piece, scale)]
    ticks = [
        element("line", css="tick", x1=percent(at), x2=percent(at), y1=0, y2=_HEIGHT)
        for at in (scale(piece.start) for piece in row.pieces[1:] if _inside(piece.start, scale))
    ]
    return drawing([*bars, *ticks], css="g strip", width="100%", height=_HEIGHT)


def _inside(value: float, scale: Scale) -> bool:
    return scale.low < value < scale.high


def _bar(piece: Piece, scale: Scale) -> Iterator[str]:
    """Nothing for what lies beyond the axis."""
    start, end = scale.within(piece.start), scale.within(piece.end)
    if scale.low == scale.high and piece.start <= scale.low < piece.end:
        start, end = 0.0, 100.0
    if end > start:
        yield element(
            "rect",
            css=f"{piece.look.css}{_CSS[piece.kind]}",
            x=percent(start),
            y=_TOP,
            width=percent(end - start),
            height=_THICK,
        )
