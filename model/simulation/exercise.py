"""How every player exercises its options to come back and to leave, and what they are worth.

A real option is valued by least-squares Monte Carlo on what its holder can see (`bermudan_option`);
the years at which it is exercised then go back into the economics, which add up the components.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.economics.axes import NEVER
from model.economics.exercise import Exercise, RealOption
from model.economics.presence import Presence
from model.economics.real_options import exercise_values
from model.economics.strategies import STAY
from model.numerics.arrays import Array, Years
from model.numerics.threads import in_threads
from model.simulation.setting import Setting
from model.stopping.bermudan import OptionValue, bermudan_option

__all__ = ["Usage", "exercise_of", "exercise_options", "value_option"]


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


def exercise_of(setting: Setting, presence: Presence) -> Exercise:
    """Every real option of every player: after `exit` to come back, otherwise to leave.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    presence : Presence
        Which rivals are there, draws chain by chain.

    Returns
    -------
    Exercise
        Draws chain by chain.
    """
    chains, draws = setting.drawn.shape
    found = Exercise.empty(*setting.cells, chains * draws)

    def fill(chain: int) -> None:
        part = slice(chain * draws, (chain + 1) * draws)
        exercise_values(setting.inputs(chain, presence), found.draws(part))

    in_threads(fill, range(chains))
    return found


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
        real_option.exercise.T,
        real_option.states.transpose(2, 0, 1),
        real_option.live.T,
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
    figures = {name: np.zeros(cells) for name in FIGURES}
    kinds = np.full(cells, "", dtype="U17")
    found = exercise_of(setting, presence)
    for player in range(cells[0]):
        for strategy in range(cells[1]):
            real_option = found.option(player, strategy)
            option = value_option(real_option, chains, dual=False)
            years = np.array([*real_option.years, NEVER], dtype=np.int8)
            timing[:, :, player, strategy] = years[option.exercise_date].reshape(chains, draws)
            payoff[:, :, player, strategy] = option.payoff.reshape(chains, draws)
            for name, cell in figures.items():
                cell[player, strategy] = getattr(option, name)
            kinds[player, strategy] = option.upper_kind
        progress((player + 1) / cells[0])
    distress = np.ascontiguousarray(found.distress[:, STAY].T)
    return Usage(timing, payoff, distress, figures, kinds)
