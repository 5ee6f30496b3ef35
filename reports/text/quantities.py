"""Short names for readers: of what a path names, and of a global quantity's subject."""

from reports.text.strategies import quantities

__all__ = ["path_name", "subject_name"]


def path_name(path: str) -> str:
    """Short name of what a path names, without the player: ``Salvage``, ``Market in 2033``.

    Parameters
    ----------
    path : str
        A global quantity's name, or a player's own path.

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If the path names no quantity.
    """
    return quantities().by_path(path).label


def subject_name(name: str) -> str:
    """What a global quantity is about: ``Market`` for ``market.size_2033``.

    Parameters
    ----------
    name : str
        Dotted path.

    Returns
    -------
    str
    """
    subject = name.partition(".")[0]
    return "IPO" if subject == "ipo" else subject.capitalize()
