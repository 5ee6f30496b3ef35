"""One chain as a whole study: rules fitted on some of its draws, followed by its others.

Every chain has rules of its own and reads nothing of another chain: no draw, location, limit or
flag. So the figures of the chains are independent and alike, whatever the rules do to them, and
their spread is the error of all of them: of means, probabilities, quantiles and shares by date.

What is valued is what a holder earns whose rule comes from so many draws as a chain fits it to.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from model.numerics.arrays import Array, Integers, Labels
from model.numerics.compile_beside import until_compiled
from model.stopping.basis import Basis
from model.stopping.date_draws import Room
from model.stopping.longstaff_schwartz import Option, Outcome, Rule, follow

__all__ = ["Folds", "Study", "study"]


#: With so many draws a chain is halved: the rule of one half is followed by the other. With fewer
#: it is quartered, since three quarters of few draws make a better rule than half of them.
_HALVED = 2048


class Folds(NamedTuple):
    """The division of a chain's draws.

    Attributes
    ----------
    fold : array (draw,)
        Part that each draw is in.
    orders : array (fold, draw)
        All draws, with those of that fold last.
    train : array (fold,)
        How many come before these.
    """

    fold: Labels
    orders: Integers
    train: Integers

    @classmethod
    def dealt(cls, draws: int, *seed: int) -> "Folds":
        """The draws of a chain dealt by lot: every other one would be one side of Sobol's points.

        Parameters
        ----------
        draws : int
            Of the chain.
        *seed : int
            Of the lot.

        Returns
        -------
        Folds
        """
        return cls._dealt(draws, min(2 if draws >= _HALVED else 4, draws), seed)

    @classmethod
    def halves(cls, draws: int, *seed: int) -> "Folds":
        """The draws dealt by lot into two halves, however few they are.

        Parameters
        ----------
        draws : int
            At least 2.
        *seed : int
            Of the lot.

        Returns
        -------
        Folds
        """
        return cls._dealt(draws, 2, seed)

    @classmethod
    def _dealt(cls, draws: int, count: int, seed: tuple[int, ...]) -> "Folds":
        fold = (np.random.default_rng(seed).permutation(draws) % count).astype(np.int8)
        orders = np.stack([np.argsort(fold == k, kind="stable") for k in range(count)])
        return cls(fold, orders, draws - np.bincount(fold))


@dataclass(frozen=True, slots=True)
class Study:
    """What becomes of one chain's draws.

    Attributes
    ----------
    payoff : array (draw,)
        Realised, 0 for never, under the rule that the draw's own fold had no part in.
    exercise_date : array (draw,)
        Number of the date; −1 for never.
    fixed : array (draw,)
        Payoff of the date, or never, that is best on the other folds.
    foresight : array (draw,)
        The best payoff of the draw, seen from the end.
    rules : tuple of Rule
        One a fold.
    advantages : array (fold, date, draw)
        Fitted value of exercising over going on by each fold's rule, NaN where the option is not
        open; without dates if it was not asked for.
    """

    payoff: Array
    exercise_date: Integers
    fixed: Array
    foresight: Array
    rules: tuple[Rule, ...]
    advantages: Array


def study(
    option: Option, basis: Basis, folds: Folds, room: Room, *, advantages: bool = False
) -> Study:
    """Fit each fold's rule to the other folds, and follow it there.

    Parameters
    ----------
    option : Option
        On the draws of one chain.
    basis : Basis
        What the rules weigh.
    folds : Folds
        Of the same draws.
    room : Room
        Overwritten.
    advantages : bool
        Whether to keep them.

    Returns
    -------
    Study
    """
    until_compiled()
    dates, draws = option.exercise.shape
    payoff, when = np.zeros(draws), np.full(draws, -1)
    kept = np.zeros((len(folds.train), dates if advantages else 0, draws))
    rules = tuple(Rule.waiting(dates, basis) for _ in folds.train)
    for k, (rule, train) in enumerate(zip(rules, folds.train, strict=True)):
        order, outcome = folds.orders[k], Outcome.never(kept[k])
        follow(option, order, int(train), basis, rule, room, outcome)
        own = order[train:]
        payoff[own], when[own] = outcome.payoff[own], outcome.exercise_date[own]
    held = np.where(option.open, option.exercise, 0.0)
    fixed = _fixed(held, folds.fold)
    return Study(payoff, when, fixed, np.maximum(0.0, held.max(axis=0)), rules, kept)


def _fixed(held: Array, fold: Labels) -> Array:
    """Payoff (draw,) of the date, or never, that is best on the folds that a draw is not in."""
    out = np.zeros(fold.size)
    by_fold = np.array([np.bincount(fold, weights=row) for row in held])
    others = by_fold.sum(axis=1, keepdims=True) - by_fold
    for k in range(others.shape[1]):
        best = int(others[:, k].argmax())
        if others[best, k] > 0.0:
            out[fold == k] = held[best][fold == k]
    return out
