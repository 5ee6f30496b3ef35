"""How a figure settles as draws are added: its value, and two errors on both sides of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.page.svg.element import drawing
from reports.page.svg.frame import GAP, framed
from reports.page.svg.labels import Label, room_for, written
from reports.page.svg.lines import band, line
from reports.page.svg.scales import Scale, axis, widened
from reports.page.svg.units import MONEY, Unit
from reports.page.svg.widths import Width
from reports.text.numbers import count

__all__ = ["Settling", "settling"]

_TOP, _BASE, _HEIGHT = 10.0, 150.0, 176.0
#: Errors on each side of the line.
_ERRORS = 2.0


@dataclass(frozen=True, slots=True)
class Settling:
    """A figure after more and more draws.

    Attributes
    ----------
    draws : tuple of int
        Ascending, above 0.
    values, errors : tuple of float
        The figure and its standard error after so many.
    name : str
        What the chart shows, in a sentence.
    unit : Unit
        Of the figure.
    signed : bool
        Whether it gets a plus above 0.
    """

    draws: tuple[int, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]
    name: str
    unit: Unit = MONEY
    signed: bool = False


def settling(figure: Settling, width: Width) -> str:
    """A line within a band, over draws on a log axis.

    Parameters
    ----------
    figure : Settling
        Of one run.
    width : Width
        To draw for.

    Returns
    -------
    str
        An image with the figure's name.
    """
    pairs = list(zip(figure.values, figure.errors, strict=True))
    below = [value - _ERRORS * error for value, error in pairs]
    above = [value + _ERRORS * error for value, error in pairs]
    frame = framed(
        Scale(*widened([*below, *above]), _BASE, _TOP),
        width,
        unit=figure.unit,
        signed=figure.signed,
    )
    across = axis(figure.draws[0], figure.draws[-1], frame.left + GAP, frame.right - GAP, log=True)
    xs = [across(draws) for draws in figure.draws]
    heights = [[frame.up(value) for value in one] for one in (below, figure.values, above)]
    words = room_for(_draws(figure.draws, xs), width.pixels, width.size)
    return drawing(
        [
            frame.drawn,
            band("ctx", xs, heights[0], heights[2]),
            line("own", xs, heights[1]),
            written(words),
        ],
        name=figure.name,
        css=width.css,
        viewBox=f"0 0 {width.pixels:.0f} {_HEIGHT:.0f}",
    )


def _draws(draws: Sequence[int], xs: Sequence[float]) -> list[Label]:
    """Words at the last number of draws, the first, and then from many to few."""
    texts = [*(count(one) for one in draws[:-1]), f"{count(draws[-1])} worlds"]
    labels = [Label(x, _BASE + 20.0, text, "middle") for x, text in zip(xs, texts, strict=True)]
    return [*labels[-1:], *labels[:1], *labels[-2:0:-1]]
