"""Paths over the years as fans: the median, and the band that holds eight draws of ten."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.page.charts.chart import Chart, Column
from reports.page.charts.theme import INK, MUTED, NUMBERS, fitted, rows
from reports.text.numbers import number

__all__ = ["Fan", "fan_chart"]

NOTE = (
    "Line: the median of each year. Band: from the 10th to the 90th percentile, so eight worlds of "
    "ten, year by year; no single world follows its edge."
)

#: 1, 2 and 5 times the powers of ten.
_LOG_TICKS = tuple(float(f"{digit}e{power}") for power in range(-5, 6) for digit in (1, 2, 5))

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
        drawing=_drawing(log=log),
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


def _drawing(*, log: bool) -> dict[str, Any]:
    import altair as alt

    scale = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False)
    ticks: dict[str, Any] = {"values": list(_LOG_TICKS)} if log else {"tickCount": 5}
    y = alt.Y("low:Q", title=None, scale=scale, axis=alt.Axis(format=NUMBERS, **ticks))
    base = alt.Chart(rows()).encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickCount=6, grid=False))
    )
    band = base.mark_area(color=MUTED, opacity=0.3).encode(y=y, y2="high:Q")
    middle = base.mark_line(color=INK, strokeWidth=2.5).encode(y="middle:Q")
    # The unit changes with the choice, which an axis title cannot.
    unit = (
        alt.Chart(rows())
        .transform_filter("isValid(datum.unit)")
        .mark_text(align="left", dy=-12, color=MUTED)
        .encode(x=alt.value(0), y=alt.value(0), text="unit:N")
    )
    return fitted(band + middle + unit, height=260)
