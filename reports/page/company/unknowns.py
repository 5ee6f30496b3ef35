"""The four unknowns: what is best in each class of market, robots, chips and listing."""

from collections.abc import Mapping
from typing import Any

from model.numerics.standard_errors import is_resolved
from reports.page.looks import CLASSES, LOOKS
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.dollars import measured
from reports.text.levers import LEVERS
from reports.text.strategies import DOING, LABELS, LEAVING, STAYING
from reports.text.unknowns import Outcome, finding, hardly_matters, outcomes
from reports.text.worlds import worlds

__all__ = ["unknowns"]


def unknowns(view: View, player: str) -> Part | None:
    """A table with a row for each of the four, and in it three classes.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    Part or None
        None of a decision without levers: an earlier version's, or one without draws of these.
    """
    entry = view.players[player]
    if not entry.get("levers"):
        return None
    html = fill(
        "unknowns.html.j2",
        name=company(entry["label"]),
        title=finding(entry),
        leaving=DOING[LEAVING.name],
        staying=DOING[STAYING.name],
        rows=[_row(entry, lever) for lever in LEVERS],
    )
    return Part("unknowns", "The four unknowns", "Four unknowns", html)


def _row(entry: Mapping[str, Any], lever: str) -> dict[str, Any]:
    label, _, unit = LEVERS[lever].label.partition(", ")
    return {
        "label": label,
        "unit": unit.replace("/year", " a year"),
        "muted": hardly_matters(entry, lever),
        "classes": [_class(one) for one in outcomes(entry, lever)],
    }


def _class(one: Outcome) -> dict[str, Any]:
    shown = {"name": one.name, "odds": worlds(one.share), "known": bool(one.best)}
    if not one.best:
        return shown
    return shown | {
        "css": CLASSES[one.best],
        "mark": LOOKS[one.best].mark,
        "label": LABELS[one.best],
        "gain": measured(one.gain, one.mcse, sign=True),
        "told": one.told,
        "for_good": _for_good(one),
    }


def _for_good(one: Outcome) -> str:
    """Who is ahead where nobody may turn back, and by how much."""
    ahead = LEAVING if one.for_good > 0.0 else STAYING
    by = f"{DOING[ahead.name]} by {measured(abs(one.for_good), one.for_good_mcse)}"
    told = is_resolved(abs(one.for_good), one.for_good_mcse)
    return by if told else f"{by}, cannot be told from zero"
