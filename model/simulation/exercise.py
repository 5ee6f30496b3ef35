"""How every player exercises its options to come back and to leave, and what they are worth.

A real option is valued by least-squares Monte Carlo on what its holder can see, each chain as a
study of its own (`model.stopping.study`); the years at which it is exercised then go back into the
economics, which add up the components.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, product

import numpy as np
import numpy.typing as npt

from model.economics.axes import NEVER
from model.economics.exercise import STATES, Exercise, RealOption
from model.economics.presence import Presence
from model.economics.real_options import exercise_values
from model.economics.strategies import STAY
from model.numerics.arrays import Array, ByChain, Years
from model.numerics.standard_errors import RESOLVED, mcse_of_each
from model.numerics.threads import Rooms, in_threads
from model.simulation.payoffs import check_finite
from model.simulation.setting import Setting
from model.stopping.basis import Basis
from model.stopping.bermudan import OptionValue, bermudan_option
from model.stopping.date_draws import Room
from model.stopping.longstaff_schwartz import Option
from model.stopping.study import Folds, study

__all__ = ["DEGREE", "Usage", "exercise_of", "exercise_options", "unobserved", "value_option"]


#: Total degree of the polynomials in what the player sees.
DEGREE = 3
#: Of the lot by which the draws of a chain are dealt: the same for all players, real options and
#: rounds, and when a real option is valued again.
_SEED = 0
#: Of each chain, the means of a study that a run keeps.
_MEANS = ("payoff", "fixed", "foresight")


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
    npv : ndarray, shape (chain, draw, player, strategy)
        What the strategies are worth with their real options, USD billion.
    """

    timing: Years
    payoff: Array
    distress: Years
    values: dict[str, Array]
    upper_kind: npt.NDArray[np.str_]
    npv: Array


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
        DEGREE,
        _SEED,
        chain=chains,
        dual=dual,
    )


def exercise_options(
    setting: Setting,
    presence: Presence,
    progress: Callable[[float], None],
    strategies: Sequence[int] | None = None,
) -> Usage:
    """Value every real option of every player, and say when it is used.

    A chain at a time on each core, and each chain a study of its own: what it finds depends on its
    own draws alone.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    presence : Presence
        Which rivals are there, draws chain by chain.
    progress : callable
        Called with the share of the work that is done.
    strategies : sequence of int, optional
        Places of those whose real options are valued, by default all; the others' are not used.

    Returns
    -------
    Usage

    Raises
    ------
    NumericalError
        Where what a strategy is worth is not finite on a draw.
    """
    chains, draws = setting.drawn.shape
    cells = setting.cells
    timing = np.full((chains, draws, *cells), NEVER, dtype=np.int8)
    payoff = np.zeros((chains, draws, *cells))
    distress = np.empty((chains, draws, cells[0]), dtype=np.int8)
    npv = np.empty((chains, draws, *cells))
    means = np.zeros((chains, *cells, len(_MEANS)))
    wanted = range(cells[1]) if strategies is None else strategies
    basis, done = Basis.polynomials(len(STATES), DEGREE, observed=False), count()
    rooms = Rooms(lambda: (Exercise.empty(*cells, draws), Room.of(basis, draws)))

    def value(chain: int) -> None:
        folds = Folds.dealt(draws, _SEED, chain)
        with rooms.one() as (found, room):
            exercise_values(setting.inputs(chain, presence), found)
            npv[chain] = np.moveaxis(found.npv, -1, 0)
            check_finite(npv[chain], setting, chain)
            for player, strategy in product(range(cells[0]), wanted):
                own = found.option(player, strategy)
                one = study(unobserved(own), basis, folds, room)
                years = np.array([*own.years, NEVER], dtype=np.int8)
                timing[chain, :, player, strategy] = years[one.exercise_date]
                payoff[chain, :, player, strategy] = one.payoff
                npv[chain, :, player, strategy] += one.payoff
                means[chain, player, strategy] = [getattr(one, name).mean() for name in _MEANS]
            distress[chain] = found.distress[:, STAY].T
        progress((next(done) + 1) / chains)

    in_threads(value, range(chains))
    kinds = np.full(cells, "perfect foresight")
    by_draw = distress.reshape(chains * draws, cells[0])
    return Usage(timing, payoff, by_draw, _figures(means), kinds, npv)


def unobserved(real_option: RealOption) -> Option:
    """As the valuation takes it: what exercising pays is not seen when it is decided.

    Parameters
    ----------
    real_option : RealOption
        Of some draws.

    Returns
    -------
    Option
    """
    live = real_option.live.view(np.int8)
    return Option(real_option.exercise, real_option.states, live, observed=False)


def _figures(means: ByChain) -> dict[str, Array]:
    """Each of `FIGURES` (player, strategy), from each chain's means."""
    value, fixed, foresight = np.moveaxis(means, -1, 0)
    behind = fixed - value
    loses = -value.mean(axis=0) > RESOLVED * mcse_of_each(value)
    loses |= behind.mean(axis=0) > RESOLVED * mcse_of_each(behind)
    upper, upper_se = foresight.mean(axis=0), mcse_of_each(foresight)
    return {
        "value": value.mean(axis=0),
        "se": mcse_of_each(value),
        "upper": upper,
        "upper_se": upper_se,
        "perfect_foresight": upper,
        "best_fixed": fixed.mean(axis=0),
        "loses": loses.astype(np.float64),
    }
