"""A map of two numbers: what is best in each combination of their classes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from markupsafe import Markup

from model.analyses.combinations import Combination, Combinations, combinations
from model.numerics.arrays import ByChain
from reports.page.company.number import Number, number_of
from reports.page.looks import LOOKS
from reports.page.svg.charts.combinations import Cell
from reports.page.svg.charts.combinations import Combinations as Grid
from reports.page.svg.charts.combinations import combinations as drawn
from reports.page.svg.units import bare_between
from reports.page.svg.widths import at_both
from reports.page.view import View
from reports.text.advice import verdict_of
from reports.text.flips import MARKET
from reports.text.strategies import DOING, LEAVING
from reports.text.wording import capital

__all__ = ["map_of"]

#: Classes of the first number and of the second.
_COUNTS = (8, 6)
#: The company's own number that stands against the market, and what a title calls the two.
_OWN = "attractiveness"
_SHORT = {MARKET: "market", f"player.{_OWN}": "strength"}


def map_of(view: View, player: str) -> dict[str, Any] | None:
    """Title and chart.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    dict or None
        None where no two numbers vary enough, or a figure of the verdict is not finite.
    """
    entry = view.players[player]
    if verdict_of(entry).kind == "failed":
        return None
    for pair in _pairs(view, player):
        found = _found(view, player, pair)
        if found is not None:
            return _told(found, pair, view, entry["best"])
    return None


def _pairs(view: View, player: str) -> Iterator[tuple[Number, Number]]:
    """Market and own strength; where one of them hardly varies, the two most worth knowing."""
    yield number_of(view, MARKET), number_of(view, f"players.{player}.{_OWN}")
    other = view.analysed("sensitivity").get(player, {}).get("map")
    if other:
        yield number_of(view, other["x"]), number_of(view, other["y"])


def _found(view: View, player: str, pair: tuple[Number, Number]) -> Combinations | None:
    first, second = (_draws(view, one) for one in pair)
    payoffs = [view.payoff(player, name).reshape(first.shape) for name in view.strategies]
    one_side = [view.strategies.index(LEAVING.name)]
    return combinations(first, second, np.stack(payoffs), _COUNTS, one_side)


def _draws(view: View, number: Number) -> ByChain:
    """All draws (chain, draw), not only those kept for descriptions: cells hold few."""
    values = view.quantities[number.quantity.name]
    if number.player is not None:
        values = values.sel(player=number.player)
    return np.asarray(values.transpose("chain", "draw").to_numpy())


def _told(
    found: Combinations, pair: tuple[Number, Number], view: View, best: str
) -> dict[str, Any]:
    cells = [cell for row in found.cells for cell in row]
    sure = Counter(view.strategies[cell.best or 0] for cell in cells if cell.known)
    title = (
        f"{capital(DOING[best])} is best in {sure[best]} of {len(cells)} combinations of "
        f"{' and '.join(_SHORT.get(one.quantity.name, one.within) for one in pair)}"
    )
    others = [f"{DOING[name]} in {many}" for name, many in sure.items() if name != best]
    untold = len(cells) - sure.total()
    others += [f"these draws cannot tell in {untold}"] if untold else []
    grid = Grid(
        cells=tuple(tuple(_cell(view, one, best) for one in row) for row in found.cells),
        columns=_values(pair[0], found.first),
        rows=_values(pair[1], found.second),
        across=_axis(pair[0]),
        up=_axis(pair[1]),
        name=f"{'; '.join([title, *others])}.",
    )
    chart = Markup(at_both(drawn, grid))  # noqa: S704  # its words are escaped
    return {"title": title, "untold": untold, "chart": chart}


def _cell(view: View, one: Combination, best: str) -> Cell:
    """An outline where the draws cannot tell one side from the other."""
    look = LOOKS[best if one.best is None else view.strategies[one.best]]
    stake = 0.0 if one.best is None else one.lead.value
    return Cell(look if one.known else replace(look, css=f"{look.css} open"), stake)


def _values(number: Number, values: Sequence[float]) -> tuple[str, ...]:
    return tuple(bare_between([number.brief(value) for value in values]))


def _axis(number: Number) -> str:
    return f"{number.within}{', a year' if '/year' in number.quantity.unit else ''}"
