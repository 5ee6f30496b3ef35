"""How each strategy runs the business in one draw: the factors that its record states."""

from typing import NamedTuple

import numpy as np

from model.economics.strategies import STRATEGIES
from model.numerics.arrays import Array
from model.numerics.jit import njit
from priors.registry.quantities import PLAYER_QUANTITIES

__all__ = ["AFTER_RETURN", "Operation", "operation_of"]


_FACTORS = ("share", "fixed", "scope", "subsidy")
_KEYS = [quantity.key for quantity in PLAYER_QUANTITIES]
_STATED = [[getattr(strategy, factor) for factor in _FACTORS] for strategy in STRATEGIES]
#: Factors (strategy, factor) that are numbers; and the player quantities that the others are, by
#: their columns, -1 where there is none.
_NUMBERS = np.array([[0.0 if isinstance(x, str) else x for x in row] for row in _STATED])
_COLUMNS = np.array(
    [[_KEYS.index(x) if isinstance(x, str) else -1 for x in row] for row in _STATED]
)


class Operation(NamedTuple):
    """How the business is run, relative to `stay`.

    Attributes
    ----------
    share : float
        Attractiveness.
    fixed : float
        Fixed cost.
    scope : float
        Legal and IPO burden, and what is held back from robotics.
    subsidy : float
        Consumer subsidy.
    """

    share: float
    fixed: float
    scope: float
    subsidy: float


#: After coming back: everything but the consumer subsidy.
AFTER_RETURN = Operation(1.0, 1.0, 1.0, 0.0)


@njit()
def _factor(row: Array, strategy: int, factor: int) -> float:
    column = _COLUMNS[strategy, factor]
    value: float = row[column] if column >= 0 else _NUMBERS[strategy, factor]
    return value


@njit()
def operation_of(row: Array, strategy: int) -> Operation:
    """How the strategy at a place is run, from a player's `row` (player quantity,).

    Parameters
    ----------
    row : array (player quantity,)
        One player's quantities of one draw, in the registry's units.
    strategy : int
        Place in `STRATEGIES`.

    Returns
    -------
    Operation
        Factors relative to `stay`.
    """
    return Operation(
        _factor(row, strategy, 0),
        _factor(row, strategy, 1),
        _factor(row, strategy, 2),
        _factor(row, strategy, 3),
    )
