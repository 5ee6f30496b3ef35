"""Numbers as people read them: only the digits that the Monte Carlo error supports, with units.

Money comes in USD billion. Nothing here ever writes an exponent such as ``6e+07``.
"""

from math import floor, isfinite, isnan, log10

__all__ = [
    "count",
    "decimals_of",
    "figure",
    "frequency",
    "in_words",
    "money",
    "number",
    "percent",
    "rounded",
    "signed",
]

MINUS = "\N{MINUS SIGN}"
NOTHING = "not known"

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Beyond these a row of zeros is unreadable, and powers of ten are written.
_SMALLEST, _LARGEST = 1e-7, 1e15
_WORDS = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
#: Digits of a number whose error is zero, or not known.
_DIGITS = 3
#: Digits that a reader is spared more of, however small the error.
_MOST_DIGITS = 4
#: Most decimals of a percentage.
_PERCENT_DECIMALS = 2
#: Most decimals ever written.
_MOST_DECIMALS = 12
#: From which size on, in USD billion, a unit is used; its own size; its name.
_UNITS = (
    (1e3, 1e3, "trillion"),
    (0.1, 1.0, "billion"),
    (1e-4, 1e-3, "million"),
    (1e-7, 1e-6, "thousand"),
    (0.0, 1e-9, ""),
)


def decimals_of(value: float, mcse: float = 0.0) -> int:
    """Decimals that a number deserves: down to the first digit of its error.

    Parameters
    ----------
    value : float
        The number.
    mcse : float
        Its standard error, in the same unit; 0 or NaN where there is none: three digits then.

    Returns
    -------
    int
        Negative where tens, hundreds … are to be rounded.
    """
    if isfinite(mcse) and mcse > 0.0:
        place = -floor(log10(mcse))
        # 0.096 rounds to 0.1: one decimal, not two.
        if round(mcse * 10.0**place) >= 10:
            place -= 1
        return place
    if not isfinite(value) or value == 0.0:
        return 0
    return _DIGITS - 1 - floor(log10(abs(value)))


def number(value: float, decimals: int | None = None) -> str:
    """A number with thousands separated, never in exponent form.

    Parameters
    ----------
    value : float
        Any number; NaN and infinities are named.
    decimals : int, optional
        As from `decimals_of`; three significant digits if left out, trailing zeros cut.

    Returns
    -------
    str
        Such as ``62,300,000``, ``−0.00012`` or, beyond 15 digits, ``6.23 × 10¹⁶``.
    """
    if isnan(value):
        return NOTHING
    if not isfinite(value):
        return "infinite" if value > 0.0 else f"{MINUS}infinite"
    if value != 0.0 and not _SMALLEST <= abs(value) < _LARGEST:
        return _power_of_ten(value)
    places = decimals_of(value) if decimals is None else decimals
    places = min(places, _MOST_DECIMALS)
    text = f"{round(value, places):,.{max(places, 0)}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not text.strip("-0.,"):
        return text.lstrip("-")
    return text.replace("-", MINUS)


def _power_of_ten(value: float) -> str:
    mantissa, _, exponent = f"{value:.2e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".").replace("-", MINUS)
    return f"{mantissa} × 10{str(int(exponent)).translate(_SUPERSCRIPTS)}"


def figure(value: float, mcse: float | None) -> str:
    """A number and its standard error, both to the first digit of the error: ``5.1 ± 0.1``.

    Four digits are enough however small the error; one that is nothing in them is left out.

    Parameters
    ----------
    value : float
        In any unit.
    mcse : float, optional
        Its standard error, in the same unit; not finite, or None, where it is not known.

    Returns
    -------
    str
    """
    if mcse is None or not isfinite(value) or not isfinite(mcse) or mcse < _SMALLEST:
        return number(value)
    places = decimals_of(value, mcse)
    if value != 0.0:
        places = min(places, _MOST_DIGITS - 1 - floor(log10(abs(value))))
    if round(mcse, places) == 0.0:
        return number(value, places)
    return f"{number(value, places)} ± {number(mcse, places)}"


