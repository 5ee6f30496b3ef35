#!/usr/bin/env -S uv run
"""Draw the report's charts with Altair and keep them as Vega-Lite, for the package to ship.

What differs from run to run is a hole, a name after a dollar sign, which
`reports.page.charts.drawing` fills.

uv run scripts/drawings.py
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from reports.page.charts.drawing import FOLDER
from reports.page.charts.theme import INK, MUTED, NUMBERS, PAPER, RULE
from reports.page.strategy_style import COLOURS
from reports.text.strategies import LEAVING, STAYING

__all__ = ["DRAWINGS", "main", "text"]

#: 1, 2 and 5 times the powers of ten.
LOG_TICKS = [float(f"{digit}e{power}") for power in range(-5, 6) for digit in (1, 2, 5)]


def _rows() -> alt.Chart:
    """A chart of the rows that the page hands to the drawing."""
    return alt.Chart(alt.NamedData("rows"))


def _hole(name: str) -> Any:
    return f"${name}"


def _strategy_scale() -> alt.Scale:
    return alt.Scale(domain=_hole("strategies"), range=_hole("colours"))


def _strategy_legend() -> alt.Legend:
    return alt.Legend(labelExpr=_hole("strategy_label"), title=None)


def _ranked(field: str) -> alt.Y:
    """Rows from top to bottom by their field ``rank``: replaced rows would keep the old order."""
    order = alt.EncodingSortField(field="rank", op="min", order="ascending")
    return alt.Y(f"{field}:N", sort=order, title=None, axis=alt.Axis(grid=False))


def _zero(**marks: Any) -> Any:
    return _rows().mark_rule(color=INK, **marks).encode(x=alt.datum(0))


def _mean() -> Any:
    return _rows().mark_rule(color=INK, strokeDash=[3, 3]).encode(x="mean(all):Q")


def _fitted(chart: Any, height: Any) -> dict[str, Any]:
    """The chart's Vega-Lite, as wide as its place in the page, without the look all share."""
    sized = chart.properties(width="container")
    sized.height = height
    drawing: dict[str, Any] = sized.to_dict(validate=False)
    drawing["autosize"] = {"type": "fit-x", "contains": "padding"}
    drawing.pop("config", None)
    return drawing


def _difference() -> dict[str, Any]:
    x = alt.X(
        "from:Q",
        scale=alt.Scale(
            type="symlog", constant=_hole("constant"), domain=_hole("domain"), nice=False
        ),
        axis=alt.Axis(values=_hole("ticks"), format=NUMBERS),
        title="USD billion",
    )
    y = alt.Y("player:N", sort=None, title=None, axis=alt.Axis(grid=False))
    sides = [one.name for one in (LEAVING, STAYING)]
    scale = alt.Scale(domain=sides, range=[COLOURS[side] for side in sides])
    base = _rows().encode(x=x, y=y)
    lines = base.encode(x2="to:Q", color=alt.Color("side:N", scale=scale, legend=None))
    thin = lines.transform_filter("datum.kind == 'thin'").mark_rule(size=2)
    thick = lines.transform_filter("datum.kind == 'thick'").mark_bar(size=11)
    median = base.transform_filter("datum.kind == 'median'").mark_tick(
        color=PAPER, thickness=2.5, size=11
    )
    mean = base.transform_filter("datum.kind == 'mean'").mark_point(
        shape="diamond", size=70, filled=True, fill=PAPER, stroke=INK, strokeWidth=1.5, opacity=1
    )
    return _fitted(_zero(size=1) + thin + thick + median + mean, height=_hole("height"))


def _distribution() -> dict[str, Any]:
    base = _rows().encode(
        x=alt.X(
            "value:Q",
            title="net present value, USD billion",
            axis=alt.Axis(format=NUMBERS, tickCount=6),
            scale=alt.Scale(nice=False),
        ),
        y=alt.Y(
            "below:Q",
            title="worlds of 100 below",
            scale=alt.Scale(domain=[0, 100]),
            axis=alt.Axis(values=[0, 25, 50, 75, 100]),
        ),
        color=alt.Color("strategy:N", scale=_strategy_scale(), legend=_strategy_legend()),
    )
    dashes = alt.Scale(domain=_hole("strategies"), range=_hole("dashes"))
    curves = (
        base.transform_filter("!datum.mean")
        .mark_line(strokeWidth=2.5, interpolate="monotone")
        .encode(
            order="below:Q",
            strokeDash=alt.StrokeDash("strategy:N", scale=dashes, legend=_strategy_legend()),
        )
    )
    means = base.transform_filter("datum.mean").mark_point(
        shape="diamond", size=90, filled=True, stroke=INK, strokeWidth=1, opacity=1
    )
    return _fitted(_zero(strokeWidth=1) + curves + means, height=320)


