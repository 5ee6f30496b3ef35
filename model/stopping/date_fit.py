"""The regression at one date: weighted, shrunk, and corrected where the decision is near.

Three things let a rule be learned from few draws. The noise of what is regressed differs by orders
of magnitude between states, so draws are weighted by its inverse, which is itself fitted (to the
logarithm of squared residuals) and handed on to the date before. Coefficients are drawn towards 0
by degree (`empirical_bayes`), not chosen or dropped. And what a regression cannot see far from
where it decides must not bend it there: it is corrected, by fits that are shrunk as well, on the
half of the draws nearest the boundary, and on the nearest half of those.
"""

import numpy as np

from model.numerics.arrays import Array
from model.numerics.blocked_products import weighted_products
from model.numerics.empirical_bayes import shrink, solve_positive
from model.numerics.jit import njit
from model.numerics.normal_equations import affordable, combine
from model.numerics.order_statistics import quantile
from model.stopping.basis import Basis
from model.stopping.date_draws import CUT, LOG_SQUARES, TARGET, Room, probe

__all__ = ["STAGES", "correct", "regress", "stage"]


#: The fit to all draws, and its corrections on the half nearest the boundary and the quarter.
STAGES = 3
#: Fewest draws that are divided for a correction, and that it is fitted to.
_DIVIDED, _NEAREST = 200, 100
#: Draws wanted for each coefficient; with fewer, the degree is lowered.
_WANTED = 10
#: Times that fit and weights are found from each other: at the last date, where nothing is known of
#: the noise, and at those before, where that of the date after is a good start.
_FIRST_TURNS, _TURNS = 3, 1
#: Share of the weights on either side that is cut.
_WEIGHT_TAIL = 0.02
#: Part of the mean squared residual that is added to each, so that its logarithm has a floor.
_FLOOR = 1e-4
#: Ridge a draw of the noise's own fit.
_RIDGE = 1e-6


@njit(inner=True)
def _weigh(curve: Array, fitted: int, room: Room) -> None:
    """Fill the weights from the noise's logarithm, as fitted; their mean is 1."""
    weights = room.weights
    combine(room.columns, curve, fitted, weights)
    mean = 0.0
    for j in range(fitted):
        mean += weights[j] / fitted
    for j in range(fitted):
        weights[j] = np.exp(mean - weights[j])
    count = probe(weights, fitted, room.scratch)
    low = quantile(room.scratch, count, _WEIGHT_TAIL)
    high = quantile(room.scratch, count, 1.0 - _WEIGHT_TAIL)
    total = 0.0
    for j in range(fitted):
        weights[j] = min(high, max(low, weights[j]))
        total += weights[j]
    for j in range(fitted):
        weights[j] *= fitted / total


@njit(inner=True)
def _fit(
    columns: Array,
    weights: Array,
    draws: int,
    basis: Basis,
    used: int,
    free: int,
    products: Array,
    out: Array,
) -> None:
    """Fill `out` with the shrunk coefficients, the mean of what was cut put back."""
    weighted_products(columns, weights, draws, used, products)
    whole = products[0, 0]
    shift = products[CUT, 0] / whole
    squares = products[TARGET, TARGET] + shift * (2.0 * products[TARGET, 0] + shift * whole)
    out[:] = 0.0
    if squares > 0.0:
        right = np.empty(used)
        for j in range(used):
            right[j] = products[TARGET, j] + shift * products[j, 0]
        shrink(products, right, squares, draws, basis.degrees, used, free, out)


@njit(inner=True)
def stage(coefficients: Array, count: int, room: Room) -> None:
    """Fill the fit, and the gain where the draw stays.

    Parameters
    ----------
    coefficients : array (basis,)
        Of one stage.
    count : int
        Open draws.
    room : Room
        Its `fit` and `gain` are filled.
    """
    combine(room.columns, coefficients, count, room.fit)
    for j in range(count):
        room.gain[j] = room.base[j] + room.fit[j] if room.stays[j] else room.gain[j]


@njit(inner=True)
def _learn_noise(curve: Array, fitted: int, products: Array, room: Room) -> None:
    """Fit the logarithm of squared residuals to the columns of `curve`."""
    target, squares = room.columns[TARGET], room.columns[LOG_SQUARES]
    mean = 0.0
    for j in range(fitted):
        squares[j] = (target[j] - room.fit[j]) ** 2
        mean += squares[j] / fitted
    for j in range(fitted):
        squares[j] = np.log(squares[j] + _FLOOR * mean + 1e-300)
        room.near_weights[j] = 1.0
    size = curve.size
    weighted_products(room.columns, room.near_weights, fitted, size, products)
    right, inverse = np.empty(size), np.empty((size, size))
    for j in range(size):
        right[j] = products[LOG_SQUARES, j]
        products[j, j] += _RIDGE * fitted
    solve_positive(products, size, right, inverse, curve)


