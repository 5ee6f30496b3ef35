"""How every player exercises its options to come back and to leave, and what they are worth.

A real option is valued by least-squares Monte Carlo on what its holder can see (`bermudan_option`);
the years at which it is exercised then go back into the economics, which add up the components.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.economics.axes import NEVER
from model.economics.exercise import Exercise, RealOption, option_years
from model.economics.presence import Presence
from model.economics.real_options import exercise_values
from model.economics.strategies import STAY
from model.numerics.arrays import Array, Years
from model.simulation.setting import Setting
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
        Year index at whose end an operating strategy is left, or `exit` comes back; `NEVER`.
    payoff : ndarray, shape (chain, draw, player, strategy)
        What that pays over never doing so, discounted, USD billion.
    distress : ndarray of int8, shape (draw, player)
        Year index in which funds run out under `stay` where it is never left, draws chain by
        chain; `N_YEARS` where they do not.
    values : mapping
        Each of `FIGURES` to an array (player, strategy), USD billion.
    upper_kind : ndarray of str, shape (player, strategy)
        What the upper bound is from.
    """

    timing: Years
    payoff: Array
    distress: Years
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


def real_options(setting: Setting, presence: Presence, place: int) -> tuple[RealOption, ...]:
    """Every real option of one player: after `exit` to come back, otherwise to leave.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    presence : Presence
        Which rivals are there, draws chain by chain.
    place : int
        Of the player.

    Returns
    -------
    tuple of RealOption
        One a strategy, in their order; draws chain by chain.
    """
    chains, draws = setting.drawn.shape
    count = setting.cells[1]
    filled = Exercise.empty(count, chains * draws)
    for chain in range(chains):
        part = slice(chain * draws, (chain + 1) * draws)
        exercise_values(setting.inputs(chain, presence), place, filled.draws(part))
    found = []
    for strategy in range(count):
        years = option_years(strategy)
        dates = slice(len(years))
        found.append(
            RealOption(
                years,
                filled.pays[strategy, :, dates],
                filled.states[strategy, :, dates],
                filled.live[strategy, :, dates],
                filled.distress[strategy],
            )
        )
    return tuple(found)


def value_option(real_option: RealOption, chains: int, *, dual: bool = True) -> OptionValue:
    """Value one real option; standard errors across the chains.

    Parameters
    ----------
    real_option : RealOption
        Its draws chain by chain.
    chains : int
        Number of chains.
    dual : bool
        Whether to look for the dual bound; if not, the bound is perfect foresight.

    Returns
    -------
    OptionValue
        USD billion.
    """
    return bermudan_option(
        real_option.exercise,
        real_option.states,
        real_option.live,
        _DEGREE,
        chain=chains,
        dual=dual,
    )


def exercise_options(
    setting: Setting, presence: Presence, progress: Callable[[float], None]
) -> Usage:
    """Value every real option of every player, and say when it is used.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    presence : Presence
        Which rivals are there, draws chain by chain.
    progress : callable
        Called with the share of the work that is done.

    Returns
    -------
    Usage
    """
    chains, draws = setting.drawn.shape
    cells = setting.cells
    timing = np.full((chains, draws, *cells), NEVER, dtype=np.int8)
    payoff = np.zeros((chains, draws, *cells))
    distress = np.zeros((chains * draws, cells[0]), dtype=np.int8)
    figures = {name: np.zeros(cells) for name in FIGURES}
    kinds = np.full(cells, "", dtype="U17")
    for player in range(cells[0]):
        options = real_options(setting, presence, player)
        distress[:, player] = options[STAY].distress
        for strategy, real_option in enumerate(options):
            option = value_option(real_option, chains, dual=False)
            years = np.array([*real_option.years, NEVER], dtype=np.int8)
            timing[:, :, player, strategy] = years[option.exercise_date].reshape(chains, draws)
            payoff[:, :, player, strategy] = option.payoff.reshape(chains, draws)
            for name, cell in figures.items():
                cell[player, strategy] = getattr(option, name)
            kinds[player, strategy] = option.upper_kind
        progress((player + 1) / cells[0])
    return Usage(timing, payoff, distress, figures, kinds)
