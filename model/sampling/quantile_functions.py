"""Quantiles of many standard scores at once: closed forms where there are, a table elsewhere.

The table holds a distribution's values and slopes at equidistant scores; cubic Hermite
interpolation between them (C. de Boor, "A Practical Guide to Splines", ch. IV) is as good as
the inverse of a beta or a gamma to about 1e-10 of its spread, and a hundred times faster. The
quantiles of a mixture bend sharply, or jump, where one component takes over from another: where
interpolation would miss them by a millionth they are computed one by one.
"""

import math
from functools import lru_cache

import numpy as np

from model.numerics.arrays import Array, Flags
from model.numerics.elementary import exp
from model.numerics.jit import njit
from model.numerics.lanes import WIDTH, load, store
from priors.distributions.distribution import Distribution

__all__ = ["LARGEST_SCORE", "fill_values", "interpolated"]


#: Scores lie inside: the midpoint of the first of 2^32 cells has score -6.34.
LARGEST_SCORE = 6.4
_NODES_PER_UNIT = 80
#: Largest error of interpolating a mixture, relative to its spread and to the value.
_TOLERANCE = 1e-6
#: Elementary families that have no bend when they are cut; to cut them takes longer than a table.
_SMOOTH = ("normal", "lognormal")


@lru_cache(maxsize=4096)
def _table(distribution: Distribution) -> tuple[Array, Array]:
    """Values and slopes (node,) a node apart; slopes by central differences of order 6."""
    half = int(LARGEST_SCORE * _NODES_PER_UNIT)
    nodes = np.arange(-half - 3, half + 4) / _NODES_PER_UNIT
    return _with_slopes(distribution.from_score(nodes))


def _with_slopes(x: Array) -> tuple[Array, Array]:
    """Values without the first and last three, and slopes there."""
    near, middle, far = (x[3 + k : len(x) - 3 + k] - x[3 - k : len(x) - 3 - k] for k in (1, 2, 3))
    return x[3:-3], (45.0 * near - 9.0 * middle + far) / 60.0


@njit()
def _interpolate(
    values: Array, slopes: Array, scores: Array, low: float, high: float, out: Array
) -> None:
    """Fill `out` (chain, draw), within its ends, from a table; `out` may be `scores` itself."""
    for chain in range(scores.shape[0]):
        for n in range(scores.shape[1]):
            place = (scores[chain, n] + LARGEST_SCORE) * _NODES_PER_UNIT
            node = min(max(int(place), 0), values.shape[0] - 2)
            s = place - node
            rise = values[node + 1] - values[node]
            bend = (1.0 - s) * (slopes[node] - rise) - s * (slopes[node + 1] - rise)
            found = values[node] + s * rise + s * (1.0 - s) * bend
            out[chain, n] = min(max(found, low), high)


def interpolated(nodes: Array, per_unit: float, scores: Array, low: float, high: float) -> Array:
    """Values at scores from a table of any fineness.

    Parameters
    ----------
    nodes : array
        Values at equidistant scores about 0, the first and last three beyond `LARGEST_SCORE`.
    per_unit : float
        Nodes a unit of score.
    scores : array (draw,)
        Within `LARGEST_SCORE` of 0.
    low : float
        The lower end of the values.
    high : float
        The upper end.

    Returns
    -------
    array (draw,)
        In the nodes' unit.
    """
    values, slopes = _with_slopes(nodes)
    place = scores * per_unit + (len(values) - 1) / 2
    node = np.clip(place.astype(np.int64), 0, len(values) - 2)
    s, rise = place - node, values[node + 1] - values[node]
    bend = (1.0 - s) * (slopes[node] - rise) - s * (slopes[node + 1] - rise)
    return np.asarray(np.clip(values[node] + s * rise + s * (1.0 - s) * bend, low, high))


@njit()
def _fill_exponentials(
    median: float, log_sd: float, shift: float, scores: Array, out: Array
) -> None:
    """Fill `out` (chain, draw) with median · exp(log_sd · score) + shift."""
    whole = scores.shape[1] // WIDTH * WIDTH
    for chain in range(scores.shape[0]):
        for n in range(0, whole, WIDTH):
            place = (chain, n)
            store(out, place, exp(load(scores, place) * log_sd) * median + shift)
        for n in range(whole, scores.shape[1]):
            out[chain, n] = exp(scores[chain, n] * log_sd) * median + shift


@lru_cache(maxsize=4096)
def _rough(distribution: Distribution) -> Flags:
    """Cells between nodes (cell,) in which interpolation misses a mixture's quantiles."""
    values, slopes = _table(distribution)
    middles = (np.arange(len(values) - 1) + 0.5) / _NODES_PER_UNIT - LARGEST_SCORE
    found = np.empty((1, len(middles)))
    _interpolate(values, slopes, middles[None], -np.inf, np.inf, found)
    exact = distribution.from_score(middles)
    spread = distribution.quantile(0.95) - distribution.quantile(0.05)
    return np.asarray(np.abs(found[0] - exact) > _TOLERANCE * (spread + np.abs(exact)))


def _fill_rough(distribution: Distribution, scores: Array, out: Array) -> None:
    """Replace in `out` (chain, draw) what interpolation missed."""
    rough = _rough(distribution)
    cells = ((scores + LARGEST_SCORE) * _NODES_PER_UNIT).astype(np.int64)
    missed = rough[np.clip(cells, 0, len(rough) - 1)]
    out[missed] = distribution.from_score(scores[missed])


def _together(array: Array) -> bool:
    """Whether draws that follow each other lie side by side."""
    return array.strides[-1] == array.itemsize


def fill_values(distribution: Distribution, scores: Array, out: Array) -> None:
    """Fill `out` (chain, draw) with the quantiles of `distribution` at normal scores, as shaped.

    Parameters
    ----------
    distribution : Distribution
        Of one quantity.
    scores : array (chain, draw)
        Standard normal scores.
    out : array (chain, draw)
        Filled, in the quantity's unit; may be `scores` itself.
    """
    cut = distribution.family in _SMOOTH and distribution.kept() != (0.0, 1.0)
    if distribution.constant:
        out[...] = distribution.quantile(0.5)
    elif distribution.family == "lognormal" and not cut:
        median, log_sd = distribution.parameters
        middle = distribution.scale * median
        if distribution.score_shift != 0.0:
            middle = math.exp(math.log(middle) + log_sd * distribution.score_shift)
        # lanes take neighbours in memory
        found = out if _together(out) else np.empty(out.shape)
        at = scores if _together(scores) else scores.copy()
        log_sd *= distribution.score_spread
        _fill_exponentials(middle, log_sd, distribution.shift, at, found)
        if found is not out:
            out[...] = found
    elif distribution.elementary and not cut:
        # neither slower nor less exact than a table
        out[...] = distribution.from_score(scores)
    else:
        at = scores.copy() if distribution.components else scores
        _interpolate(*_table(distribution), at, *distribution.support(), out)
        if distribution.components:
            _fill_rough(distribution, at, out)
