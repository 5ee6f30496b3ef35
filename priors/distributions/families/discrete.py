"""A handful of values, each with its weight."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from priors.distributions.families.mixture import check_weights
from priors.distributions.family import Discrete, FamilyError, Parameters

__all__ = ["FAMILY"]


def _read(stated: Mapping[str, Any]) -> Parameters:
    values, weights = [float(v) for v in stated["values"]], [float(w) for w in stated["weights"]]
    if not values or len(values) != len(weights):
        found = f"{len(values)} values and {len(weights)} weights"
        raise FamilyError(("weights", f"{found}: expected as many weights as values"))
    if len(set(values)) < len(values):
        raise FamilyError(("values", "a value is stated twice"))
    check_weights(weights, "weights")
    order = np.argsort(values)
    return (*(values[i] for i in order), *(weights[i] for i in order))


def _atoms(parameters: Parameters) -> tuple[Parameters, Parameters]:
    count = len(parameters) // 2
    return parameters[:count], parameters[count:]


FAMILY = Discrete(
    name="discrete",
    parameters=("values", "weights"),
    known="a handful of values",
    order=9,
    read=_read,
    atoms=_atoms,
    arrays=True,
)
