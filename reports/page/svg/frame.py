"""The upright axis of a chart: rules across it at round values, and the values beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.page.svg.element import element
from reports.page.svg.labels import Label, room_for, width_of, written
from reports.page.svg.scales import Scale, linear_ticks, log_ticks
from reports.page.svg.units import MONEY, Unit, tick_labels
from reports.page.svg.widths import Width

__all__ = ["GAP", "Frame", "framed"]

#: Pixels between the values and the rules.
GAP = 8.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart's marks go.

    Attributes
    ----------
    up : Scale
        From values to heights.
    left, right : float
        Where its rules begin and end.
    drawn : str
        Rules and values.
    """

    up: Scale
    left: float
    right: float
    drawn: str


def framed(
    up: Scale, width: Width, *, beside: float = 0.0, unit: Unit = MONEY, signed: bool = False
) -> Frame:
    """Rules at round values; that at zero is darker.

    Parameters
    ----------
    up : Scale
        From values to heights.
    width : Width
        That is drawn for.
    beside : float
        Room for words right of the rules, pixels.
    unit : Unit
        Of the values.
    signed : bool
        Whether values above 0 get a plus.

    Returns
    -------
    Frame
    """
    ticks = (log_ticks if up.log else linear_ticks)(up.low, up.high, 6)
    texts = tick_labels(ticks, unit, signed=signed)
    left = max(width_of(text, width.size) for text in texts) + GAP
    right = width.pixels - beside
    words = room_for(_values(ticks, texts, left, up), width.pixels, width.size)
    return Frame(up, left, right, "".join([*_rules(ticks, left, right, up), written(words)]))


def _values(ticks: Sequence[float], texts: Sequence[str], left: float, up: Scale) -> list[Label]:
    labels = [
        Label(left - GAP, up(tick) + 4.0, text, "end")
        for tick, text in zip(ticks, texts, strict=True)
    ]
    return sorted(labels, key=lambda label: label.text != "0")


def _rules(ticks: Sequence[float], left: float, right: float, up: Scale) -> Iterator[str]:
    for tick in ticks:
        css = "grid" if tick else "zero"
        yield element("line", css=css, x1=left, x2=right, y1=up(tick), y2=up(tick))
