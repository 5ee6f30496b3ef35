"""A strategy's mark: shape and class, as large as what it stands for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import pi, sqrt

from model.economics.strategies import Mark
from reports.page.svg.element import element, group, short

__all__ = ["LOOKS", "Look", "Placed", "area_within", "fitted", "look", "marks", "shape"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a strategy is told from others.

    Attributes
    ----------
    css : str
        The class that gives its colour.
    mark : {"●", "■", "◆", "▲", "▼", "✚"}
        Its shape.
    """

    css: str
    mark: Mark


#: Of the strategies in a run's order.
LOOKS = (
    Look("s1", "●"),
    Look("s2", "■"),
    Look("s3", "◆"),
    Look("s4", "▲"),
    Look("s5", "▼"),
    Look("s6", "✚"),
)


def look(index: int) -> Look:
    """The look of a strategy; after the last they begin again with those of added strategies.

    Parameters
    ----------
    index : int
        Its place in the run's order, from 0.

    Returns
    -------
    Look
    """
    return LOOKS[index] if index < len(LOOKS) else LOOKS[3 + index % 3]


#: Width of a cross's arms, as a share of its size.
_ARM = 0.3
#: Area of each shape that just fills a square of side 1.
_FILLED: Mapping[Mark, float] = {
    "●": pi / 4.0,
    "■": 1.0,
    "◆": 0.5,
    "▲": 0.5,
    "▼": 0.5,
    "✚": 2.0 * _ARM - _ARM**2,
}


def area_within(mark: Mark, size: float) -> float:
    """The largest area that a mark may have in a square.

    Parameters
    ----------
    mark : {"●", "■", "◆", "▲", "▼", "✚"}
        Its shape.
    size : float
        The square's side, pixels.

    Returns
    -------
    float
        Square pixels.
    """
    return _FILLED[mark] * size**2


def fitted(looks: Sequence[Look], sizes: Sequence[float], side: float) -> list[float]:
    """Areas in proportion to sizes, as large as keeps every mark in its square.

    Parameters
    ----------
    looks : sequence of Look
        Whose marks they are.
    sizes : sequence of float
        What each stands for; 0 or more.
    side : float
        Of the square, pixels.

    Returns
    -------
    list of float
        Square pixels.
    """
    largest = max(sizes, default=0.0) or 1.0
    shares = [size / largest for size in sizes]
    # A square that filled its own would stand out: it is as large as a circle at most.
    room = [area_within("●" if one.mark == "■" else one.mark, side) for one in looks]
    pairs = zip(room, shares, strict=True)
    scale = min((most / share for most, share in pairs if share > 0.0), default=0.0)
    return [share * scale for share in shares]


def shape(mark: Mark, x: float, y: float, area: float) -> str:
    """One mark, without class.

    Parameters
    ----------
    mark : {"●", "■", "◆", "▲", "▼", "✚"}
        Its shape.
    x : float
        Of its middle.
    y : float
        Of its middle.
    area : float
        Square pixels.

    Returns
    -------
    str
    """
    size = sqrt(area / _FILLED[mark])
    if mark == "●":
        # A tenth of a pixel would be an eighth of the smallest marks' radius.
        return element("circle", cx=x, cy=y, r=short(size / 2.0, 2))
    return element("path", d=_PATHS[mark](x, y, size))


def _square(x: float, y: float, size: float) -> str:
    side = short(size, 2)
    return f"M{short(x - size / 2.0, 2)} {short(y - size / 2.0, 2)}h{side}v{side}h-{side}z"


def _diamond(x: float, y: float, size: float) -> str:
    half = short(size / 2.0, 2)
    return f"M{short(x)} {short(y - size / 2.0, 2)}l{half} {half}l-{half} {half}l-{half}-{half}z"


def _triangle(up: bool) -> Callable[[float, float, float], str]:
    def path(x: float, y: float, size: float) -> str:
        base = y + size / 2.0 if up else y - size / 2.0
        tip = "-" if up else ""
        half, side = short(size / 2.0, 2), short(size, 2)
        return f"M{short(x - size / 2.0, 2)} {short(base, 2)}h{side}l-{half} {tip}{side}z"

    return path


def _cross(x: float, y: float, size: float) -> str:
    arm, leg = short(_ARM * size, 2), short((1.0 - _ARM) / 2.0 * size, 2)
    left, top = short(x - _ARM * size / 2.0, 2), short(y - size / 2.0, 2)
    return f"M{left} {top}h{arm}v{leg}h{leg}v{arm}h-{leg}v{leg}h-{arm}v-{leg}h-{leg}v-{arm}h{leg}z"


_PATHS: Mapping[Mark, Callable[[float, float, float], str]] = {
    "■": _square,
    "◆": _diamond,
    "▲": _triangle(up=True),
    "▼": _triangle(up=False),
    "✚": _cross,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in its place.

    Attributes
    ----------
    look : Look
        Whose it is.
    x, y : float
        Its middle.
    area : float
        Square pixels.
    open : bool
        Whether it is an outline, since its size is not known well.
    """

    look: Look
    x: float
    y: float
    area: float
    open: bool = False


def marks(placed: Iterable[Placed], pale: float = 0.0) -> str:
    """Marks of one class after another in one group.

    Parameters
    ----------
    placed : iterable of Placed
        In their order.
    pale : float
        Area of the pale mark under each, so that small ones can be counted; 0 for none.

    Returns
    -------
    str
    """
    every = list(placed)
    under = [Placed(one.look, one.x, one.y, pale) for one in every if one.area < pale]
    return _grouped(under, "pale ") + _grouped([one for one in every if one.area > 0.0])


def _grouped(placed: Iterable[Placed], css: str = "") -> str:
    runs = groupby(placed, key=lambda one: f"{css}{one.look.css}{' open' * one.open}")
    return "".join(
        group(key, (shape(one.look.mark, one.x, one.y, one.area) for one in ones))
        for key, ones in runs
    )
