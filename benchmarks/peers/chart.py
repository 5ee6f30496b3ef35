"""The peers of the whole model as a picture for the documentation."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from benchmarks.peers.catalog import QUESTIONS
from benchmarks.peers.comparison import TARGET, lines

__all__ = ["svg"]

_OURS, _THEIRS = "#052378", "#63666a"
#: Inches, at 72 pixels each.
_WIDTH, _STEP, _FRAME = 9.0, 0.34, 0.7
#: The same figures give the same file, with words as words.
_STYLE = {"svg.hashsalt": "peers", "svg.fonttype": "none", "font.family": "sans-serif"}


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
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    rows = [
        {
            "peer": one.peer.label,
            "ours": one.peer.label.startswith("decide"),
            "draws": float(f"{one.found['draws'] / one.found['wall']:.2g}"),
            "seconds": float(f"{one.to_target:.2g}"),
        }
        for one in reversed(lines(QUESTIONS[0], content["peers"], {}))
    ]
    out = StringIO()
    with rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, _FRAME + _STEP * len(rows)), layout="constrained")
        left, right = figure.subplots(1, 2, sharey=True)
        _panel(left, rows, "draws", "draws a second")
        _panel(right, rows, "seconds", f"seconds to ± {TARGET} USD billion")
        figure.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    return text[text.index("<svg") :]


def _panel(axes: Any, rows: Sequence[Mapping[str, Any]], field: str, title: str) -> None:
    """A dot for each row, with its value beside it."""
    values = [row[field] for row in rows]
    colours = [_OURS if row["ours"] else _THEIRS for row in rows]
    axes.set_xscale("log")
    axes.set_xlim(min(values) / 2.0, max(values) * 6.0)
    axes.grid(axis="x", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, which="both")
    axes.scatter(values, range(len(rows)), s=60, c=colours)
    for place, (value, colour) in enumerate(zip(values, colours, strict=True)):
        axes.annotate(
            f"{value:,.3g}" if value < 1e3 else f"{value:,.0f}",
            (value, place),
            (7, 0),
            textcoords="offset points",
            va="center",
            color=colour,
        )
    axes.set_yticks(range(len(rows)), [row["peer"] for row in rows])
    axes.set_xlabel(title)
