"""The right to leave later, valued by this program and by Longstaff and Schwartz's own recipe.

Both get the same cash flows and states of every player that stays, rivals there for good. The
recipe is that of the paper: one rule fitted by ordinary least squares to all draws, and followed on
the same draws. So its value is a little too high, as those rules have seen the future.
"""

from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from benchmarks.peers.timing import Measured, timed
from model.economics.exercise import RealOption
from model.economics.presence import everybody
from model.economics.strategies import STAY, STRATEGIES
from model.sampling.joint import sample
from model.simulation.exercise import exercise_of, value_option
from model.simulation.setting import Setting
from priors.reading.load import load_priors

__all__ = ["by_textbook", "of_ours", "textbook_value"]

type Array = npt.NDArray[np.float64]

_CHAINS, _DEGREE = 16, 3


def of_ours(size: int) -> Measured:
    """Value every player's right to leave `stay`, each chain a study of its own.

    Parameters
    ----------
    size : int
        Draws.

    Returns
    -------
    Measured
        Without the upper bound, which the recipe has none of.
    """
    names, options = _options(size)
    value_option(options[0], _CHAINS, dual=False)

    def run() -> list[tuple[float, float]]:
        found = [value_option(one, _CHAINS, dual=False) for one in options]
        return [(one.value, one.se) for one in found]

    found, wall, cpu = timed(run)
    return Measured(size * len(options), wall, cpu, dict(zip(names, found, strict=True)))


def by_textbook(size: int) -> Measured:
    """The same by the recipe.

    Parameters
    ----------
    size : int
        Draws.

    Returns
    -------
    Measured
        Standard errors are those of independent draws under a given rule.
    """
    names, options = _options(size)

    def run() -> list[tuple[float, float]]:
        found = [textbook_value(one.exercise, one.states, one.live) for one in options]
        return [(float(one.mean()), float(one.std(ddof=1) / len(one) ** 0.5)) for one in found]

    with threadpool_limits(1, user_api="blas"):  # more threads only wait for each other
        found, wall, cpu = timed(run)
    return Measured(size * len(options), wall, cpu, dict(zip(names, found, strict=True)))


def textbook_value(
    pays: Array, states: Array, live: npt.NDArray[np.bool_], degree: int = _DEGREE
) -> Array:
    """Least-squares Monte Carlo as in the paper: backwards, one regression a date.

    What leaving pays depends on what happens later and is not seen at its date: so what is
    regressed on the states is by how much leaving pays more than going on.

    Parameters
    ----------
    pays : ndarray, shape (date, draw)
        What exercising pays over never doing so, discounted.
    states : ndarray, shape (date, state, draw)
        What is seen.
    live : ndarray of bool, shape (date, draw)
        Where it may be exercised.
    degree : int
        Total degree of the polynomials.

    Returns
    -------
    ndarray, shape (draw,)
        What is earned by the rule; its mean is the value.
    """
    earned = np.zeros(pays.shape[1])
    for date in range(len(pays) - 1, -1, -1):
        may = live[date]
        basis = _polynomials(states[date][:, may], degree)
        more = pays[date, may] - earned[may]
        coefficients = np.linalg.lstsq(basis, more)[0]
        earned[may] = np.where(basis @ coefficients > 0.0, pays[date, may], earned[may])
    return earned


def _polynomials(states: Array, degree: int) -> Array:
    """Every product (draw, term) of up to `degree` standardised states."""
    spread = states.std(axis=1, keepdims=True)
    scaled = (states - states.mean(axis=1, keepdims=True)) / np.where(spread > 0.0, spread, 1.0)
    terms = [np.ones(states.shape[1])]
    for power in range(1, degree + 1):
        every = combinations_with_replacement(range(len(states)), power)
        terms += [np.prod(scaled[list(chosen)], axis=0) for chosen in every]
    return np.column_stack(terms)


def _options(draws: int) -> tuple[list[str], list[RealOption]]:
    """Names of the players, and each one's right to leave `stay`."""
    setting = Setting(sample(load_priors("base.toml"), draws, _CHAINS), STRATEGIES)
    found = exercise_of(setting, everybody(draws, setting.cells[0]))
    players = setting.drawn.players
    return list(players), [found.option(place, STAY) for place in range(len(players))]
