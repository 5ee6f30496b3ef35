"""What happens to each draw at one date of the backward pass, compiled."""

from typing import NamedTuple

import numpy as np

from model.numerics.arrays import Array, Flags, Integers, Labels
from model.numerics.hermite_polynomials import CLIP
from model.numerics.jit import njit

__all__ = [
    "CUT",
    "GAIN",
    "NEXT",
    "Carried",
    "Date",
    "advance",
    "earned",
    "narrow",
    "prepare",
    "realise",
    "room",
    "standardise",
    "winsorize",
]


# Targets of the regressions: the regressand, winsorized; what winsorizing cut off; what the dual
# bound needs, X_{t+1} + f_{t+1} − X_t. Of these the first and the last are fitted.
GAIN, CUT, NEXT = range(3)
EXPECTED = 1


class Carried(NamedTuple):
    """What the backward pass takes from a date to the one before it.

    Attributes
    ----------
    later : array (draw,)
        What exercising pays at the next date.
    cash : array (draw,)
        What going on pays under the rule of the draw's own half.
    excess : array (half, draw)
        f of the next date, under the fit of either half.
    """

    later: Array
    cash: Array
    excess: Array


class Date(NamedTuple):
    """What the regressions at one date work on.

    Attributes
    ----------
    now : array (draw,)
        What exercising pays.
    group : array (draw,)
        1 where the option is open, otherwise 0.
    own : array (draw,)
        Half that the draw is in.
    observed : bool
        Whether what exercising pays is known.
    scores : array (feature, draw)
        Standardised states.
    targets : array (3, draw)
        What is regressed.
    use : array (half, draw)
        Cell of the regression, from the fit of either half: twice the group, plus the half; −1
        where there is none.
    cell : array (draw,)
        Cell in which the draw is fitted.
    fitted : array (half, 2, draw)
        The regressand, and what the dual bound needs (0 if it is not wanted), as fitted to either
        half.
    """

    now: Array
    group: Labels
    own: Labels
    observed: bool
    scores: Array
    targets: Array
    use: Labels
    cell: Labels
    fitted: Array


def room(
    now: Array, group: Labels, own: Labels, observed: bool, features: int
) -> tuple[Date, Carried]:
    """Arrays for the backward pass, made once; each date puts in its own `now` and `group`.

    Parameters
    ----------
    now : array (draw,)
        What exercising pays at some date; sets the number of draws.
    group : array of int8 (draw,)
        1 where the option is open, otherwise 0.
    own : array of int8 (draw,)
        Half that each draw is in, 0 or 1.
    observed : bool
        Whether what exercising pays is seen.
    features : int
        Number of states.

    Returns
    -------
    Date
        Its work arrays not yet filled.
    Carried
        Zero, as after the last date.
    """
    draws = now.size
    date = Date(
        now=now,
        group=group,
        own=own,
        observed=observed,
        scores=np.empty((features, draws)),
        targets=np.empty((3, draws)),
        use=np.empty((2, draws), np.int8),
        cell=np.empty(draws, np.int8),
        fitted=np.empty((2, 2, draws)),
    )
    return date, Carried(np.zeros(draws), np.zeros(draws), np.zeros((2, draws)))


@njit()
def standardise(states: Array, group: Labels, center: Array, scale: Array, out: Array) -> None:
    """Fill `out` (feature, draw) with clipped scores; `center`, `scale` are (group, feature).

    Parameters
    ----------
    states : array (feature, draw)
        In any units.
    group : array of int8 (draw,)
        0 or 1.
    center : array (group, feature)
        In the states' units.
    scale : array (group, feature)
        In the states' units, above 0.
    out : array (feature, draw)
        Filled, within ±`CLIP`.
    """
    for f in range(out.shape[0]):
        for i in range(out.shape[1]):
            g = group[i]
            score = (states[f, i] - center[g, f]) / scale[g, f]
            out[f, i] = min(CLIP, max(-CLIP, score))


@njit()
def prepare(date: Date, carried: Carried, closed_too: bool) -> None:
    """Fill the targets, before winsorizing, and the cells of the first stage.

    Parameters
    ----------
    date : Date
        Its `targets`, `use`, `cell` and `fitted` are filled.
    carried : Carried
        What is known from the dates after.
    closed_too : bool
        Whether draws for which the option is not open are fitted as well.
    """
    for i in range(date.now.size):
        now, group, own = date.now[i], date.group[i], date.own[i]
        going_on = carried.cash[i]
        ahead = carried.later[i] + carried.excess[own, i]
        date.targets[GAIN, i] = going_on if group == 0 or date.observed else now - going_on
        date.targets[NEXT, i] = ahead - now
        date.targets[CUT, i] = 0.0
        for half in range(2):
            date.use[half, i] = 2 * group + half if group == 1 or closed_too else -1
        date.cell[i] = date.use[own, i]
    date.fitted[:] = 0.0


