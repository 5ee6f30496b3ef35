"""Words in a drawing: how wide they are, and which of them find room."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from priors.characters import visible
from reports.page.svg.element import element, percent

__all__ = ["SIZE", "Box", "Label", "box_of", "room_for", "width_of", "written"]

#: Pixels of the type in charts.
SIZE = 12.0
#: Widths in Arial, which are Helvetica's and Liberation Sans's, as shares of the type's size.
_WIDTHS = {
    **dict.fromkeys("ijl’'|", 0.23),
    **dict.fromkeys(" .,:;/!ftI()[]-\N{NO-BREAK SPACE}", 0.29),
    **dict.fromkeys("r", 0.34),
    **dict.fromkeys("cksvxyzJ", 0.5),
    **dict.fromkeys("+−<>±=~×", 0.59),
    **dict.fromkeys("ABEKPSVXY&", 0.67),
    **dict.fromkeys("CDHNRUw", 0.73),
    **dict.fromkeys("GOQmM", 0.84),
    **dict.fromkeys("W%", 0.95),
    **dict.fromkeys("→←", 1.0),
}
#: Of digits and most small letters; and of what is not known.
_USUAL, _UNKNOWN = 0.56, 1.0
#: Other faces than Arial, and bold ones, are this much wider.
_ALLOWANCE = 1.06
#: How far type reaches above and below its line, as shares of its size.
_ABOVE, _BELOW = 0.8, 0.22
#: Pixels between neighbours.
_GAP = 3.0

type Anchor = Literal["start", "middle", "end"]
type Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Words in their place.

    Attributes
    ----------
    x, y : float
        Where they stand: the line under them, at its start, middle or end.
    text : str
        Plain, not escaped.
    anchor : {"start", "middle", "end"}
        Which of these `x` is.
    css : str
        Their class.
    """

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    css: str = "axt"


def width_of(text: str, size: float = SIZE) -> float:
    """How wide words are at most, about.

    Parameters
    ----------
    text : str
        Plain.
    size : float
        Of the type, pixels.

    Returns
    -------
    float
        Pixels.
    """
    usual = [_WIDTHS.get(one, _USUAL if one.isascii() else _UNKNOWN) for one in text]
    return _ALLOWANCE * size * sum(usual)


def box_of(label: Label, size: float = SIZE) -> Box:
    """The rectangle that a label takes.

    Parameters
    ----------
    label : Label
        In its place.
    size : float
        Of the type, pixels.

    Returns
    -------
    tuple of float
        Left, top, right, bottom.
    """
    width = width_of(label.text, size)
    left = label.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor] * width
    return left, label.y - _ABOVE * size, left + width, label.y + _BELOW * size


def room_for(
    labels: Iterable[Label], width: float, size: float = SIZE, taken: Iterable[Box] = ()
) -> list[Label]:
    """Those labels that find room, moved inside where they would stand over the drawing's edge.

    Parameters
    ----------
    labels : iterable of Label
        What matters most first; empty ones are left out.
    width : float
        Of the drawing, pixels.
    size : float
        Of the type, pixels.
    taken : iterable of tuple
        Rectangles in which no label may stand.

    Returns
    -------
    list of Label
        In the same order.
    """
    boxes, kept = list(taken), []
    for label in labels:
        moved = _inside(label, width, size)
        box = box_of(moved, size)
        fits = box[0] >= 0.0 and box[2] <= width
        if label.text and fits and not any(_overlap(box, other) for other in boxes):
            boxes.append(box)
            kept.append(moved)
    return kept


def _inside(label: Label, width: float, size: float) -> Label:
    left, _, right, _ = box_of(label, size)
    if left < 0.0:
        return replace(label, x=0.0, anchor="start")
    return replace(label, x=width, anchor="end") if right > width else label


def _overlap(one: Box, other: Box) -> bool:
    beside = one[2] + _GAP <= other[0] or other[2] + _GAP <= one[0]
    return not beside and one[1] < other[3] and other[1] < one[3]


def written(labels: Iterable[Label], percent_of: float = 0.0) -> str:
    """Labels as elements.

    Parameters
    ----------
    labels : iterable of Label
        From `room_for`.
    percent_of : float
        The drawing's width where places along it are written in percent; 0 where in pixels.

    Returns
    -------
    str
    """
    return "".join(
        element(
            "text",
            escape(visible(one.text), quote=False),
            css=one.css,
            x=percent(100.0 * one.x / percent_of) if percent_of else one.x,
            y=one.y,
            text_anchor=None if one.anchor == "start" else one.anchor,
        )
        for one in labels
    )
