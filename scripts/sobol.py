"""Write the table of primitive polynomials and first direction numbers that the sampler reads.

The numbers are those of S. Joe and F. Y. Kuo (2008), "Constructing Sobol sequences with better
two-dimensional projections" (search criterion D(6)), as `scipy.stats.qmc.Sobol` has them. They are
read off its points: point 2^k in the order of the Gray code differs from the point before by
direction numbers k and k + 1. The polynomials are all primitive ones in increasing order.

    uv run scripts/sobol.py
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

#: Enough for 40 players.
DIMENSIONS = 1_024
BITS = 32
TABLE = Path(__file__).parents[1] / "model" / "sampling" / "joe_kuo.txt"

HEADER = """\
# Sobol sequence: a line for each dimension, of its primitive polynomial (the bits of its
# coefficients, the highest first) and its first direction numbers m_1, m_2, … m_degree.
# S. Joe and F. Y. Kuo, SIAM Journal on Scientific Computing 30 (2008), 2635; criterion D(6).
# Made by scripts/sobol.py.
"""

type Integers = npt.NDArray[np.int64]


def primitive_polynomials(count: int) -> list[int]:
    """The first `count` primitive polynomials over {0, 1}, each the bits of its coefficients."""
    found, degree = [1], 1
    while len(found) < count:
        order = 2**degree - 1
        factors = prime_factors(order)
        for polynomial in range(2**degree + 1, 2 ** (degree + 1), 2):
            if len(found) < count and primitive(polynomial, order, factors):
                found.append(polynomial)
        degree += 1
    return found


def primitive(polynomial: int, order: int, factors: list[int]) -> bool:
    """Whether `order`, with these prime factors, is the lowest power to which x is 1."""
    smaller = (power_of_x(order // one, polynomial) for one in factors)
    return power_of_x(order, polynomial) == 1 and 1 not in smaller


def prime_factors(number: int) -> list[int]:
    """Its different prime factors."""
    found, divisor = [], 2
    while number > 1:
        if number % divisor == 0:
            found.append(divisor)
            while number % divisor == 0:
                number //= divisor
        divisor += 1
    return found


def power_of_x(exponent: int, polynomial: int) -> int:
    """The variable x to the power of `exponent`, modulo the polynomial, over {0, 1}."""
    result, base = 1, reduced(2, polynomial)
    while exponent:
        if exponent & 1:
            result = product(result, base, polynomial)
        base = product(base, base, polynomial)
        exponent >>= 1
    return result


def product(one: int, other: int, polynomial: int) -> int:
    """The product of two polynomials, modulo a third."""
    total = 0
    while other:
        if other & 1:
            total ^= one
        one = reduced(one << 1, polynomial)
        other >>= 1
    return total


def reduced(one: int, polynomial: int) -> int:
    """A polynomial of at most the other's degree, modulo the other."""
    return one ^ polynomial if one.bit_length() == polynomial.bit_length() else one


def first_numbers(polynomials: list[int]) -> Integers:
    """Odd numbers m_1 … m_degree of each dimension, 0 beyond: (dimension, place)."""
    from scipy.stats import qmc

    degrees = np.array([max(1, one.bit_length() - 1) for one in polynomials])
    engine = qmc.Sobol(len(polynomials), scramble=False, bits=BITS)
    numbers = np.zeros((len(polynomials), int(degrees.max())), np.int64)
    before = np.zeros(len(polynomials), np.uint64)
    for place in range(numbers.shape[1]):
        engine.fast_forward(2**place - engine.num_generated)
        here = (engine.random(1)[0] * 2.0**BITS).astype(np.uint64)
        # The Gray code of 2^k has the bits k and k − 1: what the point before has of both is known.
        word = here ^ before
        numbers[:, place] = np.where(place < degrees, word >> np.uint64(BITS - 1 - place), 0)
        before = word
    return numbers


def table() -> str:
    """The file's text."""
    polynomials = primitive_polynomials(DIMENSIONS)
    lines = [
        " ".join(str(number) for number in (polynomial, *numbers) if number)
        for polynomial, numbers in zip(polynomials, first_numbers(polynomials), strict=True)
    ]
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Write the table."""
    TABLE.write_text(table(), encoding="utf-8")
    print(f"{TABLE.name}: {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
