"""How sure the answer is: exit minus stay, with its range."""

from reports.page.charts.difference import difference_chart
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.strategies import LEAVING, STAYING

__all__ = ["difference"]


def difference(view: View) -> Section:
    """Exit − stay of every player, with intervals.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section
    """
    draws = {
        entry["label"]: view.payoff(player, LEAVING.name) - view.payoff(player, STAYING.name)
        for player, entry in view.players.items()
    }
    chart = difference_chart(draws)
    return Section(
        "difference", "How sure that is", fill("difference.html.j2", chart=chart), (chart,)
    )
