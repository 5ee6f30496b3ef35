"""Decide with information, judge by what was really earned: cross-fitted, chain by chain.

The value of information is what the best rule that sees it earns over the best choice without it.
A rule here is: choose the strategy whose fitted payoff, given the information, is highest. The fit
comes from other chains than those on which the rule is judged, and the judge is the payoff itself,
not the fit; so an irrelevant quantity earns nothing on average, never a spurious gain, and a rule
that is not quite the best earns a little less than the best one would.

Everything that is chosen (how smooth the fit is, whether payoffs are capped before the fit, whether
to act on it at all) is chosen on the training chains alone, by fitting on a part of them and
judging on the rest.

Only the shape of the fit comes from the training chains. Its level is the mean over all draws: a
mean is independent of the shape, and two strategies nearly tied then do not change places from
fold to fold.

Kept by hand because the packages for it (R's voi, BCEA) judge a fit by its own values on the draws
that it was fitted to, so that noise passes for information.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from model.information.arrays import FOLDS, Payoffs
from model.numerics.arrays import Array, Flags, Integers
from model.numerics.jit import njit
from model.numerics.standard_errors import mcse_of_sum

__all__ = ["Equations", "Outcome", "Problem", "Trained", "cross_fit", "gains", "train"]


#: Keeps normal equations solvable where columns coincide; a share of their mean diagonal.
_JITTER = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Equations:
    """Normal equations, by fold, of the regressions of all payoffs on one set of features.

    Attributes
    ----------
    gram : array (fold, feature, feature)
        Sums of products of features.
    moment : array (fold, feature, target, problem, strategy)
        Sums of features times payoffs, as they are and capped.
    weight : array (fold,)
        Rows.
    total : array (fold, target, problem, strategy)
        Sums of payoffs.
    penalty : array (feature, feature)
        Roughness, per row.
    strengths : array (strength,)
        Multiples of the penalty to choose from.
    """

    gram: Array
    moment: Array
    weight: Array
    total: Array
    penalty: Array
    strengths: Array

    def of(self, folds: list[int], terms: Integers) -> "Equations":
        """Those of some folds, and of some features.

        Parameters
        ----------
        folds : list of int
            Folds wanted, in order.
        terms : array (feature,)
            Features wanted.

        Returns
        -------
        Equations
        """
        square = (terms[:, None], terms)
        return Equations(
            self.gram[folds][:, *square],
            self.moment[folds][:, terms],
            self.weight[folds],
            self.total[folds],
            self.penalty[square],
            self.strengths,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """Fits that one held-out fold may be judged with.

    Attributes
    ----------
    better : array (target, problem)
        Whether the fit predicts better than a constant.
    inner : array (fold, feature, target, problem, strategy)
        Coefficients from all training folds but one, for each.
    outer : array (feature, target, problem, strategy)
        Coefficients from all training folds.
    """

    better: Flags
    inner: Array
    outer: Array


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What acting on information earned over the best choice without it.

    Attributes
    ----------
    acted : array (chain, problem)
        Sum over the chain's rows, of the rule where it is acted on, 0 where it is not.
    always : array (chain, problem)
        The same if the rule were always acted on.
    used : array (fold, problem)
        0 where the rule is not acted on in a held-out fold, 1 where it is, 2 where it is and comes
        from capped payoffs, 3 where trees replaced it.
    cross_validated : array (fold, chain, problem)
        What the rule for a held-out fold earned, in inner cross-validation, in each other chain.
    """

    acted: Array
    always: Array
    used: Integers
    cross_validated: Array

    def only(self, problem: int) -> "Outcome":
        """The same of a single problem.

        Parameters
        ----------
        problem : int
            Place of the problem.

        Returns
        -------
        Outcome
        """
        one = slice(problem, problem + 1)
        return Outcome(
            self.acted[:, one],
            self.always[:, one],
            self.used[:, one],
            self.cross_validated[..., one],
        )


