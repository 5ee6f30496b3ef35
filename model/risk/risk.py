"""Risk: certainty equivalents, expected shortfall, and where risk tolerance changes the decision.

Payoffs are in money; more is better. All figures are of the draws as they are, chains pooled; the
companions ending in ``_mcse`` give their Monte Carlo standard errors.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.numerics.arguments.door import checked
from model.numerics.arguments.labelled import outcome as an_outcome
from model.numerics.arguments.numeric import check_size, doubles
from model.numerics.arrays import Array
from model.numerics.labelled_draws import Outcome, unlabel
from model.numerics.standard_errors import jackknife
from model.numerics.threads import in_threads
from model.risk.tail_shape import LARGEST_SHAPE, pareto_shape
from model.risk.worst_draws import mean_of_worst
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "RiskSwitch",
    "certainty_equivalent",
    "certainty_equivalent_mcse",
    "certainty_equivalent_shape",
    "expected_shortfall",
    "expected_shortfall_mcse",
    "risk_tolerance_switch",
]

type Statistic = Callable[[Array, float], Array]

#: Steps to a factor of 10 in the search over risk tolerances.
_STEPS = 6
#: Fewer draws than this carrying the weight, and a certainty equivalent is not to be believed.
_FEWEST_EFFECTIVE = 30.0
#: Ends of the search, in the largest standard deviation of a payoff.
_HIGHEST, _LOWEST = 1e14, 1e-3


@dataclass(frozen=True, slots=True)
class RiskSwitch:
    """A risk tolerance at which the recommended strategy changes.

    Attributes
    ----------
    risk_tolerance, se : float
        Where, in the payoff's unit, and its Monte Carlo standard error.
    above, below : str
        The best strategy for a higher risk tolerance, and for a lower one.
    effective_draws : float
        Draws that carry the weight of the less reliable of the two certainty equivalents.
    """

    risk_tolerance: float
    se: float
    above: str
    below: str
    effective_draws: float


@checked(outcome=an_outcome(squared=False))
def certainty_equivalent(outcome: "xr.DataArray", risk_tolerance: npt.ArrayLike) -> "xr.DataArray":
    """The sure amount that is worth as much as the uncertain outcome, under exponential utility.

    ``−ρ ln E[exp(−outcome / ρ)]`` with ρ the risk tolerance (Howard 1988): for a normal outcome
    the mean less half the variance over ρ.

    Parameters
    ----------
    outcome : DataArray
        Dimension ``draw``, maybe ``chain``, and others.
    risk_tolerance : float or array
        ρ > 0, in the outcome's unit; infinite for the expected value.

    Returns
    -------
    DataArray
        The outcome's other dimensions, after ``risk_tolerance`` where this is an array.

    Raises
    ------
    InputError
        If a risk tolerance is not above 0, or there is no dimension ``draw``.
    NumericalError
        If an outcome is not finite.
    """
    bare = unlabel(outcome, fewest=1)
    levels = _tolerances(risk_tolerance, outcome)
    found = np.array(in_threads(lambda level: _equivalent(bare.values, level), levels.ravel()))
    return _labelled(bare, found, levels, "risk_tolerance")


@checked(outcome=an_outcome())
def certainty_equivalent_mcse(
    outcome: "xr.DataArray", risk_tolerance: npt.ArrayLike
) -> "xr.DataArray":
    """Monte Carlo standard error of `certainty_equivalent`, by leaving out a chain at a time.

    Without chains, a sixteenth of the draws at a time. At risk tolerances far below the outcome's
    spread the worst draws alone decide, and neither figure is reliable.

    Parameters
    ----------
    outcome : DataArray or array (draw,)
        As for `certainty_equivalent`.
    risk_tolerance : float or array
        As for `certainty_equivalent`, in the outcome's unit.

    Returns
    -------
    DataArray
        In the outcome's unit; its dimensions as of the figure itself.

    Raises
    ------
    InputError
        If a risk tolerance is not above 0, or there are fewer than 64 draws.
    NumericalError
        If a value is not finite.
    """
    bare, levels = unlabel(outcome), _tolerances(risk_tolerance, outcome)
    found = np.array([_jackknife(bare, _equivalent, level) for level in levels.ravel()])
    return _labelled(bare, found, levels, "risk_tolerance")


@checked(outcome=an_outcome())
def certainty_equivalent_shape(
    outcome: "xr.DataArray", risk_tolerance: npt.ArrayLike
) -> "xr.DataArray":
    """How heavy the tail of the weights exp(−outcome / ρ) is that `certainty_equivalent` averages.

    Parameters
    ----------
    outcome : DataArray or array (draw,)
        As for `certainty_equivalent`.
    risk_tolerance : float or array
        As for `certainty_equivalent`, in the outcome's unit.

    Returns
    -------
    DataArray
        Pareto's k; above 0.7 neither the figure nor its error is to be relied on. Its dimensions
        are those of the figure itself.

    Raises
    ------
    InputError
        If a risk tolerance is not above 0, or there is no dimension ``draw``.
    NumericalError
        If a value is not finite.
    """
    bare, levels = unlabel(outcome, fewest=1), _tolerances(risk_tolerance, outcome)
    found = np.array(in_threads(lambda level: _shapes(bare.values, level), levels.ravel()))
    return _labelled(bare, found, levels, "risk_tolerance")


@checked(outcome=an_outcome(squared=False))
def expected_shortfall(outcome: "xr.DataArray", probability: npt.ArrayLike) -> "xr.DataArray":
    """Mean of the worst `probability` of the draws, the draw at the boundary taken in part.

    Parameters
    ----------
    outcome : DataArray
        Dimension ``draw``, maybe ``chain``, and others.
    probability : float or array
        In (0, 1]; at 1 it is the mean.

    Returns
    -------
    DataArray
        The outcome's other dimensions, after ``probability`` where this is an array.

    Raises
    ------
    InputError
        If a probability is not in (0, 1], or there is no dimension ``draw``.
    NumericalError
        If an outcome is not finite.

    Notes
    -----
    Coherent, atoms included: C. Acerbi and D. Tasche, Journal of Banking & Finance 26 (2002), 1487.
    """
    bare, levels = unlabel(outcome, fewest=1), _probabilities(probability, outcome)
    found = np.array(in_threads(lambda level: _shortfall(bare.values, level), levels.ravel()))
    return _labelled(bare, found, levels, "probability")


@checked(outcome=an_outcome())
def expected_shortfall_mcse(outcome: "xr.DataArray", probability: npt.ArrayLike) -> "xr.DataArray":
    """Monte Carlo standard error of `expected_shortfall`, as `certainty_equivalent_mcse`.

    Parameters
    ----------
    outcome : DataArray or array (draw,)
        As for `expected_shortfall`.
    probability : float or array
        As for `expected_shortfall`.

    Returns
    -------
    DataArray
        In the outcome's unit; its dimensions as of the figure itself.

    Raises
    ------
    InputError
        If a probability is not in (0, 1], or there are fewer than 64 draws.
    NumericalError
        If a value is not finite.
    """
    bare, levels = unlabel(outcome), _probabilities(probability, outcome)
    found = np.array([_jackknife(bare, _shortfall, level) for level in levels.ravel()])
    return _labelled(bare, found, levels, "probability")


def risk_tolerance_switch(npv: "xr.DataArray", low: float | None = None) -> list[RiskSwitch]:
    """Risk tolerances at which the strategy of the highest certainty equivalent changes.

    Parameters
    ----------
    npv : DataArray
        Dimensions ``draw`` and ``strategy``, maybe ``chain``: one decision.
    low : float, optional
        Lowest risk tolerance to search. By default the search ends where fewer than 30 effective
        draws carry the highest certainty equivalent, where that one or the last best cannot be
        estimated (`certainty_equivalent_shape`), or at a thousandth of the largest standard
        deviation.

    Returns
    -------
    list of RiskSwitch
        From high risk tolerance to low; empty where the strategy of the highest expected value
        stays best.

    Raises
    ------
    InputError
        If `low` is not above 0, or the dimensions are others.
    NumericalError
        If a payoff is not finite.

    Notes
    -----
    Two changes within a sixth of a factor of 10 may be missed. Few draws overstate a certainty
    equivalent; where ``effective_draws`` is small, the change lies at the tolerance found or above.
    """
    if low is not None and not low > 0.0:
        raise InputError(f"low is {low:g}; a risk tolerance above 0 is needed")
    if set(npv.dims) - {"chain"} != {"draw", "strategy"}:
        raise InputError(f"one decision is needed: dimensions draw and strategy, not {npv.dims}")
    bare = unlabel(npv)
    values = np.ascontiguousarray(bare.values)
    names = [str(name) for name in npv["strategy"].values]
    switches: list[RiskSwitch] = []
    above = _highest(values)
    lowest = low or _LOWEST * float(values.std(axis=0).max())
    best = int(_equivalent(values, above).argmax())
    while True:
        below = above * 10.0 ** (-1.0 / _STEPS)
        equivalents, effective = _equivalent_and_effective(values, below)
        lower = int(equivalents.argmax())
        if below < lowest or (low is None and effective[lower] < _FEWEST_EFFECTIVE):
            return switches
        if low is None and (_shapes(values[:, [best, lower]], below) > LARGEST_SHAPE).any():
            return switches
        if lower != best:
            switches.append(_switch(bare, names, (best, lower), (below, above)))
            best = lower
        above = below


def _levels(name: str, given: npt.ArrayLike, outcome: "xr.DataArray") -> Array:
    """Of what a figure is asked at: one number, or several along a dimension of this name."""
    levels = doubles(name, given)
    if levels.ndim > 1 or not levels.size:
        raise InputError(f"{name} has shape {levels.shape}; a number, or a list, is expected")
    if levels.ndim and name in {*outcome.dims, *outcome.coords}:
        raise InputError(
            f"outcome has {name!r} among its dimensions or coordinates, a name that the result "
            f"uses: rename it"
        )
    return levels


def _tolerances(given: npt.ArrayLike, outcome: "xr.DataArray") -> Array:
    levels = _levels("risk_tolerance", given, outcome)
    check_size("risk_tolerance", levels[np.isfinite(levels)])
    if not (levels > 0.0).all():
        raise InputError(f"a risk tolerance must be above 0, got {levels[~(levels > 0.0)].min():g}")
    return levels


def _probabilities(given: npt.ArrayLike, outcome: "xr.DataArray") -> Array:
    levels = _levels("probability", given, outcome)
    wrong = ~((levels > 0.0) & (levels <= 1.0))
    if wrong.any():
        raise InputError(
            f"a probability must be above 0 and at most 1, got {levels[wrong].min():g}"
        )
    return levels


def _labelled(bare: Outcome, found: Array, levels: Array, name: str) -> "xr.DataArray":
    if levels.ndim == 0:
        return bare.labelled(found[0])
    return bare.labelled(found, **{name: levels})


def _equivalent(values: Array, tolerance: float) -> Array:
    """Certainty equivalents (column,) of `values` (row, column)."""
    if np.isinf(tolerance):
        return np.asarray(values.mean(axis=0))
    return _equivalent_and_utility(values, tolerance)[0]


def _equivalent_and_effective(values: Array, tolerance: float) -> tuple[Array, Array]:
    """Certainty equivalents (column,), and the effective number of draws behind each (Kish)."""
    equivalents, utility = _equivalent_and_utility(values, tolerance)
    weights = utility + 1.0
    return equivalents, weights.sum(axis=1) ** 2 / np.square(weights, out=weights).sum(axis=1)


def _equivalent_and_utility(values: Array, tolerance: float) -> tuple[Array, Array]:
    """Certainty equivalents (column,), and what each draw adds to them (column, row).

    Taken from the worst draw upwards, so that no exponential overflows; with expm1 and log1p, so
    that nothing is lost where the risk tolerance is large. Strategies in the rows: sums along
    memory are several times as fast as across it.
    """
    draws = np.ascontiguousarray(values.T)
    worst = draws.min(axis=1)
    utility = (worst[:, None] - draws) / tolerance
    with np.errstate(under="ignore"):
        np.expm1(utility, out=utility)
    return worst - tolerance * np.log1p(utility.mean(axis=1)), utility


def _shapes(values: Array, tolerance: float) -> Array:
    """Pareto's k of the weights behind each certainty equivalent (column,)."""
    return np.array([pareto_shape(-column / tolerance) for column in values.T])


