"""The part of the style sheet that depends on the strategies: a colour and a shape for each."""

from collections.abc import Iterator, Mapping

from model.economics.strategies import Mark, Strategy
from reports.text.strategies import Told, strategies

__all__ = ["CLASSES", "COLOURS", "strategy_style"]

#: By a strategy's name the class of what belongs to it: a file may call a strategy ``ink`` or
#: ``hidden``, which the page's own style has a meaning for.
CLASSES: Mapping[str, str] = Told(lambda one: f"strategy-{one.name}")
#: By a strategy's name its colour, which the sheet defines for light, dark and print.
COLOURS: Mapping[str, str] = Told(lambda one: f"var(--{CLASSES[one.name]})")

#: What makes a small square the mark.
_SHAPES: Mapping[Mark, str] = {
    "●": "border-radius: 50%;",
    "■": "border-radius: 0;",
    "◆": "border-radius: 0; transform: rotate(45deg);",
    "▲": "border-radius: 0; clip-path: polygon(50% 0, 100% 100%, 0 100%);",
    "▼": "border-radius: 0; clip-path: polygon(0 0, 100% 0, 50% 100%);",
    "✚": "border-radius: 0; clip-path: polygon(35% 0, 65% 0, 65% 35%, 100% 35%, 100% 65%, "
    "65% 65%, 65% 100%, 35% 100%, 35% 65%, 0 65%, 0 35%, 35% 35%);",
}


def strategy_style() -> str:
    """CSS with a variable for each strategy's colour, and rules for whatever has its class.

    Returns
    -------
    str
    """
    light = _root({CLASSES[one.name]: one.colour for one in strategies()})
    dark = _root({CLASSES[one.name]: one.dark_colour for one in strategies()})
    lines = [
        light,
        f"@media (prefers-color-scheme: dark) {{ {dark} }}",
        f"@media print {{ {light} }}",
        *(rule for one in strategies() for rule in _rules(one)),
    ]
    return "\n".join(lines) + "\n"


def _root(colours: Mapping[str, str]) -> str:
    stated = " ".join(f"--{name}: {colour};" for name, colour in colours.items())
    return f":root {{ {stated} }}"


def _rules(strategy: Strategy) -> Iterator[str]:
    name, colour = CLASSES[strategy.name], COLOURS[strategy.name]
    yield f".verdict.{name} {{ border-color: {colour}; }}"
    yield f".verdict.{name} .advice {{ color: {colour}; }}"
    yield f"rect.{name} {{ fill: {colour}; }}"
    yield f".key.{name}::before {{ background: {colour}; {_SHAPES[strategy.mark]} }}"
