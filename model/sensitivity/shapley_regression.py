"""One outcome regressed on functions of single inputs, and on those products that it asks for."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from model.numerics.arrays import Array, Flags, Integers, Singles

__all__ = ["PRODUCTS", "Regression", "centred", "degrees", "regress"]

type Name = tuple[int, ...]

#: Functions of single inputs, over all inputs, about; and at most for one.
_FUNCTIONS = 160
_MOST_DEGREES = 10
#: Rounds in which products are looked for, and how many each adds at most.
_ROUNDS = 2
PRODUCTS = 64
#: Draws for each column of the regression, at least.
_DRAWS_A_COLUMN = 20
#: Standard errors from 0 of a product that is worth a try.
_WORTH_A_TRY = 2.0
_RIDGE = 1e-5
#: Rows of the table before the columns: the constant 1, the outcome.
_FIRST = 2


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Moments of an outcome and the columns on which it is regressed.

    Attributes
    ----------
    moments : array (block, column + 2, column + 2)
        Sums of products of (1, outcome, columns) in each block; the outcome has mean 0 and
        variance 1, so has each column, about.
    inputs : array of bool (column, input)
        The inputs of which each column is a function.
    single : int
        How many columns, the first ones, are functions of a single input.
    """

    moments: Array
    inputs: Flags
    single: int

    def first(self, count: int) -> "Regression":
        """The same with the first `count` columns only.

        Parameters
        ----------
        count : int
            Columns kept.

        Returns
        -------
        Regression
        """
        kept = count + _FIRST
        return Regression(self.moments[:, :kept, :kept], self.inputs[:count], self.single)


def degrees(inputs: int, rows: int) -> int:
    """How many functions of each input there are room for.

    Parameters
    ----------
    inputs : int
        Number of inputs.
    rows : int
        Number of draws.

    Returns
    -------
    int
        1 or more.
    """
    room = min(_FUNCTIONS, rows // _DRAWS_A_COLUMN)
    return max(1, min(_MOST_DEGREES, room // inputs))


def regress(outcome: Array, bases: list[Singles], starts: Integers) -> Regression:
    """Regress `outcome` (row,), which varies, on the functions of each input and on products.

    Products of two functions, then of three or four, are looked for in the residual of the first
    half of the blocks, so that the other half can judge what was found.

    Parameters
    ----------
    outcome : array (row,)
        Draws, block by block.
    bases : list of array (function, row)
        The functions of each input; at least one in all.
    starts : array (block + 1,)
        First row of each block, and the end.

    Returns
    -------
    Regression
    """
    single = sum(map(len, bases))
    room = max(0, min(_ROUNDS * PRODUCTS, len(outcome) // _DRAWS_A_COLUMN - single))
    table = np.empty((_FIRST + single + room, len(outcome)), np.float32)
    table[0] = 1.0
    table[1] = (outcome - outcome.mean()) / outcome.std()
    table[_FIRST : _FIRST + single] = np.concatenate(bases)
    owner = np.repeat(np.arange(len(bases)), [len(basis) for basis in bases])
    inputs = owner[:, None] == np.arange(len(bases))
    names: list[Name] = [(place,) for place in range(single)]
    moments = np.empty((len(starts) - 1, len(table), len(table)))
    done = 0
    while True:
        last = _FIRST + len(names)
        _fill_moments(moments, table, done, last, starts)
        done = last
        wanted = min(PRODUCTS, len(table) - last)
        found = _wanted(table[:last], moments[:, :last, :last], inputs, names, starts, wanted)
        if not found:
            return Regression(moments[:, :last, :last], inputs, single)
        left, right = (np.array([pair[side] for pair in found]) for side in (0, 1))
        _fill_products(table[last : last + len(found)], table[_FIRST:], left, right)
        names += [_name(names, *pair) for pair in found]
        inputs = np.concatenate([inputs, inputs[left] | inputs[right]])


def _fill_moments(moments: Array, table: Singles, done: int, last: int, starts: Integers) -> None:
    """Fill in the moments of rows `done` … `last` − 1 of the table with all up to there."""
    for block, (start, end) in enumerate(pairwise(starts)):
        part = table[:last, start:end]
        sums = part[done:] @ part.T
        moments[block, done:last, :last] = sums
        moments[block, :last, done:last] = sums.T


def _fill_products(out: Singles, columns: Singles, left: Integers, right: Integers) -> None:
    np.multiply(columns[left], columns[right], out=out)
    out -= out.mean(axis=1, keepdims=True)
    out /= np.maximum(out.std(axis=1, keepdims=True), 1e-30)


def centred(moments: Array) -> Array:
    """Covariances times the number of rows of (outcome, columns), with a ridge on the columns.

    Parameters
    ----------
    moments : array (column + 2, column + 2)
        Sums of products of (1, outcome, columns).

    Returns
    -------
    array (column + 1, column + 1)
    """
    result: Array = moments[1:, 1:] - np.outer(moments[1:, 0], moments[0, 1:]) / moments[0, 0]
    inside = np.arange(1, len(result))
    result[inside, inside] += _RIDGE * moments[0, 0]
    return result


def _wanted(
    table: Singles,
    moments: Array,
    inputs: Flags,
    names: list[Name],
    starts: Integers,
    wanted: int,
) -> list[tuple[int, int]]:
    """Up to `wanted` products (column, function), those the residual correlates with most first.

    Only what is beyond the noise: a product's sum with the residual over its own root sum of
    squares, which no single draw can drive.
    """
    if not wanted:
        return []
    rows = int(starts[len(starts) // 2])
    covariance = centred(moments.sum(axis=0))
    slopes = np.linalg.solve(covariance[1:, 1:], covariance[1:, 0])
    columns = table[_FIRST:, :rows]
    single = sum(len(name) == 1 for name in names)
    weighted = columns * (table[1, :rows] - slopes.astype(np.float32) @ columns)
    sums = np.abs(weighted @ columns[:single].T)
    noise = np.sqrt(np.square(weighted, out=weighted) @ np.square(columns[:single]).T)
    sums[inputs[:, inputs[:single].argmax(axis=1)]] = 0.0
    sums[sums < _WORTH_A_TRY * noise] = 0.0
    found: list[tuple[int, int]] = []
    seen = set(names)
    for flat in np.argsort(-sums, axis=None)[: np.count_nonzero(sums)]:
        pair = divmod(int(flat), single)
        name = _name(names, *pair)
        if name not in seen:
            seen.add(name)
            found.append(pair)
            if len(found) == wanted:
                break
    return found


def _name(names: list[Name], left: int, right: int) -> Name:
    return tuple(sorted((*names[left], right)))
