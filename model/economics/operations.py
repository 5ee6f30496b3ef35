"""How each strategy runs the business in one draw: the factors that its record states."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from model.economics.strategies import STRATEGIES, Strategy
from model.numerics.arrays import Array, Integers
from model.numerics.jit import njit
from priors.registry.quantities import PLAYER_QUANTITIES
from priors.registry.selection import FACTORS

__all__ = ["AFTER_RETURN", "Factors", "Operation", "factors_of", "operation_of"]


class Factors(NamedTuple):
    """The factors of every strategy of a run, for compiled code.

    Attributes
    ----------
    numbers : array (strategy, factor)
        Those that are numbers, in the order of `FACTORS`; 0 for the others.
    columns : array (strategy, factor)
        Those that are player quantities: their columns in a player's row; -1 for the others.
    """

    numbers: Array
    columns: Integers


class Operation(NamedTuple):
    """How the business is run, relative to `stay`.

    Attributes
    ----------
    share : float
        Weight in the contest for shares.
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


def factors_of(strategies: Sequence[Strategy] = STRATEGIES, added: Sequence[str] = ()) -> Factors:
    """The factors of strategies, as the compiled code takes them.

    Parameters
    ----------
    strategies : sequence of Strategy
        Those compared, `exit` and `stay` first.
    added : sequence of str
        Keys of the player quantities that follow those of the registry in a player's row.

    Returns
    -------
    Factors
    """
    keys = [*(quantity.key for quantity in PLAYER_QUANTITIES), *added]
    stated = [[getattr(strategy, factor) for factor in FACTORS] for strategy in strategies]
    return Factors(
        np.array([[0.0 if isinstance(x, str) else x for x in row] for row in stated]),
        np.array([[keys.index(x) if isinstance(x, str) else -1 for x in row] for row in stated]),
    )


@njit(inline=True)
def _factor(row: Array, factors: Factors, strategy: int, factor: int) -> float:
    column = factors.columns[strategy, factor]
    value: float = row[column] if column >= 0 else factors.numbers[strategy, factor]
    return value


@njit(inline=True)
def operation_of(row: Array, factors: Factors, strategy: int) -> Operation:
    """How the strategy at a place is run, from a player's `row` (player quantity,).

    Parameters
    ----------
    row : array (player quantity,)
        One player's quantities of one draw, in the registry's units; then added factors.
    factors : Factors
        Of all strategies.
    strategy : int
        Place of the strategy.

    Returns
    -------
    Operation
        Factors relative to `stay`.
    """
    return Operation(
        _factor(row, factors, strategy, 0),
        _factor(row, factors, strategy, 1),
        _factor(row, factors, strategy, 2),
        _factor(row, factors, strategy, 3),
    )
