"""Where along one quantity the best strategy loses its lead."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from model.conditional_curves import Curve
from model.switching import switching_value

__all__ = ["flips"]

type Array = npt.NDArray[np.float64]

#: Standard errors by which another strategy must lead somewhere in a range for it to be reported;
#: and to be sure: four and not two, as many places along many quantities are looked at, and the
#: errors come from 16 blocks.
_REPORTED, _SURE = 2.0, 4.0


def flips(curve: Curve, problem: int, best: int, strategies: Sequence[str]) -> dict[str, Any]:
    """Switching values of one quantity in one decision, and the ranges in which it differs.

    A range is left out where another strategy nowhere in it leads by two standard errors, and sure
    where it leads somewhere by four.

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
        with ``value``, ``value_se``, ``percentile`` (from 0 to 1), ``to``, which other, and
        ``sure``. ``ranges``: where the decision differs, each with ``above`` and ``below``, a
        switching value or None where it goes on to the end of what was searched,
        ``probability`` of the range, ``to``, which strategy is best where it leads most, and
        whether that is ``sure``. A quantity with a few values only, such as an event, has ranges
        ``at`` a value.
    """
    gap, error, others = curve.gap(problem, best)
    searched = [float(curve.value[0]), float(curve.value[-1])]
    ends = [0.0, 1.0] if curve.few else [_percentile(float(curve.score[at])) for at in (0, -1)]
    found: dict[str, Any] = {"searched": searched, "percentiles": ends, "values": [], "ranges": []}
    if curve.few:
        found["ranges"] = [
            _at(curve, int(place), strategies[others[place]])
            | {"sure": bool(gap[place] < -_SURE * error[place])}
            for place in np.flatnonzero(gap < -_REPORTED * error)
        ]
        return found
    for first, last, sure in _stretches(gap, error):
        worst = first + int(gap[first : last + 1].argmin())
        to = strategies[others[worst]]
        low, high = -np.inf, np.inf
        bounds: dict[str, float | None] = {"above": None, "below": None}
        if first > 0:
            low = _root(curve.score, gap, first - 1)
            found["values"].append(_tie(curve, low, strategies[others[first]], gap, error, sure))
            bounds["above"] = found["values"][-1]["value"]
        if last < len(gap) - 1:
            high = _root(curve.score, gap, last)
            found["values"].append(_tie(curve, high, strategies[others[last]], gap, error, sure))
            bounds["below"] = found["values"][-1]["value"]
        chance = _percentile(high) - _percentile(low)
        found["ranges"].append({**bounds, "probability": chance, "to": to, "sure": sure})
    return found


def _stretches(gap: Array, error: Array) -> list[tuple[int, int, bool]]:
    """First and last points of the stretches of negative `gap` to report, and which are sure."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], gap < 0.0, [False]]).astype(np.int8)))
    pairs = zip(edges[::2].tolist(), (edges[1::2] - 1).tolist(), strict=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        depth = np.where(gap < 0.0, -gap / error, 0.0)
    deepest = [(first, last, float(depth[first : last + 1].max())) for first, last in pairs]
    return [(first, last, most > _SURE) for first, last, most in deepest if most > _REPORTED]


def _root(score: Array, gap: Array, place: int) -> float:
    """Score of the tie between point `place` and the next."""
    low, high = float(score[place]), float(score[place + 1])
    return switching_value(lambda at: float(np.interp(at, score, gap)), low, high, 2)[0]


def _at(curve: Curve, place: int, to: str) -> dict[str, Any]:
    edges = np.concatenate([[0.0], np.cumsum(curve.weight)]) / curve.weight.sum()
    chance = float(edges[place + 1] - edges[place])
    return {"at": float(curve.value[place]), "probability": chance, "to": to}


def _tie(  # a curve's arrays
    curve: Curve, root: float, to: str, gap: Array, error: Array, sure: bool
) -> dict[str, Any]:
    step = 0.05
    higher, lower = np.interp([root + step, root - step], curve.score, gap)
    slope = abs(float(higher - lower)) / (2.0 * step)
    spread = float(np.interp(root, curve.score, error)) / slope if slope else np.inf
    low, value, high = np.interp([root - spread, root, root + spread], curve.score, curve.value)
    return {
        "value": float(value),
        "value_se": float(high - low) / 2.0,
        "percentile": _percentile(root),
        "sure": sure,
        "to": to,
    }


def _percentile(score: float) -> float:
    from scipy.special import ndtr

    return float(ndtr(score))
