"""How far each prior would have to move before another strategy becomes the best."""

from collections.abc import Mapping
from typing import Any

from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.page.charts.theme import with_ranks
from reports.text.numbers import figure, number
from reports.text.quantities import path_name
from reports.text.strategies import DOING

__all__ = ["switching_chart", "switching_rows"]

type Analysed = Mapping[str, Any]

_SHOWN = 8

NOTE = (
    "A bar of +1 means: shift that prior up by one of its standard deviations (in normal scores), "
    "and what is correlated with it along. The colour is the strategy that becomes best. Priors "
    "that are not shown do not reverse the decision within the range searched."
)


def switching_chart(players: Mapping[str, Analysed]) -> Chart | None:
    """Draw the priors that reverse a decision, those first that need to move least.

    Parameters
    ----------
    players : mapping
        Player to its part of sensitivity.json.

    Returns
    -------
    Chart or None
        None where no prior of any player reverses its decision.
    """
    found = {
        player: with_ranks(switching_rows(analysed)[:_SHOWN])
        for player, analysed in players.items()
    }
    if not any(found.values()):
        return None
    order = [player for player in players if found[player]]
    return Chart(
        key="switching",
        finding={player: _finding(players[player], found[player]) for player in order},
        drawing=drawing("switching"),
        rows=[{"choice": player, **row} for player in order for row in found[player]],
        table=[
            {"player": players[player]["label"], **row} for player in order for row in found[player]
        ],
        columns=[
            Column("player", "Player"),
            Column("quantity", "Prior"),
            Column("shown", "Shift, standard scores"),
            Column("to", "Then best"),
        ],
        choices={"": {player: players[player]["label"] for player in order}},
        note=NOTE,
    )


def switching_rows(analysed: Analysed) -> list[dict[str, Any]]:
    """The priors that reverse the decision, by the size of the shift.

    Parameters
    ----------
    analysed : mapping
        A player's part of sensitivity.json.

    Returns
    -------
    list of dict
        ``quantity``, its name for readers; ``shift``, in standard scores of its prior, and
        ``shown``, with its standard error; ``to``, the strategy that becomes the best. The
        smallest first.
    """
    found = [
        {
            "quantity": path_name(path),
            "shift": entry["prior_perturbation"]["shift"],
            "shown": figure(
                entry["prior_perturbation"]["shift"],
                entry["prior_perturbation"]["shift_mcse"] or 0.0,
            ),
            "to": entry["prior_perturbation"]["to"],
        }
        for path, entry in analysed["inputs"].items()
        if entry.get("prior_perturbation", {}).get("shift") is not None
    ]
    return sorted(found, key=lambda row: abs(row["shift"]))


def _finding(analysed: Analysed, found: list[dict[str, Any]]) -> str:
    first = found[0]
    way = "up" if first["shift"] > 0.0 else "down"
    size = number(round(abs(first["shift"]), 2))
    return (
        f"{analysed['label']}: {first['quantity']} reverses the decision soonest: moved {way} by "
        f"{size} standard deviations, {DOING[first['to']]} becomes best"
    )
