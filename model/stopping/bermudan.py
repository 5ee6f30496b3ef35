"""The value of an option that may be exercised once, at one of several dates."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model.numerics.arrays import Array, Flags, Integers
from model.numerics.standard_errors import is_resolved, mcse
from model.numerics.threads import in_threads
from model.stopping.basis import Basis
from model.stopping.date_draws import Room
from model.stopping.dual_bound import dual_bound
from model.stopping.longstaff_schwartz import Option
from model.stopping.result import ExerciseRule, OptionValue
from model.stopping.study import Folds, Study, study
from priors.errors import InputError

__all__ = ["ExerciseRule", "OptionValue", "bermudan_option"]


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
        happens later: the rule goes by its mean given the states. Never exercising pays 0.
    states : array (draw, date, feature)
        What is known at that date. Standardised here: units do not matter, but a feature that
        spans orders of magnitude is better given as a logarithm.
    live : array (draw, date), optional
        Where it may be exercised; everywhere if left out. It must itself be known at its date.
    degree : int
        Total degree of the polynomials; lowered at dates with few live draws.
    seed : int
        Of the lot by which the draws of a chain are dealt.
    chain : int or array (draw,), optional
        Independent randomizations that the draws are from: how many, if draws are ordered by
        chain and all have as many, or the label of each draw's. Standard errors are then measured
        across them. With one chain, or none stated, they are those of independent draws, and leave
        out that other draws would have made other rules; the rules are then the best that so many
        draws can make.
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
        Arrays whose shapes do not fit, or that are not finite where the option is live.
    """
    option, paid = _option(exercise, states, live, degree, observed)
    chains = _chains(chain, paid.shape[1])
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
    return _result(found, foresight, bound, chains, basis, observed)


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
        rule[places] = before + folds.fold
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


def _mean(values: Array, chains: Integers) -> tuple[float, float]:
    """Mean and its standard error: across chains; with one, of independent draws."""
    figures = values
    if chains.any():
        figures = np.bincount(chains, weights=values) / np.bincount(chains)
    return float(values.mean()), mcse(figures)


def _chains(chain: Any, draws: int) -> Integers:
    """Number (draw,) of each draw's chain, from 0 on; all 0 if none are stated."""
    if chain is None:
        return np.zeros(draws, np.int64)
    if np.ndim(chain) == 0:
        if chain < 1 or draws % chain:
            message = f"chain: {draws} draws do not divide into {chain} chains evenly"
            raise InputError(message)
        return np.repeat(np.arange(int(chain)), draws // int(chain))
    labels = np.asarray(chain)
    if labels.shape != (draws,):
        message = f"chain: expected {draws} labels, got shape {labels.shape}"
        raise InputError(message)
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _plain(name: str, values: Any, dims: tuple[str, ...], dtype: type) -> npt.NDArray[Any]:
    """A plain array whose axes are in the order of `dims`; labelled ones are put in it."""
    if set(dims) <= set(getattr(values, "dims", ())):
        values = values.transpose(*dims)
    array = np.asarray(values, dtype=dtype)
    if array.ndim != len(dims):
        message = f"{name}: expected axes ({', '.join(dims)}), got shape {array.shape}"
        raise InputError(message)
    return array


def _check(paid: Array, seen: Array, may: Flags, degree: int) -> None:
    """Refuse arrays that do not fit each other, or have no draws or dates."""
    if seen.shape[:2] != paid.shape or may.shape != paid.shape:
        message = (
            f"exercise {paid.shape}, states {seen.shape} and live {may.shape} "
            "do not have the same draws and dates"
        )
        raise InputError(message)
    if paid.shape[0] < 4 or paid.shape[1] < 1:
        message = f"exercise: expected at least 4 draws and 1 date, got shape {paid.shape}"
        raise InputError(message)
    if degree < 0:
        message = f"degree: expected 0 or more, got {degree}"
        raise InputError(message)


def _finite(name: str, values: Array, may: Flags) -> Array:
    """The values, with 0 for what is not finite; refused where the option is live."""
    finite = np.isfinite(values)
    if finite.all():
        return values
    if not finite[may].all():
        message = f"{name}: not finite somewhere where the option is live"
        raise InputError(message)
    return np.where(finite, values, 0.0)


def _option(
    exercise: Any, states: Any, live: Any, degree: int, observed: bool
) -> tuple[Option, Array]:
    """Check the arguments and lay out the arrays.

    Returns
    -------
    option : Option
        On all draws.
    paid : array (date, draw)
        What exercising pays; −∞ where the option is not live.
    """
    paid = _plain("exercise", exercise, ("draw", "date"), np.float64)
    seen = _plain("states", states, ("draw", "date", "feature"), np.float64)
    may = np.ones(paid.shape, bool)
    if live is not None:
        may = _plain("live", live, ("draw", "date"), np.bool_)
    _check(paid, seen, may, degree)
    paid, seen = _finite("exercise", paid, may), _finite("states", seen, may)
    paid, may = np.ascontiguousarray(paid.T), np.ascontiguousarray(may.T)
    is_open = may & (paid > 0) if observed else may
    held = np.where(is_open, paid, 0.0)
    known = seen.transpose(1, 2, 0)
    if observed:
        known = np.concatenate([known, held[:, None]], axis=1)
    option = Option(held, np.ascontiguousarray(known), is_open.astype(np.int8), observed)
    return option, np.where(may, paid, -np.inf)
