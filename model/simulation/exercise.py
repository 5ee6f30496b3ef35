"""How every player exercises its options to come back and to leave, and what they are worth.

A real option is valued by least-squares Monte Carlo on what its holder can see (`bermudan_option`);
the years at which it is exercised then go back into the economics, which add up the components.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.economics.axes import LEAVING_YEARS, NEVER
from model.economics.real_options import STATES, RealOption, exercise_values, option_years
from model.economics.strategies import STRATEGY_NAMES
from model.numerics.arrays import Array, Years
from model.sampling.joint import Draws
from model.stopping.bermudan import OptionValue, bermudan_option

__all__ = ["Usage", "exercise_options", "real_options", "value_option"]


#: Total degree of the polynomials in what the player sees.
_DEGREE = 3


@dataclass(frozen=True, slots=True)
class Usage:
    """The real options of every player, valued and used.

    Attributes
    ----------
    timing : ndarray of int8, shape (chain, draw, player, strategy)
        Year index at whose end `stay` or `api_only` is left, or `exit` comes back; `NEVER`.
    payoff : ndarray, shape (chain, draw, player, strategy)
        What that pays over never doing so, discounted, USD billion.
    values : mapping
        Each of `FIGURES` to an array (player, strategy), USD billion.
    upper_kind : ndarray of str, shape (player, strategy)
        What the upper bound is from.
    """

    timing: Years
    payoff: Array
    values: dict[str, Array]
    upper_kind: npt.NDArray[np.str_]


#: Scalars of an `OptionValue` that a run keeps.
FIGURES: tuple[str, ...] = (
    "value",
    "se",
    "upper",
    "upper_se",
    "perfect_foresight",
    "best_fixed",
    "loses",
)


def real_options(drawn: Draws, place: int) -> tuple[RealOption, ...]:
    """Every real option of one player: after `exit` to come back, otherwise to leave.

    Parameters
    ----------
    drawn : Draws
        Joint draws of every quantity.
    place : int
        Of the player.

    Returns
    -------
    tuple of RealOption
        One a strategy, in the order of `STRATEGIES`; draws chain by chain.
    """
    chains, draws = drawn.shape
    shape = (len(STRATEGY_NAMES), chains * draws, len(LEAVING_YEARS))
    exercise, live = np.zeros(shape), np.zeros(shape, dtype=np.bool_)
    states = np.zeros((*shape, len(STATES)))
    for chain in range(chains):
        part = slice(chain * draws, (chain + 1) * draws)
        globals_, players = drawn.globals_(chain), drawn.of_players(chain)
        exercise_values(globals_, players, place, exercise[:, part], states[:, part], live[:, part])
    found = []
    for strategy in range(len(STRATEGY_NAMES)):
        years = option_years(strategy)
        dates = slice(len(years))
        found.append(
            RealOption(
                years,
                exercise[strategy, :, dates],
                states[strategy, :, dates],
                live[strategy, :, dates],
            )
        )
    return tuple(found)


def value_option(real_option: RealOption, chains: int) -> OptionValue:
    """Value one real option; standard errors across the chains.

    Parameters
    ----------
    real_option : RealOption
        Its draws chain by chain.
    chains : int
        Number of chains.

    Returns
    -------
    OptionValue
        USD billion.
    """
    return bermudan_option(
        real_option.exercise, real_option.states, real_option.live, _DEGREE, chain=chains
    )


def exercise_options(drawn: Draws, progress: Callable[[float], None]) -> Usage:
    """Value every real option of every player, and say when it is used.

    Parameters
    ----------
    drawn : Draws
        Joint draws of every quantity.
    progress : callable
        Called with the share of the work that is done.

    Returns
    -------
    Usage
    """
    chains, draws = drawn.shape
    cells = (len(drawn.players), len(STRATEGY_NAMES))
    timing = np.full((chains, draws, *cells), NEVER, dtype=np.int8)
    payoff = np.zeros((chains, draws, *cells))
    figures = {name: np.zeros(cells) for name in FIGURES}
    kinds = np.full(cells, "", dtype="U17")
    for player in range(cells[0]):
        for strategy, real_option in enumerate(real_options(drawn, player)):
            option = value_option(real_option, chains)
            years = np.array([*real_option.years, NEVER], dtype=np.int8)
            timing[:, :, player, strategy] = years[option.exercise_date].reshape(chains, draws)
            payoff[:, :, player, strategy] = option.payoff.reshape(chains, draws)
            for name, cell in figures.items():
                cell[player, strategy] = getattr(option, name)
            kinds[player, strategy] = option.upper_kind
        progress((player + 1) / cells[0])
    return Usage(timing, payoff, figures, kinds)