def _fan(scale: alt.Scale, **ticks: Any) -> dict[str, Any]:
    y = alt.Y("low:Q", title=None, scale=scale, axis=alt.Axis(format=NUMBERS, **ticks))
    base = _rows().encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickCount=6, grid=False))
    )
    band = base.mark_area(color=MUTED, opacity=0.3).encode(y=y, y2="high:Q")
    middle = base.mark_line(color=INK, strokeWidth=2.5).encode(y="middle:Q")
    # The unit changes with the choice, which an axis title cannot.
    unit = (
        _rows()
        .transform_filter("isValid(datum.unit)")
        .mark_text(align="left", dy=-12, color=MUTED)
        .encode(x=alt.value(0), y=alt.value(0), text="unit:N")
    )
    return _fitted(band + middle + unit, height=260)


def _linear_fan() -> dict[str, Any]:
    return _fan(alt.Scale(zero=False), tickCount=5)


def _log_fan() -> dict[str, Any]:
    return _fan(alt.Scale(type="log", nice=False), values=LOG_TICKS)


def _information() -> dict[str, Any]:
    base = _rows().encode(y=_ranked("what"))
    bars = base.mark_bar(height={"band": 0.5}, color=MUTED).encode(
        x=alt.X("worth:Q", title="USD billion", axis=alt.Axis(format=NUMBERS, tickCount=5)),
        opacity=alt.condition("datum.kind == 'group'", alt.value(0.45), alt.value(1)),
    )
    errors = base.mark_rule(color=INK, size=1.5).encode(x="low:Q", x2="high:Q")
    return _fitted(bars + errors, height=340)


def _map() -> dict[str, Any]:
    side = alt.Scale(domain=[-0.5, 20.5], nice=False)
    shades = alt.Scale(type="sqrt", domain=[0, 1], range=[0.15, 1])
    data = _rows()
    cells = (
        data.transform_filter("isValid(datum.best)")
        .transform_calculate(
            a="datum.i - 0.5", b="datum.i + 0.5", c="datum.j - 0.5", d="datum.j + 0.5"
        )
        .mark_rect()
        .encode(
            x=alt.X("a:Q", scale=side, axis=None),
            x2="b:Q",
            y=alt.Y("c:Q", scale=side, axis=None),
            y2="d:Q",
            color=alt.Color("best:N", scale=_strategy_scale(), legend=_strategy_legend()),
            opacity=alt.Opacity("lead:Q", scale=shades, legend=None),
        )
    )
    below = {"y": alt.value("height"), "x": "at:Q", "text": "text:N"}
    beside = {"x": alt.value(0), "y": "at:Q", "text": "text:N"}
    labels = [
        _label(data, "x", dy=14).encode(**below),
        _label(data, "x-title", dy=34, color=MUTED).encode(**below),
        _label(data, "y", dx=-8, align="right").encode(**beside),
        _label(data, "y-title", dy=-50, angle=270, color=MUTED).encode(**beside),
    ]
    drawing = _fitted(alt.layer(cells, *labels), height=380)
    drawing["padding"] = {"left": 64, "right": 12, "top": 4, "bottom": 40}
    return drawing


def _label(data: alt.Chart, tick: str, **marks: Any) -> Any:
    return data.transform_filter(f"datum.tick == '{tick}'").mark_text(**{"color": INK, **marks})


def _quintiles() -> dict[str, Any]:
    low = alt.X("low:Q", title="USD billion", axis=alt.Axis(format=NUMBERS, tickCount=5))
    base = _rows().encode(y=_ranked("quantity"))
    bars = base.mark_rule(size=4, color=RULE).encode(x=low, x2="high:Q")
    better, worse = (alt.value(COLOURS[one.name]) for one in (LEAVING, STAYING))
    ends = [
        base.mark_point(shape=shape, size=80, filled=True, opacity=1).encode(
            x=f"{end}:Q", color=alt.condition(f"datum.{end} > 0", better, worse)
        )
        for end, shape in (("low", "circle"), ("high", "square"))
    ]
    return _fitted(alt.layer(_zero(), _mean(), bars, *ends), height=280)


