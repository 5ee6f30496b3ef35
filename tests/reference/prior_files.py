"""Small prior files for tests: complete, and easy to vary."""

from priors.registry.quantities import Quantity
from priors.registry.selection import EDITION, select

__all__ = ["minimal", "table_of"]


def table_of(path: str, quantity: Quantity) -> str:
    """A prior that suits the quantity's support."""
    if quantity.event:
        body = 'family = "bernoulli"\nprobability = 0.5'
    elif quantity.name == "valuation.terminal_growth":
        body = 'family = "normal"\np10 = -0.03\np90 = 0.03\nlower = -0.08\nupper = 0.04'
    elif quantity.key == "discount_rate":
        body = 'family = "lognormal"\np10 = 0.1\np90 = 0.2'
    elif quantity.upper == 1.0:
        body = 'family = "beta"\np10 = 0.2\np90 = 0.6'
    else:
        body = 'family = "lognormal"\np10 = 0.5\np90 = 2.0'
    return f"\n[{path}]\n{body}\n"


def minimal(*without: str, players: tuple[str, ...] = ("one",), edition: int = EDITION) -> str:
    """Text of the smallest complete prior file, of one type, `without` some priors' tables.

    The head takes three lines; each prior four or more.
    """
    quantities = select(edition)
    parts = [f"schema = {edition}\n"]
    parts += [table_of(one.name, one) for one in quantities.shared if one.name not in without]
    parts += ['\n[types.lab]\nlabel = "A lab"\n']
    for quantity in quantities.of_player:
        path = f"types.lab.{quantity.key}"
        parts += [table_of(path, quantity)] if path not in without else []
    parts += [f'\n[players.{player}]\ntype = "lab"\n' for player in players]
    return "".join(parts)
