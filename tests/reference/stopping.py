"""Least-squares Monte Carlo for one option, written as the text says it: slow and obvious.

For at most 4,096 draws, of which all are probed.
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


def columns(z: np.ndarray, degree: int) -> tuple[np.ndarray, list[int]]:
    """Products of Hermite polynomials, the lowest first, and their total degrees."""
    powers = [p for p in product(range(degree + 1), repeat=z.shape[1]) if sum(p) <= degree]
    powers.sort(key=lambda p: (sum(p), [-e for e in p]))
    made = []
    for row in powers:
        column = np.ones(len(z))
        for feature, power in enumerate(row):
            hermite = np.polynomial.hermite_e.HermiteE.basis(power)(z[:, feature])
            column = column * hermite / sqrt(factorial(power))
        made.append(column)
    return np.stack(made, axis=1), [sum(p) for p in powers]


def corrected(basis, degrees, values, start):
    """Coefficients after the correction that Schwarz's criterion takes, maybe none."""
    residual = values - basis @ start
    draws = len(values)
    if not residual.any():
        return start
    options = [] if not start.any() else [(draws * np.log((residual**2).sum()), start)]
    for degree in range(max(degrees) + 1):
        used = [column for column, own in enumerate(degrees) if own <= degree]
        if len(used) * FEWEST > draws and degree:
            continue
        fit = np.linalg.lstsq(basis[:, used], residual, rcond=None)[0]
        better = start.copy()
        better[used] += fit
        left = ((residual - basis[:, used] @ fit) ** 2).sum()
        options.append((draws * np.log(left) + len(used) * np.log(draws), better))
    return min(options, key=lambda option: option[0])[1]


def advantage(exercise, going_on, basis, degrees, fitted_on, observed):
    """Exercising over going on (draw,), from a fit on some of the draws, in stages."""
    regressand = going_on if observed else exercise - going_on
    low, high = np.quantile(regressand[fitted_on], [TAIL, 1 - TAIL])
    near = np.ones(len(exercise), bool)
    gain = np.zeros(len(exercise))
    coefficients = np.zeros(basis.shape[1])
    for stage in range(STAGES):
        if stage:
            if (near & fitted_on).sum() < 2 * FEWEST * basis.shape[1]:
                break
            near &= np.abs(gain) <= np.median(np.abs(gain[near & fitted_on]))
        chosen = near & fitted_on
        cut = np.clip(regressand[chosen], low, high)
        cut += (regressand[chosen] - cut).mean()
        coefficients = corrected(basis[chosen], degrees, cut, coefficients)
        fit = basis @ coefficients
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
        basis, degrees = columns(scores(states[chosen, t]), degree)
        if observed:  # what exercising pays, linearly, with the other linear columns
            place = sum(own <= 1 for own in degrees)
            basis = np.insert(basis, place, scores(exercise[chosen, t, None])[:, 0], axis=1)
            degrees.insert(place, 1)
        for k in range(2):
            fitted_on = half[chosen] == k
            if basis.shape[1] * FEWEST > fitted_on.sum():
                raise ValueError("too few draws for this reference")
            gain = advantage(
                exercise[chosen, t], cash[k, chosen], basis, degrees, fitted_on, observed
            )
            stop = chosen[gain > 0]
            tried = stop[half[stop] == k]
            if (exercise[tried, t] - cash[k, tried]).sum() <= 0:
                continue
            cash[k, stop], when[k, stop] = exercise[stop, t], t
    other, draw = 1 - half.astype(int), np.arange(draws)
    return cash[other, draw], when[other, draw]
