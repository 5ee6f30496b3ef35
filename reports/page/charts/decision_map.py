"""Which strategy is best over the two quantities that matter most."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from priors.wording import joined
from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.text.numbers import number
from reports.text.quantities import path_name
from reports.text.strategies import DOING, LABELS

__all__ = ["map_chart"]

type Analysed = Mapping[str, Any]

_TICKS = 5

NOTE = (
    "Colour: the strategy with the highest expected value where both quantities are as on the "
    "axes; paler where its lead is small. The axes are spaced by probability, so that equal "
    "distances are equally likely moves. Blank: too few worlds to tell."
)


def map_chart(players: Mapping[str, Analysed]) -> Chart | None:
    """Draw the decision over two quantities.

    Parameters
    ----------
    players : mapping
        Player to its part of sensitivity.json.

    Returns
    -------
    Chart or None
        None where no player has a map of which anything is known.
    """
    every = {player: analysed.get("map") for player, analysed in players.items()}
    # Of a hundred draws none may have neighbours enough to tell what is best there.
    maps = {player: found for player, found in every.items() if found and np.any(found["known"])}
    if not maps:
        return None
    return Chart(
        key="map",
        finding={player: _finding(players[player], found) for player, found in maps.items()},
        drawing=drawing("map"),
        rows=[{"choice": player, **row} for player, found in maps.items() for row in _rows(found)],
        table=[
            {"player": players[player]["label"], **row}
            for player, found in maps.items()
            for row in _corners(found)
        ],
        columns=[
            Column("player", "Player"),
            Column("x", "First quantity"),
            Column("y", "Second quantity"),
            Column("best", "Best"),
        ],
        choices={"": {player: players[player]["label"] for player in maps}},
        note=NOTE,
    )


def _rows(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    lead = np.abs(np.asarray(found["lead"], dtype=float))
    largest = float(np.nanmax(lead)) or 1.0
    cells = [
        {"i": i, "j": j, "best": found["best"][i][j], "lead": round(float(lead[i, j]) / largest, 2)}
        for i, row in enumerate(found["known"])
        for j, known in enumerate(row)
        if known
    ]
    return [*cells, *_ticks("x", found), *_ticks("y", found)]


def _ticks(axis: str, found: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Values along an axis, and its title: they change with the choice, which an axis cannot."""
    values = found[f"{axis}_values"]
    places = np.linspace(0, len(values) - 1, _TICKS).round().astype(int)
    for place in places.tolist():
        yield {"tick": axis, "at": place, "text": number(float(f"{values[place]:.2g}"))}
    title = path_name(found[axis])
    yield {"tick": f"{axis}-title", "at": (len(values) - 1) / 2, "text": title}


def _corners(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The best strategy at low, middle and high values of both."""
    names = {axis: path_name(found[axis]) for axis in ("x", "y")}
    places = {axis: (0, len(found[f"{axis}_values"]) // 2, -1) for axis in ("x", "y")}
    return [
        {
            "x": f"{names['x']} {number(found['x_values'][i])}",
            "y": f"{names['y']} {number(found['y_values'][j])}",
            "best": LABELS[found["best"][i][j]],
        }
        for i in places["x"]
        for j in places["y"]
        if found["known"][i][j]
    ]


def _finding(analysed: Analysed, found: Mapping[str, Any]) -> str:
    known = [
        best
        for row, seen in zip(found["best"], found["known"], strict=True)
        for best, one in zip(row, seen, strict=True)
        if one
    ]
    shares = {name: known.count(name) / len(known) for name in dict.fromkeys(known)}
    ranked = sorted(shares, key=lambda name: -shares[name])
    both = f"{path_name(found['x'])} and {path_name(found['y'])}"
    if len(ranked) == 1:
        return f"{analysed['label']}: {DOING[ranked[0]]} is best whatever {both} turn out to be"
    others = joined([DOING[name] for name in ranked[1:]])
    return f"{analysed['label']}: over {both}, {DOING[ranked[0]]} gives way to {others}"
