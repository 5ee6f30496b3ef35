"""Where a value lies along an axis, and where the axis has its ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

__all__ = ["Scale", "axis", "linear_ticks", "log_ticks", "widened"]

#: Steps of an axis are one of these times a power of ten.
_STEPS = (1.0, 2.0, 5.0, 10.0)
#: A little more than rounding makes of a whole number of steps.
_ALMOST = 1e-9
#: Mantissas of the ticks of a log axis, from few to many.
_MANTISSAS: tuple[tuple[int, ...], ...] = ((1,), (1, 3), (1, 2, 5))


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight or logarithmic axis.

    Attributes
    ----------
    low, high : float
        Values at its ends; equal ends put every value in the middle.
    start, end : float
        The ends' places, in pixels or percent; start may lie beyond end.
    log : bool
        Whether equal ratios are equal distances; both ends are above 0 then.
    """

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """Place of a value.

        Parameters
        ----------
        value : float
            In the axis's unit; above 0 on a log axis.

        Returns
        -------
        float
            Beyond the ends for a value beyond them.
        """
        low, high, at = self.low, self.high, value
        if self.log:
            low, high, at = log10(low), log10(high), log10(value)
        share = (at - low) / (high - low) if high > low else 0.5
        return self.start + share * (self.end - self.start)

    def within(self, value: float) -> float:
        """Place of a value, or of the end that it lies beyond.

        Parameters
        ----------
        value : float
            Any; on a log axis 0 and less lie at the lower end.

        Returns
        -------
        float
        """
        return self(min(max(value, self.low), self.high))


def axis(low: float, high: float, start: float, end: float, *, log: bool) -> Scale:
    """An axis that is logarithmic if that is wanted and can be.

    Parameters
    ----------
    low : float
        Value at its start.
    high : float
        Value at its end.
    start : float
        Place of its start.
    end : float
        Place of its end.
    log : bool
        Whether a log axis is wanted.

    Returns
    -------
    Scale
        A straight one where the lower end is 0 or less.
    """
    return Scale(low, high, start, end, log and low > 0.0)


def widened(values: Sequence[float], share: float = 0.08) -> tuple[float, float]:
    """Ends of a straight axis with some room beyond the values, but none beyond zero.

    Parameters
    ----------
    values : sequence of float
        At least one.
    share : float
        Room at each end, as a share of the values' range.

    Returns
    -------
    tuple of float
    """
    low, high = min(values), max(values)
    if low == high == 0.0:
        return 0.0, 1.0
    room = share * (high - low) or abs(high) * share
    below, above = low - room, high + room
    return (0.0 if below < 0.0 <= low else below), (0.0 if high <= 0.0 < above else above)


def linear_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values in [low, high], evenly spaced; 0 is one of them if it is in there.

    Parameters
    ----------
    low : float
        Lower end of the axis.
    high : float
        Its upper end.
    most : int
        More ticks than this there are not; 2 or more.

    Returns
    -------
    list of float
        Ascending; the one end where both are equal.
    """
    if not low < high:
        return [low]
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    for step in (times * power for times in (*_STEPS, 20.0)):
        first, last = ceil(low / step - _ALMOST), floor(high / step + _ALMOST)
        if last - first < most:
            return [float(f"{place * step:.12g}") for place in range(first, last + 1)]
    return [low]


def log_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values in [low, high] for a log axis: 1, 3, 10 … or fewer, or more.

    Parameters
    ----------
    low : float
        Lower end of the axis, above 0.
    high : float
        Its upper end.
    most : int
        More ticks than this there are not; 2 or more.

    Returns
    -------
    list of float
        Ascending; round values as of a straight axis where the ends are close.
    """
    found: list[float] = []
    for mantissas in _MANTISSAS:
        ticks = _mantissa_ticks(low, high, mantissas)
        if len(ticks) > most:
            break
        found = ticks
    if len(found) >= 2:
        return found
    decades = _mantissa_ticks(low, high, (1,))
    if len(decades) > most:
        every = ceil(len(decades) / most)
        return decades[::every]
    return linear_ticks(low, high, most)


def _mantissa_ticks(low: float, high: float, mantissas: Sequence[int]) -> list[float]:
    powers = range(floor(log10(low)), floor(log10(high)) + 1)
    ticks = (float(f"{mantissa}e{power}") for power in powers for mantissa in mantissas)
    return [tick for tick in ticks if low * (1.0 - _ALMOST) <= tick <= high * (1.0 + _ALMOST)]
