"""Exponentials and logarithms without a branch, in compiled code: of a float, or of lanes.

The same bits on every machine, where the C library's differ from one to the next; within two
units in the last place of the exact value, as a test holds. Arguments are cut to what a float can
hold the exponential of. Constants and the series of the logarithm are those of FDLIBM (Sun
Microsystems, 1993, `e_log.c`).
"""

# Numba's compiler and LLVM have no types for a checker.
# mypy: disable-error-code="import-untyped"

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir

from model.numerics.intrinsics import intrinsic
from model.numerics.jit import njit
from model.numerics.lanes import LANES, WIDTH

__all__ = ["exp", "expm1", "log", "log1p"]

_LOG2_E = 1.4426950408889634
#: ln 2 in two parts, the first with so few bits that its multiples are exact.
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
#: 1.5 · 2^52: added to a small number, it leaves the nearest whole one in the last bits.
_TO_WHOLE = 6755399441055744.0
_LOWEST, _HIGHEST = -708.0, 709.0
_BITS_OF_MANTISSA, _BIAS = 52, 1023
#: The bits of √½: mantissas are taken from there to √2.
_BITS_OF_ROOT_HALF = 0x3FE6A09E667F3BCD


def _bits(found: Any) -> tuple[Any, Callable[[int], Any]]:
    """LLVM's type of the bits of a float or of lanes, and a constant of it."""
    one = ir.IntType(64)
    if found != LANES:
        return one, lambda value: ir.Constant(one, value)
    many = ir.VectorType(one, WIDTH)
    return many, lambda value: ir.Constant(many, [value] * WIDTH)


def _emit_power(_: Any, shifted: Any) -> Any:
    kind, constant = _bits(shifted)

    def emit(context: Any, builder: Any, __: Any, args: Any) -> Any:
        bits = builder.shl(builder.bitcast(args[0], kind), constant(_BITS_OF_MANTISSA))
        bits = builder.add(bits, constant(_BIAS << _BITS_OF_MANTISSA))
        return builder.bitcast(bits, context.get_value_type(shifted))

    return shifted(shifted), emit


def _emit_exponent(_: Any, x: Any) -> Any:
    kind, constant = _bits(x)

    def emit(context: Any, builder: Any, __: Any, args: Any) -> Any:
        above = builder.sub(builder.bitcast(args[0], kind), constant(_BITS_OF_ROOT_HALF))
        whole = builder.ashr(above, constant(_BITS_OF_MANTISSA))
        return builder.sitofp(whole, context.get_value_type(x))

    return x(x), emit


def _emit_mantissa(_: Any, x: Any) -> Any:
    kind, constant = _bits(x)

    def emit(context: Any, builder: Any, __: Any, args: Any) -> Any:
        bits = builder.bitcast(args[0], kind)
        above = builder.sub(bits, constant(_BITS_OF_ROOT_HALF))
        exponent = builder.and_(above, constant(-1 << _BITS_OF_MANTISSA))
        return builder.bitcast(builder.sub(bits, exponent), context.get_value_type(x))

    return x(x), emit


#: 2^k, from k + `_TO_WHOLE`.
_power_of_two = cast("Callable[[float], float]", intrinsic(_emit_power))
#: k of x = 2^k · m, m from √½ to √2.
_exponent = cast("Callable[[float], float]", intrinsic(_emit_exponent))
#: m of it.
_mantissa = cast("Callable[[float], float]", intrinsic(_emit_mantissa))


@njit(inline=True)
def _small_expm1(r: float) -> float:
    """e^r - 1 for |r| ≤ ln 2 / 2: Taylor's series to the thirteenth power, in four parts."""
    square = r * r
    fourth = square * square
    first = 1.0 / 2.0 + r * (1.0 / 6.0)
    second = (1.0 / 24.0 + r * (1.0 / 120.0)) + square * (1.0 / 720.0 + r * (1.0 / 5040.0))
    third = (1.0 / 40320.0 + r * (1.0 / 362880.0)) + square * (
        1.0 / 3628800.0 + r * (1.0 / 39916800.0)
    )
    fourth_part = 1.0 / 479001600.0 + r * (1.0 / 6227020800.0)
    rest = first + square * (second + fourth * (third + fourth * fourth_part))
    return r + square * rest


@njit(inline=True)
def exp(x: float) -> float:
    """e^x.

    Parameters
    ----------
    x : float
        Or lanes; below -708 as at -708, above 709 as at 709.

    Returns
    -------
    float
    """
    x = min(max(x, _LOWEST), _HIGHEST)
    shifted = x * _LOG2_E + _TO_WHOLE
    k = shifted - _TO_WHOLE
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    return (1.0 + _small_expm1(r)) * _power_of_two(shifted)


@njit(inline=True)
def expm1(x: float) -> float:
    """e^x - 1, exact where x is small.

    Parameters
    ----------
    x : float
        Or lanes; below -708 as at -708, above 709 as at 709.

    Returns
    -------
    float
    """
    x = min(max(x, _LOWEST), _HIGHEST)
    shifted = x * _LOG2_E + _TO_WHOLE
    k = shifted - _TO_WHOLE
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    power = _power_of_two(shifted)
    return power * _small_expm1(r) + (power - 1.0)


@njit(inline=True)
def log(x: float) -> float:
    """Natural logarithm.

    Parameters
    ----------
    x : float
        Or lanes; above 0, and not so small that a float holds it with fewer bits.

    Returns
    -------
    float
    """
    k, f = _exponent(x), _mantissa(x) - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = z * (
        6.666666666666735130e-01
        + w
        * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    even = w * (
        3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01)
    )
    half = 0.5 * f * f
    return k * _LN2_HIGH - ((half - (s * (half + (odd + even)) + k * _LN2_LOW)) - f)


@njit(inline=True)
def log1p(x: float) -> float:
    """Natural logarithm of 1 + x, exact where x is small.

    Parameters
    ----------
    x : float
        Or lanes; above -1.

    Returns
    -------
    float
    """
    whole = 1.0 + x
    return log(whole) + (x - (whole - 1.0)) / whole
