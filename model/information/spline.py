"""Deciding on one quantity: a penalised spline in its rank, or group means for an event.

All that is needed of the draws is the sum of the payoffs in each bin of each chain: the regression
and the judgement then run over a few hundred bins in place of tens of thousands of draws.
"""

from dataclasses import dataclass

import numpy as np

from model.information.arrays import FOLDS, Payoffs
from model.information.cross_fitting import Equations, gains
from model.numerics.arrays import Array, Integers
from model.numerics.rank_bins import RankBins, block_sums

__all__ = ["SplineProblem", "binned", "spline_problem"]


_SEGMENTS = 16
_DEGREE = 3
#: From a free spline to nearly a straight line in the normal score.
_STRENGTHS = 10.0 ** np.array([-7.0, -5.0, -4.0, -3.0, -2.0, -1.0, 1.0])


@dataclass(frozen=True, slots=True, eq=False)
class SplineProblem:
    """A `Problem` over the bins of one quantity.

    Attributes
    ----------
    payoffs : Payoffs
        The payoffs.
    features : array (bin, feature)
        Values of the basis functions.
    centre : array (feature,)
        Their means over all rows.
    weight : array (fold, bin)
        Rows.
    sums : array (chain, bin, target, problem, strategy)
        Sums of the targets.
    penalty : array (feature, feature)
        Roughness.
    """

    payoffs: Payoffs
    features: Array
    centre: Array
    weight: Array
    sums: Array
    penalty: Array

    def terms(self, fold: int) -> Integers:
        """All features, whatever is held out.

        Parameters
        ----------
        fold : int
            Not used.

        Returns
        -------
        array (feature,)
            Places of features.
        """
        del fold
        return np.arange(len(self.penalty))

    def equations(self) -> Equations:
        """Normal equations by fold.

        Returns
        -------
        Equations
        """
        features, sums = self.features, self._by_fold(self.sums)
        moment = features.T @ sums.reshape(*sums.shape[:2], -1)
        return Equations(
            np.stack([(features.T * one) @ features for one in self.weight]),
            moment.reshape(FOLDS, -1, *sums.shape[2:]),
            self.weight.sum(axis=1),
            sums.sum(axis=1),
            self.penalty,
            _STRENGTHS if self.penalty.any() else _STRENGTHS[:1],
        )

    def cross_validated(self, folds: list[int], terms: Integers, coefficients: Array) -> Array:
        """Gains (target, chain, problem) of deciding in each fold with its own coefficients.

        Parameters
        ----------
        folds : list of int
            Folds to decide in.
        terms : array (feature,)
            Not used: all are.
        coefficients : array (fold, feature, target, problem, strategy)
            Of each fold.

        Returns
        -------
        array (target, chain, problem)
            In the payoffs' unit; 0 for chains of other folds.
        """
        del terms
        shapes = self._shape(coefficients)
        out = np.zeros((2, *self.sums.shape[:1], self.payoffs.problems))
        for fold, shape in zip(folds, shapes, strict=True):
            chains = self.payoffs.fold == fold
            out[:, chains] = gains(self.sums[chains, :, 0], shape, self.payoffs)
        return out

    def earned(self, fold: int, terms: Integers, coefficients: Array) -> Array:
        """Gains (chain of the fold, problem) of deciding with coefficients in a fold.

        Parameters
        ----------
        fold : int
            The fold held out.
        terms : array (feature,)
            Not used: all are.
        coefficients : array (feature, problem, strategy)
            From the other folds.

        Returns
        -------
        array (chain, problem)
            In the payoffs' unit.
        """
        del terms
        payoffs = self.sums[self.payoffs.fold == fold, :, 0]
        shape = self._shape(coefficients[None, :, None])[0]
        return np.asarray(gains(payoffs, shape, self.payoffs)[0], np.float64)

    def _shape(self, coefficients: Array) -> Array:
        """Fitted payoffs less their means, (…, bin, …) from (…, feature, …)."""
        flat = coefficients.reshape(*coefficients.shape[:2], -1)
        fitted = (self.features - self.centre) @ flat
        return fitted.reshape(len(flat), -1, *coefficients.shape[2:])

    def _by_fold(self, sums: Array) -> Array:
        return np.stack([sums[self.payoffs.fold == fold].sum(axis=0) for fold in range(FOLDS)])


def spline_problem(payoffs: Payoffs, bins: RankBins) -> SplineProblem:
    """Set up the regression on one quantity: P-spline (Eilers and Marx 1996), or group means.

    Parameters
    ----------
    payoffs : Payoffs
        Rows and problems.
    bins : RankBins
        The quantity; with few values, each is a group.

    Returns
    -------
    SplineProblem
    """
    weight, sums = binned(payoffs, bins)
    if bins.few:
        features = np.eye(len(bins.weight))
        penalty = np.zeros_like(features)
    else:
        features = _b_splines(bins.score)
        second = np.diff(np.eye(features.shape[1]), n=2, axis=0)
        penalty = second.T @ second
    centre = bins.weight @ features / bins.weight.sum()
    return SplineProblem(payoffs, features, centre, weight, sums, penalty)


def binned(payoffs: Payoffs, bins: RankBins) -> tuple[Array, Array]:
    """Rows (fold, bin), and sums of the targets (chain, bin, target, problem, strategy).

    Parameters
    ----------
    payoffs : Payoffs
        Rows and problems.
    bins : RankBins
        The quantity.

    Returns
    -------
    weight : array (fold, bin)
        Rows.
    sums : array (chain, bin, target, problem, strategy)
        In the payoffs' unit.
    """
    chain = np.repeat(np.arange(payoffs.chains), np.diff(payoffs.starts))
    sums = block_sums([bins], chain, payoffs.targets)
    weight = np.stack([sums.weight[payoffs.fold == fold].sum(axis=0) for fold in range(FOLDS)])
    return weight, sums.total


def _b_splines(score: Array) -> Array:
    """Cubic B-splines on equally spaced knots over the range of the scores: (bin, feature)."""
    from scipy.interpolate import BSpline

    low, high = float(score[0]), float(score[-1])
    step = (high - low) / _SEGMENTS
    knots = low + step * np.arange(-_DEGREE, _SEGMENTS + _DEGREE + 1)
    inside = np.clip(score, knots[_DEGREE], knots[-_DEGREE - 1])
    return np.asarray(BSpline.design_matrix(inside, knots, _DEGREE).toarray(), np.float64)
