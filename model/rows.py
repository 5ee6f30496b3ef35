"""One draw's quantities by name, read from plain arrays in compiled code."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numba

from priors.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES

__all__ = ["Globals", "Player", "read_globals", "read_player"]

Globals = NamedTuple(  # type: ignore[misc]  # its fields are the registry's
    "Globals", [(quantity.attribute, float) for quantity in GLOBAL_QUANTITIES]
)
Player = NamedTuple(  # type: ignore[misc]
    "Player", [(quantity.attribute, float) for quantity in PLAYER_QUANTITIES]
)


def _reader(record: type) -> Callable[[Any, int], Any]:
    """Compile ``(values, draw) -> record(values[0, draw], values[1, draw], …)``.

    Written out for the compiler, which then loads only the fields that are used: unpacking
    with a loop costs more than all the economics. The text holds nothing but numbers.
    """
    fields = record._fields  # type: ignore[attr-defined]
    columns = ", ".join(f"values[{place}, draw]" for place in range(len(fields)))
    scope: dict[str, Any] = {"record": record}
    exec(f"def read(values, draw):\n    return record({columns})\n", scope)
    compiled: Callable[[Any, int], Any] = numba.njit(scope["read"])
    return compiled


#: One draw of the global quantities (global quantity, draw) by name.
read_globals = _reader(Globals)
#: One draw of one player's quantities (player quantity, draw) by name.
read_player = _reader(Player)
