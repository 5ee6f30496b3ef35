"""The distribution of what each strategy is worth."""

from reports.page.charts.distribution import distribution_chart
from reports.page.templating import fill
from reports.page.view import Section, View

__all__ = ["distribution"]


def distribution(view: View) -> Section:
    """Cumulative distributions of the strategies of each player.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section
    """
    chart = distribution_chart(
        {
            player: (entry["label"], {name: view.payoff(player, name) for name in view.strategies})
            for player, entry in view.players.items()
        }
    )
    html = fill("distribution.html.j2", chart=chart)
    return Section("distribution", "How the values are spread", html, (chart,))
