"""The public Python interface: nothing but re-exports, loaded on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.bayes import pymc_model
    from model.decision import decision
    from model.simulation import simulate
    from priors.errors import DecideError, InputError, NumericalError, PriorFileError
    from priors.load import load_priors
    from reports.html import write_report

__all__ = [
    "DecideError",
    "InputError",
    "NumericalError",
    "PriorFileError",
    "decision",
    "load_priors",
    "pymc_model",
    "simulate",
    "write_report",
]

_HOMES = {
    "DecideError": "priors.errors",
    "InputError": "priors.errors",
    "NumericalError": "priors.errors",
    "PriorFileError": "priors.errors",
    "decision": "model.decision",
    "load_priors": "priors.load",
    "pymc_model": "model.bayes",
    "simulate": "model.simulation",
    "write_report": "reports.html",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'decide' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
