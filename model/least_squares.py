"""Least squares on many draws at once: the same bytes on any number of cores.

The products that the normal equations need are summed in the order of the draws, and the equations
are solved by our own elimination: a BLAS would sum in an order that depends on the number of its
threads. To use several cores, run several regressions at once, in threads: nothing here holds the
GIL.

Draws are divided into cells. Each cell has its own regression on the same basis.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from model.basis import Recipe, fill_columns
from model.jit import njit

__all__ = ["evaluate", "improve", "moments", "solve"]

type Array = npt.NDArray[np.float64]
type Integers = npt.NDArray[np.int64]
type Labels = npt.NDArray[np.int8]

#: Draws whose basis is held at once. Sums are made in their order.
_TILE = 256
#: A column of which no more than this part is new, given those before it, is left out.
_NEW = 1e-5


@njit()
def _choose(cell: Labels, wanted: int, start: int, chosen: Integers) -> int:
    """Fill `chosen` with the places from `start` on, at most a tile, in a cell; their number."""
    count = 0
    for i in range(start, min(start + _TILE, cell.size)):
        chosen[count] = i
        count += cell[i] == wanted
    return count


@njit()
def _gather(targets: Array, chosen: Integers, columns: Array) -> None:
    """Copy the chosen draws of `targets` (target, draw) to the front of `columns`."""
    for target in range(targets.shape[0]):
        for m in range(chosen.size):
            columns[target, m] = targets[target, chosen[m]]


@njit()
def _turn(columns: Array, count: int, rows: Array) -> None:
    """Transpose the first `count` draws of `columns` (column, draw) into `rows`."""
    for m in range(count):
        for a in range(rows.shape[1]):
            rows[m, a] = columns[a, m]


@njit()
def _add_products(rows: Array, count: int, total: Array) -> None:
    """Add the products of the first columns of `rows` (draw, column) with all, to `total`.

    Eight draws at a time, so that a sum is loaded and stored once for eight; rows beyond `count`
    are set to 0 up to a whole eight.
    """
    for i in range(0, count, 8):
        r = rows[i : i + 8]
        r[max(0, count - i) :] = 0.0
        for a in range(total.shape[0]):
            c0, c1, c2, c3 = r[0, a], r[1, a], r[2, a], r[3, a]
            c4, c5, c6, c7 = r[4, a], r[5, a], r[6, a], r[7, a]
            for b in range(rows.shape[1]):
                total[a, b] += ((c0 * r[0, b] + c1 * r[1, b]) + (c2 * r[2, b] + c3 * r[3, b])) + (
                    (c4 * r[4, b] + c5 * r[5, b]) + (c6 * r[6, b] + c7 * r[7, b])
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
    array (cell, basis + 1, basis + target)
        Products of the basis, and of the first target, with the basis and the targets.
    """
    features, draws = points.shape
    basis, wide = how.left.size, how.left.size + targets.shape[0]
    hermite = np.empty((features, max(2, int(how.highest.max()) + 1), _TILE))
    columns, rows = np.empty((wide, _TILE)), np.empty((_TILE, wide))
    places = np.empty(_TILE + 1, np.int64)
    total = np.zeros((cells, basis + 1, wide))
    for start in range(0, draws, _TILE):
        for c in range(cells):
            count = _choose(cell, c, start, places)
            if count:
                fill_columns(points, places[:count], how, hermite, columns)
                _gather(targets, places[:count], columns[basis:])
                _turn(columns, count, rows)
                _add_products(rows, count, total[c])
    return total


