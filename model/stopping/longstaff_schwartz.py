"""Least-squares Monte Carlo: the rule for one option, fitted backwards in time, and its dual bound.

Longstaff and Schwartz (2001): going back from the last date, what exercising now pays over what
going on will pay is regressed on the states of that date; the rule exercises where the regression
is above zero. The rule of each half of the draws is applied to the other half, so that no draw's
future is in its own decision.

Four things are added. What a regression cannot see far from where it decides must not bend it
there: the fit is corrected on the half of the draws nearest the boundary, and on the nearest half
of those. Each fit and each correction has the degree, maybe none, that Schwarz's criterion says is
worth it. The regressand, never the value, is winsorized, and its mean put back. And where
exercising by a fit does not even pay the draws that it was fitted to, it is not used.

The same fits give the increments of a martingale for the dual bound: see `dual_bound`.

Kept by hand because libraries for options (QuantLib) take what exercising pays to be known at its
date; here it may depend on what nobody sees by then.
"""

from typing import NamedTuple

import numpy as np

from model.numerics.arrays import Array, Flags, Integers, Labels
from model.numerics.hermite_polynomials import Recipe, location_and_scale, recipe, total_degree
from model.numerics.normal_equations import evaluate, improve, moments, solve
from model.stopping import steps

__all__ = ["FEWEST", "STAGES", "Basis", "Paths", "Problem", "Rule", "fit_backwards", "score"]


#: The fit to all draws, to the half nearest the boundary, to the quarter nearest.
STAGES = 3
#: Share of the draws on either side beyond which the regressand is winsorized.
_TAIL = 0.002
#: Draws wanted for each coefficient; with fewer, the degree is lowered or a stage left out.
FEWEST = 20


class Problem(NamedTuple):
    """One option, its arrays checked and laid out.

    Attributes
    ----------
    exercise : array (date, draw)
        What exercising pays; 0 where the option is not open.
    states : array (date, feature, draw)
        What is known; finite. What exercising pays is the last feature where it is observed.
    open : array (date, draw)
        Where the rule has to decide: 1, otherwise 0.
    part : array (draw,)
        Quarter of the sample, 0 to 3; even and odd ones are the two halves.
    probe : array (draw of the probe,)
        Draws from which locations, scales and limits are read.
    observed : bool
        Whether what exercising pays is known at its date.
    degree : int
        Total degree of the basis.
    dual : bool
        Whether the martingale of the dual bound is wanted.
    """

    exercise: Array
    states: Array
    open: Labels
    part: Labels
    probe: Integers
    observed: bool
    degree: int
    dual: bool


class Rule(NamedTuple):
    """The fitted rules; `model.stopping.result.ExerciseRule` describes the fields.

    Attributes
    ----------
    powers : array (basis, feature)
    center, scale : array (date, 2, feature)
        Of the draws for which the option is not open, and is.
    coefficients : array (half, date, stage, basis)
    limits : array (half, date, stage)
    pays : array (half, date)
    """

    powers: Integers
    center: Array
    scale: Array
    coefficients: Array
    limits: Array
    pays: Flags

    @classmethod
    def empty(cls, dates: int, features: int, degree: int, observed: bool) -> "Rule":
        """A rule that is still to be fitted.

        What exercising pays, where observed, goes in linearly: it may bend where no polynomial in
        the other features does.

        Parameters
        ----------
        dates : int
            Dates at which the option may be exercised.
        features : int
            States, what exercising pays among them where it is observed.
        degree : int
            Total degree of the polynomials.
        observed : bool
            Whether the last state is what exercising pays.

        Returns
        -------
        Rule
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
        pays = np.zeros((2, dates), bool)
        return cls(powers, np.zeros(shape), np.ones(shape), coefficients, limits, pays)


class Paths(NamedTuple):
    """What becomes of each draw under the rule of the half that it is not in.

    Attributes
    ----------
    payoff : array (draw,)
        Realised.
    exercise_date : array (draw,)
        −1 for never.
    advantage : array (date, draw)
        Fitted value of exercising over going on; NaN where the option is not open.
    innovation : array (date, draw)
        Increment ψ of the martingale from that date to the next, where it is wanted.
    """

    payoff: Array
    exercise_date: Integers
    advantage: Array
    innovation: Array


class Basis(NamedTuple):
    """A basis, and how many of its leading columns have at most each total degree."""

    how: Recipe
    sizes: Integers

    @classmethod
    def of(cls, powers: Integers) -> "Basis":
        """The basis with these exponents (basis, feature), ordered by total degree.

        Parameters
        ----------
        powers : array (basis, feature)
            Exponents of each column.

        Returns
        -------
        Basis
        """
        return cls(recipe(powers), np.cumsum(np.bincount(powers.sum(axis=1))))


def _locate(problem: Problem, t: int, rule: Rule) -> None:
    """Note the location and scale of a date's states in the rule."""
    probed, group = problem.states[t][:, problem.probe], problem.open[t][problem.probe]
    for g in range(2):
        if (group == g).any():
            rule.center[t, g], rule.scale[t, g] = location_and_scale(probed[:, group == g])


