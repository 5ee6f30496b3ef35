"""One value, for certain."""

from collections.abc import Mapping
from typing import Any

from priors.distributions.family import Discrete, Parameters

__all__ = ["FAMILY"]


def _read(stated: Mapping[str, Any]) -> Parameters:
    return (float(stated["value"]),)


FAMILY = Discrete(
    name="constant",
    parameters=("value",),
    known="the value itself",
    order=0,
    in_words="fixed at {value}",
    read=_read,
    atoms=lambda p: (p, (1.0,)),
    certain=True,
)
