"""Colours and type of all charts: the page's own, so that light, dark and print follow."""

from collections.abc import Mapping
from typing import Any

from reports.text.strategies import LEAVING, STAYING

__all__ = ["BOTH_WAYS", "CONFIG", "INK", "MUTED", "NUMBERS", "PAPER", "RULE", "with_ranks"]

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


def with_ranks(of: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
