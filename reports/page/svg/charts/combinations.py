"""Two numbers together: what is best in each combination of their values, and what is at stake."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.page.svg.element import drawing
from reports.page.svg.labels import Label, room_for, width_of, written
from reports.page.svg.marks import Look, Placed, area_within, fitted, marks
from reports.page.svg.widths import Width

__all__ = ["Cell", "Combinations", "combinations"]

#: Width of the drawing in the page's text column, where the whole width would be too sparse.
_WIDE, _HEIGHT = 560.0, 290.0
#: The grid begins below the second number's name and ends above the first one's values.
_TOP, _BOTTOM = 20.0, 248.0
#: The largest mark, as a share of a cell's shorter side; the pale one, in pixels.
_LARGEST, _PALE = 0.95, 8.8
_GAP = 8.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination.

    Attributes
    ----------
    look : Look
        The best strategy's.
    stake : float
        What it is ahead by; 0 or more.
    """

    look: Look
    stake: float


@dataclass(frozen=True, slots=True)
class Combinations:
    """Every combination of classes of two numbers.

    Attributes
    ----------
    cells : tuple of tuple of Cell
        Row for row from the second number's lowest class up; in a row by the first number.
    columns, rows : tuple of str
        The classes' values in words.
    across, up : str
        The numbers and their units.
    name : str
        What the chart shows, in a sentence.
    """

    cells: tuple[tuple[Cell, ...], ...]
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    across: str
    up: str
    name: str


def combinations(grid: Combinations, width: Width) -> str:
    """A grid of marks: shape for what is best, area for what is at stake.

    Parameters
    ----------
    grid : Combinations
        Of two numbers.
    width : Width
        To draw for.

    Returns
    -------
    str
        An image with the grid's name.
    """
    total = min(width.pixels, _WIDE)
    left = max(width_of(text, width.size) for text in grid.rows) + _GAP
    across = (total - left) / len(grid.columns)
    up = (_BOTTOM - _TOP) / len(grid.rows)
    xs = [left + (place + 0.5) * across for place in range(len(grid.columns))]
    ys = [_BOTTOM - (place + 0.5) * up for place in range(len(grid.rows))]
    words = room_for(_labels(grid, xs, ys, left, total), total, width.size)
    return drawing(
        [
            marks(_marks(grid, xs, ys, _LARGEST * min(across, up)), area_within("●", _PALE)),
            written(words),
        ],
        name=grid.name,
        css=f"{width.css} map",
        viewBox=f"0 0 {total:.0f} {_HEIGHT:.0f}",
    )


def _marks(grid: Combinations, xs: list[float], ys: list[float], side: float) -> list[Placed]:
    cells = [cell for row in grid.cells for cell in row]
    places = [(x, y) for y in ys for x in xs]
    looks = [cell.look for cell in cells]
    areas = fitted(looks, [cell.stake for cell in cells], side)
    return [
        Placed(look, x, y, area) for look, (x, y), area in zip(looks, places, areas, strict=True)
    ]


def _labels(
    grid: Combinations, xs: list[float], ys: list[float], left: float, total: float
) -> Iterator[Label]:
    yield Label(total, _HEIGHT - 5.0, f"{grid.across} →", "end")
    yield Label(0.0, 13.0, f"↑ {grid.up}")
    below = _BOTTOM + 16.0
    # From both ends, whose labels have the unit, to the middle.
    columns = [Label(x, below, text, "middle") for x, text in zip(xs, grid.columns, strict=True)]
    yield from [*columns[:1], *columns[1:][-1:], *columns[1:-1]]
    for y, text in zip(ys, grid.rows, strict=True):
        yield Label(left - _GAP, y + 4.0, text, "end")