@njit()
def winsorize(date: Date, low: Array, high: Array) -> None:
    """Cut the regressand at its cell's limits, and note what was cut.

    Parameters
    ----------
    date : Date
        Its `targets` are changed.
    low : array (cell,)
        Lowest value kept in each cell.
    high : array (cell,)
        Highest value kept in each cell.
    """
    for i in range(date.now.size):
        cell = date.cell[i]
        if cell >= 0:
            whole = date.targets[GAIN, i]
            kept = min(high[cell], max(low[cell], whole))
            date.targets[GAIN, i] = kept
            date.targets[CUT, i] = whole - kept


@njit()
def _gain(date: Date, half: int, i: int) -> float:
    """Fitted value of exercising over going on."""
    fitted: float = date.fitted[half, GAIN, i]
    return date.now[i] - fitted if date.observed else fitted


@njit()
def narrow(date: Date, limits: Array) -> None:
    """Take draws that are closed, or whose advantage is beyond the half's limit, out of the fit.

    Parameters
    ----------
    date : Date
        Its `use` and `cell` are changed.
    limits : array (half,)
        Largest advantage, either way, that stays in the fit, in the payoffs' unit.
    """
    for half in range(2):
        for i in range(date.now.size):
            near = date.group[i] == 1 and abs(_gain(date, half, i)) <= limits[half]
            date.use[half, i] = date.use[half, i] if near else -1
    for i in range(date.now.size):
        date.cell[i] = date.use[date.own[i], i]


@njit()
def earned(date: Date, carried: Carried) -> Array:
    """Sum (half,) of what exercising where a fit says so pays the draws that it was fitted to.

    Parameters
    ----------
    date : Date
        With its advantages fitted.
    carried : Carried
        What going on pays.

    Returns
    -------
    array (half,)
        In the payoffs' unit; below 0 where the rule does harm.
    """
    total = np.zeros(2)
    for i in range(date.now.size):
        own = date.own[i]
        if date.group[i] == 1 and _gain(date, own, i) > 0.0:
            total[own] += date.now[i] - carried.cash[i]
    return total


@njit()
def advance(date: Date, carried: Carried, pays: Flags, advantage: Array, innovation: Array) -> None:
    """Decide at one date: update cash and f, fill the advantage and the martingale's increment.

    Both are (draw,), from the fit of the half that the draw is not in. Where exercising by a fit
    does not pay, by `pays` (half,), it is not used.

    Parameters
    ----------
    date : Date
        With its advantages fitted.
    carried : Carried
        Changed from the date after to this one.
    pays : array of bool (half,)
        Whether each half's fit is used.
    advantage : array (draw,)
        Filled with that of exercising over going on; NaN where closed.
    innovation : array (draw,)
        Filled, in the payoffs' unit.
    """
    for i in range(date.now.size):
        own, now = date.own[i], date.now[i]
        other = 1 - own
        ahead = carried.later[i] + carried.excess[other, i] - date.fitted[other, EXPECTED, i]
        innovation[i] = ahead - now
        carried.later[i] = now
        is_open = date.group[i] == 1
        advantage[i] = np.nan
        for half in range(2):
            gain = _gain(date, half, i)
            gain = gain if pays[half] else min(0.0, gain)
            carried.excess[half, i] = max(0.0, -gain) if is_open else date.fitted[half, GAIN, i]
            if is_open and half == other:
                advantage[i] = gain
            if is_open and half == own and gain > 0.0:
                carried.cash[i] = now


@njit()
def realise(exercise: Array, advantage: Array, payoff: Array, when: Integers) -> None:
    """Fill payoff and date (draw,) of exercising at the first positive advantage (date, draw).

    Parameters
    ----------
    exercise : array (date, draw)
        What exercising pays.
    advantage : array (date, draw)
        Of exercising over going on; NaN where closed.
    payoff : array (draw,)
        Filled where the option is exercised.
    when : array of int (draw,)
        Filled with the date's place where it is exercised.
    """
    for t in range(advantage.shape[0] - 1, -1, -1):
        for i in range(payoff.size):
            exercised = advantage[t, i] > 0.0
            payoff[i] = exercise[t, i] if exercised else payoff[i]
            when[i] = t if exercised else when[i]
