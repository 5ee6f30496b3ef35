"""Money to two digits, in trillions, billions and millions; with its error where there is room.

Under a billion dollars is always told in millions, so that a reader never compares 0.6 with 630.
"""

from collections.abc import Callable
from math import floor, isfinite, log10

from reports.text.numbers import MINUS, NOTHING, decimals_of, number

__all__ = [
    "NO_BREAK",
    "UNITS",
    "in_sentence",
    "limit",
    "measured",
    "short",
    "signed_short",
    "unit_of",
]

#: Between a number and its unit, so that no line ends there.
NO_BREAK = "\N{NO-BREAK SPACE}"
#: From which size on, in USD billion, a unit is used; its names in short and in sentences.
UNITS = ((1e3, "tn", "trillion"), (1.0, "bn", "billion"), (1e-3, "m", "million"))
_LONG = {short: long for _, short, long in UNITS}
_DIGITS = 2
#: Millions below which an amount is nothing: a dollar.
_LEAST = 1e-6


def unit_of(value: float) -> tuple[float, str]:
    """The unit in which an amount is told.

    Parameters
    ----------
    value : float
        USD billion.

    Returns
    -------
    size : float
        Of the unit, USD billion.
    name : str
        ``tn``, ``bn`` or ``m``: under a billion is in millions, however little.
    """
    # What rounds up to a billion is one.
    size = float(f"{abs(value):.{_DIGITS - 1}e}") if isfinite(value) else 0.0
    found = next((one for one in UNITS if size >= one[0]), UNITS[-1])
    return found[0], found[1]


def short(value: float) -> str:
    """Money in tables and charts: ``$17 bn``, ``$530 m``, ``−$41 m``.

    Parameters
    ----------
    value : float
        USD billion.

    Returns
    -------
    str
        Two significant digits.
    """
    return _amount(value, lambda unit: f"{NO_BREAK}{unit}")


def signed_short(value: float) -> str:
    """The same with a plus where it is above zero: ``+$17 bn``.

    Parameters
    ----------
    value : float
        USD billion.

    Returns
    -------
    str
    """
    text = short(value)
    return f"+{text}" if value > 0.0 and text[0] == "$" and text != "$0" else text


def in_sentence(value: float) -> str:
    """Money in sentences: ``$17 billion``, ``$530 million``.

    Parameters
    ----------
    value : float
        USD billion.

    Returns
    -------
    str
        Two significant digits.
    """
    return _amount(value, lambda unit: f"{NO_BREAK}{_LONG[unit]}")


def limit(value: float, mcse: float = 0.0) -> str:
    """The most that may be paid for something, in a sentence: rounded down, never up.

    Parameters
    ----------
    value : float
        USD billion, not below 0.
    mcse : float
        Its Monte Carlo standard error, USD billion; 0 where there is none.

    Returns
    -------
    str
        ``$145 million``: three significant digits, or fewer where the error supports no more.
    """
    size, unit = unit_of(value)
    amount = value / size
    if not isfinite(amount) or amount <= 0.0:
        return "nothing"
    places = 2 - floor(log10(amount))
    if 0.0 < mcse < value:
        places = min(places, _places(mcse / size))
    step = 10.0**-places
    # A hair more, so that 1.45 is not cut to 1.44 by how it is stored.
    cut = floor(amount / step * (1.0 + 1e-12)) * step
    return f"${number(cut, max(0, places))}{NO_BREAK}{_LONG[unit]}"


def measured(value: float, mcse: float, *, sign: bool = False) -> str:
    """Money with its error: ``$1.54 ± 0.01 bn``, ``+$31 ± 11 m``.

    Parameters
    ----------
    value : float
        USD billion.
    mcse : float
        Its Monte Carlo standard error, USD billion.
    sign : bool
        Whether a plus stands before what is above zero.

    Returns
    -------
    str
        The value to the last digit of its error; the error to one digit, two if it begins with 1.
    """
    if not isfinite(mcse) or mcse <= 0.0:
        return signed_short(value) if sign else short(value)
    size, unit = unit_of(value if abs(value) > mcse else mcse)
    amount, error = value / size, mcse / size
    places = _places(error)
    # Four digits are enough, however small the error.
    if amount:
        places = min(places, 3 - floor(log10(abs(amount))))
    head = _dollars(number(amount, places), sign and amount > 0.0)
    rest = "" if round(error, places) == 0.0 else f" ± {number(error, places)}"
    return f"{head}{rest}{NO_BREAK}{unit}"


def _places(error: float) -> int:
    """Decimals of an error: to its first digit, or its second where the first is 1."""
    places = decimals_of(0.0, error)
    return places + 1 if round(error * 10.0**places) == 1 else places


def _amount(value: float, ending: Callable[[str], str]) -> str:
    if not isfinite(value):
        return NOTHING
    size, unit = unit_of(value)
    # Rounded first: 0.996 billion is 1.0 of them.
    amount = float(f"{value / size:.{_DIGITS - 1}e}")
    if abs(amount) < _LEAST:
        return "$0"
    text = number(amount, _DIGITS - 1 - floor(log10(abs(amount))))
    return f"{_dollars(text, plus=False)}{ending(unit)}"


def _dollars(text: str, plus: bool) -> str:
    if text.startswith(MINUS):
        return f"{MINUS}${text.removeprefix(MINUS)}"
    return f"+${text}" if plus and text.strip("0.") else f"${text}"
