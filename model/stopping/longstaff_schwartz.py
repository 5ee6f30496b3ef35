"""Least-squares Monte Carlo: a rule fitted to some draws, backwards in time, and followed by all.

Longstaff and Schwartz (2001): going back from the last date, what exercising now pays over what
going on will pay is regressed on the states of that date; the rule exercises where the regression
is above zero. `date_fit` says how it is regressed.

The regressand, never the value, is winsorized, and its mean put back. And where exercising by a fit
costs the draws that it was fitted to more than chance would, it is not used.

Kept by hand because libraries for options (QuantLib) take what exercising pays to be known at its
date; here it may depend on what nobody sees by then.
"""

from typing import NamedTuple

import numpy as np

from model.numerics.arrays import Array, Flags, Integers, Labels
from model.numerics.jit import njit
from model.stopping.basis import Basis
from model.stopping.date_draws import Room, lay_out, set_target
from model.stopping.date_fit import STAGES, correct, regress

__all__ = ["Option", "Outcome", "Rule", "follow"]


#: With fewer open draws to fit at a date, the rule waits: not even a mean is known well.
_FEWEST = 10
#: Degree of the polynomials that the noise's logarithm is fitted to.
_NOISE_DEGREE = 2


class Option(NamedTuple):
    """One option on some draws, its arrays checked and laid out.

    Attributes
    ----------
    exercise : array (date, draw)
        What exercising pays; finite where the option is open.
    states : array (date, feature, draw)
        What is known; finite where the option is open. What exercising pays is the last feature
        where it is observed.
    open : array (date, draw)
        Where the rule has to decide: 1, otherwise 0.
    observed : bool
        Whether what exercising pays is known at its date.
    """

    exercise: Array
    states: Array
    open: Labels
    observed: bool


class Outcome(NamedTuple):
    """What becomes of draws that follow a rule.

    Attributes
    ----------
    payoff : array (draw,)
        What the option pays; 0 for never.
    exercise_date : array (draw,)
        Number of the date; −1 for never.
    advantage : array (date, draw), or without dates
        Fitted value of exercising over going on; NaN where the option is not open.
    """

    payoff: Array
    exercise_date: Integers
    advantage: Array

    @classmethod
    def never(cls, advantage: Array) -> "Outcome":
        """That of draws that have not exercised yet.

        Parameters
        ----------
        advantage : array (date, draw), or without dates
            To be filled, where it has dates.

        Returns
        -------
        Outcome
        """
        draws = advantage.shape[1]
        return cls(np.zeros(draws), np.full(draws, -1), advantage)


class Rule(NamedTuple):
    """One fitted rule; `model.stopping.result.ExerciseRule` describes the fields.

    Attributes
    ----------
    center, scale : array (date, feature)
    coefficients : array (date, stage, basis)
    limits : array (date, stage)
    pays : array (date,)
    """

    center: Array
    scale: Array
    coefficients: Array
    limits: Array
    pays: Flags

    @classmethod
    def waiting(cls, dates: int, basis: Basis) -> "Rule":
        """A rule that never exercises: one that is still to be fitted.

        Parameters
        ----------
        dates : int
            Dates at which the option may be exercised.
        basis : Basis
            What the rule is to weigh.

        Returns
        -------
        Rule
        """
        count, features = basis.powers.shape
        limits = np.full((dates, STAGES), -1.0)
        limits[:, 0] = np.inf
        return cls(
            np.zeros((dates, features)),
            np.ones((dates, features)),
            np.zeros((dates, STAGES, count)),
            limits,
            np.zeros(dates, np.bool_),
        )


@njit(inner=True)
def _pays(fitted: int, room: Room) -> bool:
    """Whether exercising by the fit does not cost the fitted draws more than chance would.

    A bare sum above 0 would be a jump, which one draw in a heavy tail flips.
    """
    total, squares = 0.0, 0.0
    for j in range(fitted):
        if room.gain[j] > 0.0:
            total += room.raw[j]
            squares += room.raw[j] ** 2
    return bool(total > -np.sqrt(squares))


@njit(inner=True)
def _decide(option: Option, t: int, order: Integers, pays: bool, room: Room, out: Outcome) -> None:
    """Exercise where the gain is positive and the rule pays; the gains are in the order's."""
    kept = 0
    for k in range(order.size):
        draw = order[k]
        gain = np.nan
        if option.open[t, draw] != 0:
            gain = room.gain[kept] if pays else min(0.0, room.gain[kept])
            kept += 1
        if gain > 0.0:
            out.payoff[draw], out.exercise_date[draw] = option.exercise[t, draw], t
        if out.advantage.shape[0] > 0:
            out.advantage[t, draw] = gain


@njit()
def follow(
    option: Option,
    order: Integers,
    train: int,
    basis: Basis,
    rule: Rule,
    room: Room,
    out: Outcome,
) -> None:
    """Fit a rule to the first draws of an order, and let all of them follow it.

    Parameters
    ----------
    option : Option
        The option.
    order : array (draw,)
        All draws, those that the rule is fitted to first.
    train : int
        How many these are.
    basis : Basis
        What the rule weighs.
    rule : Rule
        Filled.
    room : Room
        Overwritten.
    out : Outcome
        Of draws that have not exercised yet: filled.
    """
    products = np.zeros((room.columns.shape[0], room.columns.shape[0]))
    curve = np.zeros(basis.sizes[min(_NOISE_DEGREE, basis.sizes.size - 1)])
    for t in range(option.exercise.shape[0] - 1, -1, -1):
        states, is_open = option.states[t], option.open[t]
        center, scale = rule.center[t], rule.scale[t]
        fitted, count = lay_out(states, is_open, order, train, basis, center, scale, room)
        room.gain[:count] = 0.0
        if fitted >= _FEWEST:
            set_target(option.exercise[t], out.payoff, option.observed, fitted, count, room)
            fits, limits = rule.coefficients[t], rule.limits[t]
            regress(fits[0], curve, basis, fitted, count, products, room)
            correct(fits, limits, basis, fitted, count, products, room)
            rule.pays[t] = _pays(fitted, room)
        _decide(option, t, order, rule.pays[t], room, out)
