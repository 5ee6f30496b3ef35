"""The dual bound on what an option is worth, from the martingale that fitting its rule gives.

Rogers (2002), Haugh and Kogan (2004). Let X_t be what exercising pays and C_t what going on is
worth, given the states at t. f_t = max(0, C_t − X_t) is then what the option is worth over what
exercising now pays, and

    ψ_{t+1} = X_{t+1} + f_{t+1} − X_t − E[X_{t+1} + f_{t+1} − X_t | states at t]

has mean zero given what is known at t, whatever the approximation of f. With M_t = ψ_1 + … + ψ_t,
no rule is worth more than E max_t (X_t − M_t), if the conditional means are exact. They are
regressions, from the half of the draws that a draw is not in; so the bound is taken as the rule's
own value plus the mean of the gap

    max_t (X_t − M_t) − (X_τ − M_τ) ≥ 0,   τ the date at which the rule exercises,

in which an error in ψ matters only from where the rule and the best rule part.
"""

import numpy as np

from model.numerics.arrays import Array, Labels
from model.numerics.jit import njit
from model.numerics.normal_equations import evaluate, moments, solve
from model.stopping.longstaff_schwartz import FEWEST, Basis, Paths, Problem, Rule, score

__all__ = ["corrected_gap", "gap"]


def gap(problem: Problem, paths: Paths) -> Array:
    """Gap (draw,) with the martingale as it was fitted.

    Parameters
    ----------
    problem : Problem
        The option.
    paths : Paths
        From `fit_backwards` on the same problem.

    Returns
    -------
    array (draw,)
        In the payoffs' unit; its mean is how far the upper bound lies above what the rule earns.
    """
    best, ruled = np.zeros((2, len(problem.part)))
    for t in reversed(range(len(paths.advantage))):
        now, group = problem.exercise[t], problem.open[t]
        _step_back(now, group, paths.advantage[t], paths.innovation[t], best, ruled)
    return np.asarray(best - ruled)


def corrected_gap(problem: Problem, paths: Paths, rule: Rule) -> Array:
    """Gap (draw,) after the drift that is found in the martingale is taken out.

    The drift is estimated on the other quarter of the draw's own half, which the martingale was
    not fitted to, with higher powers of the states and those of the date before.

    Parameters
    ----------
    problem : Problem
        The option.
    paths : Paths
        From `fit_backwards` on the same problem.
    rule : Rule
        The rule of the same fit.

    Returns
    -------
    array (draw,)
        In the payoffs' unit.
    """
    dates, features, draws = problem.states.shape
    basis = _richer(features, problem.degree)
    best, ruled = np.zeros((2, draws))
    scores, lagged = np.empty((2, features, draws))
    score(problem, dates - 1, rule, scores)
    for t in reversed(range(dates)):
        if t:
            score(problem, t - 1, rule, lagged)
        else:
            lagged[:] = 0.0
        points = np.concatenate([scores, lagged, problem.open[t][None]])
        drift = _drift(points, basis, problem.part, paths.innovation[t])
        now, group = problem.exercise[t], problem.open[t]
        _step_back(now, group, paths.advantage[t], paths.innovation[t] - drift, best, ruled)
        scores, lagged = lagged, scores
    return np.asarray(best - ruled)


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
    coefficients = solve(products, basis.how.left.size, basis.sizes, FEWEST)
    out = np.empty((1, 1, innovation.size))
    evaluate(points, basis.how, coefficients, (part ^ 2)[None], out)
    return out.ravel()
