"""Where the decision changes: along one quantity, by a move of its prior, and over a pair."""

import math
from collections.abc import Mapping
from itertools import chain
from typing import Any

import numpy as np

from model.analyses.comparison import Comparison
from model.analyses.problems import Case
from model.analyses.results.drivers import InputDrivers
from model.analyses.results.information import PerfectInformation
from model.analyses.results.record import Figure
from model.analyses.results.switching import (
    DecisionMap,
    DecisionRanges,
    IndifferenceCurve,
    Point,
    PriorPerturbation,
    Range,
    Reversal,
    SwitchingValue,
)
from model.numerics.labelled_draws import Column, input_columns, unlabel
from model.numerics.rank_bins import FEW
from model.numerics.threads import in_threads
from model.sensitivity.conditional_curves import expected_given, expected_given_two
from model.sensitivity.decision_map import decision_map, indifference_curves
from model.sensitivity.decision_ranges import decision_ranges
from model.sensitivity.prior_perturbation import prior_perturbation

__all__ = ["reversals", "two_way_map"]

#: Largest move of a prior, in standard scores: what leaves the weight of so many draws.
_DRAWS_BEHIND_A_MOVE = 100
_LARGEST_MOVE = 3.0
#: Draws behind a cell of a map, at least.
_DRAWS_BEHIND_A_CELL = 30


def reversals(case: Case, comparisons: Mapping[str, Comparison]) -> dict[str, dict[str, Reversal]]:
    """Switching values, and the least move of the prior: decision to path to both.

    Parameters
    ----------
    case : Case
        The decisions.
    comparisons : mapping of str to Comparison
        Decision to its two best strategies.

    Returns
    -------
    dict of str to dict of str to Reversal
        Values in each quantity's unit, moves in standard scores of its prior.
    """
    draws, count = len(case.payoffs), len(case.strategies)
    limit = math.sqrt(max(math.log(draws / _DRAWS_BEHIND_A_MOVE), 0.25))
    limit = min(_LARGEST_MOVE, round(limit, 2))
    moves = case.tables(prior_perturbation(case.npv, case.inputs, limit))
    bare = unlabel(case.npv, case.inputs)
    payoffs = bare.values.reshape(len(bare.values), -1, count)
    quantities = [str(name) for name in case.inputs]

    def ranges(column: Column) -> list[tuple[int, int, DecisionRanges]]:
        """Place of each decision and of the quantity, and where the decision changes along it."""
        quantity, owners = quantities[column.position], np.unique(column.outcomes // count)
        rows = [row for row in owners.tolist() if quantity in case.inputs_of[case.names[row]]]
        if not rows:
            return []
        curve = expected_given(column.values, payoffs[:, rows], bare.starts)
        return [
            (
                row,
                column.position,
                _ranges(decision_ranges(curve, problem, best[row], case.strategies)),
            )
            for problem, row in enumerate(rows)
        ]

    best = [comparisons[name].best for name in case.names]
    found: dict[str, dict[str, Reversal]] = {name: {} for name in case.names}
    each = in_threads(ranges, input_columns(case.inputs, case.npv, bare))
    for row, position, of in chain.from_iterable(each):
        name = case.names[row]
        path = case.inputs_of[name][quantities[position]]
        found[name][path] = Reversal(of, _move(moves, (row, position), limit))
    return found


def _ranges(found: Mapping[str, Any]) -> DecisionRanges:
    return DecisionRanges(
        searched=found["searched"],
        percentiles=found["percentiles"],
        values=[
            SwitchingValue(
                Figure(tie["value"], tie["value_se"]), tie["percentile"], tie["side"], tie["to"]
            )
            for tie in found["values"]
        ],
        ranges=[_range(one) for one in found["ranges"]],
        possible=[_range(one) for one in found["possible"]],
    )


def _range(one: Mapping[str, Any]) -> Range | Point:
    return Point(**one) if "at" in one else Range(**one)


def _move(moves: Mapping[str, Any], at: tuple[int, int], limit: float) -> PriorPerturbation:
    shift = Figure(float(moves["shift"][at]), float(moves["shift_se"][at]))
    to = str(moves["after"][at]) if math.isfinite(shift.value) else None
    return PriorPerturbation(shift, limit, to)


def two_way_map(
    case: Case,
    name: str,
    worth: Mapping[str, PerfectInformation],
    moved: Mapping[str, InputDrivers],
) -> DecisionMap | None:
    """The best strategy over the two quantities most worth knowing that are no events.

    Of equal worth, the one with the wider bar of the tornado comes first. None where there are no
    two.

    Parameters
    ----------
    case : Case
        The decisions.
    name : str
        One of them.
    worth : mapping of str to PerfectInformation
        Path to what knowing the quantity is worth.
    moved : mapping of str to InputDrivers
        Path to its bar.

    Returns
    -------
    DecisionMap or None
        Axes in the quantities' units.
    """
    quantities = {path: quantity for quantity, path in case.inputs_of[name].items()}
    ranked = sorted(
        worth, key=lambda path: (-worth[path].evppi.value, -abs(moved[path].tornado.swing.value))
    )
    found = []
    for path in ranked:
        draws = case.draws_of(quantities[path], name)
        if len(np.unique(draws)) > FEW:
            found.append((path, draws))
        if len(found) == 2:
            payoffs = case.payoffs[:, case.names.index(name)]
            return _map(found[0], found[1], payoffs, case.strategies)
    return None


def _map(
    x: tuple[str, Any], y: tuple[str, Any], payoffs: Any, strategies: tuple[str, ...]
) -> DecisionMap:
    surface = expected_given_two(x[1], y[1], payoffs)
    at = {
        (float(a), float(b)): dict(zip(strategies, surface.mean[i, j].tolist(), strict=True))
        for i, a in enumerate(surface.x)
        for j, b in enumerate(surface.y)
    }
    found = decision_map(lambda a, b: at[a, b], surface.x, surface.y)
    return DecisionMap(
        x=x[0],
        y=y[0],
        x_values=surface.x.tolist(),
        y_values=surface.y.tolist(),
        best=found["best"].values.tolist(),
        lead=found["lead"].values.tolist(),
        known=(surface.draws >= _DRAWS_BEHIND_A_CELL).tolist(),
        curves=[
            IndifferenceCurve(list(curve.strategies), curve.points.tolist())
            for curve in indifference_curves(found)
        ],
    )
