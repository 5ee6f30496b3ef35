"""Axes for payoffs that range over orders of magnitude on both sides of zero."""

from collections.abc import Iterable
from math import floor, isfinite, log10

__all__ = ["decade", "signed_decades"]

#: The axis shows at most this many powers of ten on each side.
_DECADES = 4


def decade(sizes: Iterable[float]) -> float:
    """The power of ten below which a symmetric log axis is linear.

    Parameters
    ----------
    sizes : iterable of float
        What the rows of the chart are about as large as; the smallest of them stays readable, as
        long as it is within a few powers of ten of the largest.

    Returns
    -------
    float
        In the unit of the sizes; 1 where there are none.
    """
    known = [abs(size) for size in sizes if isfinite(size) and size != 0.0]
    if not known:
        return 1.0
    smallest, largest = floor(log10(min(known))), floor(log10(max(known)))
    return float(10.0 ** max(smallest, largest - _DECADES))


def signed_decades(constant: float, low: float, high: float) -> list[float]:
    """Ticks 0, ±c, ±10c … that lie in [low, high].

    Parameters
    ----------
    constant : float
        The smallest tick above 0.
    low : float
        Lower end of the axis.
    high : float
        Upper end of the axis.

    Returns
    -------
    list of float
        Ascending.
    """
    ticks, step = [0.0], constant
    while step <= max(abs(low), abs(high)):
        ticks += [-step] * (-step >= low) + [step] * (step <= high)
        step *= 10.0
    return sorted(float(f"{tick:.6g}") for tick in ticks)
