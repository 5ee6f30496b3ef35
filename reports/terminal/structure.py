"""The verdicts in other forms of the model, as a table for a terminal of 80 columns."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.terminal.tables import Prose, plain_table
from reports.text.numbers import signed
from reports.text.structure import forms_text, short_label

__all__ = ["print_structure", "structure_table"]

#: Forms beside each other in 80 columns.
_ABREAST = 5


def print_structure(content: Mapping[str, Any], console: Console) -> None:
    """Print the verdicts in other forms.

    Parameters
    ----------
    content : mapping
        As in structure.json.
    console : Console
        Where to.
    """
    switches = content["switches"]
    names = [name for name, one in switches.items() if not one["appendix"]]
    rest = [name for name in switches if name not in names]
    for some in (names, rest[:_ABREAST], rest[_ABREAST:]):
        if some:
            console.print()
            console.print(structure_table(content, some))
    console.print(Prose(forms_text(content), style="dim"))


def structure_table(content: Mapping[str, Any], names: list[str]) -> Table:
    """Exit less the best other strategy in some forms, a row a player.

    Parameters
    ----------
    content : mapping
        As in structure.json.
    names : list of str
        Of the forms.

    Returns
    -------
    Table
        A figure whose sign is not that of the run itself is marked.
    """
    table = plain_table("In other forms of the model (exit − best other, USD billion)")
    table.add_column("", overflow="fold", max_width=14)
    table.add_column("as stated", justify="right", no_wrap=True)
    for name in names:
        table.add_column(content["switches"][name]["label"].lower(), justify="right")
    for player, entry in content["players"].items():
        cells = [_figure(entry["as_stated"])]
        for name in names:
            turned = name in entry["reversed_by"]
            cells.append(_figure(entry["switches"][name], turned))
        table.add_row(Text(short_label(entry, player)), *cells)
    return table


def _figure(verdict: Mapping[str, Any], turned: bool = False) -> Text:
    """The difference; its error below, so that many forms stand beside each other."""
    text = signed(verdict["exit_minus_best_other"], verdict["exit_minus_best_other_mcse"])
    value, sign, error = text.partition(" ±")
    cell = Text(value + ("!" if turned else ""), style="bold" if turned else "")
    return cell.append(f"\n±{error}", style="dim not bold") if sign else cell
