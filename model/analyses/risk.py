"""How the strategies compare for someone who minds risk, in every decision of a run."""

from collections.abc import Callable, Iterator, Sequence
from math import isfinite, nan
from typing import TYPE_CHECKING

from model.analyses.problems import Case
from model.analyses.results.record import Figure
from model.analyses.results.risk import (
    CertaintyEquivalent,
    Dominance,
    EquivalentLevel,
    ExpectedShortfall,
    Risk,
    RiskSwitch,
    StrategyLevel,
)
from model.numerics.standard_errors import mcse_of_each
from model.numerics.threads import in_threads
from model.risk.dominance import dominance
from model.risk.risk import (
    certainty_equivalent,
    certainty_equivalent_shape,
    expected_shortfall,
    risk_tolerance_switch,
)
from model.risk.tail_shape import LARGEST_SHAPE

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["RISK_TOLERANCES", "SHORTFALLS", "risk"]

#: USD billion: those of a start-up, a large lab, and a company of trillions.
RISK_TOLERANCES: tuple[float, ...] = (0.1, 1.0, 10.0, 100.0)
SHORTFALLS: tuple[float, ...] = (0.01, 0.05, 0.25)
#: Verdicts by which one strategy may dominate another, the surest first.
_HOLDS = ("yes", "almost", "doubtful")


def risk(case: Case, tolerances: Sequence[float] = RISK_TOLERANCES) -> dict[str, Risk]:
    """Certainty equivalents, shortfalls, dominance and risk tolerances that change the choice.

    Parameters
    ----------
    case : Case
        The decisions.
    tolerances : sequence of float
        Risk tolerances, USD billion, above 0.

    Returns
    -------
    dict
        Decision to what holds of it.
    """
    equivalents = _with_errors(certainty_equivalent, case.npv, list(tolerances))
    shapes = certainty_equivalent_shape(case.npv, list(tolerances))
    shortfalls = _with_errors(expected_shortfall, case.npv, list(SHORTFALLS))
    dominated = dominance(case.npv)
    switches = in_threads(lambda name: _switches(case.npv.sel(case.place(name))), case.names)
    return {
        name: Risk(
            certainty_equivalent=[
                _equivalent(*level, shapes.sel({**case.place(name), "risk_tolerance": level[0]}))
                for level in _levels(equivalents, case.place(name), "risk_tolerance")
            ],
            expected_shortfall=[
                ExpectedShortfall(*level)
                for level in _levels(shortfalls, case.place(name), "probability")
            ],
            dominance=_dominance(dominated.sel(case.place(name))),
            switches=switches[row],
        )
        for row, name in enumerate(case.names)
    }


def _with_errors(
    function: "Callable[[xr.DataArray, Sequence[float]], xr.DataArray]",
    npv: "xr.DataArray",
    levels: Sequence[float],
) -> "tuple[xr.DataArray, xr.DataArray]":
    """A figure of all draws, and its standard error from the chains' own figures.

    As in `model.analyses.decision`; leaving out a chain at a time would take sixteen times as long.
    """
    each = function(npv.rename(chain="randomization"), levels)
    return function(npv, levels), each.reduce(mcse_of_each, "randomization")


def _levels(
    found: "tuple[xr.DataArray, xr.DataArray]", place: dict[str, str], dim: str
) -> Iterator[tuple[float, str, dict[str, StrategyLevel]]]:
    """Each level, the best strategy there, and the figure of every strategy."""
    value, error = (one.sel(place) for one in found)
    strategies = [str(name) for name in value["strategy"].values]
    for row, level in enumerate(value[dim].values):
        figures = {
            name: StrategyLevel(Figure(float(value[row, column]), float(error[row, column])))
            for column, name in enumerate(strategies)
        }
        yield float(level), strategies[int(value[row].values.argmax())], figures


def _equivalent(
    tolerance: float, best: str, figures: dict[str, StrategyLevel], shapes: "xr.DataArray"
) -> CertaintyEquivalent:
    """Certainty equivalents, without those that a few draws decide."""
    levels = {
        name: _estimated(level.value, float(shapes.sel(strategy=name)))
        for name, level in figures.items()
    }
    return CertaintyEquivalent(tolerance, best, levels, levels[best].why_null is None)


def _estimated(figure: Figure, shape: float) -> EquivalentLevel:
    """A certainty equivalent, or why there is none: its error comes from the same draws.

    Expected shortfalls need no such rule: of tails as heavy as a run's, the spread between runs is
    what their errors say. Weights that are exponentials of these tails are another matter.
    """
    known = shape if isfinite(shape) else None
    if shape <= LARGEST_SHAPE:
        return EquivalentLevel(figure, known)
    k = "without bound" if known is None else f"{known:.2f}"
    why = f"a few draws carry most of the weight: Pareto k is {k}, above {LARGEST_SHAPE:g}"
    return EquivalentLevel(Figure(nan, nan), known, why)


def _dominance(found: "xr.Dataset") -> list[Dominance]:
    """Pairs in which one strategy dominates: by the surest verdict, then by the lowest order."""
    pairs = []
    names = [str(name) for name in found["strategy"].values]
    for one in names:
        for other in names:
            cells = found.sel(strategy=one, other=other)
            verdicts = {int(o): str(cells["verdict"].sel(order=o).item()) for o in (1, 2)}
            holds = [order for order, verdict in verdicts.items() if verdict in _HOLDS]
            if holds:
                order = min(holds, key=lambda o: _HOLDS.index(verdicts[o]))
                at = cells.sel(order=order)
                violated = Figure(float(at["share"]), float(at["share_se"]))
                sure = verdicts[order] != "doubtful"
                pairs.append(Dominance(one, other, order, sure, violated))
    return pairs


def _switches(npv: "xr.DataArray") -> list[RiskSwitch]:
    return [
        RiskSwitch(Figure(one.risk_tolerance, one.se), one.above, one.below)
        for one in risk_tolerance_switch(npv)
    ]
