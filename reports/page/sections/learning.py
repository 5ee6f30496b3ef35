"""What is worth finding out before deciding."""

from collections.abc import Mapping, Sequence
from typing import Any

from model.numerics.standard_errors import is_resolved
from reports.page.charts.information import information_chart
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.quantities import path_name

__all__ = ["learning"]


def learning(view: View) -> Section:
    """The value of knowing everything, the most that any study can be worth.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section
    """
    players = [(f"players/{key}", entry) for key, entry in view.players.items()]
    players.sort(key=lambda pair: -pair[1]["evpi"])
    analysed = view.analysed("sensitivity")
    charts = (information_chart(analysed),) if analysed else ()
    html = fill(
        "learning.html.j2",
        players=players,
        largest=players[0][1]["evpi"] or 1.0,
        charts=charts,
        studies=[study for of in analysed.values() for study in _studies(of)],
    )
    return Section("learning", "What is worth finding out", html, charts)


def _studies(analysed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Studies that are worth something, each at the size that pays most, or as it was stated."""
    found = []
    for study in analysed.get("studies", ()):
        sizes = study["sizes"]
        costed = [size for size in sizes if size.get("enbs") is not None]
        chosen = max(costed, key=lambda size: size["enbs"]) if costed else _as_stated(sizes)
        if is_resolved(chosen["evsi"], chosen["evsi_mcse"]):
            name = path_name(study["observe"])
            found.append({"label": analysed["label"], "name": name, **study, **chosen})
    return found


def _as_stated(sizes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return min(sizes, key=lambda size: abs(size["size"] - 1.0))
