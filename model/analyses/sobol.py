"""Sobol indices of the economics: every quantity independent, no real option used."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from model.economics.kernel import evaluate
from model.economics.neutral import complete_globals, complete_players
from model.economics.operations import factors_of
from model.economics.strategies import STRATEGIES, Strategy
from model.numerics.arrays import Array
from model.sampling.quantile_functions import LARGEST_SCORE, fill_values
from model.sensitivity.indices import sobol
from model.sensitivity.pick_freeze import Quantile
from priors.distributions.distribution import Distribution
from priors.reading.records import Priors

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["kernel_indices"]


def kernel_indices(
    priors: Priors,
    comparisons: Mapping[tuple[str, ...], tuple[int, int]],
    n: int,
    seed: int,
    strategies: Sequence[Strategy] = STRATEGIES,
) -> "xr.Dataset":
    """First-order and total indices of the lead of one strategy over another.

    By pick and freeze on the economics itself, which needs inputs that can be chosen one by one:
    each quantity is drawn from its own prior, independent of the others; the real options, to leave
    and to come back, are not used, and rivals stay.

    Parameters
    ----------
    priors : Priors
        Marginal distributions and players.
    comparisons : mapping
        The players of each decision, whose payoffs are added up, to the places of the two
        strategies whose difference is looked at.
    n : int
        Base sample, a power of two.
    seed : int
        Of the scrambling.
    strategies : sequence of Strategy
        Those compared, which the places are of; by default those that every file has.

    Returns
    -------
    Dataset
        As from `sobol`, ``input`` the paths of the quantities that vary, ``output`` in the order
        of `comparisons`.
    """
    factors = factors_of(tuple(strategies), [one.key for one in priors.quantities.factors])
    players = [player.name for player in priors.players]
    quantities = priors.quantities
    rows = [(q.name, None) for q in quantities.shared]
    every = rows + [(q.name, player) for player in players for q in quantities.own]
    found = [priors.priors[key] for key in every]
    varying = [place for place, prior in enumerate(found) if not prior.distribution.constant]
    fixed = np.array([prior.distribution.quantile(0.5) for prior in found])
    members = [[players.index(name) for name in names] for names in comparisons]

    def leads(points: Array) -> Array:
        values = np.repeat(fixed[:, None], len(points), axis=1)
        values[varying] = points.T
        own = values[len(rows) :].reshape(len(players), len(quantities.own), -1)
        shared = complete_globals(values[: len(rows)], quantities)
        _, npv = evaluate(shared, complete_players(own, quantities), factors=factors)
        return np.stack(
            [
                _lead(npv, places, pair)
                for places, pair in zip(members, comparisons.values(), strict=True)
            ],
            axis=1,
        )

    marginals = {found[place].path: _quantiles(found[place].distribution) for place in varying}
    return sobol(leads, marginals, n, seed)


def _quantiles(distribution: Distribution) -> Quantile:
    """Quantiles of one distribution, as a function of probabilities (row,)."""

    def quantiles(probabilities: Array) -> Array:
        scores = np.clip(ndtri(probabilities), -LARGEST_SCORE, LARGEST_SCORE)[None]
        values = np.empty_like(scores)
        fill_values(distribution, scores, values)
        return np.asarray(values[0])

    return quantiles


def _lead(npv: Array, players: Sequence[int], pair: tuple[int, int]) -> Array:
    """The lead (row,) of one strategy over another, the players' payoffs added up."""
    total = npv[:, players].sum(axis=1)
    return np.asarray(total[:, pair[0]] - total[:, pair[1]])
