"""Exit minus stay for every player: median, mean, middle half and 90 % of draws."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from priors.wording import joined
from reports.page.charts.axes import decade, signed_decades
from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.page.charts.theme import BOTH_WAYS
from reports.text.strategies import LEAVING, STAYING

__all__ = ["difference_chart", "difference_row", "segments"]

type Array = npt.NDArray[np.float64]

_PERCENTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}

NOTE = (
    "Thick: the middle half of worlds. Thin: nine worlds of ten, from the 5th to the 95th "
    "percentile; what lies beyond is cut off. Stroke: median. Diamond: mean, which a few extreme "
    "worlds can pull far from the median, even out of the line. The axis is stretched around zero: "
    "each further mark is ten times the one before."
)


def difference_chart(differences: Mapping[str, Array]) -> Chart:
    """Draw intervals of exit − stay.

    Parameters
    ----------
    differences : mapping
        Player's label to its draws of NPV(exit) − NPV(stay), (draw,), USD billion.

    Returns
    -------
    Chart
    """
    figures = [difference_row(label, draws) for label, draws in differences.items()]
    return Chart(
        key="difference",
        finding={"": _finding(figures)},
        drawing=_drawing(figures),
        rows=[part for row in figures for part in segments(row)],
        table=figures,
        columns=[
            Column("player", "Player"),
            Column("p05", "5 %"),
            Column("p25", "25 %"),
            Column("p50", "Median"),
            Column("p75", "75 %"),
            Column("p95", "95 %"),
            Column("mean", "Mean"),
        ],
        ends=BOTH_WAYS,
        note=NOTE,
    )


def difference_row(label: str, draws: Array) -> dict[str, Any]:
    """Percentiles, mean, and how often exit is better.

    Parameters
    ----------
    label : str
        Of the player.
    draws : array (draw,)
        NPV(exit) − NPV(stay), USD billion.

    Returns
    -------
    dict
        ``player``; ``p05``, ``p25``, ``p50``, ``p75``, ``p95`` and ``mean``, USD billion;
        ``exit_better``, a share of draws.
    """
    quantiles = np.quantile(draws, list(_PERCENTILES.values())).tolist()
    return {
        "player": label,
        **dict(zip(_PERCENTILES, quantiles, strict=True)),
        "mean": float(draws.mean()),
        "exit_better": float((draws > 0.0).mean()),
    }


def segments(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of a row, cut at zero so that each side has its strategy's colour, and its points.

    The page's script cuts in the same way when the reader moves a prior.

    Parameters
    ----------
    row : mapping
        From `difference_row`.

    Returns
    -------
    list of dict
        The lines, whose ``kind`` is ``thin`` or ``thick`` and whose ``side`` is a strategy,
        each ``from`` a value ``to`` another, USD billion; then the points, ``median`` and
        ``mean``.
    """
    parts: list[dict[str, Any]] = []
    for kind, low, high in (("thin", "p05", "p95"), ("thick", "p25", "p75")):
        for side, a, b in (
            (STAYING.name, row[low], min(row[high], 0.0)),
            (LEAVING.name, max(row[low], 0.0), row[high]),
        ):
            if a < b:
                ends = {"from": a, "to": b}
                parts.append({"player": row["player"], "kind": kind, "side": side, **ends})
    for kind, field in (("median", "p50"), ("mean", "mean")):
        parts.append({"player": row["player"], "kind": kind, "from": row[field], "side": ""})
    return parts


def _finding(figures: list[dict[str, Any]]) -> str:
    clear = [row["player"] for row in figures if row["exit_better"] >= 0.9]
    widest = max(figures, key=lambda row: row["p95"] - row["p05"])
    open_ = f"the widest range of outcomes is {widest['player']}’s"
    if not clear:
        return f"No player is better off leaving in nine worlds of ten; {open_}"
    return f"In nine worlds of ten or more, leaving pays for {joined(clear)}; {open_}"


def _drawing(figures: list[dict[str, Any]]) -> dict[str, Any]:
    ends = [row[key] for row in figures for key in ("p05", "p95", "mean")]
    constant = decade(max(abs(row["p05"]), abs(row["p95"])) for row in figures)
    low, high = min(0.0, *ends), max(0.0, *ends)
    return drawing(
        "difference",
        constant=constant,
        domain=[low, high],
        ticks=signed_decades(constant, low, high),
        height=34 * len(figures),
    )
