#!/usr/bin/env -S uv run
"""Write what README.md and the guides show of what `decide simulate --priors base.toml` prints.

uv run scripts/readme.py
"""

import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from textwrap import wrap
from typing import Any

from rich.console import Console

import decide
from reports.terminal.decision import print_decision
from reports.text.numbers import count, figure, rounded
from reports.text.rivals import rivals_text
from scripts.document import replaced

__all__ = ["PARTS", "choices", "cited", "main", "quoted", "rewritten", "rivals"]

ROOT = Path(__file__).resolve().parent.parent


def choices(verdict: Mapping[str, Any]) -> str:
    """The answer and the first table of a terminal of 80 columns, players only, as indented text.

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


def rivals(verdict: Mapping[str, Any]) -> str:
    """What the terminal says below its tables of rivals, as a quotation.

    Parameters
    ----------
    verdict : mapping
        As in decision.json.

    Returns
    -------
    str
        Lines that begin with ``> ``.
    """
    return quoted(rivals_text(verdict))


def cited(verdict: Mapping[str, Any]) -> str:
    """How a text states one figure of the run, as a quotation.

    Parameters
    ----------
    verdict : mapping
        As in decision.json.

    Returns
    -------
    str
        Lines that begin with ``> ``.
    """
    stay = verdict["players"]["openai"]["strategies"]["stay"]
    draws, chains = verdict["draws"], verdict["chains"]
    low, high = (rounded(stay[name], stay[f"{name}_mcse"]) for name in ("p05", "p95"))
    return quoted(
        f"NPV of staying, OpenAI: mean {figure(stay['mean'], stay['mean_mcse'])} USD billion (±: "
        f"Monte Carlo standard error across {chains} randomizations of {count(draws // chains)} "
        f"draws), 5 % to 95 %: {low} to {high}. decide {version('decide-video')}, priors "
        f"`{verdict['priors']}` (SHA-256 from the manifest), seed {verdict['seed']}."
    )


def quoted(text: str) -> str:
    """A text as Markdown's quotation, in lines of up to 110 characters.

    Parameters
    ----------
    text : str
        One paragraph.

    Returns
    -------
    str
        Lines that begin with ``> ``.
    """
    return "\n".join(f"> {line}" for line in wrap(text, 108, break_on_hyphens=False))


#: By page, the parts that a run of base.toml at its default size writes, and how.
PARTS: dict[str, dict[str, Callable[[Mapping[str, Any]], str]]] = {
    "README.md": {"what to do": choices},
    "docs/how-to/rivals-and-forms.md": {"what rivals do": rivals},
    "docs/how-to/cite-a-run.md": {"a figure": cited},
}


def rewritten(page: str, verdict: Mapping[str, Any]) -> str:
    """Text of a page with the parts that this decision writes.

    Parameters
    ----------
    page : str
        One of `PARTS`.
    verdict : mapping
        As in decision.json.

    Returns
    -------
    str
        The whole page; no file is written.

    Raises
    ------
    ValueError
        If the page has lost a marker.
    """
    text = (ROOT / page).read_text(encoding="utf-8")
    for marker, write in PARTS[page].items():
        text = replaced(text, marker, write(verdict))
    return text


def main() -> int:
    """Run base.toml at the default size, and write what the pages show of it.

    Returns
    -------
    int
        Exit code: 0.
    """
    verdict = decide.decision(decide.simulate(decide.load_priors("base.toml")))
    for page in PARTS:
        (ROOT / page).write_text(rewritten(page, verdict), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
