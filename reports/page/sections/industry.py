"""The industry that the priors imply, for readers who want to judge whether to believe it."""

from typing import Any

from reports.page.charts.fan import Fan, fan_chart
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.numbers import money

__all__ = ["industry"]

_SHARED = {
    "market_revenue": ("Revenue of the market", "billion dollars a year"),
    "price": ("Price of a second of video", "dollars"),
    "unit_cost_index": ("Cost of a second of video", "times that of 2026"),
}
_OWN = {
    "share": ("Share of the market", "% of its revenue"),
    "gross_margin": ("Gross margin", "% of revenue"),
}


def industry(view: View) -> Section | None:
    """Market, price and cost; each player's share and margin; what the industry earns.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section or None
        None where the run holds no paths by year.
    """
    if "industry" not in view.run.children:
        return None
    bands = view.run["industry"].to_dataset()
    shared = [_fan(bands[key], key, name, unit) for key, (name, unit) in _SHARED.items()]
    own = {
        name: [
            _fan(
                100.0 * bands[key].sel(player=player),
                f"{player}/{key}",
                f"{name}, {entry['label']}",
                unit,
            )
            for player, entry in view.players.items()
        ]
        for key, (name, unit) in _OWN.items()
    }
    charts = (
        fan_chart("industry", {"": shared}, log=True),
        fan_chart("standing", own, log=False),
    )
    low, middle, high = (float(x) for x in bands["industry_profit"].to_numpy())
    html = fill(
        "industry.html.j2",
        charts=charts,
        profit={"low": money(low), "middle": money(middle), "high": money(high)},
    )
    return Section("industry", "The world behind it", html, charts)


def _fan(values: Any, key: str, name: str, unit: str) -> Fan:
    """A fan from bands (probability, year)."""
    ordered = values.transpose("probability", "year")
    low, middle, high = ordered.to_numpy().tolist()
    years = [int(year) for year in ordered.year.to_numpy()]
    return {
        "key": key,
        "name": name,
        "unit": unit,
        "years": years,
        "low": low,
        "middle": middle,
        "high": high,
    }
