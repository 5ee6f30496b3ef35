"""What stands at the ticks of an axis: money in short, shares in percent, other numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.text.numbers import MINUS, number

__all__ = ["MONEY", "PERCENT", "PLAIN", "Unit", "bare_between", "tick_labels"]

_SPACE = "\N{NO-BREAK SPACE}"
#: From which size on, in USD billion, a unit is used; its own size; its name in short.
_DOLLARS = ((1e3, "tn"), (1.0, "bn"), (1e-3, "m"), (1e-6, "k"))
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
PERCENT = Unit(after=f"{_SPACE}%", factor=100.0)
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
    after = f"{_SPACE}{name}" if name else unit.after
    return f"{sign}{unit.before}{text}{after}"


def _dollars(size: float) -> tuple[float, str]:
    # What is just under a billion by rounding is a billion.
    return next(
        ((unit, name) for unit, name in _DOLLARS if size >= unit * (1.0 - 1e-9)), (1e-9, "")
    )


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
    ends = {label.rpartition(_SPACE)[2] for label in labels if _SPACE in label}
    if len(ends) != 1:
        return list(labels)
    after = f"{_SPACE}{ends.pop()}"
    inner = [label.removesuffix(after) for label in labels[1:-1]]
    return [*labels[:1], *inner, *labels[1:][-1:]]
