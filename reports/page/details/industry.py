"""The industry that the priors imply, for readers who want to judge whether to believe it."""

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reports.page.part import Part
from reports.page.svg.charts.fan import Fan
from reports.page.svg.charts.fan import fan as drawn
from reports.page.svg.units import MONEY, PERCENT, Unit
from reports.page.svg.widths import PHONE
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.dollars import in_sentence
from reports.text.numbers import number

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["industry"]

_PRICE, _TIMES = Unit(before="$"), Unit(after=" ×")
#: Of the whole industry: name, unit. Log axes, since all change by factors.
_SHARED = {
    "market_revenue": ("Revenue of the market, a year", MONEY),
    "price": ("Price of a second of video", _PRICE),
    "unit_cost_index": ("Cost of a second, times that of 2026", _TIMES),
}
#: Of each company, in percent.
_OWN = {"share": "share of the market", "gross_margin": "gross margin"}


def industry(view: View) -> Part | None:
    """Market, price and cost; each player's share and margin; what the industry earns.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part or None
        None where the run holds no paths by year.
    """
    if "industry" not in view.run.children:
        return None
    bands = view.run["industry"].to_dataset()
    low, middle, high = (float(x) for x in bands["industry_profit"].to_numpy())
    html = fill(
        "details/industry.html.j2",
        shared=[_chart(bands[key], *of, log=True) for key, of in _SHARED.items()],
        own=[
            _chart(
                bands[key].sel(player=player),
                f"{company(entry['label'])}: {name}",
                PERCENT,
                log=False,
            )
            for player, entry in view.players.items()
            for key, name in _OWN.items()
        ],
        profit={
            "low": in_sentence(low),
            "middle": in_sentence(middle),
            "high": in_sentence(high),
        },
    )
    return Part("industry", "The industry that the assumptions imply", "Industry", html)


def _chart(values: "xr.DataArray", title: str, unit: Unit, *, log: bool) -> dict[str, Any]:
    """A fan from bands (probability, year)."""
    ordered = values.transpose("probability", "year")
    low, middle, high = (tuple(one) for one in ordered.to_numpy().tolist())
    years = tuple(int(year) for year in ordered["year"].to_numpy())
    shown = _words(middle[-1], unit)
    name = f"{title}: {_words(middle[0], unit)} in {years[0]}, {shown} in {years[-1]} in the middle"
    chart = Fan(years, low, middle, high, unit, name, log)
    axis = ", log scale" if log else ""
    return {"title": f"{title}{axis}", "svg": Markup(drawn(chart, PHONE))}  # noqa: S704


def _words(value: float, unit: Unit) -> str:
    if unit.dollars:
        return in_sentence(value)
    return f"{unit.before}{number(float(f'{unit.factor * value:.2g}'))}{unit.after}"
