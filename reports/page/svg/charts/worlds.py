"""Worlds in a row: in how many the verdict is better, and by how much."""

from dataclasses import dataclass
from math import isfinite

from reports.page.svg.element import drawing
from reports.page.svg.marks import Look, Placed, area_within, fitted, marks

__all__ = ["Worlds", "worlds"]

_WIDTH, _HEIGHT = 360.0, 20.0
#: Side of the square in which the largest mark stays.
_LARGEST = 18.4
_PALE = 8.4
#: Share of a mean from which its error leaves the mark open.
_UNSURE = 0.2


@dataclass(frozen=True, slots=True)
class Worlds:
    """What the verdict is worth over its rival, in equal parts of the worlds.

    Attributes
    ----------
    means : tuple of float
        Mean gain of each part (twenty of them) in any order; below 0 the rival is better.
    verdict, rival : Look
        Whose marks they are.
    errors : tuple of float
        Standard error of each mean; none where they are not known.
    """

    means: tuple[float, ...]
    verdict: Look
    rival: Look
    errors: tuple[float, ...] = ()


def worlds(row: Worlds) -> str:
    """A mark for each part, the verdict's best first; its area is the gain over the row's largest.

    Parameters
    ----------
    row : Worlds
        Of one company.

    Returns
    -------
    str
        Hidden from screen readers: the text below it says the same.
    """
    errors = row.errors or (0.0,) * len(row.means)
    ordered = sorted(zip(row.means, errors, strict=True), reverse=True)
    looks = [row.verdict if mean >= 0.0 else row.rival for mean, _ in ordered]
    sizes = fitted(looks, [abs(mean) for mean, _ in ordered], _LARGEST)
    pitch = _WIDTH / max(len(ordered), 1)
    placed = [
        Placed(
            one,
            (place + 0.5) * pitch,
            _HEIGHT / 2.0,
            size,
            open=isfinite(error) and error > _UNSURE * abs(mean),
        )
        for place, ((mean, error), one, size) in enumerate(zip(ordered, looks, sizes, strict=True))
    ]
    pale = area_within("●", _PALE)
    return drawing([marks(placed, pale)], css="g area", viewBox="0 0 360 20")
