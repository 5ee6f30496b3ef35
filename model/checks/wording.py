"""Numbers in the sentences of checks."""

import math

from model.analyses.results.record import Figure

__all__ = ["estimate", "money", "percent"]


def money(value: float) -> str:
    """Money in billions, three digits.

    Parameters
    ----------
    value : float
        USD billion.

    Returns
    -------
    str
    """
    return f"${value:.3g} billion".replace("$-", "−$")


def percent(share: float) -> str:
    """A share as a percentage, two digits.

    Parameters
    ----------
    share : float
        A fraction.

    Returns
    -------
    str
    """
    value = 100.0 * share
    digits = 0 if abs(value) >= 10.0 else 1
    return f"{value:.{digits}f} %".replace("-", "−")


def estimate(share: Figure) -> str:
    """A share as a percentage with its standard error, both to the first digit of the error.

    Parameters
    ----------
    share : Figure
        A fraction.

    Returns
    -------
    str
        Without an error, NaN or 0, as `percent` has it.
    """
    error = 100.0 * share.mcse
    if not error > 0.0:
        return percent(share.value)
    digits = min(max(math.ceil(-math.log10(error)), 0), 3)
    return f"{100.0 * share.value:.{digits}f} ± {error:.{digits}f} %".replace("-", "−")
