"""What is worth finding out before deciding."""

from reports.templating import fill
from reports.view import Section, View

__all__ = ["learning"]


def learning(view: View) -> Section:
    """The value of knowing everything, the most that any study can be worth."""
    players = sorted(view.players.values(), key=lambda entry: -entry["evpi"])
    html = fill("learning.html.j2", players=players, largest=players[0]["evpi"] or 1.0)
    return Section("learning", "What is worth finding out", html)
