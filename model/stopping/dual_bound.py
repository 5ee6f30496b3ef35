"""The dual bound on what an option is worth, from a martingale that is made by regression.

Rogers (2002), Haugh and Kogan (2004). Let X_t be what exercising pays and C_t what going on is
worth, given the states at t. f_t = max(0, C_t − X_t) is then what the option is worth over what
exercising now pays, and

    ψ_{t+1} = X_{t+1} + f_{t+1} − X_t − E[X_{t+1} + f_{t+1} − X_t | states at t]

has mean zero given what is known at t, whatever the approximation of f. With M_t = ψ_1 + … + ψ_t,
no rule is worth more than E max_t (X_t − M_t), if the conditional means are exact. They are
regressions, from the half of the draws that a draw is not in; so the bound is taken as the value of
a rule plus the mean of the gap

    max_t (X_t − M_t) − (X_τ − M_τ) ≥ 0,   τ the date at which the rule exercises,

in which an error in ψ matters only from where the rule and the best rule part.

Rule and regressions are fitted to halves of all draws, whatever chains they are from: the more
draws, the nearer is the bound.
"""

from typing import NamedTuple

import numpy as np

from model.numerics.arrays import Array, Labels
from model.numerics.hermite_polynomials import CLIP, location_and_scale
from model.numerics.jit import njit
from model.numerics.normal_equations import evaluate, moments, solve
from model.stopping.basis import Basis
from model.stopping.date_draws import Room
from model.stopping.longstaff_schwartz import Option
from model.stopping.study import Folds, Study, study

__all__ = ["dual_bound"]


#: The dual bound is used if correcting its conditional means moves it by less than this part of
#: the way from the value to perfect foresight.
_STABLE = 0.1
#: Draws wanted for each coefficient; with fewer, the degree is lowered.
_FEWEST = 20


class Martingale(NamedTuple):
    """Its increments, and what they were made from.

    Attributes
    ----------
    increments : array (date, draw)
        ψ from that date to the next, in the payoffs' unit.
    scores : array (date, feature, draw)
        Standardised states.
    advantage : array (date, draw)
        Fitted value of exercising over going on; NaN where the option is not open.
    """

    increments: Array
    scores: Array
    advantage: Array


def dual_bound(option: Option, degree: int, seed: int, foresight: Array) -> Array | None:
    """Dual bound, if it holds and is below perfect foresight: see `bermudan_option`.

    Parameters
    ----------
    option : Option
        The option on all draws.
    degree : int
        Total degree of the polynomials.
    seed : int
        Of the lot by which draws are dealt.
    foresight : array (draw,)
        The best payoff of each draw, seen from the end.

    Returns
    -------
    array (draw,) or None
        In the payoffs' unit; its mean is the bound.
    """
    draws = foresight.size
    basis = Basis.polynomials(option.states.shape[1], degree, option.observed)
    folds = Folds.halves(draws, seed)
    found = study(option, basis, folds, Room.of(basis, draws), advantages=True)
    martingale = _martingale(option, basis, folds.fold, found)
    room = float((foresight - found.payoff).mean())
    plain = gap(option, martingale)
    if not plain.mean() < room:
        return None
    lot = np.random.default_rng((seed, 1)).permutation(draws) % 2
    quarter = (folds.fold + 2 * lot).astype(np.int8)
    corrected = gap(option, without_drift(option, degree, martingale, quarter))
    return _larger(plain, corrected, room, found.payoff)


def _larger(plain: Array, corrected: Array, room: float, payoff: Array) -> Array | None:
    """The bound with the larger gap, where both agree and are below perfect foresight."""
    larger = corrected if corrected.mean() > plain.mean() else plain
    moved = abs(float((corrected - plain).mean()))
    if moved <= _STABLE * room and larger.mean() < room:
        return np.asarray(payoff + larger)
    return None


def _scores(option: Option) -> Array:
    """Standardised states (date, feature, draw), for open and closed draws apart."""
    scores = np.empty(option.states.shape)
    for out, states, is_open in zip(scores, option.states, option.open, strict=True):
        for group in range(2):
            chosen = is_open == group
            if chosen.any():
                center, scale = location_and_scale(states[:, chosen])
                standard = (states[:, chosen] - center[:, None]) / scale[:, None]
                out[:, chosen] = np.clip(standard, -CLIP, CLIP)
    return scores


