"""An outcome's conditional mean at a value of one input, the others free to follow it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["ConditionalMeans", "conditional_means"]

type Floats = npt.NDArray[np.float64]
type Integers = npt.NDArray[np.int64]

#: Half the width of the window in normal scores, at this many draws.
_HALF_WIDTH = 0.5
_AT_DRAWS = 65536
#: A value that makes up this share of the draws is conditioned on as it is.
_ATOM = 0.01
_FEWEST = 32


@dataclass(frozen=True, slots=True, eq=False)
class ConditionalMeans:
    """Conditional means of several outcomes at several values of an input.

    Attributes
    ----------
    at : array (point,)
        The values of the input.
    mean : array (point, outcome)
        The conditional means.
    error : array (block, point, outcome)
        What each block adds to the error of the mean: the errors are their sums.
    """

    at: Floats
    mean: Floats
    error: Floats


def conditional_means(
    values: Floats, outcomes: Floats, block: Integers, probabilities: Floats
) -> ConditionalMeans:
    """E[outcome | input = q] at the quantiles q of an input, from joint draws.

    A weighted quadratic regression on the normal score of the input's rank, within half a unit of
    the quantile's score (narrower with more draws), with the kernel of Epanechnikov: local, so
    that a heavy tail at one end of the input does not reach the other. A quantile that many draws
    share (an event, a class, a bound) is conditioned on as it is. For an event, whatever the
    probabilities, the first and last point are its two values.

    Parameters
    ----------
    values : array (row,)
        Draws of the input.
    outcomes : array (row, outcome)
        Draws of the outcomes.
    block : array (row,)
        Block of each row, from 0.
    probabilities : array (point,)
        Of the quantiles, in increasing order.
    """
    order = np.argsort(values)
    ordered = values[order]
    rows = len(values)
    places = np.ceil(np.asarray(probabilities) * rows).astype(np.int64).clip(1, rows) - 1
    at = ordered[places]
    if np.searchsorted(ordered, ordered[0], "right") == np.searchsorted(ordered, ordered[-1]):
        at[[0, -1]] = ordered[[0, -1]]
    count = int(block.max()) + 1
    mean = np.empty((len(at), outcomes.shape[1]))
    error = np.empty((count, *mean.shape))
    for point, value in enumerate(at):
        first, design, solver = _local_regression(ordered, float(value))
        near = order[first : first + len(design)]
        coefficients = solver @ outcomes[near]
        mean[point] = coefficients[0]
        part = solver[0][:, None] * (outcomes[near] - design @ coefficients)
        for column in range(mean.shape[1]):
            error[:, point, column] = np.bincount(block[near], part[:, column], count)
        if len(coefficients) > 1:
            away = _quantile_error(values <= value, block)
            error[:, point] += away[:, None] * coefficients[1]
    return ConditionalMeans(at, mean, error)


def _quantile_error(below: npt.NDArray[np.bool_], block: Integers) -> Floats:
    """What each block adds to the error of a quantile's normal score (block,) (Bahadur 1966).

    `below` (row,) says which draws are at or below the quantile. Quasi-random draws hit it.
    """
    from scipy.special import ndtri

    share = below.mean()
    missing = np.bincount(block, share - below) / len(below)
    density = np.exp(-(float(ndtri(share)) ** 2) / 2.0) / np.sqrt(2.0 * np.pi)
    return np.asarray(missing / density)


def _local_regression(ordered: Floats, value: float) -> tuple[int, Floats, Floats]:
    """First of the sorted draws near `value`, their design (row, term), and its solver (term, row).

    The solver times the outcomes gives the coefficients, of which the first is the mean.
    """
    from scipy.special import ndtr, ndtri

    rows = len(ordered)
    low, high = (int(np.searchsorted(ordered, value, side)) for side in ("left", "right"))
    if high - low >= _ATOM * rows:
        return low, np.ones((high - low, 1)), np.full((1, high - low), 1.0 / (high - low))
    centre = ndtri((low + high) / 2 / rows)
    half = _HALF_WIDTH * (_AT_DRAWS / rows) ** (1 / 9)
    while True:
        first, last = (ndtr(centre + np.array([-half, half])) * rows).astype(np.int64)
        if last - first >= min(_FEWEST, rows):
            break
        half *= 1.5
    score = (ndtri((np.arange(first, last) + 0.5) / rows) - centre) / half
    kernel = np.maximum(1.0 - score**2, 0.0)
    design = np.stack([np.ones_like(score), score * half, (score * half) ** 2], axis=1)
    weighted = (design * kernel[:, None]).T
    return int(first), design, np.linalg.solve(weighted @ design, weighted)
