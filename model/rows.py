"""One draw's quantities by name, read from the rows of plain arrays in compiled code."""

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


def _reader(record: type) -> Callable[[Any], Any]:
    """Compile ``row -> record(row[0], row[1], …)``.

    Written out for the compiler, which then loads only the fields that are used: unpacking
    with a loop costs more than all the economics. The text holds nothing but numbers.
    """
    fields = record._fields  # type: ignore[attr-defined]
    columns = ", ".join(f"row[{place}]" for place in range(len(fields)))
    scope: dict[str, Any] = {"record": record}
    exec(f"def read(row):\n    return record({columns})\n", scope)  # noqa: S102
    compiled: Callable[[Any], Any] = numba.njit(scope["read"])
    return compiled


#: One draw's global quantities (global quantity,) by name.
read_globals = _reader(Globals)
#: One draw's quantities of one player (player quantity,) by name.
read_player = _reader(Player)
