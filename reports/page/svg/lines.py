"""Lines and bands through points."""

from collections.abc import Sequence

from reports.page.svg.element import element, short

__all__ = ["band", "line"]


def line(css: str, xs: Sequence[float], ys: Sequence[float]) -> str:
    """A line from point to point.

    Parameters
    ----------
    css : str
        Its class, beside ``line``.
    xs : sequence of float
        Of the points.
    ys : sequence of float
        Of the points.

    Returns
    -------
    str
    """
    return element("path", css=f"line {css}", d=f"M{_points(xs, ys)}")


def band(css: str, xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> str:
    """What lies between two lines.

    Parameters
    ----------
    css : str
        Its class, beside ``band``.
    xs : sequence of float
        Of the points of both.
    low : sequence of float
        Heights of one.
    high : sequence of float
        Heights of the other.

    Returns
    -------
    str
    """
    back = _points(xs[::-1], high[::-1])
    return element("path", css=f"band {css}", d=f"M{_points(xs, low)}L{back}z")


def _points(xs: Sequence[float], ys: Sequence[float]) -> str:
    return "L".join(f"{short(x)} {short(y)}" for x, y in zip(xs, ys, strict=True))
