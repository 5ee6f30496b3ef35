"""Several draws at once: a compiled type, `LANES`, that stands wherever a float does.

A function that is compiled for floats is compiled for lanes too: then each of its operations is one
of the processor's vector operations, on `WIDTH` draws side by side. So there is one definition of
a formula for both, and both give the same bits: additions, multiplications, divisions and square
roots are rounded as IEEE 754 says, whatever the width of the processor's registers (LLVM cuts
vectors to what there is), none is fused with another, and no sum goes across lanes.

A branch would have to go both ways: `where` takes the place of `if`, as in NumPy. An array of lanes
(`empty_lanes`) is indexed as one of floats is.
"""

# Numba's compiler and LLVM have no types for a checker.
# mypy: disable-error-code="no-untyped-call, import-untyped"

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.np.arrayobj import make_array, populate_array

from model.numerics.arrays import Array
from model.numerics.intrinsics import intrinsic
from model.numerics.jit import njit
from model.numerics.lane_type import LANES, MASK, VECTOR, WIDTH

__all__ = [
    "LANES",
    "WIDTH",
    "Lanes",
    "alike",
    "any_of",
    "empty_lanes",
    "lane",
    "load",
    "scatter",
    "store",
    "where",
]

#: Lanes, or an array of them, whose type no checker knows.
type Lanes = Any
#: Memory that NumPy gives is aligned to a float, not to a vector.
_ALIGNMENT = 8


def _where(_: Any, condition: Any, yes: Any, no: Any) -> Any:
    def emit(__: Any, builder: Any, ___: Any, args: Any) -> Any:
        return builder.select(*args)

    wide = any(one in (LANES, MASK) for one in (condition, yes, no))
    result, test = (LANES, MASK) if wide else (types.float64, types.boolean)
    return result(test, result, result), emit


def _alike(_: Any, like: Any, __: Any) -> Any:
    result = LANES if like == LANES else types.float64

    def emit(_context: Any, _builder: Any, _sig: Any, args: Any) -> Any:
        return args[1]

    return result(like, result), emit


def _any_of(_: Any, condition: Any) -> Any:
    def emit(__: Any, builder: Any, ___: Any, args: Any) -> Any:
        if condition != MASK:
            return args[0]
        bits = ir.IntType(WIDTH)
        return builder.icmp_unsigned("!=", builder.bitcast(args[0], bits), bits(0))

    return types.boolean(condition), emit


def _as_lanes(_: Any, array: Any, shape: Any) -> Any:
    found = types.Array(LANES, len(shape), "C", aligned=False)

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        source, target = make_array(array)(context, builder, args[0]), make_array(found)
        view, size = target(context, builder), context.get_constant(types.intp, 8 * WIDTH)
        extents, strides = _places(context, builder, sig.args[1], args[1]), [size]
        for extent in extents[:0:-1]:
            strides.insert(0, builder.mul(strides[0], extent))
        populate_array(
            view,
            data=builder.bitcast(source.data, VECTOR.as_pointer()),
            shape=extents,
            strides=strides,
            itemsize=size,
            meminfo=source.meminfo,
            parent=source.parent,
        )
        value = view._getvalue()  # noqa: SLF001  # as Numba's own code does
        context.nrt.incref(builder, found, value)
        return value

    return found(array, shape), emit


def _places(context: Any, builder: Any, kinds: Any, values: Any) -> list[Any]:
    """The members of a tuple of whole numbers, for LLVM."""
    pairs = zip(kinds, cgutils.unpack_tuple(builder, values), strict=True)
    return [context.cast(builder, value, kind, types.intp) for kind, value in pairs]


def _address(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Where the lanes are whose first float is at a place in an array."""
    array = make_array(sig.args[0])(context, builder, args[0])
    place = _places(context, builder, sig.args[1], args[1])
    first = cgutils.get_item_pointer(context, builder, sig.args[0], array, place)
    return builder.bitcast(first, VECTOR.as_pointer())


def _load(_: Any, array: Any, place: Any) -> Any:
    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load(_address(context, builder, sig, args), align=_ALIGNMENT)

    return LANES(array, place), emit


def _store(_: Any, array: Any, place: Any, __: Any) -> Any:
    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        builder.store(args[2], _address(context, builder, sig, args), align=_ALIGNMENT)
        return context.get_dummy_value()

    return types.void(array, place, LANES), emit


def _scatter(_: Any, array: Any, place: Any, __: Any) -> Any:
    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        target = make_array(sig.args[0])(context, builder, args[0])
        place = _places(context, builder, sig.args[1], args[1])
        first = cgutils.get_item_pointer(context, builder, sig.args[0], target, place)
        stride = cgutils.unpack_tuple(builder, target.strides)[0]
        for n in range(WIDTH):
            one = builder.extract_element(args[2], ir.Constant(ir.IntType(32), n))
            further = builder.mul(stride, context.get_constant(types.intp, n))
            builder.store(one, cgutils.pointer_add(builder, first, further))
        return context.get_dummy_value()

    return types.void(array, place, LANES), emit


def _lane(_: Any, __: Any, ___: Any) -> Any:
    def emit(__: Any, builder: Any, ___: Any, args: Any) -> Any:
        return builder.extract_element(*args)

    return types.float64(LANES, types.int32), emit


# All of these in compiled code only.
#: `yes` where the condition holds, `no` elsewhere; both are computed.
where = cast("Callable[[bool, float, float], float]", intrinsic(_where))
#: The second argument as the first is: lanes that are all the same, where that is lanes.
alike = cast("Callable[[float, float], float]", intrinsic(_alike))
#: Whether a condition holds in any lane.
any_of = cast("Callable[[bool], bool]", intrinsic(_any_of))
#: Lanes from the `WIDTH` floats that begin at a place in an array (…, draw), contiguous.
load = cast("Callable[[Array, tuple[int, ...]], Any]", intrinsic(_load))
#: Write lanes to the `WIDTH` floats that begin at a place in an array (…, draw), contiguous.
store = cast("Callable[[Array, tuple[int, ...], Any], None]", intrinsic(_store))
#: Write lanes to `WIDTH` draws that begin at a place in an array (draw, …).
scatter = cast("Callable[[Array, tuple[int, ...], Any], None]", intrinsic(_scatter))
#: Floats (draw,), contiguous, looked at as an array of lanes of a shape.
_as_array = cast("Callable[[Array, tuple[int, ...]], Any]", intrinsic(_as_lanes))
#: The float in one lane.
lane = cast("Callable[[Any, int], float]", intrinsic(_lane))


@njit(inline=True)
def empty_lanes(shape: tuple[int, ...]) -> Lanes:
    """Room for lanes, which begins where a line of the cache does: no lanes lie across two.

    Parameters
    ----------
    shape : tuple of int
        Of the array.

    Returns
    -------
    array of lanes
        Not filled.
    """
    floats = WIDTH
    for extent in shape:
        floats *= extent
    room = np.empty(floats + WIDTH)
    first = -(room.ctypes.data // 8) % WIDTH
    return _as_array(room[first : first + floats], shape)
