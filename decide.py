"""The public Python interface: nothing but re-exports, loaded on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.bayes import pymc_model
    from model.bermudan import bermudan_option
    from model.decision import decision
    from model.risk import certainty_equivalent, expected_shortfall
    from model.sample_information import evsi
    from model.sensitivity import shapley, sobol
    from model.simulation import simulate
    from model.switching import switching_value
    from model.value_of_information import evpi, evppi
    from priors.errors import DecideError, InputError, NumericalError, PriorFileError
    from priors.load import load_priors
    from reports.html import write_report

__all__ = [
    "DecideError",
    "InputError",
    "NumericalError",
    "PriorFileError",
    "bermudan_option",
    "certainty_equivalent",
    "decision",
    "evpi",
    "evppi",
    "evsi",
    "expected_shortfall",
    "load_priors",
    "pymc_model",
    "shapley",
    "simulate",
    "sobol",
    "switching_value",
    "write_report",
]

_HOMES = {
    "DecideError": "priors.errors",
    "InputError": "priors.errors",
    "NumericalError": "priors.errors",
    "PriorFileError": "priors.errors",
    "bermudan_option": "model.bermudan",
    "certainty_equivalent": "model.risk",
    "decision": "model.decision",
    "evpi": "model.value_of_information",
    "evppi": "model.value_of_information",
    "evsi": "model.sample_information",
    "expected_shortfall": "model.risk",
    "load_priors": "priors.load",
    "pymc_model": "model.bayes",
    "shapley": "model.sensitivity",
    "simulate": "model.simulation",
    "sobol": "model.sensitivity",
    "switching_value": "model.switching",
    "write_report": "reports.html",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'decide' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
