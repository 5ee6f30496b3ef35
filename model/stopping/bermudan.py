"""The value of an option that may be exercised once, at one of several dates."""

from dataclasses import replace
from math import nan
from typing import Any, NamedTuple

import numpy as np

from model.numerics.arguments.door import checked
from model.numerics.arguments.scalars import seed as a_seed
from model.numerics.arguments.scalars import switch, whole
from model.numerics.arrays import Array, Integers
from model.numerics.standard_errors import is_resolved, mcse
from model.numerics.threads import in_threads
from model.stopping.basis import Basis
from model.stopping.date_draws import Room
from model.stopping.dual_bound import dual_bound
from model.stopping.longstaff_schwartz import Option
from model.stopping.option_arrays import laid_out
from model.stopping.result import ExerciseRule, OptionValue
from model.stopping.study import Folds, Study, study

__all__ = ["ExerciseRule", "OptionValue", "bermudan_option"]


@checked(degree=whole(), seed=a_seed, observed=switch, dual=switch)
def bermudan_option(
    exercise: Any,
    states: Any,
    live: Any = None,
    degree: int = 3,
    seed: int = 0,
    chain: Any = None,
    *,
    observed: bool = False,
    dual: bool = True,
) -> OptionValue:
    """Value an option that may be exercised once, or never, by least-squares Monte Carlo.

    Longstaff and Schwartz (2001). The draws of each chain are dealt into two halves, or into
    quarters where they are fewer than 2,048, and each part follows a rule that was fitted to the
    others. Nothing is read across chains: so the spread between them holds the noise of the fitted
    rules too, and the standard error is that of the whole procedure. `model.stopping.date_fit` says
    how a rule is fitted. A rule waits at dates at which fewer than ten of the draws that it is
    fitted to are live.

    The upper bound is the dual one (Rogers 2002; Haugh and Kogan 2004), its martingale made by
    regression and cross-fitted, where it holds. It holds as far as the conditional means in the
    martingale are right, which no finite sample proves. So they are estimated again, on draws that
    the first fit has not seen, with higher powers and the states of the date before: the larger of
    the two bounds is given, if they agree to a tenth of the way from the value to perfect foresight
    and are below this. If not, the bound is perfect foresight, which always holds. The dual bounds
    the rules that know the states at each date and the one before it; perfect foresight bounds
    every rule.

    Parameters
    ----------
    exercise : array (draw, date)
        What exercising at that date pays, discounted to the decision date. It may depend on what
        happens later: the rule goes by its mean given the states. Never exercising pays 0. Plain
        arrays, or DataArrays with these dimensions in any order: the others are then matched to
        `exercise` by labels, and draws are taken in the order of theirs.
    states : array (draw, date, feature)
        What is known at that date. Standardised here: units do not matter, but a feature that
        spans orders of magnitude is better given as a logarithm.
    live : array (draw, date), optional
        Where it may be exercised; everywhere if left out. It must itself be known at its date.
    degree : int
        Total degree of the polynomials, 12 at most; lowered at dates with few live draws. More than
        1,000 polynomials, such as those of degree 3 of 17 features, are refused.
    seed : int
        Of the lot by which the draws of a chain are dealt.
    chain : int or array (draw,), optional
        Independent randomizations that the draws are from: how many, if draws are ordered by
        chain and all have as many, or the label of each draw's. Standard errors are then measured
        across them. With one chain, none stated, or each draw a chain of its own, they are those of
        independent draws, and leave out that other draws would have made other rules; the rules are
        then the best that so many draws can make. Otherwise a chain has 16 draws at least: fewer
        make no rule.
    observed : bool
        Whether what exercising pays is known at its date, as for a traded option. It is then
        compared as it is, helps to say what going on is worth, and the rule decides only where it
        is positive.
    dual : bool
        Whether to look for the dual bound, more than half of the work; if not, the bound is perfect
        foresight. Its martingale is fitted to the draws of all chains, so its standard error leaves
        out the noise of that fit.

    Returns
    -------
    OptionValue

    Raises
    ------
    InputError
        Arrays whose shapes or labels do not fit, or that are not finite where the option is live;
        dates out of order; chains of too few draws; more polynomials, or rules, than can be fitted.
    """
    given = laid_out(exercise, states, live, chain, degree, observed=observed)
    option, paid, chains = given.option, given.paid, given.chains
    basis = Basis.polynomials(option.states.shape[1], degree, observed)
    members = np.split(np.argsort(chains, kind="stable"), np.cumsum(np.bincount(chains))[:-1])

    def one(place: int) -> tuple[Study, Folds]:
        part = _part(option, members[place])
        folds = Folds.dealt(members[place].size, seed, place)
        room = Room.of(basis, members[place].size)
        return study(part, basis, folds, room, advantages=True), folds

    found = _joined(in_threads(one, range(len(members))), members, option.exercise.shape[0])
    foresight = np.maximum(0.0, paid.max(axis=0))
    bound = dual_bound(option, degree, seed, foresight) if dual else None
    if bound is not None and bound.mean() < found.payoff.mean():
        bound = None  # of few draws: another sample's rule, less fortunate than this one's
    certain = all(np.ptp(row) == 0.0 for row in np.where(option.open, option.exercise, 0.0))
    result = _result(found, foresight, bound, chains, basis, observed)
    return given.as_given(_without_silent_zeros(result, certain=certain))


