"""Odds as whole worlds of a hundred; neither 0 nor 100 is ever said of what was drawn."""

__all__ = ["in_brief", "of_100", "worlds"]


def of_100(share: float) -> str:
    """How many of a hundred worlds: ``46``, ``fewer than 1``, ``more than 99``.

    Parameters
    ----------
    share : float
        From 0 to 1.

    Returns
    -------
    str
    """
    if share < 0.005:
        return "fewer than 1"
    return "more than 99" if share >= 0.995 else str(round(100.0 * share))


def worlds(share: float) -> str:
    """The same as a phrase: ``46 of 100 worlds``.

    Parameters
    ----------
    share : float
        From 0 to 1.

    Returns
    -------
    str
    """
    return f"{of_100(share)} of 100 worlds"


def in_brief(share: float) -> str:
    """How many of a hundred worlds, where there is no room for words: ``46``, ``<1``, ``>99``.

    Parameters
    ----------
    share : float
        From 0 to 1.

    Returns
    -------
    str
        Empty for 0: there is nothing to tell.
    """
    text = of_100(share).replace("fewer than ", "<").replace("more than ", ">")
    return text if share > 0.0 else ""
