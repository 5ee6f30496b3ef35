"""One draw's quantities by name, read from the rows of plain arrays in compiled code."""

from collections.abc import Callable
from typing import Any, NamedTuple

from model.numerics.jit import njit
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES

__all__ = [
    "GlobalValues",
    "Globals",
    "Number",
    "Player",
    "PlayerValues",
    "read_globals",
    "read_player",
]

#: One draw's global quantities by name, a float each: a `Globals`, whose fields no checker knows.
type GlobalValues = Any
#: One draw's quantities of one player by name, a float each: a `Player`.
type PlayerValues = Any
#: A float that compiled code makes of them.
type Number = Any

Globals = NamedTuple(  # type: ignore[misc]  # its fields are the registry's
    "Globals", [(quantity.attribute, float) for quantity in GLOBAL_QUANTITIES]
)
Player = NamedTuple(  # type: ignore[misc]
    "Player", [(quantity.attribute, float) for quantity in PLAYER_QUANTITIES]
)


def _reader(record: type, place: str) -> Callable[..., Any]:
    """Compile ``values -> record(values[0], values[1], …)``, with `place` before the column.

    Written out for the compiler, which then loads only the fields that are used: unpacking the
    row with a loop costs more than all the economics. The text holds nothing but numbers.
    """
    fields = record._fields  # type: ignore[attr-defined]
    columns = ", ".join(f"values[{place}{column}]" for column in range(len(fields)))
    arguments = f"values, {place}".rstrip(", ")
    scope: dict[str, Any] = {"record": record}
    exec(f"def read({arguments}):\n    return record({columns})\n", scope)  # noqa: S102
    read: Callable[..., Any] = njit(inline=True)(scope["read"])
    return read


#: One draw's global quantities (global quantity,) by name.
read_globals = _reader(Globals, "")
#: One draw's quantities of player i, from (player, player quantity) and i, by name.
read_player = _reader(Player, "i, ")
