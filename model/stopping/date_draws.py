"""The draws of one date, laid out for a regression: columns of the basis, and what is regressed.

A rule is fitted to some draws of a chain and applied to the others. Those that are open come in one
order, the fitted ones first, so that "the first so many" is the sample of every fit.
"""

from typing import NamedTuple

import numpy as np

from model.numerics.arrays import Array, Flags, Integers, Labels
from model.numerics.blocked_products import BLOCK, WIDTH, padded
from model.numerics.hermite_polynomials import CLIP, fill_columns
from model.numerics.jit import njit
from model.numerics.order_statistics import quantile
from model.stopping.basis import Basis

__all__ = ["CUT", "LOG_SQUARES", "TARGET", "Room", "lay_out", "probe", "set_target"]


#: Of the last block of columns: the regressand, winsorized; what winsorizing cut off; logarithms of
#: the squared residuals.
TARGET, CUT, LOG_SQUARES = range(-BLOCK, -BLOCK + 3)
#: Quantiles that need not be exact are read from at least so many draws, evenly spaced.
_PROBED = 256
#: Share of the draws on either side beyond which the regressand is winsorized.
_TAIL = 0.002
#: Normal scores of the 10th and 90th percentile are this far apart.
_DECILES = 2.563103131089201


class Room(NamedTuple):
    """Room to work in for the rules of one chain, made once; m is the number of open draws.

    Attributes
    ----------
    places : array (draw,)
        Those of the open draws, the fitted ones first.
    points : array (feature, draw)
        Standardised states, by place.
    hermite : array (feature, degree, draw)
        Of `fill_columns`.
    columns : array (row, draw)
        The basis at each open draw; in the last rows, `TARGET` and what follows it.
    near : array (row, draw)
        The same of the draws near the boundary.
    weights, near_weights : array (draw,)
        Of the fitted draws.
    base : array (draw,)
        What exercising pays where that is observed, otherwise 0: the gain is this and the fit.
    raw : array (draw,)
        What exercising pays over going on.
    fit, gain : array (draw,)
        Fitted regressand, and fitted value of exercising over going on.
    stays : array (draw,)
        Whether the draw is still in the part nearest the boundary.
    scratch : array (draw,)
        Overwritten.
    """

    places: Integers
    points: Array
    hermite: Array
    columns: Array
    near: Array
    weights: Array
    near_weights: Array
    base: Array
    raw: Array
    fit: Array
    gain: Array
    stays: Flags
    scratch: Array

    @classmethod
    def of(cls, basis: Basis, draws: int) -> "Room":
        """Room for so many draws.

        Parameters
        ----------
        basis : Basis
            Sets the number of columns.
        draws : int
            Of a chain.

        Returns
        -------
        Room
        """
        count, features = basis.powers.shape
        rows, wide = padded(count, BLOCK) + BLOCK, padded(draws, WIDTH)
        degrees = max(2, int(basis.how.highest.max()) + 1)
        return cls(
            places=np.zeros(draws, np.int64),
            points=np.zeros((features, draws)),
            hermite=np.zeros((features, degrees, draws)),
            columns=np.zeros((rows, wide)),
            near=np.zeros((rows, wide)),
            weights=np.zeros(wide),
            near_weights=np.zeros(wide),
            base=np.zeros(draws),
            raw=np.zeros(draws),
            fit=np.zeros(draws),
            gain=np.zeros(draws),
            stays=np.zeros(draws, np.bool_),
            scratch=np.zeros(draws),
        )


