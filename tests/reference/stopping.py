"""Least-squares Monte Carlo for one option, written as the text says it: slow and obvious."""

from itertools import product
from math import factorial, sqrt

import numpy as np

TAIL, CLIP, FEWEST, STEPS = 0.002, 3.0, 10, 5


def scores(states, fitted):
    """Standardised (draw, feature) by the deciles of a part of the fitted draws, evenly spaced."""
    own = states[fitted]
    probed = own[:: max(len(own) // 256, 1)]
    low, middle, high = np.quantile(probed, [0.1, 0.5, 0.9], axis=0)
    scale = (high - low) / 2.563103131089201
    scale = np.where(scale > 0, scale, own.std(axis=0))
    return np.clip((states - middle) / np.where(scale > 0, scale, 1), -CLIP, CLIP)


def columns(z, degree):
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


def shrunk(basis, degrees, weights, values, free):
    """Coefficients by empirical Bayes, weighted; trusted as far as Schwarz's criterion says."""
    draws, degrees = len(values), np.array(degrees)
    used = max(
        [1] + [int((degrees <= d).sum()) for d in range(4) if 10 * (degrees <= d).sum() <= draws]
    )
    x, own = basis[:, :used], degrees[:used]
    gram, right = (x.T * weights) @ x, (x.T * weights) @ values
    squares = (weights * values**2).sum()
    found = np.zeros(basis.shape[1])
    if squares == 0.0:
        return found
    noise = squares / draws
    variance = np.array([0.25 * noise / (own == d).sum() for d in range(own.max() + 1)])
    held = ~((own == 0) & free)
    for _ in range(STEPS):
        prior = np.maximum(variance[own], 1e-14 * noise)
        inverse = np.linalg.inv(gram * (1 + 1e-9 * np.eye(used)) + np.diag(held * noise / prior))
        beta = inverse @ right
        spread = noise * np.diag(inverse)
        parameters = used - (held * spread / prior).sum()
        left = max(squares - 2 * beta @ right + beta @ gram @ beta, 1e-12 * squares)
        variance = np.array(
            [(beta**2 + spread)[own == d].sum() / (own == d).sum() for d in range(own.max() + 1)]
        )
        noise = left / max(draws - parameters, 1.0)
    mean = right[0] / gram[0, 0] if free else 0.0
    null = max(squares - mean * right[0], left)
    trust = 1 / (
        1 + np.exp(-0.5 * (draws * np.log(null / left) - (parameters - free) * np.log(draws)))
    )
    found[:used] = trust * beta
    found[0] += (1 - trust) * mean
    return found


def weights_of(basis, curve):
    log_noise = basis[:, : len(curve)] @ curve
    found = np.exp(log_noise.mean() - log_noise)
    found = np.clip(found, *np.quantile(found[:: max(len(found) // 256, 1)], [0.02, 0.98]))
    return found / found.mean()


def gain_at(exercise, going_on, basis, degrees, fitted, observed, curve):
    """Exercising over going on (draw,), and the noise's curve, from a fit to the first draws."""
    base = exercise if observed else np.zeros(len(exercise))
    raw = exercise - going_on
    x, target = basis[:fitted], (raw - base)[:fitted]
    kept = np.clip(target, *np.quantile(target, [TAIL, 1 - TAIL]))
    cut = target - kept
    quadratic = sum(degree <= 2 for degree in degrees)
    weights = np.ones(fitted) if curve is None else weights_of(x, curve)
    for turn in range(3 if curve is None else 1):
        weights = weights_of(x, curve) if turn else weights
        shift = (weights * cut).sum() / weights.sum()
        beta = shrunk(x, degrees, weights, kept + shift, True)
        squares = (kept - x @ beta) ** 2
        q = x[:, :quadratic]
        ridge = q.T @ q + 1e-6 * fitted * np.eye(quadratic)
        curve = np.linalg.solve(ridge, q.T @ np.log(squares + 1e-4 * squares.mean() + 1e-300))
    weights = weights_of(x, curve)
    gain, near = base + basis @ beta, np.ones(len(exercise), bool)
    for _ in range(2):
        size = np.abs(gain[:fitted][near[:fitted]])
        if len(size) < 200:
            break
        narrower = near & (np.abs(gain) <= np.median(size[:: max(len(size) // 256, 1)]))
        chosen = np.flatnonzero(narrower[:fitted])
        near = narrower
        if len(chosen) < 100:
            break
        own = weights[chosen] / weights[chosen].mean()
        shift = (own * cut[chosen]).sum() / own.sum()
        left = kept[chosen] + shift - x[chosen] @ beta
        beta = beta + shrunk(x[chosen], degrees, own, left, False)
        gain = np.where(near, base + basis @ beta, gain)
    return gain, raw, curve


def value_by_draw(exercise, states, live, rule, degree=3, observed=False):
    """Payoff (draw,) of one chain's rules, and its date or −1; `rule` is the one a draw follows."""
    draws, dates = exercise.shape
    payoff, when = np.zeros(draws), np.full(draws, -1)
    is_open = live & (exercise > 0) if observed else live
    for k in np.unique(rule):
        order = np.argsort(rule == k, kind="stable")
        train = int((rule != k).sum())
        cash, date, curve = np.zeros(draws), np.full(draws, -1), None
        for t in reversed(range(dates)):
            chosen = order[is_open[order, t]]
            fitted = int(is_open[order[:train], t].sum())
            if fitted < FEWEST:
                continue
            seen = slice(0, fitted)
            basis, degrees = columns(scores(states[chosen, t], seen), degree)
            if observed:  # what exercising pays, linearly, with the other linear columns
                place = sum(own <= 1 for own in degrees)
                linear = scores(exercise[chosen, t, None], seen)[:, 0]
                basis = np.insert(basis, place, linear, axis=1)
                degrees.insert(place, 1)
            gain, raw, curve = gain_at(
                exercise[chosen, t], cash[chosen], basis, degrees, fitted, observed, curve
            )
            tried = raw[:fitted][gain[:fitted] > 0]
            if tried.sum() > -np.sqrt((tried**2).sum()):
                stop = chosen[gain > 0]
                cash[stop], date[stop] = exercise[stop, t], t
        own = rule == k
        payoff[own], when[own] = cash[own], date[own]
    return payoff, when
