"""From part to part to the expected value of a strategy, or of exit over stay."""

from collections.abc import Mapping
from typing import Any

from model.numerics.standard_errors import is_resolved
from reports.page.charts.chart import Chart, Column
from reports.page.charts.drawing import drawing
from reports.page.charts.theme import MUTED, with_ranks
from reports.page.strategy_style import COLOURS
from reports.text.numbers import money, signed
from reports.text.strategies import DIFFERENCE, LABELS, LEAVING, STAYING

__all__ = ["WATERFALL_NOTE", "steps", "waterfall_chart"]

#: Parts below this share of the largest are drawn together.
_SMALL = 0.01
#: Side of a part that lowers the value of its strategy: no strategy's name.
_LOSS = "-"

WATERFALL_NOTE = (
    "Read from top to bottom: each bar starts where the one above ends, and the last is the "
    f"expected value. Of {DIFFERENCE}, {LEAVING.colour_name} parts speak for {LEAVING.advice}, "
    f"{STAYING.colour_name} ones for {STAYING.doing}."
)

type Parts = Mapping[str, tuple[float, float]]


def waterfall_chart(players: Mapping[str, tuple[str, Mapping[str, Parts]]]) -> Chart:
    """Draw the components.

    Parameters
    ----------
    players : mapping
        Player to its label and, for each strategy, component to mean and standard error.

    Returns
    -------
    Chart
    """
    drawn: list[dict[str, Any]] = []
    finding: dict[str, str] = {}
    choices: dict[str, dict[str, str]] = {}
    for player, (label, strategies) in players.items():
        views = {DIFFERENCE: _difference(strategies), **strategies}
        choices[label] = {}
        for name, parts in views.items():
            choice = f"{player}/{name}"
            shown = name if name == DIFFERENCE else LABELS[name]
            choices[label][choice] = f"{label}: {shown}"
            finding[choice] = _finding(label, name, parts)
            drawn += [{"choice": choice, **step} for step in with_ranks(steps(name, parts))]
    return Chart(
        key="waterfall",
        finding=finding,
        drawing=drawing("waterfall", sides=[*COLOURS, _LOSS], colours=[*COLOURS.values(), MUTED]),
        rows=drawn,
        table=[
            {**row, "what": choices_of[row["choice"]]}
            for choices_of in choices.values()
            for row in drawn
            if row["choice"] in choices_of
        ],
        columns=[
            Column("what", "What"),
            Column("part", "Part"),
            Column("value", "USD billion"),
        ],
        choices=choices,
        note=WATERFALL_NOTE,
    )


def steps(name: str, parts: Parts) -> list[dict[str, Any]]:
    """Bars from running total to running total, and the total; parts of no size left out.

    Parameters
    ----------
    name : str
        A strategy, or the heading of the difference.
    parts : mapping of str to (float, float)
        Component to mean and standard error, USD billion.

    Returns
    -------
    list of dict
        From top to bottom: ``part``; ``from``, ``to``, ``value`` and ``edge``, the larger end,
        USD billion; ``text``; ``side``, whose colour it has.
    """
    size = max((abs(mean) for mean, _ in parts.values()), default=0.0)
    total, out = 0.0, []
    for part, (mean, mcse) in parts.items():
        small = abs(mean) <= _SMALL * size and not is_resolved(abs(mean), mcse)
        if small or mean == 0.0:
            total += mean
            continue
        out.append(_step(part, total, total + mean, _side(name, mean)))
        total += mean
    winner = _side(name, total) if name == DIFFERENCE else name
    return [*out, _step("Expected value", 0.0, total, winner)]


def _step(part: str, start: float, end: float, side: str) -> dict[str, Any]:
    value = end - start
    return {
        "part": part,
        "from": start,
        "to": end,
        "value": value,
        "text": signed(value),
        "side": side,
        "edge": max(start, end),
    }


def _side(name: str, value: float) -> str:
    if name == DIFFERENCE:
        return LEAVING.name if value > 0.0 else STAYING.name
    return name if value > 0.0 else _LOSS


def _difference(strategies: Mapping[str, Parts]) -> dict[str, tuple[float, float]]:
    """Exit's parts minus stay's; a part's errors add up at worst."""
    exit_, stay = strategies[LEAVING.name], strategies[STAYING.name]
    return {
        part: (exit_[part][0] - stay[part][0], exit_[part][1] + stay[part][1]) for part in exit_
    }


def _within(part: str) -> str:
    """A part's name within a sentence: small but for an abbreviation such as IPO."""
    return part[:1].lower() + part[1:]


def _finding(label: str, name: str, parts: Parts) -> str:
    up = max(parts, key=lambda part: parts[part][0])
    down = min(parts, key=lambda part: parts[part][0])
    gain, loss = (f"{_within(part)} ({money(abs(parts[part][0]))})" for part in (up, down))
    if name == DIFFERENCE:
        against = f"; the main reason to stay is {loss}" if parts[down][0] < 0.0 else ""
        if parts[up][0] <= 0.0:
            return f"{label}: nothing speaks for leaving{against}"
        return f"{label}: the main reason to leave is {gain}{against}"
    least = f"; most is lost on {loss}" if parts[down][0] < 0.0 else ""
    most = f"most is gained on {gain}" if parts[up][0] > 0.0 else "nothing is gained"
    return f"{label}, {LABELS[name]}: {most}{least}"