def _switching() -> dict[str, Any]:
    x = alt.X(
        "shift:Q",
        title="shift of the prior, standard scores",
        scale=alt.Scale(padding=30),
        axis=alt.Axis(format=NUMBERS, tickCount=6),
    )
    colour = alt.Color("to:N", scale=_strategy_scale(), legend=_strategy_legend())
    base = _rows().encode(y=_ranked("quantity"))
    bars = base.mark_bar(height={"band": 0.5}).encode(x=x, color=colour)
    return _fitted(bars + _zero(), height=260)


def _timing() -> dict[str, Any]:
    base = _rows().encode(
        x=alt.X(
            "year:N",
            sort=None,
            title="at the end of",
            axis=alt.Axis(labelAngle=0, domain=False, ticks=False, labelOverlap=True),
        ),
        y=alt.Y("player:N", sort=None, title=None),
    )
    opacity = alt.Opacity("share:Q", scale=alt.Scale(domain=[0, 1], range=[0.04, 1]), legend=None)
    cells = base.mark_rect(stroke=PAPER, strokeWidth=2).encode(
        color=alt.Color("choice:N", scale=_strategy_scale(), legend=None), opacity=opacity
    )
    words = base.mark_text(fontSize=11).encode(
        text="text:N", color=alt.condition("datum.strong", alt.value(PAPER), alt.value(INK))
    )
    return _fitted(cells + words, height=_hole("height"))


def _tornado() -> dict[str, Any]:
    base = _rows().encode(y=_ranked("quantity"))
    x = alt.X("low:Q", title="lead, USD billion", axis=alt.Axis(format=NUMBERS, tickCount=5))
    bars = base.mark_rule(size=7, color=MUTED, opacity=0.5).encode(x=x, x2="high:Q")
    point: dict[str, Any] = {"size": 80, "filled": True, "opacity": 1, "color": INK}
    low = base.mark_point(shape="circle", **point).encode(x="low:Q")
    high = base.mark_point(shape="square", **point).encode(x="high:Q")
    return _fitted(_zero() + _mean() + bars + low + high, height=320)


def _waterfall() -> dict[str, Any]:
    base = _rows().encode(y=_ranked("part"))
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X(
            "from:Q",
            title="USD billion",
            axis=alt.Axis(format=NUMBERS, tickCount=5),
            scale=alt.Scale(padding=60, nice=False),
        ),
        x2="to:Q",
        color=alt.Color(
            "side:N", scale=alt.Scale(domain=_hole("sides"), range=_hole("colours")), legend=None
        ),
        tooltip=[
            alt.Tooltip("part:N", title="Part"),
            alt.Tooltip("text:N", title="USD billion"),
        ],
    )
    place = base.encode(x="edge:Q", text="text:N")
    behind = place.mark_text(align="left", dx=5, stroke=PAPER, strokeWidth=5)
    labels = place.mark_text(align="left", dx=5)
    return _fitted(_zero() + bars + behind + labels, height=360)


DRAWINGS: dict[str, Callable[[], dict[str, Any]]] = {
    "difference": _difference,
    "distribution": _distribution,
    "fan": _linear_fan,
    "information": _information,
    "log_fan": _log_fan,
    "map": _map,
    "quintiles": _quintiles,
    "switching": _switching,
    "timing": _timing,
    "tornado": _tornado,
    "waterfall": _waterfall,
}


def text(name: str) -> str:
    """The file of a drawing, as Altair makes it now.

    Parameters
    ----------
    name : str
        Of one of `DRAWINGS`.

    Returns
    -------
    str
        JSON.
    """
    # Altair would refuse a hole where a number is to stand; a test checks the filled drawings.
    with debug_mode(False):
        return json.dumps(DRAWINGS[name](), indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write all of them.

    Returns
    -------
    int
        Exit code: 0.
    """
    for name in DRAWINGS:
        (FOLDER / f"{name}.json").write_text(text(name), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
