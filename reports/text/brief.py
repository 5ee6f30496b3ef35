"""Numbers in tables and charts, where a sentence has no room: two digits, and units in short."""

from math import floor, isnan, log10

from reports.text.numbers import MINUS, NOTHING, number

__all__ = ["DOLLARS", "SPACE", "money_in_brief", "of_100"]

#: Between a number and its unit: no line ends there.
SPACE = "\N{NO-BREAK SPACE}"
#: From which size on, in USD billion, a unit is used; its name. Less than a billion is in millions.
DOLLARS = ((1e3, "tn"), (1.0, "bn"), (1e-3, "m"))


def money_in_brief(value: float, *, signed: bool = False) -> str:
    """Money to two digits: ``$17 bn``, ``$530 m``.

    Parameters
    ----------
    value : float
        USD billion, finite or NaN.
    signed : bool
        Whether more than nothing gets a plus.

    Returns
    -------
    str
    """
    if isnan(value):
        return NOTHING
    size = float(f"{abs(value):.1e}")
    if size == 0.0:
        return "$0"
    unit, name = next((entry for entry in DOLLARS if size >= entry[0]), DOLLARS[-1])
    text = number(size / unit, 1 - floor(log10(size / unit) + 1e-9))
    return f"{MINUS if value < 0.0 else '+' * signed}${text}{SPACE}{name}"


def of_100(probability: float) -> str:
    """A probability as worlds of a hundred: ``46``; what is not quite none or all reads so.

    Parameters
    ----------
    probability : float
        From 0 to 1.

    Returns
    -------
    str
        Nothing for 0, since there is nothing to tell; ``<1``, ``>99``.
    """
    if probability <= 0.0:
        return ""
    if probability <= 0.005:
        return "<1"
    if 0.995 <= probability < 1.0:
        return ">99"
    return f"{round(100.0 * probability)}"
