"""Least-squares Monte Carlo: the rule for one right, fitted backwards in time, and its dual bound.

Longstaff and Schwartz (2001): going back from the last date, what exercising now pays over what
going on will pay is regressed on the states of that date; the rule exercises where the regression
is above zero. The rule of each half of the draws is applied to the other half, so that no draw's
future is in its own decision.

Three things are added. What a regression cannot see far from where it decides must not bend it
there: the fit is repeated on the half of the draws nearest the boundary, and on the nearest half
of those. The regressand, never the value, is winsorised, and its mean put back. And the same
fits give the dual bound of Rogers (2002), Haugh and Kogan (2004): a martingale made of what the
rule's value turns out to be over what was expected a date before.

The bound. Let X_t be what exercising pays and C_t what going on is worth, given the states at t.
f_t = max(0, C_t − X_t) is then what the right is worth over exercising now, and

    ψ_{t+1} = X_{t+1} + f_{t+1} − X_t − E[X_{t+1} + f_{t+1} − X_t | states at t]

has mean zero given what is known at t, whatever the approximation of f. With M_t = ψ_1 + … + ψ_t,
no rule is worth more than E max_t (X_t − M_t), exact if the conditional means are. They are
regressions; so the bound is taken as the rule's own value plus the mean of

    max_t (X_t − M_t) − (X_τ − M_τ) ≥ 0,   τ the date at which the rule exercises,

in which an error in ψ matters only from where the rule and the best rule part.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model import stopping_steps as steps
from model.basis import Recipe, location_and_scale, recipe, total_degree
from model.least_squares import evaluate, improve, moments, solve

__all__ = ["STAGES", "Paths", "Problem", "Rule", "fit_backwards"]

type Array = npt.NDArray[np.float64]
type Integers = npt.NDArray[np.int64]
type Labels = npt.NDArray[np.int8]

#: The fit to all draws, to the half nearest the boundary, to the quarter nearest.
STAGES = 3
#: Share of the draws on either side beyond which the regressand is winsorised.
_TAIL = 0.002
#: Draws wanted for each coefficient; with fewer, the degree is lowered or a stage left out.
_FEWEST = 20


class Problem(NamedTuple):
    """One right, its arrays checked and laid out.

    Attributes
    ----------
    exercise : array (date, draw)
        What exercising pays; 0 where the right is not open.
    states : array (date, feature, draw)
        What is known; finite. What exercising pays is the last feature where it is observed.
    open : array (date, draw)
        Where the rule has to decide: 1, else 0.
    part : array (draw,)
        Quarter of the sample, 0 to 3; even and odd ones are the two halves.
    probe : array (draw of the probe,)
        Draws from which locations, scales and limits are read.
    observed : bool
        Whether what exercising pays is known at its date.
    degree : int
        Total degree of the basis.
    """

    exercise: Array
    states: Array
    open: Labels
    part: Labels
    probe: Integers
    observed: bool
    degree: int


class Rule(NamedTuple):
    """The fitted rules; `model.bermudan.ExerciseRule` describes the fields.

    Attributes
    ----------
    powers : array (basis, feature)
    center, scale : array (date, 2, feature)
        Of the draws for which the right is not open, and is.
    coefficients : array (half, date, stage, basis)
    limits : array (half, date, stage)
    """

    powers: Integers
    center: Array
    scale: Array
    coefficients: Array
    limits: Array

    @classmethod
    def empty(cls, dates: int, features: int, degree: int, observed: bool) -> "Rule":
        """A rule that is still to be fitted.

        What exercising pays, where observed, goes in linearly: it may bend where no polynomial in
        the other features does.
        """
        powers = total_degree(features - observed, degree)
        if observed:
            powers = np.insert(powers, features - 1, 0, axis=1)
            linear = np.eye(1, features, features - 1, dtype=np.int64)
            place = np.searchsorted(powers.sum(axis=1), 1, side="right")
            powers = np.insert(powers, place, linear, axis=0)
        limits = np.full((2, dates, STAGES), -1.0)
        limits[:, :, 0] = np.inf
        shape = (dates, 2, features)
        coefficients = np.zeros((2, dates, STAGES, len(powers)))
        return cls(powers, np.zeros(shape), np.ones(shape), coefficients, limits)


class Paths(NamedTuple):
    """What becomes of each draw under the rule of the half that it is not in.

    Attributes
    ----------
    payoff : array (draw,)
        Realised.
    exercise_date : array (draw,)
        −1 for never.
    advantage : array (date, draw)
        Fitted value of exercising over going on; NaN where the right is not open.
    gap : array (2, draw)
        By how much the best date, seen from the end and less the martingale, beats the rule's:
        with the martingale as fitted, and with its conditional means corrected.
    """

    payoff: Array
    exercise_date: Integers
    advantage: Array
    gap: Array


class _Basis(NamedTuple):
    """A basis, and how many of its leading columns have at most each total degree."""

    how: Recipe
    sizes: Integers

    @classmethod
    def of(cls, powers: Integers) -> "_Basis":
        """The basis with these exponents (basis, feature), ordered by total degree."""
        return cls(recipe(powers), np.cumsum(np.bincount(powers.sum(axis=1))))


def _richer(features: int, degree: int) -> _Basis:
    """A basis in which to look for drift that the conditional means have missed.

    Powers of each of this date's scores up to one above the degree; the scores of the date
    before; whether the right is open.
    """
    unit = np.eye(2 * features + 1, dtype=np.int64)
    rows = [0 * unit[:1], unit, *(power * unit[:features] for power in range(2, degree + 2))]
    return _Basis.of(np.concatenate(rows))


def _score(problem: Problem, t: int, rule: Rule, out: Array) -> None:
    """Fill `out` (feature, draw) with a date's standardised states, noting location and scale."""
    probed, group = problem.states[t][:, problem.probe], problem.open[t][problem.probe]
    for g in range(2):
        if (group == g).any():
            rule.center[t, g], rule.scale[t, g] = location_and_scale(probed[:, group == g])
    steps.standardise(problem.states[t], problem.open[t], rule.center[t], rule.scale[t], out)


