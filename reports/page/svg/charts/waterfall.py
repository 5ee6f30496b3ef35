"""Bars in the rows of a table, from where the last one ended, to their sum."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from reports.page.svg.element import drawing, element, short
from reports.page.svg.marks import Look
from reports.page.svg.scales import Scale

__all__ = ["Waterfall", "waterfall"]

_TOP, _THICK, _HEIGHT = 3.0, 14.0, 20.0


@dataclass(frozen=True, slots=True)
class Waterfall:
    """What speaks for the verdict and what against it.

    Attributes
    ----------
    steps : tuple of float
        What each row adds to the verdict's lead over its rival.
    verdict, rival : Look
        Whose colour a row has that speaks for it.
    """

    steps: tuple[float, ...]
    verdict: Look
    rival: Look


def waterfall(rows: Waterfall) -> tuple[str, ...]:
    """A bar for each row, and one for their sum.

    Parameters
    ----------
    rows : Waterfall
        In the table's order.

    Returns
    -------
    tuple of str
        One more than there are steps; hidden from screen readers: the table says the same.
    """
    ends = list(accumulate(rows.steps, initial=0.0))
    scale = Scale(min(ends), max(ends), 0.0, 100.0)
    starts = [*ends[:-1], 0.0]
    stops = [*ends[1:], ends[-1]]
    last = len(rows.steps)
    return tuple(
        drawing(
            _row(rows, scale, start, stop, connected=place < last),
            css="g bars",
            viewBox="0 0 100 20",
            preserveAspectRatio="none",
        )
        for place, (start, stop) in enumerate(zip(starts, stops, strict=True))
    )


def _row(
    rows: Waterfall, scale: Scale, start: float, stop: float, *, connected: bool
) -> Iterator[str]:
    left, right = sorted((scale(start), scale(stop)))
    look = rows.verdict if stop >= start else rows.rival
    yield _upright("zero", scale(0.0), 0.0)
    yield element(
        "rect",
        css=look.css,
        x=short(left, 2),
        y=_TOP,
        width=short(right - left, 2),
        height=_THICK,
    )
    if connected:
        yield _upright("con", scale(stop), _HEIGHT / 2.0)


def _upright(css: str, place: float, top: float) -> str:
    x = short(place, 2)
    return element("line", css=css, x1=x, x2=x, y1=top, y2=_HEIGHT)
