"""Least squares with coefficients drawn towards 0, as far as the data say (empirical Bayes).

Each coefficient is normal around 0, with one variance for each degree of the columns; the variances
and that of the noise are those that make the data most likely, approached by a few steps of the EM
algorithm (Dempster, Laird and Rubin 1977; MacKay 1992). The fit is then trusted as far as Schwarz's
criterion (1978) prefers it to none, or to a constant: its weight is the odds of one against the
other. So pure noise leaves nothing, and what comes out is smooth in the data: no draw flips it.
"""

import numpy as np

from model.numerics.arrays import Array, Integers
from model.numerics.jit import njit

__all__ = ["invert_factor", "shrink", "solve_positive"]


#: Steps of the EM algorithm. A fixed number keeps the result smooth in the data; twice as many move
#: the sum of the model's option values by less than a part in a thousand.
_STEPS = 5
#: Part of its own square that is added to each column's, so that equal columns can be told apart.
_RIDGE = 1e-9
#: The variance of coefficients is no less than this part of the noise's, and the noise's than this
#: part of all squares.
_LEAST_VARIANCE, _LEAST_NOISE = 1e-14, 1e-12


@njit(inner=True)
def invert_factor(matrix: Array, size: int, inverse: Array) -> None:
    """Cholesky's factor of the leading block, in place, and its inverse, both lower triangles.

    Parameters
    ----------
    matrix : array (row, column)
        Positive definite; its lower triangle becomes the factor.
    size : int
        Rows of the leading block.
    inverse : array (row, column)
        Its lower triangle is filled.
    """
    for j in range(size):
        least = 1e-15 * matrix[j, j]
        pivot = matrix[j, j]
        for k in range(j):
            pivot -= matrix[j, k] * matrix[j, k]
        root = np.sqrt(max(pivot, least))
        matrix[j, j] = root
        for i in range(j + 1, size):
            rest = matrix[i, j]
            for k in range(j):
                rest -= matrix[i, k] * matrix[j, k]
            matrix[i, j] = rest / root
        inverse[j, j] = 1.0 / root
        for i in range(j):
            rest = 0.0
            for k in range(i, j):
                rest += matrix[j, k] * inverse[k, i]
            inverse[j, i] = -rest / root


@njit(inner=True)
def solve_positive(matrix: Array, size: int, right: Array, inverse: Array, out: Array) -> None:
    """Fill `out` with the solution of the leading block's equations.

    Parameters
    ----------
    matrix : array (row, column)
        Positive definite; its lower triangle is read, and lost.
    size : int
        Rows of the leading block.
    right : array (row,)
        The right-hand side.
    inverse : array (row, column)
        Filled with the inverse of the factor.
    out : array (row,)
        Filled as far as `size`.
    """
    invert_factor(matrix, size, inverse)
    for j in range(size):
        out[j] = 0.0
    for i in range(size):
        explained = 0.0
        for k in range(i + 1):
            explained += inverse[i, k] * right[k]
        for j in range(i + 1):
            out[j] += inverse[i, j] * explained


@njit(inner=True)
def _add_prior(products: Array, precision: Array, matrix: Array) -> None:
    """Fill the lower triangle of `matrix` with the products, and what the prior adds to them."""
    for i in range(precision.size):
        for j in range(i + 1):
            matrix[i, j] = products[i, j]
        matrix[i, i] += _RIDGE * products[i, i] + precision[i]


@njit(inner=True)
def _variances(inverse: Array, noise: float, out: Array) -> None:
    """Fill `out` with the coefficients' posterior variances, from the inverse of the factor."""
    for j in range(out.size):
        out[j] = 0.0
        for i in range(j, out.size):
            out[j] += noise * inverse[i, j] * inverse[i, j]


@njit(inner=True)
def _explained(products: Array, right: Array, coefficients: Array, used: int) -> float:
    """By how much a fit lowers the regressand's sum of squares."""
    total = 0.0
    for j in range(used):
        fitted = products[j, j] * coefficients[j]
        for k in range(j):
            fitted += 2.0 * products[j, k] * coefficients[k]
        total += coefficients[j] * (2.0 * right[j] - fitted)
    return float(total)


@njit(inner=True)
def shrink(
    products: Array,
    right: Array,
    squares: float,
    draws: float,
    degree: Integers,
    used: int,
    free: int,
    out: Array,
) -> None:
    """Fill `out` with the coefficients of the first columns, shrunk by degree; 0 for the others.

    Parameters
    ----------
    products : array (column, column)
        Weighted sums of products of the columns; the lower triangle is read.
    right : array (column,)
        Of the columns and the regressand.
    squares : float
        Of the regressand, above 0.
    draws : float
        Draws, their mean weight being 1.
    degree : array (column,)
        Ascending from 0.
    used : int
        How many columns are used.
    free : int
        1 where the constant is left as it is, and is what the fit is compared with; with 0 it is
        shrunk as well, and the fit compared with none.
    out : array (column,)
        Filled, in the regressand's unit.
    """
    groups = degree[used - 1] + 1
    size, variance = np.zeros(groups), np.empty(groups)
    for j in range(used):
        size[degree[j]] += 1.0
    noise, parameters, explained = squares / draws, 0.0, 0.0
    for g in range(groups):
        variance[g] = 0.25 * noise / size[g]
    matrix, inverse = np.empty((used, used)), np.empty((used, used))
    precision, spread = np.empty(used), np.empty(used)
    out[:] = 0.0
    for _ in range(_STEPS):
        for j in range(used):
            least = max(variance[degree[j]], _LEAST_VARIANCE * noise)
            precision[j] = 0.0 if j < free else noise / least
        _add_prior(products, precision, matrix)
        solve_positive(matrix, used, right, inverse, out)
        _variances(inverse, noise, spread)
        parameters = float(used)
        variance[:] = 0.0
        for j in range(used):
            parameters -= precision[j] * spread[j] / noise
            variance[degree[j]] += (out[j] * out[j] + spread[j]) / size[degree[j]]
        explained = _explained(products, right, out, used)
        noise = max(squares - explained, _LEAST_NOISE * squares) / max(draws - parameters, 1.0)
    mean = right[0] / products[0, 0] if free > 0 else 0.0
    least = max(squares - explained, _LEAST_NOISE * squares)
    odds = draws * np.log(max(squares - mean * right[0], least) / least)
    odds -= (parameters - free) * np.log(draws)
    trust = 1.0 / (1.0 + np.exp(-0.5 * odds))
    for j in range(used):
        out[j] *= trust
    out[0] += (1.0 - trust) * mean
