"""Deciding on several quantities by boosted trees, where these do better than polynomial chaos.

Trees see cliffs and thresholds that polynomials smooth over. Half of the chains train them, within
a bounded number of draws, and the other half is judged; each judged fold is validated on the other
judged fold, so that nothing is chosen by the rows that it is judged on.
"""

import numpy as np

from model.information.arrays import Payoffs
from model.information.cross_fitting import Outcome, gains
from model.information.polynomial_chaos import CROSS_VALIDATED
from model.numerics.arrays import Array, Flags, Integers
from model.numerics.rank_bins import RankBins

__all__ = ["TREES", "with_trees"]


#: In `Outcome.used`: the rule came from trees.
TREES = 3
_ROWS = 16_384
_SETTINGS = {
    "max_iter": 60,
    "max_leaf_nodes": 16,
    "min_samples_leaf": 40,
    "learning_rate": 0.1,
    "early_stopping": False,
    "random_state": 0,
}
#: Two halves of the folds, each judged with trees grown on the other.
_HALVES = ((0, 2), (1, 3))


def with_trees(payoffs: Payoffs, bins: list[RankBins], outcome: Outcome) -> Outcome:
    """Replace polynomial chaos by trees in the folds where inner cross-validation prefers them.

    Parameters
    ----------
    payoffs : Payoffs
        Of one problem: trees are too slow for many.
    bins : list of RankBins
        The quantities.
    outcome : Outcome
        What polynomial chaos earned.

    Returns
    -------
    Outcome
    """
    scores = np.stack([one.score[one.cell] for one in bins], axis=1)
    fold_of = np.repeat(payoffs.fold, np.diff(payoffs.starts))
    acted, used = outcome.acted.copy(), outcome.used.copy()
    for judged in _HALVES:
        rows = _training_rows(payoffs, judged)
        shapes = _shapes(payoffs, scores, rows, np.isin(fold_of, judged))
        for fold, partner in (judged, judged[::-1]):
            tried = _earned(payoffs, shapes, partner, CROSS_VALIDATED).sum()
            before = outcome.cross_validated[fold, payoffs.fold == partner].sum()
            if tried > max(0.0, float(before)):
                acted[payoffs.fold == fold] = _earned(payoffs, shapes, fold)
                used[fold] = TREES
    return Outcome(acted, outcome.always, used, outcome.cross_validated)


def _training_rows(payoffs: Payoffs, judged: tuple[int, ...]) -> Integers:
    """Rows to grow trees on: of the chains that are not judged, no more than a bound."""
    chains = [chain for chain, fold in enumerate(payoffs.fold) if fold not in judged]
    everything, most = np.arange(payoffs.starts[-1]), _ROWS // len(chains)
    return np.concatenate([everything[payoffs.rows(chain, most)] for chain in chains])


def _shapes(payoffs: Payoffs, scores: Array, rows: Integers, wanted: Flags) -> Array:
    """Fitted payoffs less their means (row, strategy), where wanted; 0 elsewhere."""
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    shapes = np.zeros((len(scores), payoffs.mean.shape[1]))
    with threadpool_limits(1, user_api="openmp"):  # counts for the thread that asks for it
        for strategy in range(shapes.shape[1]):
            trees = HistGradientBoostingRegressor(**_SETTINGS)
            trees.fit(scores[rows], payoffs.centred[rows, 0, strategy])
            fitted = trees.predict(scores[wanted])
            shapes[wanted, strategy] = fitted - fitted.mean()
    return shapes


def _earned(payoffs: Payoffs, shapes: Array, fold: int, most: int | None = None) -> Array:
    """Gains (chain of the fold, 1) of deciding by `shapes` in a fold, or in the first rows."""
    each = []
    for chain in np.flatnonzero(payoffs.fold == fold).tolist():
        rows = payoffs.rows(chain, most)
        shape = shapes[rows][:, None, None]
        each.append(gains(payoffs.centred[None, rows], shape, payoffs)[0, 0])
    return np.array(each)
