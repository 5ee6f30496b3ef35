"""Write docs/scenarios.md: the verdicts under every shipped prior file.

uv run scripts/scenarios.py
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import decide
from priors.inspection.show import shipped
from reports.text.numbers import percent, signed

__all__ = ["main", "page"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "scenarios.md"
HEAD = """\
# The verdicts under every shipped prior file

Written by `scripts/scenarios.py`; do not edit. Each file extends `base.toml` and states only what
differs: `decide priors diff base.toml narrow.toml` shows what. A cell gives the best strategy by
expected value; what exit is worth over the best of the others; what it is worth over stay (USD
billion, ± one Monte Carlo standard error); and in how many of 100 worlds exit is better than stay.
An asterisk at the strategy: not resolved. One at exit over stay: the cost of one more year, as who
stays leaves at its end in nine draws of ten or more. Rivals leave by their own rules.

"""


def page(verdicts: Mapping[str, Mapping[str, Any]], descriptions: Mapping[str, str]) -> str:
    """The page's text, from the decision under each file.

    Parameters
    ----------
    verdicts : mapping
        Prior file to its decision, as in decision.json; all of the same players.
    descriptions : mapping
        Prior file to a line on its world.

    Returns
    -------
    str
        Markdown: the files, then a table of files by players.
    """
    return HEAD + "\n".join([*_descriptions(descriptions), "", *_table(verdicts)]) + "\n"


def _descriptions(descriptions: Mapping[str, str]) -> Iterator[str]:
    yield "| file | its world |"
    yield "|---|---|"
    for name, description in descriptions.items():
        yield f"| `{name}` | {description} |"


def _table(verdicts: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    players = next(iter(verdicts.values()))["players"]
    yield "| | " + " | ".join(entry["label"] for entry in players.values()) + " |"
    yield "|---" * (len(players) + 1) + "|"
    for name, verdict in verdicts.items():
        cells = (_cell(verdict["players"][player]) for player in players)
        yield f"| `{name}` | " + " | ".join(cells) + " |"


def _cell(entry: Mapping[str, Any]) -> str:
    difference = entry["exit_minus_stay"]
    best = f"**{entry['best']}**" + ("" if entry["resolved"] else "\\*")
    other = entry["exit_minus_best_other"]
    lead = signed(other["mean"], other["mean_mcse"])
    worth = signed(difference["mean"], difference["mean_mcse"])
    year = "\\*" if entry["one_more_year"] else ""
    odds = percent(difference["probability_positive"])
    return f"{best}<br>{lead}<br>{worth}{year}<br>{odds}"


def main() -> None:
    """Run every file at the default size, and write the page."""
    files = shipped()
    verdicts = {
        file.name: decide.decision(decide.simulate(decide.load_priors(file.name))) for file in files
    }
    text = page(verdicts, {file.name: file.description for file in files})
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
