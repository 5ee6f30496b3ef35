"""The public Python interface: nothing but re-exports, loaded on first use."""

import sys
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
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


#: The packages behind; their names are general, so a file of the user's may have one of them.
_PACKAGES = ("cli", "model", "priors", "reports")
_ROOT = Path(__file__).resolve().parent


def _in_the_way() -> str | None:
    """What Python has, or would import, under the name of one of our packages, in a sentence."""
    for name in _PACKAGES:
        loaded = sys.modules.get(name)
        spec = None if loaded else PathFinder.find_spec(name)
        found = getattr(loaded, "__file__", None) or (spec and spec.origin)
        if found and Path(found).resolve().parent != _ROOT / name:
            return (
                f"{found} is in the way of decide's own package {name!r}: "
                "rename it, or start Python in another folder"
            )
    return None


def _command() -> None:
    """Run the command line, where nothing is in the way of what it imports."""
    if message := _in_the_way():
        sys.exit(_refused(message))
    from cli.interrupt import watch

    # before what takes a second to import
    watch()
    from cli.main import run

    run()


def _refused(message: str) -> int:
    print(f"decide: {message}", file=sys.stderr)  # noqa: T201  # nothing else can be imported
    return 2


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'decide' has no attribute {name!r}")
    if message := _in_the_way():
        raise ImportError(message)
    from model.numerics.forks import check_fork

    check_fork()
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
