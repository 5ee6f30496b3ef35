"""What a terminal shows of a sensitivity analysis: ten lines a player."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from reports.terminal.tables import Prose
from reports.text.sensitivity import lines

__all__ = ["print_sensitivity"]


def print_sensitivity(content: Mapping[str, Any], console: Console) -> None:
    """Print ten lines for each player, and for each type of several players.

    Parameters
    ----------
    content : mapping
        As in sensitivity.json.
    console : Console
        Where to.
    """
    players = content["players"]
    for entry in players.values():
        _print(entry, console)
    # A type of one player is that player.
    several = [
        entry
        for entry in content.get("types", {}).values()
        if all(entry["inputs"] != player["inputs"] for player in players.values())
    ]
    if several:
        console.print(Text("By type", style="bold"))
    for entry in several:
        _print(entry, console)
    console.print(Prose(_legend(content), style="dim"))


def _print(entry: Mapping[str, Any], console: Console) -> None:
    head, *rest = lines(entry)
    console.print(Prose(head, style="bold"))
    for line in rest:
        console.print(Prose(f"  {line}"))
    console.print()


def _legend(content: Mapping[str, Any]) -> str:
    options = (
        "with the real options to leave later and to come back"
        if content["options"]
        else "without the real options to leave later and to come back"
    )
    return (
        f"Present value at 24 March 2026, {options}; correlated quantities follow the one that is "
        "named. ± is one Monte Carlo standard error. All figures: sensitivity.csv, the report."
    )
