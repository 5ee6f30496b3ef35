"""Where along one quantity the best strategy loses its lead."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from model.numerics.arrays import Array, Flags
from model.numerics.standard_errors import RESOLVED
from model.sensitivity.conditional_curves import Curve
from model.sensitivity.switching import switching_value

__all__ = ["decision_ranges"]


#: Standard errors by which another strategy must lead somewhere in a range for it to be reported;
#: and to be sure: four and not two, as many places along many quantities are looked at, and the
#: errors come from 16 blocks.
_REPORTED, _SURE = RESOLVED, 4.0
#: Half a step, in standard scores, over which a slope is measured.
_STEP = 0.05


def decision_ranges(
    curve: Curve, problem: int, best: int, strategies: Sequence[str]
) -> dict[str, Any]:
    """Switching values of one quantity in one decision, and the ranges in which it differs.

    Only ranges in which another strategy leads somewhere by four standard errors count; those in
    which it leads by two are named as possible.

    Parameters
    ----------
    curve : Curve
        Expected payoffs given the quantity.
    problem : int
        Which decision.
    best : int
        Place of the strategy that is best on average.
    strategies : sequence of str
        Names of all strategies.

    Returns
    -------
    dict
        ``searched``: the lowest and highest value looked at, and ``percentiles``, where these lie
        in the prior. ``values``: the values at which the best strategy ties with another, each
        with ``value``, ``value_se``, ``percentile`` (from 0 to 1), ``side`` (``above`` or
        ``below``) on which the other is better, and ``to``, which other. ``ranges``: where the
        decision differs, each with ``above`` and ``below``, where it begins and ends, or None
        where it goes on to the end of what was searched, its ``probability``, and ``to``, which
        strategy is best where it leads most. A quantity with a few values only, such as an event,
        has ranges ``at`` a value. ``possible``: ranges that may be accidents of the draws.
    """
    gap, error, others = curve.gap(problem, best)
    ends = (0, -1)
    found: dict[str, Any] = {
        "searched": [float(curve.value[end]) for end in ends],
        "percentiles": [0.0, 1.0] if curve.few else [_percentile(curve.score[end]) for end in ends],
        "values": [],
        "ranges": [],
        "possible": [],
    }
    if curve.few:
        for place in np.flatnonzero(gap < -_REPORTED * error):
            sure = gap[place] < -_SURE * error[place]
            one = _at(curve, int(place), strategies[others[place]])
            found["ranges" if sure else "possible"].append(one)
        return found
    for first, last, sure in _stretches(gap, error):
        ties = []
        if first > 0:
            ties.append(_tie(curve, gap, error, first - 1, "above", strategies[others[first]]))
        if last < len(gap) - 1:
            ties.append(_tie(curve, gap, error, last, "below", strategies[others[last]]))
        worst = first + int(gap[first : last + 1].argmin())
        found["ranges" if sure else "possible"].append(_range(ties, strategies[others[worst]]))
        found["values"] += ties if sure else []
    return found


def _range(ties: Sequence[Mapping[str, Any]], to: str) -> dict[str, Any]:
    """The range between its ends, of which there may be one or none."""
    above, below = (
        next((tie for tie in ties if tie["side"] == side), None) for side in ("above", "below")
    )
    until = 1.0 if below is None else below["percentile"]
    return {
        "above": None if above is None else above["value"],
        "below": None if below is None else below["value"],
        "probability": until - (0.0 if above is None else above["percentile"]),
        "to": to,
    }


def _stretches(gap: Array, error: Array) -> list[tuple[int, int, bool]]:
    """First and last points of the stretches of negative `gap` to report, and which are sure.

    A stretch of positive gap that may be an accident of the draws, such as at the far end, does
    not end one.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.where(gap == 0.0, 0.0, gap / error)
    behind = gap < 0.0
    doubtful = behind.copy()
    for first, last in _runs(~behind):
        doubtful[first : last + 1] = sizes[first : last + 1].max() < _REPORTED
    if not doubtful.all():
        behind = doubtful
    depths = [(first, last, -float(sizes[first : last + 1].min())) for first, last in _runs(behind)]
    return [(first, last, depth > _SURE) for first, last, depth in depths if depth > _REPORTED]


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """First and last place of each run of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), (edges[1::2] - 1).tolist(), strict=True))


def _at(curve: Curve, place: int, to: str) -> dict[str, Any]:
    edges = np.concatenate([[0.0], np.cumsum(curve.weight)]) / curve.weight.sum()
    chance = float(edges[place + 1] - edges[place])
    return {"at": float(curve.value[place]), "probability": chance, "to": to}


def _tie(  # a curve's arrays
    curve: Curve, gap: Array, error: Array, place: int, side: str, to: str
) -> dict[str, Any]:
    """The tie between point `place` and the next."""
    low, high = float(curve.score[place]), float(curve.score[place + 1])
    root = switching_value(lambda at: float(np.interp(at, curve.score, gap)), low, high, 2)[0]
    higher, lower = np.interp([root + _STEP, root - _STEP], curve.score, gap)
    slope = abs(float(higher - lower)) / (2.0 * _STEP)
    spread = float(np.interp(root, curve.score, error)) / slope if slope else np.inf
    low, value, high = np.interp([root - spread, root, root + spread], curve.score, curve.value)
    return {
        "value": float(value),
        "value_se": float(high - low) / 2.0,
        "percentile": _percentile(root),
        "side": side,
        "to": to,
    }


def _percentile(score: float) -> float:
    from scipy.special import ndtr

    return float(ndtr(score))
