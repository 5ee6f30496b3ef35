"""Least squares on many draws at once: the same bytes on any number of cores.

The products that the normal equations need are summed in one fixed order, and the equations are
solved by our own elimination: a BLAS would sum in an order that depends on the number of its
threads. To use several cores, run several regressions at once, in threads: nothing here holds the
GIL.

Draws are divided into cells. Each cell has its own regression on the same basis.
"""

import numpy as np

from model.numerics.arrays import Array, Integers, Labels
from model.numerics.hermite_polynomials import Recipe, fill_columns
from model.numerics.jit import njit

__all__ = ["affordable", "combine", "evaluate", "moments", "solve"]


#: Draws whose basis is held at once, and sums that are kept side by side so that the processor adds
#: many at a time. Both are part of the result's bytes.
_TILE, _LANES = 256, 32
#: A column of which no more than this part is new, given those before it, is left out.
_NEW = 1e-5


@njit()
def _members(cell: Labels, cells: int) -> tuple[Integers, Integers]:
    """Places of the draws of each cell, cell after cell, and where each cell's begin."""
    starts = np.zeros(cells + 1, np.int64)
    for i in range(cell.size):
        if cell[i] >= 0:
            starts[cell[i] + 1] += 1
    for c in range(cells):
        starts[c + 1] += starts[c]
    places, following = np.empty(starts[cells], np.int64), starts[:cells].copy()
    for i in range(cell.size):
        if cell[i] >= 0:
            places[following[cell[i]]] = i
            following[cell[i]] += 1
    return places, starts


@njit()
def _gather(targets: Array, chosen: Integers, columns: Array) -> None:
    """Copy the chosen draws of `targets` (target, draw) to the front of `columns`."""
    for target in range(targets.shape[0]):
        for m in range(chosen.size):
            columns[target, m] = targets[target, chosen[m]]


@njit()
def _add_products(columns: Array, lanes: Array) -> None:
    """Add the products of all pairs of `columns` (column, row, lane), summed over rows, to `lanes`.

    Eight rows at a time, so that a sum is loaded and stored once for eight.
    """
    for a in range(columns.shape[0]):
        for b in range(a + 1):
            out = lanes[a, b]
            for k in range(0, columns.shape[1], 8):
                x, y = columns[a, k : k + 8], columns[b, k : k + 8]
                for i in range(_LANES):
                    out[i] += (
                        (x[0, i] * y[0, i] + x[1, i] * y[1, i])
                        + (x[2, i] * y[2, i] + x[3, i] * y[3, i])
                    ) + (
                        (x[4, i] * y[4, i] + x[5, i] * y[5, i])
                        + (x[6, i] * y[6, i] + x[7, i] * y[7, i])
                    )