@njit(inner=True)
def probe(values: Array, count: int, scratch: Array) -> int:
    """Copy evenly spaced ones of the first values to the front of `scratch`; how many they are.

    Parameters
    ----------
    values : array (place,)
        In any unit.
    count : int
        How many of them there are, at least 1.
    scratch : array (place,)
        Its front is overwritten.

    Returns
    -------
    int
        From the least of `count` and 256 to 511.
    """
    stride = max(count // _PROBED, 1)
    found = 0
    for i in range(0, count, stride):
        scratch[found] = values[i]
        found += 1
    return found


@njit(inner=True)
def _probe_places(state: Array, places: Integers, count: int, scratch: Array) -> int:
    """The same of the values at the first places."""
    stride = max(count // _PROBED, 1)
    found = 0
    for j in range(0, count, stride):
        scratch[found] = state[places[j]]
        found += 1
    return found


@njit(inner=True)
def _locate(state: Array, places: Integers, count: int, scratch: Array) -> tuple[float, float]:
    """Median and scale of one state of the fitted draws, from the deciles of a part of them."""
    found = _probe_places(state, places, count, scratch)
    center = quantile(scratch, found, 0.5)
    scale = (quantile(scratch, found, 0.9) - quantile(scratch, found, 0.1)) / _DECILES
    if not scale > 0.0:
        mean, squares = 0.0, 0.0
        for j in range(count):
            mean += state[places[j]] / count
        for j in range(count):
            squares += (state[places[j]] - mean) ** 2 / count
        scale = np.sqrt(squares)
    return center, scale if scale > 0.0 else 1.0


@njit(inner=True)
def _find_open(is_open: Labels, order: Integers, train: int, places: Integers) -> tuple[int, int]:
    """Fill the places of the open draws, in the order; how many are in its first part, and in all.

    A function of its own, so that its counts are plain integers where they are used: Numba would
    compile everything that takes them once more for the 0 that they begin with.
    """
    fitted, count = 0, 0
    for k in range(order.size):
        if k == train:
            fitted = count
        if is_open[order[k]] != 0:
            places[count] = order[k]
            count += 1
    return fitted if train < order.size else count, count


@njit(inner=True)
def lay_out(
    states: Array,
    is_open: Labels,
    order: Integers,
    train: int,
    basis: Basis,
    center: Array,
    scale: Array,
    room: Room,
) -> tuple[int, int]:
    """Fill the places, points and columns of one date; how many open draws are fitted, and are.

    Location and scale are those of the fitted draws: the rule knows nothing of the others.

    Parameters
    ----------
    states : array (feature, draw)
        What is known.
    is_open : array (draw,)
        1 where the rule has to decide, otherwise 0.
    order : array (draw,)
        All draws, those that the rule is fitted to first.
    train : int
        How many these are.
    basis : Basis
        What the rule weighs.
    center : array (feature,)
        Filled, in the states' units.
    scale : array (feature,)
        Filled, in the states' units.
    room : Room
        Its `places`, `points`, `hermite` and `columns` are filled.

    Returns
    -------
    fitted, count : int
        Open draws among the first `train`, and in all.
    """
    places = room.places
    fitted, count = _find_open(is_open, order, train, places)
    for f in range(states.shape[0]):
        if fitted > 0:
            center[f], scale[f] = _locate(states[f], places, fitted, room.scratch)
        for j in range(count):
            score = (states[f, places[j]] - center[f]) / scale[f]
            room.points[f, j] = min(CLIP, max(-CLIP, score))
    fill_columns(room.points, count, basis.how, room.hermite, room.columns)
    return fitted, count


@njit(inner=True)
def set_target(
    pays: Array, cash: Array, observed: bool, fitted: int, count: int, room: Room
) -> None:
    """Fill what is regressed: what exercising pays over going on, or its part that is not observed.

    Parameters
    ----------
    pays : array (draw,)
        What exercising pays.
    cash : array (draw,)
        What going on pays under the rule.
    observed : bool
        Whether what exercising pays is known.
    fitted : int
        From `lay_out`: open draws that the rule is fitted to.
    count : int
        All open draws.
    room : Room
        Its `base`, `raw`, and last columns are filled.
    """
    target, cut = room.columns[TARGET], room.columns[CUT]
    for j in range(count):
        draw = room.places[j]
        room.raw[j] = pays[draw] - cash[draw]
        room.base[j] = pays[draw] if observed else 0.0
    for j in range(fitted):
        target[j] = room.raw[j] - room.base[j]
        room.scratch[j] = target[j]
    low = quantile(room.scratch, fitted, _TAIL)
    high = quantile(room.scratch, fitted, 1.0 - _TAIL)
    for j in range(fitted):
        kept = min(high, max(low, target[j]))
        cut[j] = target[j] - kept
        target[j] = kept
