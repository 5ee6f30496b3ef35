"""What would reverse the answer, as far as the draws at hand tell."""

from reports.page.charts.quintiles import quintiles_chart
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.strategies import LEAVING, STAYING

__all__ = ["quintiles"]


def quintiles(view: View) -> Section | None:
    """Exit − stay in the lowest and highest fifth of each quantity.

    None where the analysis of sensitivity was run, which tells more, or nothing is uncertain.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section or None
    """
    if view.analysed("sensitivity"):
        return None
    shared = {q.label: view.quantity(q.name) for q in view.selection.shared}
    own = {
        player: {q.label: view.quantity(q.name, player) for q in view.selection.own}
        for player in view.players
    }
    differences = {
        player: (
            entry["label"],
            view.kept_payoff(player, LEAVING.name) - view.kept_payoff(player, STAYING.name),
        )
        for player, entry in view.players.items()
    }
    chart = quintiles_chart(shared, differences, own)
    if not chart.rows:
        return None
    html = fill("quintiles.html.j2", chart=chart)
    return Section("quintiles", "What would reverse it", html, (chart,))
