"""The table of strategies: expected value, percentiles, shortfall, regret."""

from reports.page.templating import fill
from reports.page.view import Section, View

__all__ = ["strategies"]


def strategies(view: View) -> Section:
    """What each strategy is worth to each player.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section
    """
    players = [(f"players/{key}", entry) for key, entry in view.players.items()]
    html = fill("strategies.html.j2", players=players)
    return Section("strategies", "What each strategy is worth", html)