@njit()
def _affordable(sizes: Integers, fewest: int, draws: float) -> int:
    """Largest of the sizes for which there are enough draws, at least the first."""
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
def solve(products: Array, sizes: Integers, fewest: int) -> Array:
    """Coefficients (cell, basis, target) of each cell's regression.

    A column that the columns before it already span gets the coefficient 0. A cell with few draws
    uses only the first columns.

    Parameters
    ----------
    products : array (cell, basis + 1, basis + target)
        From `moments`.
    sizes : array
        Numbers of leading columns that may be used by themselves, ascending from 1.
    fewest : int
        Draws wanted for each column.
    """
    cells, wide = products.shape[0], products.shape[2]
    basis = products.shape[1] - 1
    coefficients = np.zeros((cells, basis, wide - basis))
    for c in range(cells):
        draws = products[c, 0, 0]
        used = _affordable(sizes, fewest, draws)
        if draws > 0.0:
            factor = np.zeros((used, used))
            _factorise(products[c], factor)
            for target in range(wide - basis):
                explained = _forward(factor, products[c, :used, basis + target])
                _backward(factor, explained, used, coefficients[c, :, target])
    return coefficients


@njit()
def _worth(explained: Array, squares: float, draws: float, sizes: Integers, least: int) -> int:
    """Number of leading columns with the lowest Schwarz criterion, `least` or one of the sizes."""
    chosen, lowest = least, np.inf
    for place in range(-1, sizes.size):
        size = least if place < 0 else sizes[place]
        if least <= size <= explained.size:
            left = squares
            for i in range(size):
                left -= explained[i] * explained[i]
            criterion = draws * np.log(max(left, 1e-12 * squares)) + size * np.log(draws)
            if criterion < lowest:
                chosen, lowest = size, criterion
    return chosen


@njit()
def improve(products: Array, start: Array, sizes: Integers, fewest: int, cut: int) -> Array:
    """Add to the coefficients of one cell's first target what its draws say against them.

    The correction has the number of leading columns, maybe none, that Schwarz's criterion
    (draws · log residual squares + columns · log draws) says is worth it: so noise does not pass
    for a reason. Starting from nothing, it has the constant at least.

    Parameters
    ----------
    products : array (basis + 1, basis + target)
        One cell's, from `moments`.
    start : array (basis,)
        Coefficients so far.
    sizes : array
        Numbers of leading columns to choose from, ascending from 1.
    fewest : int
        Draws wanted for each column.
    cut : int
        Number of the target whose mean is added to the first.

    Returns
    -------
    array (basis,)
    """
    basis, draws = start.size, products[0, 0]
    better = start.copy()
    if not draws > 0.0:
        return better
    shift = products[0, basis + cut] / draws
    right = products[:basis, basis] + shift * products[:basis, 0]
    squares = products[basis, basis] + shift * (2.0 * products[0, basis] + shift * draws)
    for i in range(basis):
        fitted = 0.0
        for k in range(basis):
            fitted += products[i, k] * start[k]
        squares -= start[i] * (2.0 * right[i] - fitted)
        right[i] -= fitted
    if squares > 0.0:
        used = _affordable(sizes, fewest, draws)
        factor = np.zeros((used, used))
        _factorise(products, factor)
        explained = _forward(factor, right)
        size = _worth(explained, squares, draws, sizes, 0 if start.any() else 1)
        _backward(factor, explained, size, better)
    return better


@njit()
def evaluate(points: Array, how: Recipe, coefficients: Array, use: Labels, out: Array) -> Any:
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
    features, draws = points.shape
    cells, basis, targets = coefficients.shape
    hermite = np.empty((features, max(2, int(how.highest.max()) + 1), _TILE))
    columns, fitted = np.empty((basis, _TILE)), np.empty(_TILE)
    places = np.empty(_TILE + 1, np.int64)
    for start in range(0, draws, _TILE):
        for fit in range(use.shape[0]):
            for c in range(cells):
                count = _choose(use[fit], c, start, places)
                if count:
                    fill_columns(points, places[:count], how, hermite, columns)
                    for target in range(targets):
                        fitted[:] = 0.0
                        for a in range(basis):
                            for m in range(count):
                                fitted[m] += coefficients[c, a, target] * columns[a, m]
                        for m in range(count):
                            out[fit, target, places[m]] = fitted[m]