def _martingale(option: Option, basis: Basis, half: Labels, found: Study) -> Martingale:
    """Fit the increments, from the last date to the first; each half by the other's regressions."""
    dates, draws = option.exercise.shape
    scores, own, place = _scores(option), half.astype(np.int64), np.arange(half.size)
    later, excess = np.zeros(draws), np.zeros((2, draws))
    increments, fitted = np.zeros((dates, draws)), np.empty((2, 1, draws))
    for t in reversed(range(dates)):
        now, is_open = option.exercise[t], option.open[t]
        # A half's f is by the rule that was fitted to it: that of the fold that is the other half.
        target = later + excess[own, place] - now
        cells = np.stack([2 * is_open, 2 * is_open + 1])
        products = moments(scores[t], basis.how, target[None], 2 * is_open + half, 4)
        coefficients = solve(products, basis.powers.shape[0], basis.sizes, _FEWEST)
        evaluate(scores[t], basis.how, coefficients, cells, fitted)
        increments[t] = (later + excess[1 - own, place] - now) - fitted[1 - own, 0, place]
        gains = found.advantages[::-1, t]
        closed = np.maximum(0.0, fitted[:, 0])
        excess = np.where(is_open == 1, np.maximum(0.0, -gains), closed)
        later = now
    if option.observed:
        increments[-1] = 0.0  # what the option pays last is known: there is nothing to estimate
    return Martingale(increments, scores, found.advantages[half, :, place].T)


def gap(option: Option, martingale: Martingale) -> Array:
    """Gap (draw,) between the rule and the best date, each seen against the martingale.

    Parameters
    ----------
    option : Option
        The option.
    martingale : Martingale
        On the same draws.

    Returns
    -------
    array (draw,)
        In the payoffs' unit; its mean is how far the upper bound lies above what the rule earns.
    """
    best, ruled = np.zeros((2, option.exercise.shape[1]))
    for t in reversed(range(len(option.exercise))):
        _step_back(
            option.exercise[t],
            option.open[t],
            martingale.advantage[t],
            martingale.increments[t],
            best,
            ruled,
        )
    return np.asarray(best - ruled)


def without_drift(
    option: Option, degree: int, martingale: Martingale, quarter: Labels
) -> Martingale:
    """The martingale after the drift that is found in it is taken out.

    The drift is estimated on the other quarter of the draw's own half, which the martingale was
    not fitted to, with higher powers of the states and those of the date before.

    Parameters
    ----------
    option : Option
        The option.
    degree : int
        Total degree of the polynomials that the martingale was made with.
    martingale : Martingale
        On the same draws.
    quarter : array (draw,)
        0 to 3; even and odd ones are the two halves.

    Returns
    -------
    Martingale
    """
    basis = _richer(martingale.scores.shape[1], degree)
    increments = np.empty_like(martingale.increments)
    for t, increment in enumerate(martingale.increments):
        now = martingale.scores[t]
        lagged = martingale.scores[t - 1] if t else np.zeros_like(now)
        points = np.concatenate([now, lagged, option.open[t][None]])
        increments[t] = increment - _drift(points, basis, quarter, increment)
    return martingale._replace(increments=increments)


@njit()
def _step_back(
    now: Array, group: Labels, advantage: Array, innovation: Array, best: Array, ruled: Array
) -> None:
    """Carry both terms of the gap, relative to the martingale at a date, one date back."""
    for i in range(now.size):
        onward = best[i] - innovation[i]
        best[i] = max(onward, now[i]) if group[i] == 1 else onward
        ruled[i] = now[i] if advantage[i] > 0.0 else ruled[i] - innovation[i]


def _richer(features: int, degree: int) -> Basis:
    """Powers of each score up to one above the degree; those of the date before; whether open."""
    unit = np.eye(2 * features + 1, dtype=np.int64)
    rows = [0 * unit[:1], unit, *(power * unit[:features] for power in range(2, degree + 2))]
    return Basis.of(np.concatenate(rows))


def _drift(points: Array, basis: Basis, part: Labels, innovation: Array) -> Array:
    """Mean (draw,) of the martingale's increment, from the other quarter of the draw's half."""
    products = moments(points, basis.how, innovation[None], part, 4)
    coefficients = solve(products, basis.how.left.size, basis.sizes, _FEWEST)
    out = np.empty((1, 1, innovation.size))
    evaluate(points, basis.how, coefficients, (part ^ 2)[None], out)
    return out.ravel()
