"""The two widths that a chart of the page is drawn at, so that its type is never scaled down."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.page.svg.labels import SIZE

__all__ = ["PHONE", "WIDE", "Width", "at_both"]


@dataclass(frozen=True, slots=True)
class Width:
    """A width to draw for.

    Attributes
    ----------
    css : str
        Class of what is drawn for it; the style sheet shows one of the two.
    pixels : float
        How wide.
    size : float
        Pixels of type to leave room for: on narrow phones the style sheet makes it larger.
    """

    css: str
    pixels: float
    size: float


WIDE = Width("chart w", 760.0, SIZE)
PHONE = Width("chart n", 358.0, 1.25 * SIZE)


def at_both[Record](draw: Callable[[Record, Width], str], record: Record) -> str:
    """A chart at both widths, one after the other.

    Parameters
    ----------
    draw : callable
        A chart's function.
    record : object
        What it draws.

    Returns
    -------
    str
    """
    return draw(record, WIDE) + draw(record, PHONE)
