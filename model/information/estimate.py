"""Which estimator for which information, and many of them at once.

The work is shared out over the processors, one set of quantities and one problem at a time; each
piece is computed the same way by itself, with one thread of the linear algebra, so that the
figures do not depend on the number of processors.
"""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from model.information.arrays import Payoffs
from model.information.boosted_trees import with_trees
from model.information.cross_fitting import Outcome, cross_fit
from model.information.polynomial_chaos import chaos_problem
from model.information.spline import spline_problem
from model.numerics.arrays import Array
from model.numerics.rank_bins import RankBins, rank_bins
from model.numerics.standard_errors import mcse_of_each
from model.numerics.threads import in_threads

__all__ = ["Estimate", "Progress", "at_least_a_member", "by_one_alone", "values_of"]

#: Told the share of the work that is done.
type Progress = Callable[[float], None]

#: A quantity's bins, or those of each problem where it differs between them.
type _Binned = RankBins | list[RankBins]

#: Powers of two between which sums and products of payoffs stay in single precision.
_SINGLES = 40
#: Method of what is not acted on.
_NONE = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Value of one set of quantities in each problem.

    Attributes
    ----------
    value, error : array (problem,)
        The value of knowing them, and its standard error across chains; NaN where nothing shows it.
    method : list of str
        How it was estimated, ``none`` where the information was not acted on in any fold.
    """

    value: Array
    error: Array
    method: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """One set of quantities, in all problems or in one."""

    payoffs: Payoffs
    bins: list[RankBins]
    trees: bool

    def estimate(self) -> Estimate:
        """Estimate its value."""
        bins = [one for one in self.bins if len(one.weight) > 1]
        if not bins:
            zero = np.zeros(self.payoffs.problems)
            return Estimate(zero, zero, [_NONE] * len(zero))
        if len(bins) == 1:
            outcome = cross_fit(spline_problem(self.payoffs, bins[0]))
            return _summed(self.payoffs, outcome, "means" if bins[0].few else "spline")
        outcome = cross_fit(chaos_problem(self.payoffs, bins))
        if self.trees:
            outcome = self._with_trees(bins, outcome)
        return _summed(self.payoffs, outcome, "polynomial chaos")

    def _with_trees(self, bins: list[RankBins], outcome: Outcome) -> Outcome:
        each = [
            with_trees(self.payoffs.only(problem), bins, outcome.only(problem))
            for problem in range(self.payoffs.problems)
        ]
        return Outcome(
            np.concatenate([one.acted for one in each], axis=1),
            outcome.always,
            np.concatenate([one.used for one in each], axis=1),
            outcome.cross_validated,
        )


def values_of(
    payoffs: Payoffs,
    sets: list[list[Array]],
    *,
    trees: bool = False,
    progress: Progress | None = None,
) -> list[Estimate]:
    """Value of learning each set of quantities before deciding.

    Parameters
    ----------
    payoffs : Payoffs
        Rows and problems.
    sets : list of list of array
        Values of the quantities of each set: (row,), or (row, problem) where they differ between
        problems. Where all are (row,), one set of features serves all problems.
    trees : bool
        Whether boosted trees are tried for sets of several quantities.
    progress : callable, optional
        Called with the share of the work that is done, from 0 to 1.

    Returns
    -------
    list of Estimate
        One for each set, in the payoffs' unit.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    payoffs, unit = _in_singles(payoffs)
    alone = [payoffs.only(problem) for problem in range(payoffs.problems)]
    binned = _binned(sets)
    pieces = [
        _pieces(payoffs, alone, [binned[id(column)] for column in columns], trees=trees)
        for columns in sets
    ]
    flat = [piece for each in pieces for piece in each]
    done: list[Estimate] = []
    with threadpool_limits(1), ThreadPoolExecutor(os.cpu_count()) as pool:
        for estimate in pool.map(_Piece.estimate, flat):
            done.append(estimate)
            if progress is not None:
                progress(len(done) / len(flat))
    results = iter(done)
    return [_joined([next(results) for _ in each], unit) for each in pieces]


