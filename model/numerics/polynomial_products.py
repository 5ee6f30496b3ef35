"""Products of polynomials of several quantities, for many draws at once."""

import numpy as np

from model.numerics.arrays import Integers, Singles
from model.numerics.jit import njit

__all__ = ["FACTORS", "fill_products"]

#: Quantities in a product at most.
FACTORS = 3


@njit()
def fill_products(
    tables: Singles,
    cells: Integers,
    start: int,
    members: Integers,
    degrees: Integers,
    out: Singles,
) -> None:
    """Fill `out` with the values of products of polynomials.

    Parameters
    ----------
    tables : array (quantity, degree, bin)
        Polynomials of each quantity from degree 0, in single precision.
    cells : array (quantity, row)
        Bin of each row.
    start : int
        First row wanted; as many follow as `out` has.
    members : array (term, factor)
        Quantity of each of the `FACTORS` factors of a term.
    degrees : array (term, factor)
        Degree of each, 0 for no factor.
    out : array (term, row)
        What is filled.
    """
    quantities, powers = tables.shape[:2]
    rows = out.shape[1]
    factors = np.empty((quantities, powers, rows), np.float32)
    for quantity in range(quantities):
        for degree in range(powers):
            table, values = tables[quantity, degree], factors[quantity, degree]
            for row in range(rows):
                values[row] = table[cells[quantity, start + row]]
    for term in range(len(members)):
        first = factors[members[term, 0], degrees[term, 0]]
        second = factors[members[term, 1], degrees[term, 1]]
        third = factors[members[term, 2], degrees[term, 2]]
        for row in range(rows):
            out[term, row] = first[row] * second[row] * third[row]