def _shortfall(values: Array, probability: float) -> Array:
    """Mean (column,) of the worst part of `values` (row, column)."""
    return mean_of_worst(np.ascontiguousarray(values.T), probability)


def _jackknife(bare: Outcome, statistic: Statistic, level: float) -> Array:
    """Standard errors (column,), a block left out at a time."""
    block = bare.block
    others = np.array([statistic(bare.values[block != one], level) for one in range(bare.blocks)])
    return jackknife(others)


def _highest(values: Array) -> float:
    """A risk tolerance so high that the best strategy is that of the highest expected value."""
    spread = max(float(values.std(axis=0).max()), float(np.finfo(float).tiny))
    best = int(values.mean(axis=0).argmax())
    high = 100.0 * spread
    while high < _HIGHEST * spread and int(_equivalent(values, high).argmax()) != best:
        high *= 10.0
    return high


def _switch(
    bare: Outcome, names: list[str], pair: tuple[int, int], between: tuple[float, float]
) -> RiskSwitch:
    """Close in on the change from the strategy `pair[0]` to `pair[1]`."""
    from scipy.optimize import brentq

    values = bare.values[:, list(pair)]

    def gap(draws: Array, log_tolerance: float) -> Array:
        equivalents = _equivalent(draws, float(np.exp(log_tolerance)))
        return np.asarray(equivalents[:1] - equivalents[1:])

    low, high = np.log(between)
    place = float(brentq(lambda at: float(gap(values, at)[0]), low, high, xtol=1e-10))
    step = 1e-3
    slope = float((gap(values, place + step) - gap(values, place - step))[0]) / (2.0 * step)
    two = Outcome(values, bare.starts, bare.order, bare.label)
    error = float(_jackknife(two, gap, place)[0])
    tolerance = float(np.exp(place))
    return RiskSwitch(
        tolerance,
        tolerance * error / abs(slope) if slope else float("inf"),
        names[pair[0]],
        names[pair[1]],
        float(_equivalent_and_effective(values, tolerance)[1].min()),
    )
