"""How sure the answer is: exit minus stay, with its range."""

from reports.page.charts.difference import difference_chart
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.strategies import LEAVING, ONE_MORE_YEAR, STAYING

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
    html = fill(
        "difference.html.j2",
        chart=chart,
        one_more_year=ONE_MORE_YEAR,
        leaving=[of["label"] for of in view.players.values() if of.get("one_more_year")],
    )
    return Section("difference", "How sure that is", html, (chart,))