def at_least_a_member(group: Estimate, members: Mapping[str, Estimate]) -> Estimate:
    """The value of a group, or of its best member where the group's rule earns less.

    Who learns a group may go by one member alone. A rule on many quantities is fitted with more
    noise, and misses cliffs that one on few sees.

    Parameters
    ----------
    group : Estimate
        Of the group as a whole.
    members : mapping of str to Estimate
        Name to its own; one at least.

    Returns
    -------
    Estimate
        In the payoffs' unit; of each problem by itself.
    """
    names, each = list(members), list(members.values())
    best = np.argmax([one.value for one in each], axis=0)
    value, error, method = group.value.copy(), group.error.copy(), list(group.method)
    for problem, place in enumerate(best.tolist()):
        member = each[place]
        if member.value[problem] > value[problem]:
            value[problem], error[problem] = member.value[problem], member.error[problem]
            acts = member.method[problem] != _NONE
            method[problem] = by_one_alone(names[place]) if acts else _NONE
    return Estimate(value, error, method)


def by_one_alone(name: str) -> str:
    """Method of a group whose value is that of one member.

    Parameters
    ----------
    name : str
        The member.

    Returns
    -------
    str
    """
    return f"by {name} alone"


def _pieces(
    payoffs: Payoffs, alone: list[Payoffs], columns: list[_Binned], *, trees: bool
) -> list[_Piece]:
    if all(isinstance(column, RankBins) for column in columns):
        return [_Piece(payoffs, [c for c in columns if isinstance(c, RankBins)], trees)]
    return [
        _Piece(one, [c if isinstance(c, RankBins) else c[problem] for c in columns], trees)
        for problem, one in enumerate(alone)
    ]


def _binned(sets: list[list[Array]]) -> dict[int, _Binned]:
    """Each array's bins by its identity: a quantity is binned once, however many sets it is in."""

    def bins(values: Array) -> _Binned:
        return rank_bins(values) if values.ndim == 1 else [rank_bins(one) for one in values.T]

    each = {id(column): column for columns in sets for column in columns}
    return dict(zip(each, in_threads(bins, each.values()), strict=True))


def _in_singles(payoffs: Payoffs) -> tuple[Payoffs, Array]:
    """Payoffs that single precision can hold, and their unit (problem,), a power of two."""
    targets = payoffs.targets
    largest = np.maximum(targets.max(axis=(0, 1, 3)), -targets.min(axis=(0, 1, 3)))
    power = np.frexp(largest)[1]
    power = np.where((largest > 0.0) & (np.abs(power) > _SINGLES), power, 0)
    unit = np.ldexp(1.0, power)
    if not power.any():
        return payoffs, unit
    scaled = replace(payoffs, targets=targets / unit[:, None], mean=payoffs.mean / unit[:, None])
    return scaled, unit


def _joined(estimates: list[Estimate], unit: Array) -> Estimate:
    return Estimate(
        np.concatenate([one.value for one in estimates]) * unit,
        np.concatenate([one.error for one in estimates]) * unit,
        [method for one in estimates for method in one.method],
    )


def _summed(payoffs: Payoffs, outcome: Outcome, name: str) -> Estimate:
    """Mean over all rows, its error across chains, and what was used in most folds.

    The error is that of the rule wherever it is larger: a rule that is not acted on earns 0
    exactly, but how close to 0 its value is known is another matter. It is not known where acting
    on the rule would have changed nothing in any draw.
    """
    sizes = np.diff(payoffs.starts)[:, None]
    errors = [mcse_of_each(gains / sizes) for gains in (outcome.acted, outcome.always)]
    value = outcome.acted.sum(axis=0) / payoffs.starts[-1]
    centred = payoffs.centred
    certain = (centred == centred[:1]).all(axis=(0, 2))
    shown = outcome.always.any(axis=0) | outcome.acted.any(axis=0) | certain
    error = np.where(shown, np.maximum(*errors), np.nan)
    names = [_NONE, name, f"capped {name}", "boosted trees"]
    most = [int(np.bincount(used[used > 0], minlength=1).argmax()) for used in outcome.used.T]
    return Estimate(value, error, [names[place] for place in most])
