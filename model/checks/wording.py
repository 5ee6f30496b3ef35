"""Numbers in the sentences of checks."""

__all__ = ["money", "percent"]


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
