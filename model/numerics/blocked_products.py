"""Weighted sums of products of many columns at once, with the sums kept in registers.

Four columns by four at a time, eight draws wide: sixteen sums stay in the processor's registers
while the draws pass, which is three times as fast as summing one pair after another. The width is
written into the code, and no sum is reordered or fused, so the bytes are the same on processors
with vectors of 128, 256 and 512 bits, and on any number of cores.
"""

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils

from model.numerics.arrays import Array
from model.numerics.intrinsics import intrinsic
from model.numerics.jit import njit

__all__ = ["BLOCK", "WIDTH", "padded", "weighted_products"]


#: Columns of a block, and draws that are added up side by side.
BLOCK, WIDTH = 4, 8


def _second(builder: Any, shape: Any) -> Any:
    return builder.extract_value(shape, 1)


@intrinsic
def _add_block(
    _context: Any, columns: Any, weights: Any, a: Any, b: Any, first: Any, groups: Any, out: Any
) -> Any:
    """Add to out[a : a + 4, b : b + 4] the products of both blocks over `groups` of eight draws."""
    vector, word = ir.VectorType(ir.DoubleType(), WIDTH), ir.IntType(64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def array(place: int) -> Any:
            return context.make_array(signature.args[place])(context, builder, arguments[place])

        def row(data: Any, line: Any, stride: Any, column: Any) -> Any:
            return builder.gep(data, [builder.add(builder.mul(line, stride), column)])

        def wide(pointer: Any) -> Any:
            return builder.load(builder.bitcast(pointer, ir.PointerType(vector)), align=8)

        matrix, weight, total = array(0), array(1), array(6)
        stride = _second(builder, matrix.shape)
        across = _second(builder, total.shape)
        left, right, begin, count = arguments[2:6]
        pairs = [(i, j) for i in range(BLOCK) for j in range(BLOCK)]
        room: Any = cgutils.alloca_once
        sums = {pair: room(builder, vector) for pair in pairs}
        nothing = ir.Constant(vector, [0.0] * WIDTH)
        for pair in pairs:
            builder.store(nothing, sums[pair])
        with cgutils.for_range(builder, count) as loop:
            at = builder.add(begin, builder.mul(loop.index, ir.Constant(word, WIDTH)))
            scale = wide(builder.gep(weight.data, [at]))
            lines = [ir.Constant(word, i) for i in range(BLOCK)]
            x = [wide(row(matrix.data, builder.add(left, i), stride, at)) for i in lines]
            y = [wide(row(matrix.data, builder.add(right, i), stride, at)) for i in lines]
            x = [builder.fmul(one, scale) for one in x]
            for i, j in pairs:
                now = builder.fadd(builder.load(sums[i, j]), builder.fmul(x[i], y[j]))
                builder.store(now, sums[i, j])
        for i, j in pairs:
            whole = builder.load(sums[i, j])
            parts = [builder.extract_element(whole, ir.Constant(word, k)) for k in range(WIDTH)]
            while len(parts) > 1:
                parts = [builder.fadd(*parts[k : k + 2]) for k in range(0, len(parts), 2)]
            line = builder.add(left, ir.Constant(word, i))
            cell = row(total.data, line, across, builder.add(right, ir.Constant(word, j)))
            builder.store(builder.fadd(builder.load(cell), parts[0]), cell)
        return context.get_dummy_value()

    return types.void(columns, weights, a, b, first, groups, out), generate


#: Draws that pass before the next pair of blocks: so that both stay in the first cache.
_TILE = 512


def padded(size: int, by: int) -> int:
    """The next multiple.

    Parameters
    ----------
    size : int
        At least 0.
    by : int
        At least 1.

    Returns
    -------
    int
    """
    return -(-size // by) * by


@njit(inner=True)
def weighted_products(columns: Array, weights: Array, draws: int, leading: int, out: Array) -> None:
    """Sums over draws of weight · column a · column b, of the pairs a ≥ b that are asked for.

    Of the first columns with each other, and of the last `BLOCK` with these and with each other.

    Parameters
    ----------
    columns : array (column, place)
        Contiguous; so many columns that `BLOCK` divides them, finite in the places up to the next
        multiple of `WIDTH`.
    weights : array (place,)
        Changed to 0 in the places beyond `draws` up to that multiple.
    draws : int
        Places that count.
    leading : int
        How many of the first columns are wanted; those of the last block are not among them.
    out : array (column, column)
        Filled on and below the diagonal; in other columns than those with what is of no use.
    """
    rows = columns.shape[0]
    groups = (draws + WIDTH - 1) // WIDTH
    weights[draws : groups * WIDTH] = 0.0
    end, last = (leading + BLOCK - 1) // BLOCK * BLOCK, rows - BLOCK
    out[:] = 0.0
    for tile in range(0, groups * WIDTH, _TILE):
        many = min(_TILE // WIDTH, groups - tile // WIDTH)
        for a in range(0, rows, BLOCK):
            if a < end or a == last:
                for b in range(0, a + BLOCK, BLOCK):
                    if b < end or b == last:
                        _add_block(columns, weights, a, b, tile, many, out)
