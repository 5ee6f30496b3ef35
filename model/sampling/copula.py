"""The Gaussian copula: which dimensions move together, and how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.numerics.arrays import Array
from model.numerics.jit import njit
from model.sampling.dimensions import dimension
from priors.reading.correlation import normal_correlation
from priors.reading.records import Priors

__all__ = ["Copula", "copula"]


@dataclass(frozen=True, slots=True)
class Copula:
    """Correlated dimensions and the factor that correlates them.

    Attributes
    ----------
    dimensions : tuple of int
        The sampler's dimensions that any correlation touches, ascending.
    factor : ndarray, shape (dimension, dimension)
        Lower Cholesky factor of their correlation matrix.
    """

    dimensions: tuple[int, ...]
    factor: Array

    def sources(self, place: int) -> list[int]:
        """Places of the independent scores that `mix` takes.

        Parameters
        ----------
        place : int
            Place in `dimensions`.

        Returns
        -------
        list of int
            Places in `dimensions`.
        """
        return [column for column in range(place + 1) if self.factor[place, column] != 0.0]

    def mix(self, scores: Mapping[int, Array], place: int) -> Array:
        """Correlated scores of the dimension at `place`, from independent ones.

        Summed in a fixed order, without BLAS, so that the bytes do not depend on its threads.

        Parameters
        ----------
        scores : mapping of int to array (draw,)
            Dimension to its independent standard normal scores; those of `dimensions` at least.
        place : int
            Place in `dimensions`.

        Returns
        -------
        array (draw,)
            Standard normal scores.
        """
        mixed = np.zeros_like(scores[self.dimensions[place]])
        for column in self.sources(place):
            _add(self.factor[place, column], scores[self.dimensions[column]], mixed)
        return mixed


def copula(priors: Priors) -> Copula:
    """Copula of all correlations in `priors`, the excluded players' included.

    Factored in the order of dimensions: so a new player, who comes last, changes no draw of
    those before.

    Parameters
    ----------
    priors : Priors
        A joint distribution with its correlations exists, as reading a file makes sure; for others
        the factor is NaN.

    Returns
    -------
    Copula
    """
    places = {player.name: player.place for player in priors.all_players()}

    def of(end: tuple[str, str | None]) -> int:
        return dimension(priors.quantities, end[0], None if end[1] is None else places[end[1]])

    pairs = [(of(pair.first), of(pair.second), pair.rank) for pair in priors.correlations]
    dimensions = sorted({end for first, second, _ in pairs for end in (first, second)})
    return Copula(tuple(dimensions), _factor(dimensions, pairs))


def _factor(dimensions: Sequence[int], pairs: Sequence[tuple[int, int, float]]) -> Array:
    row = {dimension: place for place, dimension in enumerate(dimensions)}
    matrix = np.eye(len(dimensions))
    for first, second, rank in pairs:
        matrix[row[first], row[second]] = normal_correlation(rank)
        matrix[row[second], row[first]] = normal_correlation(rank)
    return _cholesky(matrix)


@njit()
def _add(factor: float, scores: Array, out: Array) -> None:
    """Add scores (chain, draw) times a factor, without a room for the products."""
    for chain in range(out.shape[0]):
        for n in range(out.shape[1]):
            out[chain, n] += factor * scores[chain, n]


@njit()
def _cholesky(matrix: Array) -> Array:
    """Lower factor, row by row in a fixed order: the same bytes with any BLAS."""
    factor = np.zeros_like(matrix)
    for i in range(len(matrix)):
        for j in range(i + 1):
            explained = 0.0
            for k in range(j):
                explained += factor[i, k] * factor[j, k]
            rest = matrix[i, j] - explained
            factor[i, j] = np.sqrt(rest) if i == j else rest / factor[j, j]
    return factor
