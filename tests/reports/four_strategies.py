"""What the terminal and the page show of a made-up run with a fourth strategy.

A program of its own: what is derived from the strategies' records is derived as modules load, so
the fourth record has to be there first. Its one argument is the folder that it writes to.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from model.economics import strategies

FOURTH = replace(
    strategies.by_name("stay"),
    name="paid_only",
    label="Paid only",
    advice="serve only who pays",
    doing="serving only who pays",
    meaning="to close what is free",
    colour="#7848f8",
    dark_colour="#d0d8f8",
    colour_name="violet",
    terminal_colour="magenta",
    mark="▲",
    dash=(4, 1),
    share=0.9,
    fixed=1.0,
    scope=1.0,
    subsidy=0.0,
)

#: One that should exit, one that should do as the fourth says, one in between.
PLAYERS = ("openai", "kuaishou", "google")


def write(folder: Path) -> None:
    """Write report.html, terminal.txt, and verdicts.json: entries with their sentences."""
    from rich.console import Console

    from reports.page.html import render
    from reports.terminal.decision import print_decision
    from reports.terminal.options import print_options
    from reports.text.verdict import verdict_text
    from tests.reports.factory import make_decision, make_run, option_analysis, sensitivity_analysis

    run = make_run(512, 4)
    decision = make_decision(run)
    players = {name: decision["players"][name] for name in PLAYERS}
    decision = {key: value for key, value in decision.items() if key != "types"}
    decision |= {"players": players}
    analyses = {"option": option_analysis(decision), "sensitivity": sensitivity_analysis(decision)}
    page = render(run, decision, analyses)
    (folder / "report.html").write_text(page, encoding="utf-8")
    with (folder / "terminal.txt").open("w", encoding="utf-8") as file:
        console = Console(file=file, width=80, no_color=True)
        print_decision(decision, console)
        print_options(analyses["option"], console)
    entries = [
        {**entry, "best": best, "next": next_, "resolved": resolved}
        for entry in decision["players"].values()
        for best in strategies.STRATEGY_NAMES
        for next_ in strategies.STRATEGY_NAMES
        for resolved in (True, False)
        if best != next_
    ]
    verdicts = {"entries": entries, "texts": [verdict_text(entry) for entry in entries]}
    (folder / "verdicts.json").write_text(json.dumps(verdicts), encoding="utf-8")


if __name__ == "__main__":
    strategies.STRATEGIES = (*strategies.STRATEGIES, FOURTH)
    strategies.STRATEGY_NAMES = (*strategies.STRATEGY_NAMES, FOURTH.name)
    strategies.OPERATING = (*strategies.OPERATING, len(strategies.STRATEGIES) - 1)
    write(Path(sys.argv[1]))
