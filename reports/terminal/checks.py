"""The checks of a run for a terminal: what passed is quiet, the rest a sentence each."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from reports.terminal.tables import Prose
from reports.text.checks import VERDICTS, titles

__all__ = ["print_checks"]

_STYLES = {"review": "bold yellow", "fail": "bold red"}


def print_checks(checks: Mapping[str, Any], console: Console) -> None:
    """Print the card of a run's checks.

    Parameters
    ----------
    checks : mapping
        As in checks.json.
    console : Console
        Where to.
    """
    for line in _lines(checks):
        console.print(Prose(line))


def _lines(checks: Mapping[str, Any]) -> Iterator[Text]:
    passed = titles(checks, "pass")
    yield Text(f"{len(passed)} passed" + (f": {'; '.join(passed)}." if passed else "."))
    for verdict in ("review", "fail"):
        for one in checks["checks"]:
            if one["verdict"] == verdict:
                head = Text(f"{one['title']}: {VERDICTS[verdict]}. ", style=_STYLES[verdict])
                yield head.append(one["sentence"], style="not bold default")
    if not checks["failed"]:
        yield Text("None failed.")
    for one in checks["not_applied"]:
        yield Text(f"{one['title']}: does not apply. {one['sentence']}", style="dim")
