"""Where the decision changes: along one quantity, by a move of its prior, and over a pair."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from model.analyses.comparison import Comparison
from model.analyses.problems import Case
from model.economics.strategies import STRATEGY_NAMES
from model.numerics.labelled_draws import input_columns, unlabel
from model.numerics.rank_bins import FEW
from model.sensitivity.conditional_curves import expected_given, expected_given_two
from model.sensitivity.decision_ranges import decision_ranges
from model.sensitivity.prior_perturbation import prior_perturbation
from model.sensitivity.switching import decision_map, indifference_curves

__all__ = ["add_switching", "two_way_map"]

type Content = dict[str, Any]

#: Largest move of a prior, in standard scores: what leaves the weight of so many draws.
_DRAWS_BEHIND_A_MOVE = 100
_LARGEST_MOVE = 3.0
#: Draws behind a cell of a map, at least.
_DRAWS_BEHIND_A_CELL = 30


def add_switching(
    case: Case, comparisons: Mapping[str, Comparison], found: Mapping[str, Content]
) -> None:
    """Add switching values, and the least move of the prior, to every input in `found`."""
    draws = len(case.payoffs)
    limit = math.sqrt(max(math.log(draws / _DRAWS_BEHIND_A_MOVE), 0.25))
    limit = min(_LARGEST_MOVE, round(limit, 2))
    moves = case.tables(prior_perturbation(case.npv, case.inputs, limit))
    bare = unlabel(case.npv, case.inputs)
    payoffs = bare.values.reshape(len(bare.values), -1, len(STRATEGY_NAMES))
    quantities = [str(name) for name in case.inputs]
    for column in input_columns(case.inputs, case.npv, bare):
        quantity = quantities[column.position]
        rows = np.unique(column.outcomes // len(STRATEGY_NAMES))
        rows = np.array([row for row in rows if quantity in case.inputs_of[case.names[row]]], int)
        if not len(rows):
            continue
        curve = expected_given(column.values, payoffs[:, rows], bare.starts)
        for problem, row in enumerate(rows):
            name = case.names[row]
            entry = found[name]["inputs"][case.inputs_of[name][quantity]]
            entry["switching"] = decision_ranges(
                curve, problem, comparisons[name].best, STRATEGY_NAMES
            )
            entry["flip"] = _move(moves, (int(row), column.position), limit)


def _move(moves: Mapping[str, Any], at: tuple[int, int], limit: float) -> Content:
    shift = float(moves["shift"][at])
    return {
        "shift": shift,
        "shift_se": float(moves["shift_se"][at]),
        "limit": limit,
        "to": str(moves["after"][at]) if math.isfinite(shift) else None,
    }


def two_way_map(case: Case, name: str, inputs: Mapping[str, Content]) -> Content | None:
    """The best strategy over the two quantities most worth knowing that are no events.

    None where there are no two.
    """
    quantities = {path: quantity for quantity, path in case.inputs_of[name].items()}
    ranked = sorted(
        inputs, key=lambda path: (-inputs[path]["evppi"], -abs(inputs[path]["tornado"]["swing"]))
    )
    found = []
    for path in ranked:
        draws = case.draws_of(quantities[path], name)
        if len(np.unique(draws)) > FEW:
            found.append((path, draws))
        if len(found) == 2:
            return _map(found[0], found[1], case.payoffs[:, case.names.index(name)])
    return None


def _map(x: tuple[str, Any], y: tuple[str, Any], payoffs: Any) -> Content:
    surface = expected_given_two(x[1], y[1], payoffs)
    at = {
        (float(a), float(b)): dict(zip(STRATEGY_NAMES, surface.mean[i, j].tolist(), strict=True))
        for i, a in enumerate(surface.x)
        for j, b in enumerate(surface.y)
    }
    found = decision_map(lambda a, b: at[a, b], surface.x, surface.y)
    return {
        "x": x[0],
        "y": y[0],
        "x_values": surface.x.tolist(),
        "y_values": surface.y.tolist(),
        "best": found["best"].values.tolist(),
        "lead": found["lead"].values.tolist(),
        "known": (surface.draws >= _DRAWS_BEHIND_A_CELL).tolist(),
        "curves": [
            {"strategies": list(curve.strategies), "points": curve.points.tolist()}
            for curve in indifference_curves(found)
        ],
    }
