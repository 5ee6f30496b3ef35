"""Standard normal scores of points in (0, 1), several at a time.

M. J. Wichura (1988), "Algorithm AS 241: The percentage points of the normal distribution", whose
two rational functions are both computed, and one of them chosen: so eight points pass side by side
(`model.numerics.lanes`). Its third, for points below 1.4e-11, is not needed: Sobol points are
midpoints of cells of width 2^-32.
"""

import math

from model.numerics.arrays import Array
from model.numerics.elementary import log
from model.numerics.jit import njit
from model.numerics.lanes import WIDTH, load, store, where

__all__ = ["fill_scores"]

#: Points further than this from ½ are in a tail.
_MIDDLE = 0.425


@njit(inline=True)
def _middle(q: float) -> float:
    """Score of ½ + q near the middle."""
    r = 0.180625 - q * q
    above = r * 2509.0809287301226727 + 33430.575583588128105
    above = above * r + 67265.770927008700853
    above = above * r + 45921.953931549871457
    above = above * r + 13731.693765509461125
    above = above * r + 1971.5909503065514427
    above = above * r + 133.14166789178437745
    above = above * r + 3.387132872796366608
    below = r * 5226.495278852854561 + 28729.085735721942674
    below = below * r + 39307.89580009271061
    below = below * r + 21213.794301586595867
    below = below * r + 5394.1960214247511077
    below = below * r + 687.1870074920579083
    below = below * r + 42.313330701600911252
    return q * above / (below * r + 1.0)


@njit(inline=True)
def _tail(p: float) -> float:
    """Minus the score of a small p."""
    t = math.sqrt(-log(p)) - 1.6
    above = t * 7.7454501427834140764e-4 + 0.0227238449892691845833
    above = above * t + 0.24178072517745061177
    above = above * t + 1.27045825245236838258
    above = above * t + 3.64784832476320460504
    above = above * t + 5.7694972214606914055
    above = above * t + 4.6303378461565452959
    above = above * t + 1.42343711074968357734
    below = t * 1.05075007164441684324e-9 + 5.475938084995344946e-4
    below = below * t + 0.0151986665636164571966
    below = below * t + 0.14810397642748007459
    below = below * t + 0.68976733498510000455
    below = below * t + 1.6763848301838038494
    below = below * t + 2.05319162663775882187
    return above / (below * t + 1.0)


@njit(inline=True)
def _score(p: float) -> float:
    q = p - 0.5
    far = _tail(min(p, 1.0 - p))
    size = max(q, -q)
    return where(size > _MIDDLE, where(q > 0.0, far, -far), _middle(q))


@njit()
def fill_scores(points: Array, out: Array) -> None:
    """Fill `out` with the standard normal scores of points.

    Parameters
    ----------
    points : array (draw,)
        From 1e-10 to 1 - 1e-10.
    out : array (draw,)
        Filled; may be `points` itself.
    """
    whole = points.size // WIDTH * WIDTH
    for start in range(0, whole, WIDTH):
        store(out, (start,), _score(load(points, (start,))))
    for i in range(whole, points.size):
        out[i] = _score(points[i])
