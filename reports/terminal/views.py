"""The verdicts under other views, as a table for a terminal of 80 columns."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.terminal.tables import Prose, plain_table
from reports.text.company import company
from reports.text.views import Cell, cell, finding

__all__ = ["print_views", "views_table"]

#: Views beside each other in 80 columns.
_ABREAST = 5


def print_views(content: Mapping[str, Any], console: Console) -> None:
    """Print the verdicts under other views.

    Parameters
    ----------
    content : mapping
        As in views.json.
    console : Console
        Where to.
    """
    names = list(content["views"])
    for start in range(0, len(names), _ABREAST):
        console.print()
        console.print(views_table(content, names[start : start + _ABREAST]))
    base = {name: one["views"]["base"] for name, one in content["players"].items()}
    console.print(Prose(finding(content, base), style="dim"))


def views_table(content: Mapping[str, Any], names: list[str]) -> Table:
    """The verdict under some views, a row a player.

    Parameters
    ----------
    content : mapping
        As in views.json.
    names : list of str
        Of the views.

    Returns
    -------
    Table
        Below each verdict its gain and odds; one that is not the base's is marked.
    """
    table = plain_table(
        "Under other views (verdict; gain, and worlds of 100 in which it is better)"
    )
    table.add_column("", overflow="fold", max_width=14)
    for name in names:
        table.add_column(content["views"][name]["label"].lower())
    for own in content["players"].values():
        stated = own["views"]["base"]
        cells = [_text(cell(own["views"][name], stated)) for name in names]
        table.add_row(Text(company(own["label"])), *cells)
    return table


def _text(one: Cell) -> Text:
    mark = "!" if one.changed else ""
    label = Text(one.label + mark, style="bold" if one.changed else "")
    return label.append(f"\n{one.note}", style="dim not bold")
