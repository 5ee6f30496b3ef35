"""Paths over the years as fans: the median, and the band that holds eight draws of ten."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.text.numbers import number

__all__ = ["Fan", "fan_chart"]

NOTE = (
    "Line: the median of each year. Band: from the 10th to the 90th percentile, so eight worlds of "
    "ten, year by year; no single world follows its edge."
)

type Fan = Mapping[str, Any]


def fan_chart(key: str, groups: Mapping[str, Sequence[Fan]], *, log: bool) -> Chart:
    """Draw one fan at a time.

    Parameters
    ----------
    key : str
        The chart's name in the page.
    groups : mapping
        Group to its fans; each has ``key``, ``name``, ``unit``, ``years`` and the bands ``low``,
        ``middle``, ``high``, (year,).
    log : bool
        Whether the axis is logarithmic.

    Returns
    -------
    Chart
    """
    fans = [fan for group in groups.values() for fan in group]
    return Chart(
        key=key,
        finding={fan["key"]: _finding(fan) for fan in fans},
        drawing=drawing("log_fan" if log else "fan"),
        rows=[row for fan in fans for row in _rows(fan)],
        columns=[
            Column("name", "What"),
            Column("year", "Year"),
            Column("low", "10 %"),
            Column("middle", "Median"),
            Column("high", "90 %"),
        ],
        table=[
            {**row, "name": fan["name"], "year": str(row["year"])}
            for fan in fans
            for row in _rows(fan)
        ],
        choices={group: {fan["key"]: fan["name"] for fan in of} for group, of in groups.items()},
        note=NOTE,
    )


def _rows(fan: Fan) -> list[dict[str, Any]]:
    bands = zip(fan["years"], fan["low"], fan["middle"], fan["high"], strict=True)
    return [
        {"choice": fan["key"], "year": year, "low": low, "middle": middle, "high": high}
        | ({"unit": fan["unit"]} if place == 0 else {})
        for place, (year, low, middle, high) in enumerate(bands)
    ]


def _finding(fan: Fan) -> str:
    first, last, years = fan["middle"][0], fan["middle"][-1], fan["years"]
    start = f"{fan['name']}: about {number(first)} {fan['unit']} in {years[0]}"
    band = f"{number(fan['low'][-1])} to {number(fan['high'][-1])}"
    return f"{start}, about {number(last)} in {years[-1]}; in eight worlds of ten {band}"
