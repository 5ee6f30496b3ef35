"""The decision as tables for a terminal of 80 columns."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from reports.terminal.levers import lever_tables
from reports.terminal.tables import Prose, plain_table
from reports.text.advice import headline, sentence, verdict_of
from reports.text.advice_for_all import groups_of, headline_of_all
from reports.text.at_once import really
from reports.text.company import company
from reports.text.dollars import measured, short
from reports.text.looks import looks_text, required, required_text
from reports.text.marks import mark_text
from reports.text.numbers import count, figure
from reports.text.rivals import rivals_text, settled
from reports.text.strategies import ONE_MORE_YEAR, STAYING, Told, strategy
from reports.text.worlds import in_brief

__all__ = ["decision_table", "print_decision"]

type Entry = Mapping[str, Any]

_STYLES = Told(lambda one: one.terminal_colour)
#: Columns of a terminal, of a player's label, of what stands between two columns.
_WIDTH, _LABEL, _GAP = 80, 22, 2
#: Columns of a company's name, and of its verdict, where figures need room.
_NAME, _VERDICT = 12, 11


def print_decision(decision: Mapping[str, Any], console: Console) -> None:
    """Print the decision's tables.

    Parameters
    ----------
    decision : mapping
        As in decision.json; types may be left out.
    console : Console
        Where to; colours and width are its own.
    """
    console.print(decision_table(decision))


def decision_table(decision: Mapping[str, Any]) -> RenderableType:
    """Everything a terminal shows of a decision, as one renderable.

    Parameters
    ----------
    decision : mapping
        As in decision.json.

    Returns
    -------
    RenderableType
    """
    players = list(decision["players"].values())
    types = list(decision.get("types", {}).values())
    parts: list[RenderableType] = [
        Prose(headline_of_all(decision["players"]), style="bold"),
        _choices(decision["players"], types),
        *_values(players, types),
    ]
    parts += lever_tables(decision["players"])
    if rivals := rivals_text(decision):
        parts.append(Prose(rivals, style="" if settled(decision) else "bold"))
    if looks := looks_text(decision):
        parts.append(Prose(looks))
    remarks = list(_remarks(players))
    if remarks:
        parts += [Text("Read with care", style="bold"), *remarks]
    return Group(*_spaced([*parts, _legend(decision)]))


def _spaced(parts: list[RenderableType]) -> Iterator[RenderableType]:
    for place, part in enumerate(parts):
        if place and not isinstance(parts[place - 1], Text | Prose):
            yield Text()
        yield part


def _choices(players: Mapping[str, Entry], types: list[Entry]) -> Table:
    """A row a company, by verdict: the gain over the rival, the odds, and the stakes."""
    table = plain_table("What to do")
    table.add_column("", overflow="fold", max_width=_NAME)
    table.add_column("", overflow="fold", max_width=_VERDICT)
    for head in ("Worth more,\non average", "than", "wins\nin", "by", "loses\nby"):
        side: Any = "left" if head == "than" else "right"
        table.add_column(head, justify=side, overflow="fold")
    for group in groups_of(players):
        verdict = group.verdict
        style = _STYLES[verdict.strategy] if verdict.strategy else "italic"
        said = f"{verdict.mark} {verdict.label.replace(', as a bet', ', bet')}"
        for name in group.players:
            label = Text(company(players[name]["label"]))
            table.add_row(label, Text(said, style=style), *_pair(players[name]))
    if types:
        table.add_row()
        table.add_row(Text("By type", style="bold"))
        for entry in types:
            table.add_row(Text(entry["label"]), "", *_pair(entry))
    return table


def _pair(entry: Entry) -> tuple[str, ...]:
    """Gain, rival, odds and stakes."""
    better, worse = entry.get("gain_when_better"), entry.get("loss_when_worse")
    return (
        measured(entry["gain"], entry["gain_mcse"], sign=True) + _mark(entry),
        f"{strategy(entry['rival']).short}",
        in_brief(entry["wins"]) or "0",
        "" if better is None else short(better),
        "" if worse is None else short(worse),
    )


def _values(players: list[Entry], types: list[Entry]) -> Iterator[Table]:
    """What each strategy is worth: as many as fit side by side, the rest in a table below."""
    title = "What each strategy is worth (expected NPV, USD billion)"
    for names in _in_reach(players + types):
        table = plain_table(title)
        table.add_column("", overflow="fold", max_width=_LABEL)
        for name in names:
            table.add_column(name, justify="right", no_wrap=True)
        for entry in _rows(players, types, table):
            rows = entry["strategies"]
            cells = (_value(entry, name, rows[name]) for name in names)
            table.add_row(Text(entry["label"]), *cells)
        yield table
        title = "Continued"


def _in_reach(entries: list[Entry]) -> Iterator[list[str]]:
    """The strategies in groups, each narrow enough for a terminal."""
    group: list[str] = []
    room = _WIDTH - _LABEL
    for name in entries[0]["strategies"] if entries else ():
        cells = (len(_value(entry, name, entry["strategies"][name])) for entry in entries)
        width = max(len(name), *cells) + _GAP
        if group and width > room:
            yield group
            group, room = [], _WIDTH - _LABEL
        group.append(name)
        room -= width
    if group:
        yield group


def _rows(players: list[Entry], types: list[Entry], table: Table) -> Iterator[Entry]:
    """The entries in order; between players and types a heading row in `table`."""
    yield from players
    if types:
        table.add_row()
        table.add_row(Text("By type", style="bold"))
        yield from types


def _value(entry: Entry, name: str, row: Mapping[str, float]) -> Text:
    style = "bold" if entry["resolved"] and name == entry["best"] else ""
    return Text(figure(row["mean"], row["mean_mcse"]), style=style)


def _mark(entry: Entry) -> str:
    """A sign beside a gain over staying that is the cost of one more year; the legend explains."""
    return "*" if entry.get("one_more_year") and entry["rival"] == STAYING.name else ""


def _remarks(entries: list[Entry]) -> Iterator[Prose]:
    for entry in entries:
        more = f"{really(entry)} {mark_text(entry)}".rstrip()
        if verdict_of(entry).kind != "clear" or really(entry):
            yield Prose(f"· {headline(entry)}. {sentence(entry)}{more}")


def _legend(decision: Mapping[str, Any]) -> Prose:
    entries = [*decision["players"].values(), *decision.get("types", {}).values()]
    tried = any("form" in entry for entry in entries)
    forms = "" if tried else "Other forms of the model were not tried: --structure does. "
    starred = f"* {ONE_MORE_YEAR}: who stays leaves at the end of the first year in nine draws of "
    starred += "ten or more, so nothing that happens later can move it. "
    return Prose(
        f"{starred if any(map(_mark, entries)) else ''}"
        f"{decision['currency'].capitalize().replace('Usd', 'USD')}; present value at 24 March "
        f"2026; {count(decision['draws'])} draws of the priors “{decision['priors']}”. "
        "± is one Monte Carlo standard error: how far the figure would move with other draws, not "
        "how uncertain the future is. Each verdict is compared with the best strategy on the other "
        "side of leaving or operating; “wins in” counts worlds of 100. “Bet”: better in "
        "fewer than two of three; no one decides for a type, whose players are added up. “Too "
        "close to call”: ahead by less than "
        f"{required_text(required(decision))} standard errors. {forms}".rstrip(),
        style="dim",
    )
