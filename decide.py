"""The public Python interface: nothing but re-exports, loaded on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.analyses.blocks.run import simulate
    from model.analyses.decision import decision
    from model.analyses.until import simulate_until
    from model.bayes.model import pymc_model
    from model.information.perfect import evpi, evppi
    from model.information.sample import evsi
    from model.risk.risk import certainty_equivalent, expected_shortfall
    from model.sensitivity.indices import shapley, sobol
    from model.sensitivity.switching import switching_value
    from model.stopping.bermudan import bermudan_option
    from priors.errors import DecideError, InputError, NumericalError, PriorFileError
    from priors.reading.load import load_priors
    from reports.page.html import write_report

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
    "simulate_until",
    "sobol",
    "switching_value",
    "write_report",
]

_HOMES = {
    "DecideError": "priors.errors",
    "InputError": "priors.errors",
    "NumericalError": "priors.errors",
    "PriorFileError": "priors.errors",
    "bermudan_option": "model.stopping.bermudan",
    "certainty_equivalent": "model.risk.risk",
    "decision": "model.analyses.decision",
    "evpi": "model.information.perfect",
    "evppi": "model.information.perfect",
    "evsi": "model.information.sample",
    "expected_shortfall": "model.risk.risk",
    "load_priors": "priors.reading.load",
    "pymc_model": "model.bayes.model",
    "shapley": "model.sensitivity.indices",
    "simulate": "model.analyses.blocks.run",
    "simulate_until": "model.analyses.until",
    "sobol": "model.sensitivity.indices",
    "switching_value": "model.sensitivity.switching",
    "write_report": "reports.page.html",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'decide' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
