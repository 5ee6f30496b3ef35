"""Exact figures of draws that are too many to hold together: from each chain in order, one by one.

A quantile of all chains together lies near each chain's own. So it is enough to keep a piece of
each ordered chain around its own quantile, with how many draws lie below it and what they add up
to: the order statistics within the pieces are those of all draws, which is checked. Where a piece
was too short, longer ones are asked for; nothing here is an approximation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from model.numerics.arrays import Array

__all__ = ["MARGIN", "Piece", "ShortPieceError", "piece_of", "quantile_of", "worst_of"]

#: Half of a piece, in standard deviations of how many draws lie below a quantile.
MARGIN = 12.0


class ShortPieceError(Exception):
    """A piece does not reach what is asked of all draws together."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A part of one chain in ascending order.

    Attributes
    ----------
    values : array (draw,)
        In order, without a gap.
    start : int
        Draws of the chain below them.
    below : float
        Sum of those.
    size : int
        Draws of the chain.
    """

    values: Array
    start: int
    below: float
    size: int

    def reaches(self, low: float, high: float) -> bool:
        """Whether all draws of the chain between two values are in the piece.

        Parameters
        ----------
        low : float
            The lower value.
        high : float
            The higher one.

        Returns
        -------
        bool
        """
        first = self.start == 0 or self.values[0] <= low
        last = self.start + len(self.values) == self.size or self.values[-1] >= high
        return bool(first and last)


def piece_of(ordered: Array, probability: float, margin: float = MARGIN) -> Piece:
    """The piece around a quantile of one chain.

    Parameters
    ----------
    ordered : array (draw,)
        All draws of the chain in ascending order.
    probability : float
        Of the quantile, from 0 to 1.
    margin : float
        Half of its length, in standard deviations of how many of so many independent draws lie
        below the quantile.

    Returns
    -------
    Piece
        Of its own: the chain need not be kept.
    """
    size = len(ordered)
    middle = int(probability * (size - 1))
    half = ceil(margin * sqrt(size * probability * (1.0 - probability))) + 2
    start = max(0, middle - half)
    values = ordered[start : middle + half + 1].copy()
    return Piece(values, start, float(ordered[:start].sum()), size)


def quantile_of(pieces: Sequence[Piece], probability: float) -> float:
    """A quantile of all chains together, between two draws linearly, as `numpy.quantile` has it.

    Parameters
    ----------
    pieces : sequence of Piece
        One of each chain, around its own quantile.
    probability : float
        From 0 to 1.

    Returns
    -------
    float
        In the draws' unit.

    Raises
    ------
    ShortPieceError
        Where a piece is too short to tell.
    """
    place = probability * (sum(piece.size for piece in pieces) - 1)
    low, high, _ = _around(pieces, int(place))
    part = place - int(place)
    # From the nearer of both, as NumPy does: the same last digit.
    return high - (high - low) * (1.0 - part) if part >= 0.5 else low + (high - low) * part


def worst_of(pieces: Sequence[Piece], probability: float) -> float:
    """Mean of the lowest part of all draws together, the one at the boundary taken in part.

    Parameters
    ----------
    pieces : sequence of Piece
        One of each chain, around its own quantile.
    probability : float
        The part, above 0 and below 1.

    Returns
    -------
    float
        In the draws' unit.

    Raises
    ------
    ShortPieceError
        Where a piece is too short to tell.
    """
    size = sum(piece.size for piece in pieces)
    count = probability * size
    whole = min(int(count), size - 1)
    at, _, within = _around(pieces, whole)
    lowest = sum(piece.below for piece in pieces) + float(within.sum())
    return (lowest + (count - whole) * at) / count


def _around(pieces: Sequence[Piece], rank: int) -> tuple[float, float, Array]:
    """The draws of all chains with `rank` draws below, and with one more; those below in pieces."""
    merged = np.sort(np.concatenate([piece.values for piece in pieces]))
    place = rank - sum(piece.start for piece in pieces)
    if not 0 <= place < len(merged):
        raise ShortPieceError
    low, high = float(merged[place]), float(merged[min(place + 1, len(merged) - 1)])
    if not all(piece.reaches(low, high) for piece in pieces):
        raise ShortPieceError
    return low, high, merged[:place]
