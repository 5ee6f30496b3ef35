"""Whether one company's verdict holds under the other views."""

from reports.page.overview.views import NO_VIEWS, shown
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.views import cell, holds

__all__ = ["views"]


def views(view: View, player: str) -> Part:
    """A list of verdicts, one for each view.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    Part
        A line where no views were computed.
    """
    title = "The same question under other views"
    content = view.analyses.get("views")
    own = view.analysed("views").get(player)
    if content is None or own is None:
        html = fill("not_computed.html.j2", command=NO_VIEWS)
        return Part("views", title, "Other views", html)
    stated = view.players[player]
    items = [
        {"name": one["label"], **shown(cell(stated) if name == "base" else cell(verdict, stated))}
        for (name, one), verdict in zip(
            content["views"].items(), own["views"].values(), strict=True
        )
    ]
    html = fill("views_of_company.html.j2", title=holds(content, own, stated), items=items)
    return Part("views", title, "Other views", html)
