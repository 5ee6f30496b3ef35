"""The compiled type of several draws at once, and what its operators are: see `lanes`."""

# Numba's compiler and LLVM have no types for a checker.
# mypy: disable-error-code="no-untyped-call, untyped-decorator, import-untyped, attr-defined"

import math
import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typeconv import Conversion
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import lower_builtin, lower_cast, models, register_model

__all__ = ["LANES", "MASK", "VECTOR", "WIDTH"]

#: Draws side by side: a register of AVX-512, two of AVX2, four of SSE2 or NEON.
WIDTH = 8

VECTOR = ir.VectorType(ir.DoubleType(), WIDTH)
_BITS = ir.VectorType(ir.IntType(1), WIDTH)
_INDEX = ir.IntType(32)


class _LanesType(types.Type):
    """`WIDTH` floats; a number becomes lanes that are all the same."""

    def __init__(self) -> None:
        super().__init__(name=f"Lanes({WIDTH})")

    def can_convert_from(self, _: Any, other: Any) -> Any:
        return Conversion.safe if isinstance(other, (types.Float, types.Integer)) else None

    def unify(self, _: Any, other: Any) -> Any:
        return self if isinstance(other, (types.Float, types.Integer)) else None


class _MaskType(types.Type):
    """What comparing lanes gives; a truth value becomes a mask that is all the same."""

    def __init__(self) -> None:
        super().__init__(name=f"Mask({WIDTH})")

    def can_convert_from(self, _: Any, other: Any) -> Any:
        return Conversion.safe if isinstance(other, types.Boolean) else None

    def unify(self, _: Any, other: Any) -> Any:
        return self if isinstance(other, types.Boolean) else None


#: Numba's types of lanes and of what comparing them gives.
LANES, MASK = _LanesType(), _MaskType()


def _modelled(numba_type: type, vector: ir.VectorType) -> None:
    @register_model(numba_type)
    class _Model(models.PrimitiveModel):
        def __init__(self, manager: Any, front_end: Any) -> None:
            super().__init__(manager, front_end, vector)


_modelled(_LanesType, VECTOR)
_modelled(_MaskType, _BITS)


def _all_the_same(builder: Any, value: Any, vector: ir.VectorType) -> Any:
    undefined, first = ir.Constant(vector, ir.Undefined), ir.Constant(_INDEX, 0)
    one = builder.insert_element(undefined, value, first)
    places = ir.Constant(ir.VectorType(_INDEX, WIDTH), [0] * WIDTH)
    return builder.shuffle_vector(one, undefined, places)


@lower_cast(types.Float, _LanesType)
@lower_cast(types.Integer, _LanesType)
def _from_number(context: Any, builder: Any, found: Any, _: Any, value: Any) -> Any:
    number = context.cast(builder, value, found, types.float64)
    return _all_the_same(builder, number, VECTOR)


@lower_cast(types.Boolean, _MaskType)
def _from_truth(context: Any, builder: Any, found: Any, _: Any, value: Any) -> Any:
    return _all_the_same(builder, context.cast(builder, value, found, types.boolean), _BITS)


def _define(
    function: Callable[..., Any],
    emit: Callable[..., Any],
    operands: int = 2,
    of: types.Type = LANES,
    gives: types.Type = LANES,
) -> None:
    """Let `function` take lanes where one of its operands is, as LLVM's `emit` computes it."""
    plain = (types.Float, types.Integer) if of is LANES else types.Boolean

    @infer_global(function)
    class _Typed(AbstractTemplate):
        def generic(self, args: tuple[Any, ...], _: Any) -> Any:
            known = all(one is of or isinstance(one, plain) for one in args)
            if len(args) == operands and known and of in args:
                return signature(gives, *[of] * operands)
            return None

    def lower(_: Any, builder: Any, __: Any, args: tuple[Any, ...]) -> Any:
        return emit(builder, *args)

    lower_builtin(function, *[of] * operands)(lower)


def _compared(sign: str) -> Callable[..., Any]:
    return lambda builder, x, y: builder.fcmp_ordered(sign, x, y)


def _chosen(sign: str) -> Callable[..., Any]:
    """Python's `min` and `max`: the first, unless the second is beyond it."""
    return lambda builder, x, y: builder.select(builder.fcmp_ordered(sign, y, x), y, x)


def _square_root(builder: Any, x: Any) -> Any:
    kind = ir.FunctionType(VECTOR, [VECTOR])
    function = cgutils.get_or_insert_function(builder.module, kind, f"llvm.sqrt.v{WIDTH}f64")
    return builder.call(function, [x])


for _plain, _in_place, _emit in (
    (operator.add, operator.iadd, "fadd"),
    (operator.sub, operator.isub, "fsub"),
    (operator.mul, operator.imul, "fmul"),
    (operator.truediv, operator.itruediv, "fdiv"),
):
    for _operator in (_plain, _in_place):
        _define(_operator, getattr(ir.IRBuilder, _emit))
for _operator, _sign in (
    (operator.lt, "<"),
    (operator.le, "<="),
    (operator.gt, ">"),
    (operator.ge, ">="),
    (operator.eq, "=="),
):
    _define(_operator, _compared(_sign), gives=MASK)
_define(operator.neg, ir.IRBuilder.fneg, 1)
_define(math.sqrt, _square_root, 1)
_define(max, _chosen(">"))
_define(min, _chosen("<"))
_define(operator.and_, ir.IRBuilder.and_, of=MASK, gives=MASK)
