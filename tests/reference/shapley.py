"""Shapley effects by every subset, for as many inputs as that allows."""

from collections.abc import Callable
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]


def shapley_values(value: Callable[[tuple[int, ...]], float], players: int) -> Floats:
    """Shapley's values of the game `value`, a function of a sorted tuple of players."""
    values = np.zeros(players)
    for player in range(players):
        others = [one for one in range(players) if one != player]
        for size in range(players):
            for group in combinations(others, size):
                gain = value(tuple(sorted((*group, player)))) - value(group)
                values[player] += gain / (players * comb(players - 1, size))
    return values


def explained_covariance(correlation: Floats, known: tuple[int, ...]) -> Floats:
    """Covariance of E[Z | Z_known], Z standard normal with this correlation matrix."""
    if not known:
        return np.zeros_like(correlation)
    columns = correlation[:, known]
    return np.asarray(columns @ np.linalg.solve(correlation[np.ix_(known, known)], columns.T))


def linear_gaussian(slopes: Floats, correlation: Floats) -> Floats:
    """Shapley effects of ``slopes · Z``, as shares (Owen and Prieur 2017)."""
    total = slopes @ correlation @ slopes
    return (
        shapley_values(
            lambda known: float(slopes @ explained_covariance(correlation, known) @ slopes),
            len(slopes),
        )
        / total
    )


def lognormal_product(slopes: Floats, correlation: Floats) -> Floats:
    """Shapley effects of ``exp(slopes · Z)``, as shares: what is known is lognormal again."""
    total = np.expm1(slopes @ correlation @ slopes)
    return (
        shapley_values(
            lambda known: float(
                np.expm1(slopes @ explained_covariance(correlation, known) @ slopes)
            ),
            len(slopes),
        )
        / total
    )
