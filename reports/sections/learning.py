"""What is worth finding out before deciding."""

from reports.templating import fill
from reports.view import Section, View

__all__ = ["learning"]


def learning(view: View) -> Section:
    """The value of knowing everything, the most that any study can be worth."""
    players = [(f"players/{key}", entry) for key, entry in view.players.items()]
    players.sort(key=lambda pair: -pair[1]["evpi"])
    html = fill("learning.html.j2", players=players, largest=players[0][1]["evpi"] or 1.0)
    return Section("learning", "What is worth finding out", html)
