"""Stochastic dominance between strategies, and how sure the draws are of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from model.numerics.arrays import Array, Integers
from model.numerics.labelled_draws import Outcome, unlabel
from model.numerics.standard_errors import RESOLVED, error_of_sum
from model.numerics.threads import in_threads
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["ALMOST", "dominance"]


#: Standard errors beyond which a violation is no accident. Three and not two, as the violation is
#: the largest over many places.
_SURE = 3.0
#: Share of the violation up to which one strategy dominates another almost.
ALMOST = 0.01


def dominance(npv: "xr.DataArray") -> "xr.Dataset":
    """Which strategy dominates which, by first and by second order.

    First order: whatever the amount, the dominating strategy is the less likely to end below it;
    everybody who likes more rather than less prefers it. Second order: its worst p of outcomes has
    the higher mean, whatever p; everybody averse to risk prefers it. First implies second.

    Parameters
    ----------
    npv : DataArray
        Dimensions ``draw`` and ``strategy``, maybe ``chain`` and others, such as ``player``.

    Returns
    -------
    Dataset
        Along ``strategy`` (who may dominate), ``other`` (who may be dominated), ``order`` (1, 2)
        and the other dimensions: ``violation``, by how much the condition fails where it fails
        most, as a probability (order 1) or in money (order 2: the mean of the worst p times p), 0
        where it holds at every draw; ``se``, its Monte Carlo standard error there, from paired
        draws; ``share``, the violation's part of all that the two differ by, 0 where the condition
        holds, 1 where the opposite does, with ``share_se``; ``verdict``: "yes" where the condition
        holds at every draw, "almost" where the share and two of its standard errors are below
        0.01, "no" where the violation is above three of its errors, "doubtful" otherwise, "equal"
        where the two distributions are the same, "" for a strategy and itself.

    Raises
    ------
    InputError
        If a dimension is missing, or there are fewer than two strategies or 64 draws.
    NumericalError
        If a payoff is not finite.

    Notes
    -----
    The share is ∫ max(d, 0) dp / ∫ |d| dp over probabilities p. Of order 1, d is the other's
    quantile less the strategy's, and the share is the ε of almost stochastic dominance (M. Leshno
    and H. Levy, Management Science 48 (2002), 1074): the area between the two distribution
    functions is the same either way. Of order 2, d is the difference of the means of the worst p
    times p: the same ε for inverse stochastic dominance, as the area between integrated
    distribution functions is infinite where payoffs have no upper end. Its error is that of its
    linear approximation; where fewer than about ten draws violate the condition it is rough.

    "Yes" is said of the draws: of outcomes rarer than one in as many as there are draws they know
    nothing. Conditions as in H. Levy, Stochastic Dominance (2016), chapter 3.
    """
    import xarray as xr

    if "strategy" not in npv.dims or npv.sizes["strategy"] < 2:
        raise InputError("dominance needs the dimension 'strategy', with at least two of them")
    bare = unlabel(npv.transpose(..., "strategy"))
    strategies, count = npv["strategy"].values, npv.sizes["strategy"]
    values = bare.values.reshape(len(bare.values), -1, count)
    each = in_threads(lambda problem: _problem(values[:, problem], bare), range(values.shape[1]))
    label = bare.label.isel(strategy=0, drop=True)
    dims = ("order", *label.dims, "strategy", "other")
    coords = dict(label.coords) | {
        "order": [1, 2],
        "strategy": strategies,
        "other": ("other", strategies),
    }
    sizes = (2, *label.shape, count, count)
    found = {
        name: (dims, np.stack([one[name] for one in each], axis=1).reshape(sizes))
        for name in each[0]
    }
    return xr.Dataset(found, coords=coords).transpose("strategy", "other", "order", ...)


def _problem(values: Array, bare: Outcome) -> dict[str, Array]:
    """The tables (order, strategy, other) of one decision with payoffs (row, strategy)."""
    count = values.shape[1]
    numbers = {
        name: np.full((2, count, count), np.nan)
        for name in ("violation", "se", "share", "share_se")
    }
    verdict = np.full((2, count, count), "", dtype="<U8")
    order: Integers = np.argsort(values, axis=0)
    ordered = np.take_along_axis(values, order, axis=0)
    for one, other in np.argwhere(~np.eye(count, dtype=bool)):
        pair = [one, other]
        gap = ordered[:, other] - ordered[:, one]
        places = order[:, pair]
        for row, (most, share) in enumerate(
            ((_first_order, _first_share), (_second_order, _second_share))
        ):
            cell = row, one, other
            largest = most(values[:, pair], ordered[:, pair], bare)
            part = share(gap, ordered[:, pair], places, bare)
            for name, figure in zip(numbers, (*largest, *part), strict=True):
                numbers[name][cell] = figure
            verdict[cell] = _verdict(*largest, *part) if gap.any() else "equal"
    return {**numbers, "verdict": verdict}


def _verdict(violation: float, se: float, share: float, share_se: float) -> str:
    if violation <= 0.0:
        return "yes"
    if share + RESOLVED * share_se < ALMOST:
        return "almost"
    return "no" if violation > _SURE * se else "doubtful"


def _first_order(pair: Array, ordered: Array, bare: Outcome) -> tuple[float, float]:
    """Largest excess of the first's distribution function over the second's, and its error."""
    first, second = ordered.T
    rows = len(first)
    last = np.append(first[1:] != first[:-1], True)
    below_second = np.searchsorted(second, first, side="right")
    excess = np.where(last, (np.arange(1, rows + 1) - below_second) / rows, -np.inf)
    place = int(excess.argmax())
    below = (pair <= first[place]).astype(np.float64)
    return max(float(excess[place]), 0.0), _paired_error(below[:, 0] - below[:, 1], bare)


def _second_order(pair: Array, ordered: Array, bare: Outcome) -> tuple[float, float]:
    """Largest excess of the second's lower partial mean over the first's, and its error."""
    rows = len(pair)
    excess = np.cumsum(ordered[:, 1] - ordered[:, 0]) / rows
    place = int(excess.argmax())
    short = np.minimum(pair - ordered[place], 0.0)
    return max(float(excess[place]), 0.0), _paired_error(short[:, 1] - short[:, 0], bare)


def _paired_error(difference: Array, bare: Outcome) -> float:
    """Standard error of the mean of `difference` (row,), across blocks."""
    sums = np.add.reduceat(difference - difference.mean(), bare.starts[:-1])
    return float(error_of_sum(sums) / len(difference))


def _first_share(
    gap: Array, ordered: Array, places: Integers, bare: Outcome
) -> tuple[float, float]:
    """Part of the area between the quantile functions where the other's is higher, its error."""
    step = np.diff(ordered, axis=0, prepend=ordered[:1])

    def moved(weight: Array) -> Array:
        """What a draw at each place moves the weighted mean of its own quantiles by."""
        before = np.append(0.0, weight[:-1])[:, None]
        return np.cumsum(before * step, axis=0)

    return _share(gap, moved, places, bare)


