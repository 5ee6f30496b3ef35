"""The polynomials that a rule weighs, with the lowest degrees first."""

from typing import NamedTuple

import numpy as np

from model.numerics.arrays import Integers
from model.numerics.hermite_polynomials import Recipe, recipe, total_degree

__all__ = ["Basis"]


class Basis(NamedTuple):
    """A basis, and how many of its leading columns have at most each total degree.

    Attributes
    ----------
    powers : array (basis, feature)
        Exponents of each column.
    how : Recipe
        How the columns are made.
    degrees : array (basis,)
        Total degree of each column, ascending.
    sizes : array (degree,)
        Columns up to each degree.
    """

    powers: Integers
    how: Recipe
    degrees: Integers
    sizes: Integers

    @classmethod
    def of(cls, powers: Integers) -> "Basis":
        """The basis with these exponents.

        Parameters
        ----------
        powers : array (basis, feature)
            Ordered by total degree.

        Returns
        -------
        Basis
        """
        degrees = powers.sum(axis=1)
        return cls(powers, recipe(powers), degrees, np.cumsum(np.bincount(degrees)))

    @classmethod
    def polynomials(cls, features: int, degree: int, observed: bool) -> "Basis":
        """All products of polynomials up to a total degree.

        What exercising pays, where observed, goes in linearly: it may bend where no polynomial in
        the other features does.

        Parameters
        ----------
        features : int
            States, what exercising pays among them where it is observed.
        degree : int
            Total degree of the polynomials.
        observed : bool
            Whether the last state is what exercising pays.

        Returns
        -------
        Basis
        """
        powers = total_degree(features - observed, degree)
        if observed:
            powers = np.insert(powers, features - 1, 0, axis=1)
            linear = np.eye(1, features, features - 1, dtype=np.int64)
            place = np.searchsorted(powers.sum(axis=1), 1, side="right")
            powers = np.insert(powers, place, linear, axis=0)
        return cls.of(powers)
