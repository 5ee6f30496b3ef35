"""Colour class and shape of each strategy on the page, from its record; and CSS that says them."""

from collections.abc import Mapping

from reports.page.svg.marks import Look
from reports.text.advice import Verdict
from reports.text.strategies import Told, strategies

__all__ = ["CLASSES", "LOOKS", "css_of", "strategy_style"]

#: By a strategy's name: its class, and its class with its shape.
CLASSES: Mapping[str, str] = Told(lambda one: _class(one.name))
LOOKS: Mapping[str, Look] = Told(lambda one: Look(_class(one.name), one.mark))


def _class(name: str) -> str:
    """A class by its place: a name from a file may be anything."""
    return f"s{[one.name for one in strategies()].index(name) + 1}"


def css_of(verdict: Verdict) -> str:
    """The class of a verdict's colour.

    Parameters
    ----------
    verdict : Verdict
        Of a company.

    Returns
    -------
    str
    """
    return CLASSES[verdict.strategy] if verdict.strategy else "form"


def strategy_style() -> str:
    """CSS with a variable for each strategy's colour, and its class.

    Returns
    -------
    str
    """
    light = _root({CLASSES[one.name]: one.colour for one in strategies()})
    dark = _root({CLASSES[one.name]: one.dark_colour for one in strategies()})
    rules = [
        f".{name}{{--c:var(--{name})}}svg .{name}{{fill:var(--{name})}}"
        for name in CLASSES.values()
    ]
    schemes = [light, f"@media screen and (prefers-color-scheme:dark){{{dark}}}"]
    return "\n".join([*schemes, *rules]) + "\n"


def _root(colours: Mapping[str, str]) -> str:
    return ":root{" + ";".join(f"--{name}:{colour}" for name, colour in colours.items()) + "}"