class Problem(Protocol):
    """A set of features that payoffs are regressed on, and the rows to judge the rules on.

    Coefficients are those of the features `terms` only.
    """

    @property
    def payoffs(self) -> Payoffs:
        """The payoffs."""

    def equations(self) -> Equations:
        """Normal equations by fold.

        Returns
        -------
        Equations
        """

    def terms(self, fold: int) -> Integers:
        """Features to use where `fold` is held out.

        Parameters
        ----------
        fold : int
            The fold held out.

        Returns
        -------
        array (feature,)
            Places of features.
        """

    def cross_validated(self, folds: list[int], terms: Integers, coefficients: Array) -> Array:
        """Gains (target, chain, problem) of deciding in each fold with its own coefficients.

        `coefficients` have shape (fold, feature, target, problem, strategy). Gains of chains of
        other folds are 0.

        Parameters
        ----------
        folds : list of int
            Folds to decide in, each with coefficients that it had no part in.
        terms : array (feature,)
            Places of features.
        coefficients : array (fold, feature, target, problem, strategy)
            Of each fold.

        Returns
        -------
        array (target, chain, problem)
            In the payoffs' unit, summed over rows.
        """

    def earned(self, fold: int, terms: Integers, coefficients: Array) -> Array:
        """Gains (chain of the fold, problem) of deciding with coefficients in a fold.

        `coefficients` have shape (feature, problem, strategy).

        Parameters
        ----------
        fold : int
            The fold held out.
        terms : array (feature,)
            Places of features.
        coefficients : array (feature, problem, strategy)
            From the other folds.

        Returns
        -------
        array (chain, problem)
            In the payoffs' unit, summed over the rows of each of the fold's chains.
        """


def cross_fit(problem: Problem) -> Outcome:
    """Hold out each fold in turn: train on the others, cross-validate within them, earn on it.

    Parameters
    ----------
    problem : Problem
        The payoffs, and features of the quantities that are learned.

    Returns
    -------
    Outcome
    """
    payoffs, equations = problem.payoffs, problem.equations()
    acted, always = np.zeros((2, payoffs.chains, payoffs.problems))
    used = np.zeros((FOLDS, payoffs.problems), np.int64)
    cross_validated = np.zeros((FOLDS, payoffs.chains, payoffs.problems))
    everyone = np.arange(payoffs.problems)
    for fold in range(FOLDS):
        rest, terms = [other for other in range(FOLDS) if other != fold], problem.terms(fold)
        trained = train(equations.of(rest, terms))
        trials = problem.cross_validated(rest, terms, trained.inner)
        target = trials.sum(axis=1).argmax(axis=0)
        cross_validated[fold] = trials[target, :, everyone].T
        acts = trained.better[target, everyone] & _pays(cross_validated[fold, payoffs.fold != fold])
        used[fold] = np.where(acts, 1 + target, 0)
        earned = problem.earned(fold, terms, trained.outer[:, target, everyone])
        always[payoffs.fold == fold] = earned
        acted[payoffs.fold == fold] = np.where(acts, earned, 0.0)
    return Outcome(acted, always, used, cross_validated)


def _pays(gains: Array) -> Flags:
    """Whether a rule may be acted on: it does not lose more in inner cross-validation than chance.

    `gains` is (chain, problem). A rule that is sound but worth little loses by chance about half
    of the time, and to leave it out then would bias its value; one that misjudges the tails loses
    in most chains.
    """
    spread = mcse_of_sum(gains)
    total = gains.sum(axis=0)
    return np.asarray((total > -spread) & (gains != 0.0).any(axis=0), np.bool_)


