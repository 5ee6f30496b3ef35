"""An event: 1 with a probability, otherwise 0."""

from collections.abc import Mapping
from typing import Any

from priors.distributions.family import Discrete, FamilyError, Parameters

__all__ = ["FAMILY"]


def _read(stated: Mapping[str, Any]) -> Parameters:
    probability = float(stated["probability"])
    if not 0.0 <= probability <= 1.0:
        raise FamilyError(("probability", f"{probability:g} is not between 0 and 1"))
    return (probability,)


FAMILY = Discrete(
    name="bernoulli",
    parameters=("probability",),
    known="yes or no",
    order=8,
    in_words="happens with probability {probability}",
    read=_read,
    atoms=lambda p: ((0.0, 1.0), (1.0 - p[0], p[0])),
)
