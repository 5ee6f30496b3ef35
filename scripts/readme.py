#!/usr/bin/env -S uv run
"""Write the table of README.md: what `decide simulate --priors base.toml` prints first.

uv run scripts/readme.py
"""

import sys
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

import decide
from reports.terminal.decision import print_decision
from scripts.document import replaced

__all__ = ["choices", "main", "rewritten"]

PAGE = Path(__file__).resolve().parent.parent / "README.md"


def choices(verdict: Mapping[str, Any]) -> str:
    """The first table that a terminal of 80 columns shows, players only, as indented text.

    Parameters
    ----------
    verdict : mapping
        As in decision.json.

    Returns
    -------
    str
        Indented by four spaces, which Markdown shows as it is.
    """
    shown = StringIO()
    print_decision(verdict, Console(file=shown, width=80, no_color=True))
    players, _, _ = shown.getvalue().partition("By type")
    return "\n".join(f"    {line}".rstrip() for line in players.strip().splitlines())


def rewritten(verdict: Mapping[str, Any]) -> str:
    """Text of README.md with the table of this decision.

    Parameters
    ----------
    verdict : mapping
        As in decision.json.

    Returns
    -------
    str
        The whole page; no file is written.

    Raises
    ------
    ValueError
        If the page has lost its marker.
    """
    return replaced(PAGE.read_text(encoding="utf-8"), "what to do", choices(verdict))


def main() -> int:
    """Run base.toml at the default size, and write the table.

    Returns
    -------
    int
        Exit code: 0.
    """
    verdict = decide.decision(decide.simulate(decide.load_priors("base.toml")))
    PAGE.write_text(rewritten(verdict), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
