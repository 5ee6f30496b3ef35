"""What `simulate`, `simulate_until` and `pymc_model` are handed, checked at their doors."""

from model.numerics.arguments.door import Check
from model.numerics.arguments.scalars import (
    function,
    list_of_names,
    maybe,
    record,
    switch,
    text,
    whole,
)
from priors.reading.records import Priors

__all__ = ["RUN"]

#: Of what both functions take; what sizes and words there are is known where they are used.
RUN: dict[str, Check] = {
    "priors": record(Priors, "load_priors"),
    "draws": whole(),
    "seed": whole(),
    "chains": whole(),
    "sampler": text,
    "options": switch,
    "rivals": text,
    "without": list_of_names,
    "progress": maybe(function),
}