def score(problem: Problem, t: int, rule: Rule, out: Array) -> None:
    """Fill `out` (feature, draw) with a date's standardised states.

    Parameters
    ----------
    problem : Problem
        The option.
    t : int
        Place of the date.
    rule : Rule
        With the date's centre and scale.
    out : array (feature, draw)
        Filled, in standard deviations, within ±`CLIP`.
    """
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


def _fit(date: steps.Date, basis: Basis, problem: Problem, rule: Rule, t: int) -> None:
    """Fit all stages at one date: fill `date.fitted` and the date's part of the rule."""
    columns = basis.how.left.size
    targets = date.targets if problem.dual else date.targets[: steps.NEXT]
    fitted = [steps.GAIN, steps.NEXT] if problem.dual else [steps.GAIN]
    counts, gains = np.zeros(4), np.zeros((4, columns))
    for stage in range(STAGES):
        if stage:
            rule.limits[:, t, stage] = _limits(date, problem.probe, counts, FEWEST * columns)
            steps.narrow(date, rule.limits[:, t, stage].copy())
        products = moments(date.scores, basis.how, targets, date.cell, 4)
        counts = products[:, 0, 0].copy()
        solution = np.zeros((4, columns, len(fitted)))
        if problem.dual:
            solution[:] = solve(products, columns, basis.sizes, FEWEST)[:, :, fitted]
        for cell in range(4):
            gains[cell] = improve(products[cell], gains[cell], basis.sizes, FEWEST, steps.CUT)
        solution[:, :, steps.GAIN] = gains
        rule.coefficients[:, t, stage] = gains[2:]
        evaluate(date.scores, basis.how, solution, date.use, date.fitted)


def _pending(date: steps.Date, carried: steps.Carried) -> bool:
    """Whether any draw for which the option is not open now has a later use of it."""
    closed = date.group == 0
    return bool(closed.any() and ((carried.cash * closed).any() or (carried.excess * closed).any()))


def fit_backwards(problem: Problem) -> tuple[Paths, Rule]:
    """Fit the rule from the last date to the first, and apply each half's rule to the other.

    Parameters
    ----------
    problem : Problem
        The option.

    Returns
    -------
    Paths
        What the rules do on the draws that they were not fitted to.
    Rule
    """
    dates, features, draws = problem.states.shape
    rule = Rule.empty(dates, features, problem.degree, problem.observed)
    basis = Basis.of(rule.powers)
    date, carried = steps.room(
        problem.exercise[-1],
        problem.open[-1],
        problem.part % np.int8(2),
        problem.observed,
        features,
    )
    advantage, innovation = np.empty((dates, draws)), np.empty((dates, draws))
    for t in reversed(range(dates)):
        date = date._replace(now=problem.exercise[t], group=problem.open[t])
        _locate(problem, t, rule)
        score(problem, t, rule, date.scores)
        steps.prepare(date, carried, _pending(date, carried))
        steps.winsorize(date, *_tails(date, problem.probe))
        _fit(date, basis, problem, rule, t)
        rule.pays[:, t] = steps.earned(date, carried) > 0.0
        steps.advance(date, carried, rule.pays[:, t].copy(), advantage[t], innovation[t])
    if problem.observed:
        innovation[-1] = 0.0  # what the option pays last is known: there is nothing to estimate
    payoff, when = np.zeros(draws), np.full(draws, -1)
    steps.realise(problem.exercise, advantage, payoff, when)
    return Paths(payoff, when, advantage, innovation), rule
