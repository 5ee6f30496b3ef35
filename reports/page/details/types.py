"""Types of company: what their members are worth together, without a verdict."""

from collections.abc import Mapping
from typing import Any

from priors.wording import joined
from reports.page.details.table import Table, drawn
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.dollars import measured
from reports.text.strategies import LEAVING, STAYING
from reports.text.wording import capital
from reports.text.worlds import of_100

__all__ = ["types"]


def types(view: View) -> Part | None:
    """A row a type: leaving over staying, summed over its companies world by world.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part or None
        None where players were left out, so that types are not whole.
    """
    if not view.types:
        return None
    leaving, staying = LEAVING.doing, STAYING.doing
    table = Table(
        "Types of company",
        (
            "Type",
            "Companies",
            f"{capital(leaving)} over {staying}, on average",
            f"{capital(leaving)} is better in, of 100 worlds",
        ),
        [_row(view, entry) for entry in view.types.values()],
        words=frozenset({1}),
    )
    html = fill("details/types.html.j2", table=drawn(table))
    return Part("types", "Types of company", "Types", html)


def _row(view: View, entry: Mapping[str, Any]) -> tuple[str, ...]:
    members = [company(view.players[player]["label"]) for player in entry["players"]]
    difference = entry["exit_minus_stay"]
    return (
        str(entry["label"]),
        joined(members),
        measured(difference["mean"], difference["mean_mcse"], sign=True),
        of_100(difference["probability_positive"]),
    )
