"""The peers of the whole model as a picture for the documentation."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.peers.catalog import QUESTIONS
from benchmarks.peers.comparison import TARGET, lines

__all__ = ["svg"]

_OURS, _THEIRS = "#0f4187", "#63666a"
_WIDTH, _STEP = 230, 24
_POWERS = [10.0**power for power in range(-6, 10)]


def svg(content: Mapping[str, Any]) -> str:
    """Draws a second, and seconds to a given standard error, of each peer on logarithmic axes.

    Parameters
    ----------
    content : mapping
        As `keep` writes it.

    Returns
    -------
    str
        The picture.
    """
    import altair as alt
    import vl_convert

    rows = [
        {
            "peer": one.peer.label,
            "ours": one.peer.label.startswith("decide"),
            "draws": float(f"{one.found['draws'] / one.found['wall']:.2g}"),
            "seconds": float(f"{one.to_target:.2g}"),
        }
        for one in lines(QUESTIONS[0], content["peers"], {})
    ]
    both = alt.hconcat(
        _panel(rows, "draws", "draws a second", labels=True),
        _panel(rows, "seconds", f"seconds to ± {TARGET} USD billion", labels=False),
    )
    picture = both.configure(background="white").configure_view(stroke=None)
    return str(vl_convert.vegalite_to_svg(picture.to_json()))


def _panel(rows: Sequence[Mapping[str, Any]], field: str, title: str, *, labels: bool) -> Any:
    """A dot for each row, with its value beside it."""
    import altair as alt

    ends = [min(row[field] for row in rows) / 2.0, max(row[field] for row in rows) * 5.0]
    beside = alt.Axis(labels=labels, ticks=False, domain=False, labelLimit=220)
    below = alt.Axis(values=_POWERS, grid=True)
    base = alt.Chart(alt.InlineData(list(rows))).encode(
        x=alt.X(f"{field}:Q", title=title, scale=alt.Scale(type="log", domain=ends), axis=below),
        y=alt.Y("peer:N", sort=None, title=None, axis=beside),
        color=alt.condition("datum.ours", alt.value(_OURS), alt.value(_THEIRS)),
    )
    dots = base.mark_circle(size=90, opacity=1.0)
    values = base.mark_text(align="left", dx=9).encode(text=alt.Text(f"{field}:Q", format=",.3~r"))
    return (dots + values).properties(width=_WIDTH, height=alt.Step(_STEP))