def _second_share(
    gap: Array, ordered: Array, places: Integers, bare: Outcome
) -> tuple[float, float]:
    """The same of the areas below the quantile functions, from 0 to each p."""

    def moved(weight: Array) -> Array:
        """What a draw at each place moves the weighted mean of the areas by.

        That up to p moves by min(y − q(p), 0): places p above the draw's own count.
        """
        rows = len(weight)
        above = np.cumsum(weight[::-1])[::-1][:, None]
        beyond = np.cumsum((weight[:, None] * ordered)[::-1], axis=0)[::-1]
        return (ordered * above - beyond) / rows

    return _share(np.cumsum(gap) / len(gap), moved, places, bare)


def _share(
    gap: Array, moved: Callable[[Array], Array], places: Integers, bare: Outcome
) -> tuple[float, float]:
    """Mean of `gap` where it is positive over the mean of its size, and the error of that."""
    wrong, size = np.maximum(gap, 0.0).mean(), np.abs(gap).mean()
    if size == 0.0:
        return 0.0, 0.0
    share = float(wrong / size)
    # The derivative of the share by the gap at each place: ((1 − share) above 0, share below)/size.
    weight = np.where(gap > 0.0, 1.0 - share, np.where(gap < 0.0, share, 0.0)) / size
    both, parts = moved(weight), np.empty((len(gap), 2))
    np.put_along_axis(parts, places, both, axis=0)
    return share, _paired_error(parts[:, 1] - parts[:, 0], bare)
