"""When it would leave: worlds by year, and those in which it never does."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.page.svg.element import drawing, element
from reports.page.svg.labels import Label, room_for, written
from reports.page.svg.marks import Look
from reports.page.svg.widths import WIDE, Width
from reports.text.worlds import in_brief

__all__ = ["Leaving", "leaving"]

_HEIGHT, _BASE, _TALLEST = 152.0, 126.0, 100.0
#: Width of the space before the last bar, in bars.
_APART = 0.5


@dataclass(frozen=True, slots=True)
class Leaving:
    """How likely it is to leave in each year.

    Attributes
    ----------
    years : tuple of int
        Ascending.
    shares : tuple of float
        Of worlds in which it leaves at the end of each year, 0 to 1.
    never : float
        Share of worlds in which it has not left by the last year.
    leaver, stayer : Look
        Colours of the bars and of the one set apart.
    name : str
        What the chart shows, in a sentence.
    """

    years: tuple[int, ...]
    shares: tuple[float, ...]
    never: float
    leaver: Look
    stayer: Look
    name: str


def leaving(chances: Leaving, width: Width) -> str:
    """A bar for each year, with worlds of 100 above it.

    Parameters
    ----------
    chances : Leaving
        Of one strategy of one company.
    width : Width
        To draw for.

    Returns
    -------
    str
        An image with the chances' name.
    """
    slot = width.pixels / (len(chances.years) + 1 + _APART)
    largest = max(*chances.shares, chances.never) or 1.0
    shares = [*chances.shares, chances.never]
    middles = [(place + 0.5) * slot for place in range(len(chances.years))]
    middles.append(width.pixels - 0.5 * slot)
    bars = [_TALLEST * share / largest for share in shares]
    looks = [chances.leaver] * len(chances.years) + [chances.stayer]
    return drawing(
        [
            *(
                _bar(look, middle, slot, height)
                for look, middle, height in zip(looks, middles, bars, strict=True)
                if height >= 0.05
            ),
            element("line", css="ax", x1=0, x2=width.pixels, y1=_BASE, y2=_BASE),
            written(room_for(_words(chances, middles, bars, width), width.pixels, width.size)),
        ],
        name=chances.name,
        css=width.css,
        viewBox=f"0 0 {width.pixels:.0f} {_HEIGHT:.0f}",
    )


def _bar(look: Look, middle: float, slot: float, height: float) -> str:
    return element(
        "rect",
        css=look.css,
        x=middle - 0.42 * slot,
        y=_BASE - height,
        width=0.84 * slot,
        height=height,
    )


def _words(
    chances: Leaving, middles: list[float], bars: list[float], width: Width
) -> Iterator[Label]:
    wide = width is WIDE
    never = f"not by {chances.years[-1]}" if wide else "never"
    years = [str(year) if wide else f"’{year % 100:02d}" for year in chances.years]
    for text, middle in reversed(list(zip([*years, never], middles, strict=True))):
        yield Label(middle, _BASE + 18.0, text, "middle")
    for share, middle, height in zip([*chances.shares, chances.never], middles, bars, strict=True):
        yield Label(middle, _BASE - height - 6.0, in_brief(share), "middle", "axt b")
