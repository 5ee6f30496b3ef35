"""Figures of several columns of draws, a chain at a time: what a decision is reduced to.

Of the draws of all chains nothing is held together, so that a run may have more than memory holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model.analyses.results.record import Figure
from model.numerics.arrays import Array, ByChain
from model.numerics.pooled import (
    MARGIN,
    Piece,
    ShortPieceError,
    piece_of,
    quantile_of,
    worst_of,
)
from model.numerics.threads import in_threads
from model.risk.worst_draws import mean_of_lowest

__all__ = ["PROBABILITIES", "WORST", "Columns", "columns_of"]

#: Of the percentiles that are reported.
PROBABILITIES = (0.05, 0.5, 0.95)
#: The part of the draws that is called the worst.
WORST = 0.05
#: By how much pieces grow where they were too short.
_LONGER = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Figures of several columns of draws.

    Attributes
    ----------
    mean, sd, positive, worst : array (chain, column)
        Of each chain: mean, standard deviation, share above 0, mean of the worst 5 %.
    quantiles : array (chain, column, probability)
        Of each chain.
    all_quantiles : array (column, probability)
        Of all chains together.
    all_worst : array (column,)
        Of all chains together.
    draws : int
        Of each chain.
    """

    mean: ByChain
    sd: ByChain
    positive: ByChain
    worst: ByChain
    quantiles: ByChain
    all_quantiles: Array
    all_worst: Array
    draws: int

    @property
    def all_sd(self) -> Array:
        """Standard deviation (column,) of all chains together."""
        within = (self.draws - 1) * (self.sd**2).sum(axis=0)
        between = self.draws * ((self.mean - self.mean.mean(axis=0)) ** 2).sum(axis=0)
        return np.asarray(np.sqrt((within + between) / (self.draws * len(self.mean) - 1)))

    def percentile(self, column: int, place: int) -> Figure:
        """A percentile of a column.

        Parameters
        ----------
        column : int
            Which.
        place : int
            Of its probability among `PROBABILITIES`.

        Returns
        -------
        Figure
            In the column's unit.
        """
        value = float(self.all_quantiles[column, place])
        return Figure.pooled(value, self.quantiles[:, column, place])


@dataclass(frozen=True, slots=True, eq=False)
class _Chain:
    """One chain's part: (column,) each, `pieces` by column and probability."""

    mean: Array
    sd: Array
    positive: Array
    worst: Array
    quantiles: Array
    pieces: Sequence[Sequence[Piece]]


def columns_of(draws: Callable[[int], Array], chains: int, margin: float = MARGIN) -> Columns:
    """Reduce columns of draws to their figures.

    Parameters
    ----------
    draws : callable
        Place of a chain to its draws (column, draw); called from several threads, and again where
        the pieces that were kept were too short.
    chains : int
        Number of chains.
    margin : float
        Half the length of the pieces that are kept of each chain, as `piece_of` takes it.

    Returns
    -------
    Columns
        The same figures whatever the margin.
    """
    found = in_threads(lambda chain: _chain(draws(chain), margin), range(chains))
    columns = range(len(found[0].mean))
    try:
        quantiles = [
            [
                quantile_of([one.pieces[column][place] for one in found], probability)
                for place, probability in enumerate(PROBABILITIES)
            ]
            for column in columns
        ]
        worst = [worst_of([one.pieces[column][0] for one in found], WORST) for column in columns]
    except ShortPieceError:
        return columns_of(draws, chains, _LONGER * margin)
    return Columns(
        mean=np.array([one.mean for one in found]),
        sd=np.array([one.sd for one in found]),
        positive=np.array([one.positive for one in found]),
        worst=np.array([one.worst for one in found]),
        quantiles=np.array([one.quantiles for one in found]),
        all_quantiles=np.array(quantiles),
        all_worst=np.array(worst),
        draws=found[0].pieces[0][0].size,
    )


def _chain(draws: Array, margin: float) -> _Chain:
    """Reduce the draws (column, draw) of one chain."""
    worst, quantiles, pieces = [], [], []
    for column in draws:
        ordered = np.sort(column)
        worst.append(float(mean_of_lowest(ordered, WORST * len(ordered))))
        quantiles.append(_quantiles(ordered))
        pieces.append([piece_of(ordered, probability, margin) for probability in PROBABILITIES])
    return _Chain(
        draws.mean(axis=1),
        np.array([column.std(ddof=1) for column in draws]),
        (draws > 0.0).mean(axis=1),
        np.array(worst),
        np.array(quantiles),
        pieces,
    )


def _quantiles(ordered: Array) -> list[float]:
    """Of one chain in order, as `numpy.quantile` has them."""
    return [
        quantile_of([Piece(ordered, 0, 0.0, len(ordered))], probability)
        for probability in PROBABILITIES
    ]
