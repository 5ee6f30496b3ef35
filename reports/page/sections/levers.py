"""What the four uncertainties change: market, robotics, chip costs, IPO."""

from collections.abc import Iterator, Mapping
from typing import Any

from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.levers import LEVERS, lever_finding, shares

__all__ = ["levers"]


def levers(view: View) -> Section | None:
    """Exit less the best other strategy, and exit less stay for good, by range of each.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section or None
        None where the decision is of an older version, which has no levers.
    """
    entries = list(view.players.values())
    if not all("levers" in entry for entry in entries):
        return None
    players = [
        {"label": entry["label"], "finding": lever_finding(entry), "levers": list(_levers(entry))}
        for entry in entries
    ]
    return Section(
        "levers", "What the four uncertainties change", fill("levers.html.j2", players=players)
    )


def _levers(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for lever, words in LEVERS.items():
        ranges = zip(words.ranges, shares(entry, lever), entry["levers"][lever], strict=True)
        rows = [{**one, "name": name, "shown": share} for name, share, one in ranges]
        yield {"label": words.label, "rows": rows}
