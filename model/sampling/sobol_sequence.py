"""Scrambled Sobol points, a dimension at a time.

Each dimension's scrambling has a seed of its own, so that one more dimension changes nothing in
the others. Direction numbers are those of S. Joe and F. Y. Kuo (2008), "Constructing Sobol
sequences with better two-dimensional projections", as `scripts/sobol.py` reads them off SciPy's
points; the scrambling is the random linear one of J. Matoušek (1998), "On the L2-discrepancy for
anchored boxes", with a digital shift. Points are the midpoints of cells of width 2^-32, so none is
0 or 1.

SciPy's own generator serves no dimension by itself, and gives an exact 0 where a quantile is −∞.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from model.numerics.arrays import Array, Integers, Words
from model.numerics.jit import njit

__all__ = ["MAX_DIMENSIONS", "SCRAMBLE_WORDS", "direction_numbers", "fill_points"]


_BITS = 32
MAX_DIMENSIONS = 1_024
#: Random words that a dimension's scrambling takes: a row of the matrix a bit, and the shift.
SCRAMBLE_WORDS = _BITS + 1


#: A file, because importing scipy.stats for its points would take longer than a run.
_TABLE = Path(__file__).with_name("joe_kuo.txt")


@cache
def _table() -> list[list[int]]:
    """Of each dimension, the polynomial and then the first direction numbers."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return [[int(number) for number in line.split()] for line in lines if not line.startswith("#")]


@njit()
def _directions(polynomial: int, initial: Integers) -> Words:
    """Direction numbers of one dimension (bit,), by the recurrence of Bratley and Fox (1988)."""
    degree = 0
    while polynomial >> (degree + 1):
        degree += 1
    numbers = np.ones(32, dtype=np.int64)
    for j in range(degree):
        numbers[j] = initial[j]
    for j in range(degree, 32):
        number = numbers[j - degree]
        for k in range(degree):
            if (polynomial >> (degree - 1 - k)) & 1:
                number ^= numbers[j - k - 1] << (k + 1)
        numbers[j] = number
    words = np.empty(32, dtype=np.uint32)
    for j in range(32):
        words[j] = np.uint32(numbers[j] << (31 - j))
    return words


def direction_numbers(columns: Sequence[int]) -> Words:
    """Direction numbers of some columns of the sequence.

    Parameters
    ----------
    columns : sequence of int
        Each from 0 to `MAX_DIMENSIONS` - 1.

    Returns
    -------
    ndarray of uint32, shape (column, bit)
    """
    table = _table()
    numbers = np.empty((len(columns), _BITS), dtype=np.uint32)
    # The first, of van der Corput, has no polynomial: all its initial numbers are 1.
    first = np.uint32(1) << np.arange(_BITS - 1, -1, -1, dtype=np.uint32)
    for place, column in enumerate(columns):
        polynomial, *initial = table[column]
        numbers[place] = _directions(polynomial, np.array(initial, np.int64)) if column else first
    return numbers


@njit()
def _parity(word: np.uint32) -> np.uint32:
    word ^= word >> np.uint32(16)
    word ^= word >> np.uint32(8)
    word ^= word >> np.uint32(4)
    word ^= word >> np.uint32(2)
    word ^= word >> np.uint32(1)
    return word & np.uint32(1)


@njit()
def _scramble(numbers: Words, words: Words) -> Words:
    """Multiply direction numbers (bit,) by a random lower triangular matrix over {0, 1}."""
    scrambled = np.zeros(32, dtype=np.uint32)
    for bit in range(32):
        place = np.uint32(31 - bit)
        own = np.uint32(1) << place
        higher = ~((own << np.uint32(1)) - np.uint32(1)) if bit > 0 else np.uint32(0)
        row = (words[bit] & higher) | own
        for column in range(32):
            scrambled[column] |= _parity(row & numbers[column]) << place
    return scrambled


@njit()
def fill_points(numbers: Words, words: Words, out: Array, start: int = 0) -> None:
    """Fill `out` (draw,) with one dimension's points in (0, 1), in the order of the Gray code.

    `numbers` (bit,) are the dimension's direction numbers, `words` (SCRAMBLE_WORDS,) its random
    words.

    Parameters
    ----------
    numbers : array of uint32 (bit,)
        The dimension's direction numbers.
    words : array of uint32 (SCRAMBLE_WORDS,)
        Random words, which scramble the points.
    out : array (draw,)
        Filled with midpoints of cells 2⁻³² wide.
    start : int
        Place of the first of them in the sequence.
    """
    directions = _scramble(numbers, words)
    point = words[32]
    gray = start ^ (start >> 1)
    for bit in range(32):
        if (gray >> bit) & 1:
            point ^= directions[bit]
    for n in range(out.shape[0]):
        out[n] = (np.float64(point) + 0.5) / 4294967296.0
        zeros = 0
        while ((start + n + 1) >> zeros) & 1 == 0:
            zeros += 1
        point ^= directions[min(zeros, 31)]
