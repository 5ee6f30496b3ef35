"""Assumptions that matter most: where each number may lie, why, and from which sources."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from reports.page.company.number import Number, number_of
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.levers import LEVERS
from reports.text.worlds import of_100
from reports.text.worth import worth

__all__ = ["assumptions", "kind_of"]

_MOST = 6
_PERCENTILES = (0.1, 0.5, 0.9)
#: A company's own numbers that are shown where nothing tells which ones matter.
_OWN = ("attractiveness", "fixed_cost", "synergy", "salvage", "discount_rate", "cost_ratio")


def assumptions(view: View, player: str) -> Part:
    """A table of at most six numbers.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    Part
    """
    html = fill(
        "assumptions.html.j2",
        name=company(view.players[player]["label"]),
        rows=[_row(one) for one in _chosen(view, player)],
        posterior=view.posterior,
    )
    return Part("assumptions", "Assumptions that matter most", "Assumptions", html)


def _chosen(view: View, player: str) -> list[Number]:
    """The numbers most worth knowing, then those that move most; else usual ones."""
    found = view.analysed("sensitivity").get(player)
    if found is None:
        paths = [one.path for one in LEVERS.values()]
        paths += [f"players.{player}.{key}" for key in _OWN]
    else:
        inputs = found["inputs"]
        paths = sorted(
            inputs, key=lambda path: (-worth(inputs[path]), -(inputs[path].get("shapley") or 0.0))
        )
    numbers = (number_of(view, path) for path in paths)
    return list(islice((one for one in numbers if one.varies), _MOST))


def _row(number: Number) -> dict[str, Any]:
    stated = number.view.stated(number.quantity.name, number.player)
    sources = [str(source) for source in stated.get("sources", ())]
    if number.quantity.event:
        values = ["", f"comes true in {of_100(float(number.ordered.mean()))} of 100", ""]
    else:
        values = [number.brief(value) for value in number.quantiles(_PERCENTILES)]
    return {
        "name": number.name,
        "what": number.what,
        "kind": kind_of(sources),
        "low": values[0],
        "middle": values[1],
        "high": values[2],
        "why": str(stated.get("why", "")),
        "sources": sources,
    }


def kind_of(sources: Sequence[str]) -> str:
    """What an assumption rests on.

    Parameters
    ----------
    sources : sequence of str
        As its prior states them.

    Returns
    -------
    str
        ``judgement`` where no source is anything else.
    """
    judged = all(source.lower().startswith("judgement") for source in sources)
    return "judgement" if judged else "sources"
