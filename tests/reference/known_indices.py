"""Functions of independent inputs whose Sobol indices are known, to test estimators on."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]

G_WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])


@dataclass(frozen=True)
class Truth:
    """Exact first-order and total Sobol indices, and Shapley effects as shares (input,)."""

    first_order: Floats
    total_order: Floats
    shapley: Floats


def ishigami(x: Floats) -> Floats:
    """Ishigami and Homma (1990), inputs (row, 3) uniform on (−π, π)."""
    one, two, three = x.T
    return np.asarray(np.sin(one) + 7.0 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))


def ishigami_truth() -> Truth:
    """Variances of the effects: integrals of the terms over the cube."""
    alone = np.array([0.5 * (1.0 + 0.1 * np.pi**4 / 5.0) ** 2, 49.0 / 8.0, 0.0])
    together = 0.1**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    shared = np.array([together, 0.0, together])
    whole = alone.sum() + together
    return Truth(alone / whole, (alone + shared) / whole, (alone + shared / 2.0) / whole)


def g_function(x: Floats) -> Floats:
    """Sobol's g-function, inputs (row, 6) uniform on (0, 1)."""
    return np.asarray(((np.abs(4.0 * x - 2.0) + G_WEIGHTS) / (1.0 + G_WEIGHTS)).prod(axis=1))


def g_truth() -> Truth:
    """Products of independent factors of mean 1 (Saltelli and Sobol 1995)."""
    from tests.reference.shapley import shapley_values

    factor = 1.0 / 3.0 / (1.0 + G_WEIGHTS) ** 2
    whole = np.prod(1.0 + factor) - 1.0
    total = factor * np.prod(1.0 + factor) / (1.0 + factor)
    shapley = shapley_values(
        lambda known: float(np.prod(1.0 + factor[list(known)]) - 1.0), len(factor)
    )
    return Truth(factor / whole, total / whole, shapley / whole)
