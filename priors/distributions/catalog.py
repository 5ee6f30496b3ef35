"""The catalog of families, derived from the files of `priors.distributions.families`."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from priors.distributions import families
from priors.distributions.family import Continuous, Discrete, Family

__all__ = ["CONTINUOUS", "DISCRETE", "FAMILIES"]


def _records() -> Iterator[Family]:
    for module in iter_modules(families.__path__):
        yield import_module(f"{families.__name__}.{module.name}").FAMILY


#: Name to record of every family, in the order in which lists name them.
FAMILIES: Mapping[str, Family] = MappingProxyType(
    {one.name: one for one in sorted(_records(), key=lambda one: (one.order, one.name))}
)

#: The continuous ones, which bounds may cut and a mixture may have as components.
CONTINUOUS: Mapping[str, Continuous] = MappingProxyType(
    {name: one for name, one in FAMILIES.items() if isinstance(one, Continuous)}
)

#: Those whose draws take a few values.
DISCRETE: Mapping[str, Discrete] = MappingProxyType(
    {name: one for name, one in FAMILIES.items() if isinstance(one, Discrete)}
)