class _Found(NamedTuple):
    """The studies of all chains, in the order of the draws; rules one after another."""

    payoff: Array
    exercise_date: Integers
    fixed: Array
    advantage: Array
    rule: Integers
    studies: list[Study]


def _part(option: Option, places: Integers) -> Option:
    """The option on some of the draws."""
    if places.size == option.exercise.shape[1]:
        return option
    return Option(
        np.ascontiguousarray(option.exercise[:, places]),
        np.ascontiguousarray(option.states[:, :, places]),
        np.ascontiguousarray(option.open[:, places]),
        option.observed,
    )


def _joined(found: list[tuple[Study, Folds]], members: list[Integers], dates: int) -> _Found:
    draws = sum(places.size for places in members)
    payoff, fixed, when = np.empty(draws), np.empty(draws), np.empty(draws, np.int64)
    rule, advantage = np.empty(draws, np.int64), np.empty((draws, dates))
    before = 0
    for (one, folds), places in zip(found, members, strict=True):
        payoff[places], fixed[places], when[places] = one.payoff, one.fixed, one.exercise_date
        rule[places] = before + folds.fold.astype(np.int64)
        advantage[places] = one.advantages[folds.fold, :, np.arange(places.size)]
        before += len(one.rules)
    return _Found(payoff, when, fixed, advantage, rule, [one for one, _ in found])


def _result(
    found: _Found,
    foresight: Array,
    bound: Array | None,
    chains: Integers,
    basis: Basis,
    observed: bool,
) -> OptionValue:
    value, se = _mean(found.payoff, chains)
    behind, behind_se = _mean(found.payoff - found.fixed, chains)
    upper, upper_se = _mean(foresight if bound is None else bound, chains)
    rules = [rule for one in found.studies for rule in one.rules]
    return OptionValue(
        value=value,
        se=se,
        upper=upper,
        upper_se=upper_se,
        upper_kind="perfect foresight" if bound is None else "dual",
        perfect_foresight=float(foresight.mean()),
        best_fixed=float(found.fixed.mean()),
        loses=is_resolved(-value, se) or is_resolved(-behind, behind_se),
        exercise_date=found.exercise_date,
        payoff=found.payoff,
        advantage=found.advantage,
        rule=ExerciseRule(
            powers=basis.powers,
            center=np.stack([rule.center for rule in rules]),
            scale=np.stack([rule.scale for rule in rules]),
            coefficients=np.stack([rule.coefficients for rule in rules]),
            limits=np.stack([rule.limits for rule in rules]),
            pays=np.stack([rule.pays for rule in rules]),
            rule=found.rule,
            observed=observed,
        ),
    )


def _without_silent_zeros(result: OptionValue, *, certain: bool) -> OptionValue:
    """Errors of 0 are not known: draws that show no spread do not say how much others would.

    They are exact where what exercising pays is certain, and the rule takes the best of it.
    """
    exact = certain and result.value == result.perfect_foresight
    return replace(
        result,
        se=result.se if exact or result.se > 0.0 else nan,
        upper_se=result.upper_se if certain or result.upper_se > 0.0 else nan,
    )


def _mean(values: Array, chains: Integers) -> tuple[float, float]:
    """Mean and its standard error: across chains; with one, of independent draws."""
    figures, sizes = values, np.bincount(chains)
    if sizes.size > 1:
        figures = np.bincount(chains, weights=values) / sizes
        if np.ptp(sizes):  # each chain has its part in the mean
            figures = (figures - values.mean()) * sizes / sizes.mean()
    return float(values.mean()), mcse(figures)
