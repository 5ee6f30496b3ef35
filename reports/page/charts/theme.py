"""Colours and type of all charts: the page's own, so that light, dark and print follow."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reports.page.strategy_style import COLOURS
from reports.text.strategies import LABELS, LEAVING, STAYING

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "BOTH_WAYS",
    "CONFIG",
    "INK",
    "MUTED",
    "NUMBERS",
    "PAPER",
    "RULE",
    "fitted",
    "ranked",
    "rows",
    "strategy_legend",
    "strategy_scale",
    "with_ranks",
]

#: What the ends of an axis of exit − stay mean.
BOTH_WAYS = (f"{STAYING.doing} is worth more", f"{LEAVING.advice} is worth more")
#: Plain numbers with thousands separated, never an exponent.
NUMBERS = ",.6~f"

INK, MUTED, RULE, PAPER = "var(--ink)", "var(--muted)", "var(--rule)", "var(--paper)"
_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

CONFIG: Mapping[str, Any] = {
    "background": "transparent",
    "font": _FONT,
    "padding": {"left": 0, "right": 10, "top": 4, "bottom": 8},
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": MUTED,
        "gridColor": RULE,
        "domainColor": INK,
        "tickColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelPadding": 6,
        "titlePadding": 8,
    },
    "axisY": {
        "domain": False,
        "ticks": False,
        # Names are cut sooner on a phone, to leave room for the drawing.
        "labelLimit": {"expr": "containerSize()[0] < 500 ? 118 : 210"},
    },
    "legend": {
        "labelColor": INK,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "orient": "top",
        "direction": "horizontal",
        "title": None,
        "offset": 6,
    },
    "text": {"color": INK, "fontSize": 12},
    "rule": {"color": INK},
}


def rows() -> "alt.NamedData":
    """The chart's rows, which the page hands to the drawing.

    Returns
    -------
    altair.NamedData
    """
    import altair as alt

    return alt.NamedData("rows")


def strategy_scale(colours: Mapping[str, str] = COLOURS) -> "alt.Scale":
    """Scale from strategies to their colours.

    Parameters
    ----------
    colours : mapping of str to str
        Strategy to a CSS colour.

    Returns
    -------
    altair.Scale
    """
    import altair as alt

    return alt.Scale(domain=list(colours), range=list(colours.values()))


def strategy_legend() -> "alt.Legend":
    """Legend of strategies by their names for readers.

    Returns
    -------
    altair.Legend
    """
    import altair as alt

    names = " : ".join(
        f"datum.value == '{key}' ? {json.dumps(label)}" for key, label in LABELS.items()
    )
    return alt.Legend(labelExpr=f"{names} : datum.value", title=None)


def ranked(field: str) -> "alt.Y":
    """Rows from top to bottom by their field ``rank``: replaced rows would keep the old order.

    Parameters
    ----------
    field : str
        Field that names a row.

    Returns
    -------
    altair.Y
    """
    import altair as alt

    order = alt.EncodingSortField(field="rank", op="min", order="ascending")
    return alt.Y(f"{field}:N", sort=order, title=None, axis=alt.Axis(grid=False))


def with_ranks(of: "list[dict[str, Any]]") -> "list[dict[str, Any]]":
    """Rows with their place from the top.

    Parameters
    ----------
    of : list of dict
        From top to bottom.

    Returns
    -------
    list of dict
        Copies, ``rank`` counting from 0.
    """
    return [{**row, "rank": place} for place, row in enumerate(of)]


def fitted(chart: Any, height: int | None = None) -> dict[str, Any]:
    """The chart's Vega-Lite, as wide as its place in the page.

    Parameters
    ----------
    chart : altair chart
        Single or layered.
    height : int, optional
        In pixels; left out where rows have a height of their own.

    Returns
    -------
    dict
        Without the look, which all charts share.
    """
    size: dict[str, Any] = {"width": "container"} | ({"height": height} if height else {})
    # A test holds every drawing to Vega-Lite's schema; here that would take a third of the time.
    drawing: dict[str, Any] = chart.properties(**size).to_dict(validate=False)
    drawing["autosize"] = {"type": "fit-x", "contains": "padding"}
    drawing.pop("config", None)
    return drawing
