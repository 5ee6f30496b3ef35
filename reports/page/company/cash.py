"""Cash by year: what going on costs or brings, year by year, until it is left."""

from markupsafe import Markup

from reports.page.looks import LOOKS
from reports.page.part import Part
from reports.page.svg.charts.cash import Cash
from reports.page.svg.charts.cash import cash as drawn
from reports.page.svg.widths import at_both
from reports.page.templating import fill
from reports.page.view import View
from reports.text.strategies import DOING, LEAVING
from reports.text.wording import capital
from reports.text.worlds import of_100, worlds

__all__ = ["cash"]

#: Years after the first one of which the second figure of the title is told.
_LATER = 4


def cash(view: View, player: str) -> Part | None:
    """The middle and two bands of the operating cash flow of each year.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    Part or None
        None where the run says nothing of it.
    """
    if "cash" not in view.run.children:
        return None
    entry = view.players[player]
    operating = entry["best"] if entry["best"] != LEAVING.name else entry["rival"]
    bands = view.run["cash"].to_dataset().sel(player=player, operating=operating)
    years = tuple(int(year) for year in bands["year"].to_numpy())
    negative = bands["negative"].to_numpy()
    ordered = bands["cash_flow"].transpose("year", "quantile").to_numpy().tolist()
    title = (
        f"{capital(DOING[operating])} costs cash in {worlds(float(negative[0]))} in {years[0]}, "
        f"and in {of_100(float(negative[_LATER]))} in {years[_LATER]}"
    )
    chart = Cash(
        years=years,
        quantiles=tuple((one[0], one[1], one[2], one[3], one[4]) for one in ordered),
        look=LOOKS[operating],
        name=title,
    )
    html = fill(
        "cash.html.j2",
        title=title,
        chart=Markup(at_both(drawn, chart)),  # noqa: S704  # drawn from numbers alone
        doing=DOING[operating],
    )
    return Part("cash", "Cash by year", "Cash by year", html)
