"""The value of an option that may be exercised once, at one of several dates."""

from typing import Any

import numpy as np
import numpy.typing as npt

from model.numerics.arrays import Array, Flags, Integers, Labels
from model.numerics.standard_errors import is_resolved, mcse
from model.stopping.dual_bound import corrected_gap, gap
from model.stopping.longstaff_schwartz import Paths, Problem, Rule, fit_backwards
from model.stopping.result import ExerciseRule, OptionValue
from priors.errors import InputError

__all__ = ["ExerciseRule", "OptionValue", "bermudan_option"]


#: Draws from which the location and scale of the states are read.
_PROBE = 4096
#: The dual bound is used if correcting its conditional means moves it by less than this part of
#: the way from the value to perfect foresight.
_STABLE = 0.1


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

    Longstaff and Schwartz (2001), with the rule fitted on one half of the draws and applied to the
    other, both ways round. `model.stopping.longstaff_schwartz` says how it is fitted.

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
        Of the division into halves.
    chain : int or array (draw,), optional
        Independent randomizations that the draws are from: how many, if draws are ordered by
        chain and all have as many, or the label of each draw's. Standard errors are then measured
        across them; those of one chain are as of independent draws.
    observed : bool
        Whether what exercising pays is known at its date, as for a traded option. It is then
        compared as it is, helps to say what going on is worth, and the rule decides only where it
        is positive.
    dual : bool
        Whether to look for the dual bound, a third of the work; if not, the bound is perfect
        foresight.

    Returns
    -------
    OptionValue

    Raises
    ------
    InputError
        Arrays whose shapes do not fit, or that are not finite where the option is live.
    """
    problem, paid = _problem(exercise, states, live, degree, observed, dual)
    draws = paid.shape[1]
    chains = _chains(chain, draws)
    rng = np.random.default_rng(seed)
    problem = problem._replace(
        part=_parts(chains, rng), probe=np.sort(rng.permutation(draws)[:_PROBE])
    )
    paths, rule = fit_backwards(problem)
    foresight = np.maximum(0.0, paid.max(axis=0))
    bound = _bound(problem, paths, rule, foresight) if dual else None
    return _result(problem, paid, (paths, rule, foresight, bound), chains)


def _result(
    problem: Problem,
    paid: Array,
    found: tuple[Paths, Rule, Array, Array | None],
    chains: Integers,
) -> OptionValue:
    """Put the record together; `paid` is (date, draw), −∞ where the option is not live."""
    paths, rule, foresight, bound = found
    half = problem.part % np.int8(2)
    fixed = _fixed(np.where(np.isfinite(paid), paid, 0.0), half)
    value, se = _mean(paths.payoff, chains)
    behind, behind_se = _mean(paths.payoff - fixed, chains)
    upper, upper_se = _mean(foresight if bound is None else bound, chains)
    return OptionValue(
        value=value,
        se=se,
        upper=upper,
        upper_se=upper_se,
        upper_kind="perfect foresight" if bound is None else "dual",
        perfect_foresight=float(foresight.mean()),
        best_fixed=float(fixed.mean()),
        loses=is_resolved(-value, se) or is_resolved(-behind, behind_se),
        exercise_date=paths.exercise_date,
        payoff=paths.payoff,
        advantage=paths.advantage.T,
        rule=ExerciseRule(
            powers=rule.powers,
            center=rule.center[:, 1],
            scale=rule.scale[:, 1],
            coefficients=rule.coefficients,
            limits=rule.limits,
            pays=rule.pays,
            half=half,
            observed=problem.observed,
        ),
    )


def _bound(problem: Problem, paths: Paths, rule: Rule, foresight: Array) -> Array | None:
    """Dual bound (draw,), if it holds: see `bermudan_option`."""
    room = float((foresight - paths.payoff).mean())
    plain = gap(problem, paths)
    if not plain.mean() < room:
        return None
    corrected = corrected_gap(problem, paths, rule)
    larger = corrected if corrected.mean() > plain.mean() else plain
    moved = abs(float((corrected - plain).mean()))
    if moved <= _STABLE * room and larger.mean() < room:
        return paths.payoff + larger
    return None


def _fixed(paid: Array, half: Labels) -> Array:
    """Payoff (draw,) of the date, or never, that is best on the half that a draw is not in."""
    out = np.zeros(half.size)
    totals = np.array([np.bincount(half, weights=row, minlength=2) for row in paid])
    for own in range(2):
        best = int(totals[:, 1 - own].argmax())
        if totals[best, 1 - own] > 0.0:
            out[half == own] = paid[best][half == own]
    return out


def _mean(values: Array, chains: Integers) -> tuple[float, float]:
    """Mean and its standard error: across chains; with one, of independent draws."""
    figures = values
    if chains.any():
        figures = np.bincount(chains, weights=values) / np.bincount(chains)
    return float(values.mean()), mcse(figures)


def _parts(chains: Integers, rng: np.random.Generator) -> Labels:
    """Random quarter (draw,) of each draw, as even as may be within each chain."""
    order = np.argsort(chains + rng.random(chains.size), kind="stable")
    counts = np.bincount(chains)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    parts = np.empty(chains.size, np.int8)
    parts[order] = (np.arange(chains.size) - starts) % 4
    return parts


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


def _problem(
    exercise: Any, states: Any, live: Any, degree: int, observed: bool, dual: bool
) -> tuple[Problem, Array]:
    """Check the arguments and lay out the arrays.

    Returns
    -------
    problem : Problem
        Its quarters and its probe still empty.
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
    none = np.empty(0, np.int64)
    problem = Problem(
        exercise=held,
        states=np.ascontiguousarray(known),
        open=is_open.astype(np.int8),
        part=none.astype(np.int8),
        probe=none,
        observed=observed,
        degree=degree,
        dual=dual,
    )
    return problem, np.where(may, paid, -np.inf)
