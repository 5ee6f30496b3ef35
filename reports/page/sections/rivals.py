"""What rivals change: the answer if none of them ever left."""

from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.rivals import rivals_text, settled

__all__ = ["rivals"]


def rivals(view: View) -> Section | None:
    """How far the rules of all players fit each other, and each answer if rivals stayed.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section or None
        None where the decision is of an older version, which says nothing of rivals.
    """
    if not view.verdict.get("rivals"):
        return None
    html = fill(
        "rivals.html.j2",
        summary=rivals_text(view.verdict),
        settled=settled(view.verdict),
        players=[entry for entry in view.players.values() if "rivals_stay" in entry],
    )
    return Section("rivals", "What rivals change", html)