@njit(inner=True)
def regress(
    coefficients: Array,
    curve: Array,
    basis: Basis,
    fitted: int,
    count: int,
    products: Array,
    room: Room,
) -> None:
    """Fit all draws of one date, and what their noise depends on.

    Parameters
    ----------
    coefficients : array (basis,)
        Filled, in the payoffs' unit.
    curve : array (column,)
        Coefficients of the logarithm of the noise's variance, from the date after: changed to this
        date's. All 0 where there is no such date.
    basis : Basis
        What the rule weighs.
    fitted : int
        Open draws that the rule is fitted to.
    count : int
        All open draws.
    products : array (row, row)
        Overwritten.
    room : Room
        Its `weights`, `fit`, `gain` and `stays` are filled.
    """
    used = affordable(basis.sizes, _WANTED, fitted)
    for j in range(count):
        room.stays[j] = True
    for _ in range(_FIRST_TURNS if curve[0] == 0.0 else _TURNS):
        _weigh(curve, fitted, room)
        free = basis.sizes[0]
        _fit(room.columns, room.weights, fitted, basis, used, free, products, coefficients)
        stage(coefficients, count, room)
        _learn_noise(curve, fitted, products, room)
    _weigh(curve, fitted, room)


@njit(inner=True)
def _gather_near(fitted: int, size: int, room: Room) -> None:
    """Copy the draws that stay to the front of `near`, what is left to explain for the target."""
    kept = 0
    for j in range(fitted):
        if room.stays[j]:
            room.places[kept] = j
            kept += 1
    total = 0.0
    for k in range(kept):
        total += room.weights[room.places[k]]
    for k in range(kept):
        room.near_weights[k] = room.weights[room.places[k]] * (kept / total)
    for wanted in range(size + 2):
        row = wanted if wanted < size else TARGET + wanted - size
        for k in range(kept):
            room.near[row, k] = room.columns[row, room.places[k]]
    target = room.near[TARGET]
    for k in range(kept):
        target[k] -= room.fit[room.places[k]]


@njit(inner=True)
def _gains_of_those_that_stay(fitted: int, room: Room) -> int:
    """Copy their sizes to the front of the near weights; how many there are."""
    kept = 0
    for j in range(fitted):
        if room.stays[j]:
            room.near_weights[kept] = abs(room.gain[j])
            kept += 1
    return kept


@njit(inner=True)
def _narrow(limit: float, fitted: int, count: int, room: Room) -> int:
    """Let draws stay whose gain is within the limit; how many fitted ones these are."""
    kept = 0
    for j in range(count):
        room.stays[j] = room.stays[j] and abs(room.gain[j]) <= limit
        if j < fitted and room.stays[j]:
            kept += 1
    return kept


@njit(inner=True)
def correct(
    coefficients: Array,
    limits: Array,
    basis: Basis,
    fitted: int,
    count: int,
    products: Array,
    room: Room,
) -> None:
    """Correct the fit on the half of the draws nearest the boundary, and on the nearest half again.

    Parameters
    ----------
    coefficients : array (stage, basis)
        The first stage's are given; the others are filled with the corrected ones, in the payoffs'
        unit.
    limits : array (stage,)
        Of the corrections that are made, filled with the largest advantage, either way, that stays;
        negative otherwise.
    basis : Basis
        What the rule weighs.
    fitted : int
        Open draws that the rule is fitted to.
    count : int
        All open draws.
    products : array (row, row)
        Overwritten.
    room : Room
        Its `gain` and `stays` are changed; `places` is used.
    """
    none_free = basis.degrees[0]
    for later in range(1, STAGES):
        size = _gains_of_those_that_stay(fitted, room)
        if size < _DIVIDED:
            return
        limit = quantile(room.scratch, probe(room.near_weights, size, room.scratch), 0.5)
        kept = _narrow(limit, fitted, count, room)
        if kept < _NEAREST:
            return
        limits[later] = limit
        used, now = affordable(basis.sizes, _WANTED, kept), coefficients[later]
        _gather_near(fitted, used, room)
        _fit(room.near, room.near_weights, kept, basis, used, none_free, products, now)
        for b in range(now.size):
            now[b] += coefficients[later - 1, b]
        stage(now, count, room)