@njit()
def moments(points: Array, how: Recipe, targets: Array, cell: Labels, cells: int) -> Array:
    """Sums of products of basis and targets over the draws of each cell.

    Parameters
    ----------
    points : array (feature, draw)
        Standardised states.
    how : Recipe
        The basis.
    targets : array (target, draw)
        What is to be regressed.
    cell : array (draw,)
        Cell of each draw; −1 for none.
    cells : int
        Number of cells.

    Returns
    -------
    array (cell, basis + target, basis + target)
        Products of the basis and the targets, which come after it.
    """
    basis, wide = how.left.size, how.left.size + targets.shape[0]
    hermite = np.empty((points.shape[0], max(2, int(how.highest.max()) + 1), _TILE))
    columns, tile = np.empty((wide, _TILE)), np.empty((points.shape[0], _TILE))
    places, starts = _members(cell, cells)
    total, lanes = np.empty((cells, wide, wide)), np.empty((wide, wide, _LANES))
    for c in range(cells):
        lanes[:] = 0.0
        for first in range(starts[c], starts[c + 1], _TILE):
            chosen = places[first : min(first + _TILE, starts[c + 1])]
            _gather(points, chosen, tile)
            fill_columns(tile, chosen.size, how, hermite, columns)
            _gather(targets, chosen, columns[basis:])
            columns[:, chosen.size :] = 0.0
            _add_products(columns.reshape(wide, _TILE // _LANES, _LANES), lanes)
        for a in range(wide):
            for b in range(a + 1):
                total[c, a, b] = total[c, b, a] = lanes[a, b].sum()
    return total


@njit()
def affordable(sizes: Integers, fewest: int, draws: float) -> int:
    """Largest of the sizes for which there are enough draws, at least the first.

    Parameters
    ----------
    sizes : array
        Numbers of leading columns, ascending.
    fewest : int
        Draws wanted for each column.
    draws : float
        How many there are.

    Returns
    -------
    int
    """
    used = sizes[0]
    for size in sizes:
        if size * fewest <= draws:
            used = size
    return int(used)


@njit()
def _factorise(products: Array, factor: Array) -> None:
    """Fill the lower triangle with Cholesky's factor of the leading block of `products`.

    A column that those before it span is left 0, its diagonal too.
    """
    used = factor.shape[0]
    for j in range(used):
        pivot = products[j, j]
        for k in range(j):
            pivot -= factor[j, k] * factor[j, k]
        if not pivot > _NEW * products[j, j]:
            continue
        factor[j, j] = np.sqrt(pivot)
        for i in range(j + 1, used):
            rest = products[i, j]
            for k in range(j):
                rest -= factor[i, k] * factor[j, k]
            factor[i, j] = rest / factor[j, j]


@njit()
def _forward(factor: Array, right: Array) -> Array:
    """Solve factor · x = right; 0 for columns left out. The squares of x are what each explains."""
    x = np.zeros(factor.shape[0])
    for i in range(x.size):
        if factor[i, i] > 0.0:
            rest = right[i]
            for k in range(i):
                rest -= factor[i, k] * x[k]
            x[i] = rest / factor[i, i]
    return x


@njit()
def _backward(factor: Array, right: Array, size: int, out: Array) -> None:
    """Add to `out` the solution of the leading block's transposed equations."""
    x = np.zeros(size)
    for i in range(size - 1, -1, -1):
        if factor[i, i] > 0.0:
            rest = right[i]
            for k in range(i + 1, size):
                rest -= factor[k, i] * x[k]
            x[i] = rest / factor[i, i]
        out[i] += x[i]


@njit()
def solve(products: Array, basis: int, sizes: Integers, fewest: int) -> Array:
    """Coefficients (cell, basis, target) of each cell's regression.

    A column that the columns before it already span gets the coefficient 0. A cell with few draws
    uses only the first columns.

    Parameters
    ----------
    products : array (cell, basis + target, basis + target)
        From `moments`.
    basis : int
        Number of columns of the basis.
    sizes : array
        Numbers of leading columns that may be used by themselves, ascending from 1.
    fewest : int
        Draws wanted for each column.

    Returns
    -------
    array (cell, basis, target)
        0 in a cell without draws.
    """
    cells, wide = products.shape[:2]
    coefficients = np.zeros((cells, basis, wide - basis))
    for c in range(cells):
        draws = products[c, 0, 0]
        used = affordable(sizes, fewest, draws)
        if draws > 0.0:
            factor = np.zeros((used, used))
            _factorise(products[c], factor)
            for target in range(wide - basis):
                explained = _forward(factor, products[c, :used, basis + target])
                _backward(factor, explained, used, coefficients[c, :, target])
    return coefficients


@njit(inner=True)
def combine(columns: Array, weights: Array, count: int, out: Array) -> None:
    """Fill the front of `out` with the weighted sum of columns.

    Four columns at a time, so that a sum is loaded and stored once for four.

    Parameters
    ----------
    columns : array (column, place)
        The first of them count, as many as there are weights.
    weights : array (column,)
        One a column.
    count : int
        Places that are filled.
    out : array (place,)
        Filled as far as `count`.
    """
    out[:count] = 0.0
    whole = weights.size - weights.size % 4
    for a in range(0, whole, 4):
        w0, w1, w2, w3 = weights[a], weights[a + 1], weights[a + 2], weights[a + 3]
        c = columns[a : a + 4]
        for m in range(count):
            out[m] += (w0 * c[0, m] + w1 * c[1, m]) + (w2 * c[2, m] + w3 * c[3, m])
    for a in range(whole, weights.size):
        for m in range(count):
            out[m] += weights[a] * columns[a, m]


@njit()
def evaluate(points: Array, how: Recipe, coefficients: Array, use: Labels, out: Array) -> None:
    """Evaluate fitted regressions at each draw.

    Parameters
    ----------
    points : array (feature, draw)
        Standardised states.
    how : Recipe
        The basis.
    coefficients : array (cell, basis, target)
        From `solve`.
    use : array (fit, draw)
        Cell whose coefficients each of several fits uses; −1 leaves `out` as it is.
    out : array (fit, target, draw)
        Filled.
    """
    cells, basis, targets = coefficients.shape
    hermite = np.empty((points.shape[0], max(2, int(how.highest.max()) + 1), _TILE))
    columns, fitted = np.empty((basis, _TILE)), np.empty(_TILE)
    tile = np.empty((points.shape[0], _TILE))
    for fit in range(use.shape[0]):
        places, starts = _members(use[fit], cells)
        for c in range(cells):
            for first in range(starts[c], starts[c + 1], _TILE):
                chosen = places[first : min(first + _TILE, starts[c + 1])]
                _gather(points, chosen, tile)
                fill_columns(tile, chosen.size, how, hermite, columns)
                for target in range(targets):
                    combine(columns, coefficients[c, :, target], chosen.size, fitted)
                    for m in range(chosen.size):
                        out[fit, target, chosen[m]] = fitted[m]