def rounded(value: float, mcse: float | None) -> str:
    """Three digits, or fewer where the error supports no more: where a table has no room for ±.

    Parameters
    ----------
    value : float
        In any unit.
    mcse : float
        Its standard error, in the same unit; 0 where there is none.

    Returns
    -------
    str
        Without the error.
    """
    if mcse is None or not isfinite(value) or not isfinite(mcse) or value == 0.0:
        return number(value)
    places = decimals_of(value)
    return number(value, min(places, decimals_of(value, mcse)) if mcse > 0.0 else places)


def signed(value: float, mcse: float = 0.0) -> str:
    """The same with a plus where it is positive.

    Parameters
    ----------
    value : float
        In any unit.
    mcse : float
        Its standard error, in the same unit.

    Returns
    -------
    str
        As from `figure`.
    """
    text = figure(value, mcse)
    positive = value > 0.0 and text.partition(" ±")[0].strip("0.")
    return f"+{text}" if positive else text


def money(value: float, mcse: float | None = 0.0) -> str:
    """Money in words: ``$5.1 ± 0.1 billion``, ``$62 ± 3 million``.

    Parameters
    ----------
    value : float
        USD billion.
    mcse : float
        Its standard error, USD billion.

    Returns
    -------
    str
        In trillion, billion, million or thousand dollars, whichever reads best.
    """
    if isnan(value):
        return NOTHING
    mcse = 0.0 if mcse is None or not isfinite(mcse) else mcse
    size = max(abs(value), mcse)
    if size == 0.0:
        return "$0"
    unit, name = next((unit, name) for start, unit, name in _UNITS if size >= start)
    text = figure(value / unit, mcse / unit)
    sign = MINUS if text.startswith(MINUS) else ""
    return f"{sign}${text.removeprefix(MINUS)} {name}".rstrip()


def percent(probability: float, mcse: float = 0.0) -> str:
    """A probability as a percentage; what is not quite 0 or 1 never reads as if it were.

    Parameters
    ----------
    probability : float
        From 0 to 1, or NaN.
    mcse : float
        Its standard error, to be shown; 0 to show none.

    Returns
    -------
    str
        Whole percents, such as ``97 %``, ``<1 %`` or ``>99 %``; ``64.1 ± 0.2 %`` with an error;
        ``not known`` of NaN.
    """
    if isnan(probability):
        return NOTHING
    if 0.0 < probability <= 0.005:
        return "<1 %"
    if 0.995 <= probability < 1.0:
        return ">99 %"
    if isfinite(mcse) and mcse > 0.0 and 0.0 < probability < 1.0:
        decimals = min(max(decimals_of(100.0 * probability, 100.0 * mcse), 0), _PERCENT_DECIMALS)
        share, error = f"{100.0 * probability:.{decimals}f}", f"{100.0 * mcse:.{decimals}f}"
        return f"{share} ± {error} %" if float(error) > 0.0 else f"{share} %"
    return f"{round(100.0 * probability)} %"


def frequency(probability: float) -> str:
    """A probability as a frequency: ``97 of 100 worlds``.

    Parameters
    ----------
    probability : float
        From 0 to 1, or NaN.

    Returns
    -------
    str
        ``none of the worlds drawn`` and ``all worlds drawn`` of 0 and 1 alone.
    """
    if isnan(probability):
        return "an unknown number of worlds"
    if probability <= 0.0:
        return "none of the worlds drawn"
    if probability >= 1.0:
        return "all worlds drawn"
    if probability <= 0.005:
        return "fewer than 1 of 100 worlds"
    if probability >= 0.995:
        return "more than 99 of 100 worlds"
    return f"{round(100.0 * probability)} of 100 worlds"


def count(value: int) -> str:
    """A count with thousands separated: ``65,536``.

    Parameters
    ----------
    value : int
        0 or more.

    Returns
    -------
    str
    """
    return f"{value:,}"


def in_words(value: int) -> str:
    """A count, up to twelve in words.

    Parameters
    ----------
    value : int
        0 or more.

    Returns
    -------
    str
    """
    return _WORDS[value] if value < len(_WORDS) else str(value)
