"""Least-squares Monte Carlo for one right, written as the text says it: slow and obvious.

For at most 8,192 draws, of which all are probed.
"""

from itertools import product
from math import factorial, sqrt

import numpy as np

TAIL, STAGES, FEWEST, CLIP = 0.002, 3, 20, 3.0


def scores(states: np.ndarray) -> np.ndarray:
    low, middle, high = np.quantile(states, [0.1, 0.5, 0.9], axis=0)
    scale = (high - low) / 2.563103131089201
    scale = np.where(scale > 0, scale, states.std(axis=0))
    return np.clip((states - middle) / np.where(scale > 0, scale, 1), -CLIP, CLIP)


def columns(z: np.ndarray, degree: int) -> np.ndarray:
    """Products of Hermite polynomials up to a total degree, the lowest first."""
    powers = [p for p in product(range(degree + 1), repeat=z.shape[1]) if sum(p) <= degree]
    powers.sort(key=lambda p: (sum(p), [-e for e in p]))
    made = []
    for row in powers:
        column = np.ones(len(z))
        for feature, power in enumerate(row):
            hermite = np.polynomial.hermite_e.HermiteE.basis(power)(z[:, feature])
            column = column * hermite / sqrt(factorial(power))
        made.append(column)
    return np.stack(made, axis=1)


def regress(basis: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.linalg.lstsq(basis, values, rcond=None)[0]


def advantage(exercise, going_on, basis, fitted_on, observed):
    """Exercising over going on (draw,), from a fit on some of the draws, in stages."""
    regressand = going_on if observed else exercise - going_on
    low, high = np.quantile(regressand[fitted_on], [TAIL, 1 - TAIL])
    near = np.ones(len(exercise), bool)
    gain = np.zeros(len(exercise))
    for stage in range(STAGES):
        if stage:
            if (near & fitted_on).sum() < 2 * FEWEST * basis.shape[1]:
                break
            near &= np.abs(gain) <= np.median(np.abs(gain[near & fitted_on]))
        chosen = near & fitted_on
        cut = np.clip(regressand[chosen], low, high)
        fit = basis @ regress(basis[chosen], cut) + (regressand[chosen] - cut).mean()
        gain = np.where(near, exercise - fit if observed else fit, gain)
    return gain


def value_by_draw(exercise, states, live, half, degree=3, observed=False):
    """Payoff (draw,) of the rule of the half that a draw is not in, and its date or −1."""
    draws, dates = exercise.shape
    is_open = live & (exercise > 0) if observed else live
    cash = np.zeros((2, draws))  # under the rule of either half
    when = np.full((2, draws), -1)
    for t in reversed(range(dates)):
        chosen = np.flatnonzero(is_open[:, t])
        basis = columns(scores(states[chosen, t]), degree)
        for k in range(2):
            fitted_on = half[chosen] == k
            if basis.shape[1] * FEWEST > fitted_on.sum():
                raise ValueError("too few draws for this reference")
            gain = advantage(exercise[chosen, t], cash[k, chosen], basis, fitted_on, observed)
            stop = chosen[gain > 0]
            cash[k, stop], when[k, stop] = exercise[stop, t], t
    other, draw = 1 - half.astype(int), np.arange(draws)
    return cash[other, draw], when[other, draw]