def _tails(date: steps.Date, probe: Integers) -> tuple[Array, Array]:
    """Where each cell's regressand is cut, (cell,) and (cell,)."""
    low, high = np.full(4, -np.inf), np.full(4, np.inf)
    cell, values = date.cell[probe], date.targets[steps.GAIN, probe]
    for c in range(4):
        if (chosen := values[cell == c]).size:
            low[c], high[c] = np.quantile(chosen, [_TAIL, 1 - _TAIL])
    return low, high


def _limits(date: steps.Date, probe: Integers, counts: Array, fewest: int) -> Array:
    """Median absolute advantage of each half's draws; −1 where half of them are too few."""
    limits = np.full(2, -1.0)
    cell, base = date.cell[probe], date.now[probe] if date.observed else np.zeros(probe.size)
    for half in range(2):
        chosen = cell == 2 + half
        if counts[2 + half] >= 2 * fewest and chosen.any():
            gain = base[chosen] - date.fitted[half, steps.GAIN, probe[chosen]]
            limits[half] = np.median(np.abs(gain))
    return limits


def _fit(date: steps.Date, basis: _Basis, probe: Integers, rule: Rule, t: int) -> None:
    """Fit all stages at one date: fill `date.fitted` and the date's part of the rule."""
    columns = basis.how.left.size
    counts, gains = np.zeros(4), np.zeros((4, columns))
    for stage in range(STAGES):
        if stage:
            rule.limits[:, t, stage] = _limits(date, probe, counts, _FEWEST * columns)
            steps.narrow(date, rule.limits[:, t, stage].copy())
        products = moments(date.scores, basis.how, date.targets, date.cell, 4)
        counts = products[:, 0, 0]
        solution = solve(products, basis.sizes, _FEWEST)[:, :, :2].copy()
        for cell in range(4):
            gains[cell] = improve(products[cell], gains[cell], basis.sizes, _FEWEST, steps.CUT)
        solution[:, :, steps.GAIN] = gains
        rule.coefficients[:, t, stage] = gains[2:]
        evaluate(date.scores, basis.how, solution, date.use, date.fitted)


def _drift(
    date: steps.Date, lagged: Array, basis: _Basis, part: Labels, innovation: Array
) -> Array:
    """Mean (draw,) of the martingale's increment, from the other quarter of the draw's half."""
    points = np.concatenate([date.scores, lagged, date.group[None]])
    products = moments(points, basis.how, innovation[None], part, 4)
    coefficients = solve(products, basis.sizes, _FEWEST)
    out = np.empty((1, 1, innovation.size))
    evaluate(points, basis.how, coefficients, (part ^ 2)[None], out)
    return out.ravel()


def _pending(date: steps.Date, carried: steps.Carried) -> bool:
    """Whether any draw for which the right is not open now has a later use of it."""
    closed = date.group == 0
    return bool(closed.any() and ((carried.cash * closed).any() or (carried.excess * closed).any()))


def fit_backwards(problem: Problem) -> tuple[Paths, Rule]:
    """Fit the rule from the last date to the first, and apply each half's rule to the other."""
    dates, features, draws = problem.states.shape
    rule = Rule.empty(dates, features, problem.degree, problem.observed)
    basis, richer = _Basis.of(rule.powers), _richer(features, problem.degree)
    date, carried = steps.room(
        problem.exercise[-1],
        problem.open[-1],
        problem.part % np.int8(2),
        problem.observed,
        features,
    )
    advantage, innovation = np.empty((dates, draws)), np.empty(draws)
    _score(problem, dates - 1, rule, date.scores)
    lagged = np.empty_like(date.scores)
    for t in reversed(range(dates)):
        date = date._replace(now=problem.exercise[t], group=problem.open[t])
        steps.prepare(date, carried, _pending(date, carried))
        steps.winsorise(date, *_tails(date, problem.probe))
        _fit(date, basis, problem.probe, rule, t)
        steps.advance(date, carried, advantage[t], innovation)
        if problem.observed and t == dates - 1:
            innovation[:] = 0.0  # what the right pays last is known: there is nothing to estimate
        if t:
            _score(problem, t - 1, rule, lagged)
        else:
            lagged[:] = 0.0
        drift = _drift(date, lagged, richer, problem.part, innovation)
        steps.widen(date, advantage[t], innovation, drift, carried)
        date, lagged = date._replace(scores=lagged), date.scores
    payoff, when = np.zeros(draws), np.full(draws, -1)
    steps.realise(problem.exercise, advantage, payoff, when)
    return Paths(payoff, when, advantage, carried.best - carried.ruled), rule
