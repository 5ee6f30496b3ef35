"""What is known of an option once it is valued: its worth, its bounds, and the rule of its use."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.numerics.arrays import Array, Flags, Integers
from model.numerics.hermite_polynomials import CLIP, design
from priors.errors import InputError

__all__ = ["ExerciseRule", "OptionValue"]


@dataclass(frozen=True, eq=False)
class ExerciseRule:
    """When to exercise: the rules as fitted, two or four for each chain of draws.

    Attributes
    ----------
    powers : array (basis, feature)
        Degrees of the Hermite polynomials whose product a column of the basis is. What exercising
        pays is the last feature where it is `observed`.
    center, scale : array (rule, date, feature)
        The states are standardised by these and cut at ±3.
    coefficients : array (rule, date, stage, basis)
        Of the regression of exercising over going on; where what exercising pays is `observed`, of
        the rest: of minus what going on pays.
    limits : array (rule, date, stage)
        A stage replaces those before it where the absolute advantage under each of them was at
        most the limit of the next; −1 where it is left out.
    pays : array (rule, date)
        Whether exercising by the fit paid the draws that it was fitted to, or cost no more than
        chance would; if not, the rule waits.
    rule : array (draw,)
        Number of the rule that the draw follows: one that was fitted to other draws of its chain.
    observed : bool
        Whether what exercising pays is known at its date.
    """

    powers: Integers
    center: Array
    scale: Array
    coefficients: Array
    limits: Array
    pays: Flags
    rule: Integers
    observed: bool

    def advantage(
        self, states: Array, date: int, rule: int, exercise: Array | None = None
    ) -> Array:
        """Fitted value of exercising at `date` over going on; exercise where it is positive.

        Parameters
        ----------
        states : array (draw, feature)
            Of that date.
        date : int
            Number of the date.
        rule : int
            Number of the rule.
        exercise : array (draw,), optional
            What exercising pays; needed where it is observed.

        Returns
        -------
        array (draw,)

        Raises
        ------
        InputError
            Without `exercise` where the rule compares with it.
        """
        paid = np.zeros(len(states))
        if self.observed:
            if exercise is None:
                message = "this rule compares with what exercising pays: state `exercise`"
                raise InputError(message)
            paid = exercise
            states = np.column_stack([states, paid])
        scores = np.clip((states - self.center[rule, date]) / self.scale[rule, date], -CLIP, CLIP)
        columns = design(scores, self.powers)
        gain = np.zeros(len(states))
        near = np.ones(len(states), bool)
        for coefficients, limit in zip(
            self.coefficients[rule, date], self.limits[rule, date], strict=True
        ):
            near &= np.abs(gain) <= limit
            fitted = np.einsum("ij,j->i", columns, coefficients)
            gain = np.where(near, paid + fitted, gain)
        return gain if self.pays[rule, date] else np.minimum(0.0, gain)


@dataclass(frozen=True, eq=False)
class OptionValue:
    """What an option is worth, and how it is used.

    Attributes
    ----------
    value : float
        Mean payoff of the fitted rule on draws that it was not fitted to: what a holder who
        follows the rule can expect, so not above what the option is worth.
    se : float
        Its standard error; 0 where it is exact; NaN, not known, where all draws earn the same by
        chance, or the rule waits for want of draws.
    upper, upper_se : float
        What no rule can be worth more than, and its standard error; NaN as of `se`.
    upper_kind : {"dual", "perfect foresight"}
        Where the bound is from; see `bermudan_option`.
    perfect_foresight : float
        Mean of the best payoff of each draw, seen from the end.
    best_fixed : float
        Mean payoff of the best fixed date, or of never: chosen on draws of the same chain, paid on
        its others.
    loses : bool
        Whether the rule is worse than never exercising, or than the best fixed date, by over two
        standard errors.
    exercise_date : array (draw,)
        Number of the date; −1 for never.
    payoff : array (draw,)
        Realised, 0 for never.
    advantage : array (draw, date)
        Fitted value of exercising over going on, by the rule that the draw follows; NaN
        where it may not be exercised.
    rule : ExerciseRule
        The fitted rules.
    """

    value: float
    se: float
    upper: float
    upper_se: float
    upper_kind: Literal["dual", "perfect foresight"]
    perfect_foresight: float
    best_fixed: float
    loses: bool
    exercise_date: Integers
    payoff: Array
    advantage: Array
    rule: ExerciseRule
