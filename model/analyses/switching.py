"""Where the decision changes over a pair of quantities."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from model.analyses.problems import Case
from model.analyses.results.drivers import InputDrivers
from model.analyses.results.information import PerfectInformation
from model.analyses.results.switching import (
    DecisionMap,
    IndifferenceCurve,
)
from model.numerics.rank_bins import FEW
from model.sensitivity.conditional_curves import expected_given_two
from model.sensitivity.decision_map import decision_map, indifference_curves

__all__ = ["two_way_map"]

#: Draws behind a cell of a map, at least.
_DRAWS_BEHIND_A_CELL = 30


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
