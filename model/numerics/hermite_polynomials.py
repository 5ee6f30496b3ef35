"""Products of Hermite polynomials in standardised states, as a basis for regressions.

A column of the basis is a product of Hermite polynomials, one a feature, each normalised so that
its square has mean 1 under the standard normal distribution. A column is made from an earlier one
with a single multiplication: the recipe says which, and by which polynomial of which feature.
"""

from itertools import combinations_with_replacement
from math import sqrt
from typing import NamedTuple

import numpy as np

from model.numerics.arrays import Array, Integers
from model.numerics.jit import njit

__all__ = [
    "CLIP",
    "Recipe",
    "design",
    "fill_columns",
    "location_and_scale",
    "recipe",
    "total_degree",
]


#: Standardised states beyond this many deviations count as this many: no draw far out in a heavy
#: tail bends the polynomials for all others.
CLIP = 3.0
#: Normal scores of the 10th and 90th percentile are this far apart.
_DECILES = 2.563103131089201


class Recipe(NamedTuple):
    """How each column of a basis is made: column[left] · He_degree(feature), normalised.

    The first column is the constant 1.

    Attributes
    ----------
    left, feature, degree : array (basis,)
    highest : array (feature,)
        Highest degree of each feature's polynomials.
    """

    left: Integers
    feature: Integers
    degree: Integers
    highest: Integers


def total_degree(features: int, degree: int) -> Integers:
    """Exponents (basis, feature) of all monomials up to a total degree, the lowest first.

    Parameters
    ----------
    features : int
        Number of features.
    degree : int
        Largest sum of a monomial's exponents.

    Returns
    -------
    array (basis, feature)
    """
    factors = [
        chosen
        for total in range(degree + 1)
        for chosen in combinations_with_replacement(range(features), total)
    ]
    counted = [np.bincount(np.array(one, np.int64), minlength=features) for one in factors]
    return np.array(counted, dtype=np.int64).reshape(len(factors), features)


def recipe(powers: Integers) -> Recipe:
    """How to make the columns with these exponents (basis, feature), the constant first.

    Each column without its last feature must be an earlier column.

    Parameters
    ----------
    powers : array (basis, feature)
        Exponents of each column.

    Returns
    -------
    Recipe

    Raises
    ------
    KeyError
        If a column without its last feature is not among the columns.
    """
    place = {tuple(row): column for column, row in enumerate(powers.tolist())}
    left, feature, degree = (np.zeros(len(powers), np.int64) for _ in range(3))
    for column in range(1, len(powers)):
        row = powers[column].copy()
        feature[column] = np.flatnonzero(row)[-1]
        degree[column] = row[feature[column]]
        row[feature[column]] = 0
        left[column] = place[tuple(row.tolist())]
    return Recipe(left, feature, degree, powers.max(axis=0))


@njit(inner=True)
def fill_columns(points: Array, count: int, how: Recipe, hermite: Array, columns: Array) -> None:
    """Fill `columns` (basis, place) with the basis at the first of `points` (feature, place).

    `hermite` (feature, degree, place) is room to work in. Places are innermost, so that the loops
    run on vectors.

    Parameters
    ----------
    points : array (feature, place)
        Standardised states.
    count : int
        Places at which the basis is wanted.
    how : Recipe
        The basis.
    hermite : array (feature, degree, place)
        Overwritten: at least two degrees, and one more than the highest.
    columns : array (basis, place)
        Filled as far as `count`.
    """
    for f in range(points.shape[0]):
        for m in range(count):
            hermite[f, 0, m] = 1.0
            hermite[f, 1, m] = points[f, m]
        for k in range(2, how.highest[f] + 1):
            ahead, back = 1.0 / sqrt(float(k)), sqrt((k - 1.0) / k)
            for m in range(count):
                hermite[f, k, m] = (
                    ahead * hermite[f, 1, m] * hermite[f, k - 1, m] - back * hermite[f, k - 2, m]
                )
    for m in range(count):
        columns[0, m] = 1.0
    for column in range(1, how.left.size):
        left, f, k = how.left[column], how.feature[column], how.degree[column]
        for m in range(count):
            columns[column, m] = columns[left, m] * hermite[f, k, m]


def design(points: Array, powers: Integers) -> Array:
    """The basis at each of `points` (draw, feature): (draw, basis). Plain, for few evaluations.

    Parameters
    ----------
    points : array (draw, feature)
        Standardised states.
    powers : array (basis, feature)
        Exponents of each column.

    Returns
    -------
    array (draw, basis)
    """
    highest = max(1, int(powers.max(initial=0)))
    hermite = [np.ones_like(points), points]
    for k in range(2, highest + 1):
        hermite.append((points * hermite[k - 1] - sqrt(k - 1) * hermite[k - 2]) / sqrt(k))
    columns = [
        np.prod([hermite[power][:, f] for f, power in enumerate(row)], axis=0)
        for row in powers.tolist()
    ]
    return np.stack(columns, axis=1).astype(np.float64).reshape(len(points), len(powers))


def location_and_scale(states: Array) -> tuple[Array, Array]:
    """Median and robust standard deviation of each feature of `states` (feature, draw).

    The deviation is read from the deciles; where these agree, as for a rare event, it is the
    plain one; 1 for a constant.

    Parameters
    ----------
    states : array (feature, draw)
        In any unit.

    Returns
    -------
    location : array (feature,)
        The medians, in the states' units.
    scale : array (feature,)
        In the states' units, above 0.
    """
    low, middle, high = np.quantile(states, [0.1, 0.5, 0.9], axis=1)
    scale = (high - low) / _DECILES
    plain = states.std(axis=1)
    scale = np.where(scale > 0, scale, plain)
    return middle, np.where(scale > 0, scale, 1.0)
