"""How heavy the tail of the weights is that an estimate averages: Pareto's k.

Above 0.7 a mean of so many draws converges too slowly to be relied on, and its error, which comes
from the same draws, does not show it: A. Vehtari, D. Simpson, A. Gelman, Y. Yao and J. Gabry,
Journal of Machine Learning Research 25 (2024), 72. The fit is that of J. Zhang and M. A. Stephens,
Technometrics 51 (2009), 316, as there.
"""

from math import ceil, inf, sqrt

import numpy as np

from model.numerics.arrays import Array

__all__ = ["LARGEST_SHAPE", "pareto_shape"]

#: Above it a figure cannot be estimated.
LARGEST_SHAPE = 0.7
#: Fewer draws in the tail show no shape.
_FEWEST = 5
#: Below this part of the largest excess, that of a typical draw of the tail is as good as none.
_NOTHING = 1e-200
#: A weak prior: so many observations at a shape of a half steady small tails.
_OBSERVATIONS, _HALF = 10, 0.5


def pareto_shape(log_weights: Array) -> float:
    """Shape k of a generalized Pareto distribution of the largest weights.

    Parameters
    ----------
    log_weights : array (draw,)
        Their logarithms, in any order; a constant added to all changes nothing.

    Returns
    -------
    float
        −inf where no weight exceeds those below the tail; inf where too few do to show a shape, or
        where all but the largest are nothing beside it.
    """
    count = len(log_weights)
    size = ceil(min(0.2 * count, 3.0 * sqrt(count)))
    if size >= count:
        return inf
    tail = np.sort(np.partition(log_weights, count - size - 1)[count - size - 1 :])
    # As differences of logarithms, so that neither overflow nor cancellation hides the tail.
    above = tail[tail > tail[0]] - tail[0]
    if not above.size:
        return -inf
    with np.errstate(under="ignore"):
        excess = -np.expm1(-above) * np.exp(above - above[-1])
    if len(excess) < _FEWEST or _typical(excess) < _NOTHING * excess[-1]:
        return inf
    return _fitted(excess)


def _typical(excess: Array) -> float:
    """The first quartile of what is sorted."""
    return float(excess[int(len(excess) / 4 + 0.5) - 1])


def _fitted(excess: Array) -> float:
    """Posterior mean of k (Zhang and Stephens) of sorted excesses (draw,) over a threshold."""
    size = len(excess)
    points = 30 + int(sqrt(size))
    places = (np.arange(points) + 0.5) / points
    grid = 1.0 / excess[-1] + (1.0 - 1.0 / np.sqrt(places)) / (3.0 * _typical(excess))
    shapes = np.log1p(-grid[:, None] * excess).mean(axis=1)
    fits = size * (np.log(-grid / shapes) - shapes - 1.0)
    shares = np.exp(fits - fits.max())
    shares[shares < _OBSERVATIONS * np.finfo(float).eps * shares.sum()] = 0.0
    middle = float(grid @ shares / shares.sum())
    shape = float(np.log1p(-middle * excess).mean())
    return (shape * size + _OBSERVATIONS * _HALF) / (size + _OBSERVATIONS)
