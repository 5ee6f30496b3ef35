"""The answer by range of the four uncertainties, as tables for a terminal of 80 columns."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from model.numerics.standard_errors import is_resolved
from reports.terminal.tables import Prose, plain_table
from reports.text.levers import LEVERS, lever_lines, plus, shares
from reports.text.numbers import signed
from reports.text.strategies import DIFFERENCE, LEAVING, Told

__all__ = ["lever_tables"]

type Entry = Mapping[str, Any]

_STYLES = Told(lambda one: one.terminal_colour)
#: So many players have a table each; more share one, of the lever that says most.
_FEW = 2
_LABEL = 17
_DIFFERENCE = f"{LEAVING.advice.capitalize()} − best other"
_FIRST, *_REST = LEVERS
_TOO_FEW = "too few draws"


def lever_tables(players: Mapping[str, Entry]) -> Iterator[RenderableType]:
    """Exit less the best other strategy by range, and exit less stay for good in brackets.

    Parameters
    ----------
    players : mapping
        Of decision.json; of an older version they have no levers, and nothing is shown.

    Yields
    ------
    RenderableType
        A table a player where there are few; otherwise one of all by market size, and a paragraph
        for each of the others.
    """
    if not players or any("levers" not in entry for entry in players.values()):
        return
    if len(players) <= _FEW:
        yield from map(_of_player, players.values())
    else:
        yield _of_all(players)
        for line in lever_lines(players, tuple(_REST)):
            yield Prose(f"· {line}")
    yield Prose(_LEGEND, style="dim")


_LEGEND = (
    "The best other strategy is that of the range. In brackets: "
    f"{DIFFERENCE} for good, without the real options to leave later and to come back. "
    "“?”: too few draws."
)


def _of_all(players: Mapping[str, Entry]) -> Table:
    """Every player by the ranges of the first lever."""
    words = LEVERS[_FIRST]
    table = plain_table(f"{_DIFFERENCE}, USD billion, by range: {words.label}")
    table.add_column("", overflow="fold", max_width=_LABEL)
    first = next(iter(players.values()))
    for name, share in zip(words.ranges, shares(first, _FIRST), strict=True):
        table.add_column(f"{name}\n{share} of draws", justify="right", overflow="fold")
    for entry in players.values():
        cells = (_cell(one) for one in entry["levers"][_FIRST])
        table.add_row(Text(entry["label"]), *cells)
    return table


def _cell(one: Entry) -> Text:
    """The difference with its error; below, which strategy it is to, and the one for good."""
    if one["best_other"] is None:
        return Text(_TOO_FEW, style="dim")
    cell = _difference(one)
    return cell.append(f"\n{one['best_other']} ({_for_good(one)})", style="dim not italic")


def _difference(one: Entry) -> Text:
    """In the colour of the strategy that it speaks for, if it is resolved."""
    value, error = one["exit_minus_best_other"], one["exit_minus_best_other_mcse"]
    ahead = LEAVING.name if value > 0.0 else one["best_other"]
    style = _STYLES[ahead] if is_resolved(abs(value), error) else "italic"
    return Text(signed(value, error), style=style)


def _for_good(one: Entry) -> str:
    return plus(one["for_good"], one["for_good_mcse"])


def _of_player(entry: Entry) -> Table:
    """All levers of one player."""
    table = plain_table(f"{entry['label']}: {_DIFFERENCE.lower()}, USD billion")
    for head, side in (("", "left"), ("draws", "right"), ("", "right"), ("best other", "left")):
        table.add_column(head, justify=side, overflow="fold")  # type: ignore[arg-type]
    table.add_column("(for good)", justify="right")
    for lever, words in LEVERS.items():
        table.add_row(Text(words.label, style="dim"))
        for name, share, one in zip(
            words.ranges, shares(entry, lever), entry["levers"][lever], strict=True
        ):
            if one["best_other"] is None:
                table.add_row(f"  {name}", share, Text(_TOO_FEW, style="dim"))
            else:
                figures = _difference(one), Text(one["best_other"]), f"({_for_good(one)})"
                table.add_row(f"  {name}", share, *figures)
    return table
