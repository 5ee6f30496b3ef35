"""The registry: every uncertain quantity of the model, once.

A quantity's dotted path is its one name: in prior files, in ``--set``, in the draws, in tables.
In code, where a dot cannot stand, ``Quantity.attribute`` is used. All that is shown of a quantity
(label, unit, support, usual range, scope, meaning) is read from here: by the report, the generated
tables of the documentation and the JSON schema of prior files.
"""

from priors.registry.industry import GLOBAL_QUANTITIES
from priors.registry.player import PLAYER_QUANTITIES
from priors.registry.quantity import Quantity

__all__ = ["GLOBAL_QUANTITIES", "PLAYER_QUANTITIES", "QUANTITIES", "Quantity", "by_name", "by_path"]

QUANTITIES: tuple[Quantity, ...] = GLOBAL_QUANTITIES + PLAYER_QUANTITIES

_BY_NAME = {quantity.name: quantity for quantity in QUANTITIES}


def by_name(name: str) -> Quantity:
    """The quantity called `name`.

    Parameters
    ----------
    name : str
        Such as ``market.size_2033`` or ``player.salvage``.

    Returns
    -------
    Quantity
        The registry's record.

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    return _BY_NAME[name]


def by_path(path: str) -> Quantity:
    """The quantity that a path names: ``player.salvage`` for ``players.pika.salvage``.

    Parameters
    ----------
    path : str
        A global quantity's name, or a player's own path.

    Returns
    -------
    Quantity
        The registry's record.

    Raises
    ------
    KeyError
        If it names none.
    """
    own = path.startswith("players.")
    return _BY_NAME[f"player.{path.rpartition('.')[2]}" if own else path]
