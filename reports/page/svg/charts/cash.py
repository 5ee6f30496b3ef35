"""Cash by year: the middle world, and where 50 and 80 of 100 worlds lie."""

from dataclasses import dataclass

from reports.page.svg.element import drawing
from reports.page.svg.frame import GAP, framed
from reports.page.svg.labels import Label, room_for, width_of, written
from reports.page.svg.lines import band, line
from reports.page.svg.marks import Look
from reports.page.svg.scales import Scale
from reports.page.svg.widths import WIDE, Width

__all__ = ["Cash", "cash"]

_TOP, _BASE, _HEIGHT = 14.0, 210.0, 236.0
#: What stands at the right end of each band and of the line, wide and on a phone.
_NAMES = {
    True: ("middle world", "50 of 100 worlds", "80 of 100 worlds"),
    False: ("middle", "50 of 100", "80 of 100"),
}


@dataclass(frozen=True, slots=True)
class Cash:
    """A strategy's cash flows.

    Attributes
    ----------
    years : tuple of int
        Ascending; two at least.
    quantiles : tuple of tuple of float
        Of each year in order, its 10, 25, 50, 75 and 90 % quantile, USD billion.
    look : Look
        The strategy's.
    name : str
        What the chart shows, in a sentence.
    """

    years: tuple[int, ...]
    quantiles: tuple[tuple[float, float, float, float, float], ...]
    look: Look
    name: str


def cash(flows: Cash, width: Width) -> str:
    """A line within two bands, each named at its end.

    Parameters
    ----------
    flows : Cash
        Of one strategy of one company.
    width : Width
        To draw for.

    Returns
    -------
    str
        An image with the flows' name.
    """
    values = [value for year in flows.quantiles for value in year]
    up = Scale(min(*values, 0.0), max(*values, 0.0), _BASE, _TOP)
    beside = max(width_of(text, width.size) for text in _NAMES[width is WIDE]) + GAP
    frame = framed(up, width, beside=beside, signed=True)
    across = Scale(flows.years[0], flows.years[-1], frame.left + GAP, frame.right)
    xs = [across(year) for year in flows.years]
    heights = [[up(value) for value in one] for one in zip(*flows.quantiles, strict=True)]
    return drawing(
        [
            frame.drawn,
            band(flows.look.css, xs, heights[0], heights[4]),
            band(flows.look.css, xs, heights[1], heights[3]),
            line(flows.look.css, xs, heights[2]),
            written(_words(flows, xs, heights, width)),
        ],
        name=flows.name,
        css=width.css,
        viewBox=f"0 0 {width.pixels:.0f} {_HEIGHT:.0f}",
    )


def _words(flows: Cash, xs: list[float], heights: list[list[float]], width: Width) -> list[Label]:
    middle, half, most = _NAMES[width is WIDE]
    x, ends = xs[-1] + GAP, [one[-1] for one in heights]
    beside = [
        Label(x, ends[2] + 4.0, middle, css="axt b"),
        Label(x, _widest(ends[0], ends[1], ends[3], ends[4]) + 4.0, most),
        Label(x, _widest(ends[1], ends[2], ends[2], ends[3]) + 4.0, half),
    ]
    years = [
        Label(x, _BASE + 20.0, str(year), "middle") for x, year in zip(xs, flows.years, strict=True)
    ]
    return room_for([*beside, *years[:1], *years[-1:], *years[1:-1]], width.pixels, width.size)


def _widest(low: float, lower: float, higher: float, high: float) -> float:
    """The middle of a band's wider half, where its name has most room."""
    return (low + lower) / 2.0 if low - lower > higher - high else (higher + high) / 2.0
