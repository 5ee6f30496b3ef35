"""What rivals do, and the answer if none of them ever left."""

from collections.abc import Mapping
from typing import Any

from reports.page.details.table import Table, drawn, marked
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.dollars import measured
from reports.text.rivals import rivals_text, settled
from reports.text.strategies import LEAVING, STAYING
from reports.text.wording import capital

__all__ = ["rivals"]


def rivals(view: View) -> Part | None:
    """How far the rules of all players fit each other, and each answer if rivals stayed.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part or None
        None where the decision is of an older version, which says nothing of rivals.
    """
    if not view.verdict.get("rivals"):
        return None
    rows = [_row(entry) for entry in view.players.values() if "rivals_stay" in entry]
    html = fill(
        "details/rivals.html.j2",
        summary=rivals_text(view.verdict),
        settled=settled(view.verdict),
        table=drawn(_table(rows)) if rows else "",
    )
    return Part("rivals", "What rivals do", "Rivals", html)


def _table(rows: list[tuple[str, ...]]) -> Table:
    over = f"{capital(LEAVING.doing)} over {STAYING.doing}"
    columns = ("Company", "Best", over, "Best if rivals stayed", f"{over} then", "Lead then")
    return Table("What rivals change", columns, rows, words=frozenset({1, 3}))


def _row(entry: Mapping[str, Any]) -> tuple[str, ...]:
    then = entry["rivals_stay"]
    return (
        company(entry["label"]),
        marked(entry["best"]),
        _signed(entry["exit_minus_stay"], "mean"),
        marked(then["best"]),
        _signed(then["exit_minus_stay"], "mean"),
        _signed(then, "gain"),
    )


def _signed(of: Mapping[str, Any], key: str) -> str:
    return measured(of[key], of[f"{key}_mcse"], sign=True)
