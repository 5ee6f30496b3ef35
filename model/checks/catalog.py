"""The catalog of checks, derived from the files of `model.checks.each`."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from model.checks import each
from model.checks.check import Check

__all__ = ["CHECKS"]


def _records() -> Iterator[Check]:
    for module in iter_modules(each.__path__):
        yield import_module(f"{each.__name__}.{module.name}").CHECK


#: In the order in which lists name them.
CHECKS: tuple[Check, ...] = tuple(sorted(_records(), key=lambda one: (one.place, one.name)))
