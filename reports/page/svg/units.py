"""What stands at the ticks of an axis: money in short, shares in percent, other numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.text.dollars import NO_BREAK as SPACE
from reports.text.dollars import UNITS
from reports.text.numbers import MINUS, number

__all__ = ["MONEY", "PERCENT", "PLAIN", "Unit", "bare_between", "tick_labels"]

#: Digits that keep round ticks apart, and those of a tick that stands alone and is not round.
_ENOUGH, _ONE = 10, 3


@dataclass(frozen=True, slots=True)
class Unit:
    """How the numbers of an axis are written.

    Attributes
    ----------
    before, after : str
        What stands around each; `after` with its own space.
    factor : float
        What values are multiplied by first.
    dollars : bool
        Whether values are USD billion, to be written in millions, billions, trillions.
    """

    before: str = ""
    after: str = ""
    factor: float = 1.0
    dollars: bool = False


MONEY = Unit(before="$", dollars=True)
PERCENT = Unit(after=f"{SPACE}%", factor=100.0)
PLAIN = Unit()


def tick_labels(ticks: Sequence[float], unit: Unit, *, signed: bool = False) -> list[str]:
    """The ticks as they are written at the axis, with no more decimals than each has.

    Parameters
    ----------
    ticks : sequence of float
        Ascending.
    unit : Unit
        Theirs.
    signed : bool
        Whether a value above 0 gets a plus.

    Returns
    -------
    list of str
        Such as ``$17 bn``; 0 is ``0``.
    """
    digits = _ENOUGH if len(ticks) > 1 else _ONE
    return [_label(tick, digits, unit, signed) for tick in ticks]


def _label(tick: float, digits: int, unit: Unit, signed: bool) -> str:
    if tick == 0.0:
        return "0"
    size, name = _dollars(abs(tick)) if unit.dollars else (1.0 / unit.factor, "")
    shown = Decimal(f"{abs(tick) / size:.{digits}g}").normalize()
    text = number(float(shown), max(0, -int(shown.as_tuple().exponent)))
    sign = MINUS if tick < 0.0 else "+" * signed
    after = f"{SPACE}{name}" if name else unit.after
    return f"{sign}{unit.before}{text}{after}"


def _dollars(size: float) -> tuple[float, str]:
    # What is just under a billion by rounding is a billion.
    found = next((one for one in UNITS if size >= one[0] * (1.0 - 1e-9)), UNITS[-1])
    return found[0], found[1]


def bare_between(labels: Sequence[str]) -> list[str]:
    """Labels of an axis that names its unit at its ends alone.

    Parameters
    ----------
    labels : sequence of str
        From `tick_labels`.

    Returns
    -------
    list of str
        As they were where the unit changes along the axis.
    """
    ends = {label.rpartition(SPACE)[2] for label in labels if SPACE in label}
    if len(ends) != 1:
        return list(labels)
    after = f"{SPACE}{ends.pop()}"
    inner = [label.removesuffix(after) for label in labels[1:-1]]
    return [*labels[:1], *inner, *labels[1:][-1:]]
