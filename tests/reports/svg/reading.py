"""What stands in a drawing, read back from its text."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from hypothesis import settings

from reports.page.svg.labels import Box, Label, box_of

#: What may stand in a drawing: a colour may not.
COLOURS = re.compile(r"#[0-9a-fA-F]{3}|rgb|fill=|stroke=|style=|<script|on[a-z]+=")
#: Each chart is drawn for a few examples only: what they share is in small functions.
few = settings(max_examples=25)
_STEP = re.compile(r"([MhvlzHVLAa])([^MhvlzHVLAa]*)")
_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+")


def parsed(svg: str) -> ET.Element:
    """The drawing, once it is seen to have a name or to be hidden, and no colour."""
    assert not COLOURS.search(svg), COLOURS.search(svg)
    root = ET.fromstring(svg)
    named = root.get("role") == "img" and bool(root.get("aria-label"))
    assert named != (root.get("aria-hidden") == "true")
    return root


def with_class(root: ET.Element, css: str, tag: str = "*") -> list[ET.Element]:
    """Elements of a class, or in a group of it."""
    return list(_with_class(root, css, tag, False))


def _with_class(element: ET.Element, css: str, tag: str, inherited: bool) -> Iterator[ET.Element]:
    has = inherited or set(css.split()) <= set((element.get("class") or "").split())
    if has and element.tag != "g" and tag in {"*", element.tag}:
        yield element
    for child in element:
        yield from _with_class(child, css, tag, has)


def area(element: ET.Element) -> float:
    """Area of a circle, or of a closed path of straight lines."""
    if element.tag == "circle":
        return 3.141592653589793 * float(element.get("r", "0")) ** 2
    corners = list(_corners(element.get("d", "")))
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2.0


def extent(element: ET.Element) -> Box:
    """Rectangle around a circle, a rectangle, or a path of straight lines."""
    get = element.get
    if element.tag == "circle":
        x, y, r = (float(get(key, "0")) for key in ("cx", "cy", "r"))
        return x - r, y - r, x + r, y + r
    if element.tag == "rect":
        x, y, width, height = (float(get(key, "0")) for key in ("x", "y", "width", "height"))
        return x, y, x + width, y + height
    xs, ys = zip(*_corners(get("d", "")), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def within(box: Box, frame: Box) -> bool:
    """Whether one rectangle lies in another."""
    inner = all(one >= other for one, other in zip(box[:2], frame[:2], strict=True))
    return inner and all(one <= other for one, other in zip(box[2:], frame[2:], strict=True))


def _corners(path: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for step, text in _STEP.findall(path):
        found = [float(one) for one in _NUMBER.findall(text)]
        match step:
            case "M" | "L":
                x, y = found
            case "h":
                x += found[0]
            case "v":
                y += found[0]
            case "H":
                x = found[0]
            case "V":
                y = found[0]
            case "l":
                x, y = x + found[0], y + found[1]
            case "z":
                continue
        yield x, y


def labels_of(root: ET.Element, width: float) -> list[Label]:
    """Words of a drawing, in pixels if it is that wide."""
    return [
        Label(
            _place(text.get("x", "0"), width),
            float(text.get("y", "0")),
            text.text or "",
            text.get("text-anchor", "start"),  # type: ignore[arg-type]
        )
        for text in root.iter("text")
        if "transform" not in text.attrib
    ]


def _place(written: str, width: float) -> float:
    percent = written.endswith("%")
    return float(written.rstrip("%")) * (width / 100.0 if percent else 1.0)


def words_stand_apart(root: ET.Element, width: float, height: float, size: float) -> None:
    """No two labels overlap, and none leaves the drawing."""
    found = labels_of(root, width)
    boxes = [box_of(one, size) for one in found]
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert left >= -0.1, found[place]
        assert right <= width + 0.1, found[place]
        assert top >= -0.1, found[place]
        assert bottom <= height + 0.1, found[place]
        for other, box in enumerate(boxes[:place]):
            apart = left >= box[2] or box[0] >= right or top >= box[3] or box[1] >= bottom
            assert apart, (found[place], found[other])
