"""Leaving later, and what to watch: when who stays leaves all the same, and by which figures."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from reports.page.looks import LOOKS
from reports.page.part import Part
from reports.page.svg.charts.leaving import Leaving, leaving
from reports.page.svg.widths import at_both
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.dollars import measured
from reports.text.signposts import signposts
from reports.text.strategies import LEAVING, STAYING, strategy
from reports.text.worlds import of_100, worlds

__all__ = ["later"]


def later(view: View, player: str) -> Part | None:
    """Bars by year of leaving, what both rights are worth, and signposts.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    Part or None
        None where the run values no real options.
    """
    entry = view.players[player]
    operating = entry["best"] if entry["best"] != LEAVING.name else entry["rival"]
    option = entry["strategies"][operating].get("option")
    if option is None:
        return None
    name, years = company(entry["label"]), [int(year) for year in option["by_year"]]
    title = _title(entry, name, option, operating, years)
    chart = Leaving(
        years=tuple(years),
        shares=tuple(option["by_year"].values()),
        never=1.0 - option["probability_used"],
        leaver=LOOKS[LEAVING.name],
        stayer=LOOKS[operating],
        name=title,
    )
    found = view.analysed("option").get(player)
    html = fill(
        "later.html.j2",
        title=title,
        chart=Markup(at_both(leaving, chart)),  # noqa: S704  # drawn from numbers alone
        rights=list(_rights(entry)),
        computed=found is not None,
        posts=[] if found is None else _posts(view, found[operating]),
        waiting=None if found is None else _waiting(found[operating]),
        last=years[-1],
        leave=LEAVING.doing,
    )
    return Part("later", "Leaving later, and what to watch", "Leave later", html)


def _title(
    entry: Mapping[str, Any], name: str, option: Mapping[str, Any], operating: str, years: list[int]
) -> str:
    """In how many worlds it leaves, and when most often."""
    whole = operating == STAYING.name
    doing = f"{STAYING.should}s" if whole else f"goes on ({strategy(operating).short})"
    same = " all the same" if entry["best"] == LEAVING.name else ""
    used = worlds(option["probability_used"])
    text = f"If {name} {doing}{same}, it leaves by {years[-1]} in {used}"
    if option["probability_used"] < 0.01:
        return text
    often = max(option["by_year"], key=lambda year: option["by_year"][year])
    return f"{text}, most often at the end of {often}"


def _rights(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """What each right is worth: the same word for the same figure everywhere."""
    rows = []
    for name, row in entry["strategies"].items():
        option = row.get("option")
        if option is None:
            continue
        used = option["probability_used"]
        rows.append(
            {
                "strategy": strategy(name).label,
                "right": f"to {option['real_option']}",
                "worth": measured(max(option["value"], 0.0), option["value_mcse"]),
                "used": of_100(used) if used > 0.0 else "none",
            }
        )
    return rows


def _posts(view: View, option: Mapping[str, Any]) -> list[dict[str, str]]:
    def middle(observed: str, year: int) -> float | None:
        if observed != "market revenue" or "industry" not in view.run.children:
            return None
        bands = view.run["industry"].to_dataset()["market_revenue"]
        if year not in bands["year"].values:
            return None
        return float(bands.sel(year=year, probability=0.5))

    return [
        {"by": one.by, "sees": one.sees, "share": worlds(one.share), "middle": one.middle}
        for one in signposts(option, middle)
    ]


def _waiting(option: Mapping[str, Any]) -> dict[str, Any]:
    """What deciding in a year is worth over deciding for good today."""
    value, error = option["wait_a_year"], option["wait_a_year_mcse"]
    return {"worth": measured(value, error), "pays": value > 2.0 * error}
