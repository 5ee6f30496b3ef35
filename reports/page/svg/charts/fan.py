"""A path by year: the middle world, and where 80 of 100 worlds lie."""

from dataclasses import dataclass

from reports.page.svg.element import drawing
from reports.page.svg.frame import GAP, framed
from reports.page.svg.labels import Label, room_for, written
from reports.page.svg.lines import band, line
from reports.page.svg.scales import Scale, widened
from reports.page.svg.units import Unit
from reports.page.svg.widths import Width

__all__ = ["Fan", "fan"]

_TOP, _BASE, _HEIGHT = 14.0, 170.0, 196.0


@dataclass(frozen=True, slots=True)
class Fan:
    """Percentiles of a figure in each year.

    Attributes
    ----------
    years : tuple of int
        Ascending; two at least.
    low, middle, high : tuple of float
        The 10, 50 and 90 % points of each year.
    unit : Unit
        Of the figure.
    name : str
        What the chart shows, in a sentence.
    log : bool
        Whether a log axis is wanted; all values are above 0 then.
    """

    years: tuple[int, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    unit: Unit
    name: str
    log: bool = False


def fan(paths: Fan, width: Width) -> str:
    """A line within a band.

    Parameters
    ----------
    paths : Fan
        Of the industry or of one company.
    width : Width
        To draw for.

    Returns
    -------
    str
        An image with the paths' name.
    """
    ends = min(paths.low), max(paths.high)
    log = paths.log and ends[0] > 0.0
    low, high = ends if log else widened(ends)
    frame = framed(Scale(low, high, _BASE, _TOP, log), width, unit=paths.unit)
    across = Scale(paths.years[0], paths.years[-1], frame.left + GAP, frame.right - GAP)
    xs = [across(year) for year in paths.years]
    below, middle, above = (
        [frame.up(value) for value in one] for one in (paths.low, paths.middle, paths.high)
    )
    years = [
        Label(x, _BASE + 20.0, str(year), "middle") for x, year in zip(xs, paths.years, strict=True)
    ]
    shown = room_for([*years[:1], *years[-1:], *years[4:-1:5]], width.pixels, width.size)
    return drawing(
        [frame.drawn, band("ctx", xs, below, above), line("own", xs, middle), written(shown)],
        name=paths.name,
        css=width.css,
        viewBox=f"0 0 {width.pixels:.0f} {_HEIGHT:.0f}",
    )