def train(equations: Equations) -> Trained:
    """Ridge regression on some folds, its strength chosen by holding out each of them.

    The measure is the squared error summed over the strategies, each problem's and each target's
    by itself.

    Parameters
    ----------
    equations : Equations
        Of the folds to train on, two or more.

    Returns
    -------
    Trained
    """
    gram, moment = equations.gram.sum(axis=0), equations.moment.sum(axis=0)
    weight, total = equations.weight.sum(), equations.total.sum(axis=0)
    inner, risk = [], np.zeros((len(equations.strengths), *moment.shape[1:-1]))
    for gram_j, moment_j, weight_j, total_j in zip(
        equations.gram, equations.moment, equations.weight, equations.total, strict=True
    ):
        fits = _ridge(equations, gram - gram_j, moment - moment_j, weight - weight_j)
        constant = (total - total_j) / (weight - weight_j)
        inner.append(fits)
        risk += _risk(fits, gram_j, moment_j) - _constant_risk(constant, weight_j, total_j)
    choice = risk.argmin(axis=0)
    outer = _ridge(equations, gram, moment, weight)
    return Trained(
        risk.min(axis=0) < 0.0,
        np.stack([_chosen(fits, choice) for fits in inner]),
        _chosen(outer, choice),
    )


def _ridge(equations: Equations, gram: Array, moment: Array, weight: float) -> Array:
    """Coefficients (strength, feature, target, problem, strategy)."""
    features = len(gram)
    matrices = weight * equations.strengths[:, None, None] * equations.penalty
    matrices += gram
    diagonal = np.arange(features)
    matrices[:, diagonal, diagonal] += _JITTER * np.trace(gram) / features
    fits = np.linalg.solve(matrices, moment.reshape(features, -1))
    return np.asarray(fits.reshape(-1, *moment.shape), np.float64)


def _risk(fits: Array, gram: Array, moment: Array) -> Array:
    """Squared error (strength, target, problem), less the sum of squares that all fits share."""
    flat = fits.reshape(*fits.shape[:2], -1)
    quadratic = (flat * (gram @ flat)).reshape(fits.shape)
    return np.asarray((quadratic - 2.0 * fits * moment).sum(axis=(1, -1)), np.float64)


def _constant_risk(constant: Array, weight: float, total: Array) -> Array:
    """The same (target, problem) of predicting a constant (target, problem, strategy)."""
    return np.asarray((weight * constant**2 - 2.0 * constant * total).sum(axis=-1), np.float64)


def _chosen(fits: Array, choice: Integers) -> Array:
    """Coefficients (feature, target, problem, strategy) of the chosen strengths."""
    picked = np.take_along_axis(fits, choice[None, None, ..., None], axis=0)
    return np.asarray(picked[0], np.float64)


def gains(values: Array, shape: Array, payoffs: Payoffs) -> Array:
    """What choosing by fitted payoff earns over choosing the best: (target, chain, problem).

    Parameters
    ----------
    values : array (chain, row, problem, strategy)
        Centred payoffs, or their sums over rows that are decided together.
    shape : array (row, target, problem, strategy)
        Fitted payoffs, less their means; the same in each chain.
    payoffs : Payoffs
        For the mean payoffs, and the best strategy without information.

    Returns
    -------
    array (target, chain, problem)
        In the payoffs' unit, summed over the rows.
    """
    out = np.zeros((shape.shape[1], len(values), payoffs.problems))
    values, shape = np.ascontiguousarray(values), np.ascontiguousarray(shape)
    _add_gains(values, shape, np.ascontiguousarray(payoffs.mean), payoffs.best, out)
    return out


@njit()
def _add_gains(values: Array, shape: Array, mean: Array, best: Integers, out: Array) -> None:
    """Add the gains of each row to `out`: where fitted payoffs tie, the first strategy's."""
    rows, targets, problems, strategies = shape.shape
    for row in range(rows):
        for target in range(targets):
            for problem in range(problems):
                fitted, level = shape[row, target, problem], mean[problem]
                chosen = 0
                for other in range(1, strategies):
                    if fitted[other] + level[other] > fitted[chosen] + level[chosen]:
                        chosen = other
                for chain in range(values.shape[0]):
                    earned = values[chain, row, problem]
                    out[target, chain, problem] += earned[chosen] - earned[best[problem]]
