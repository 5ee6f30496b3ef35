"""The real options to leave later and to come back, for a terminal of 80 columns."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from rich.console import Console
from rich.text import Text

from reports.terminal.tables import Prose, plain_table
from reports.text.numbers import figure, percent, rounded
from reports.text.strategies import strategy as record

__all__ = ["print_options"]

type Entry = Mapping[str, Any]

#: A real option that is used in fewer draws needs no rule.
_RARELY = 0.01


def print_options(content: Mapping[str, Any], console: Console) -> None:
    """Print what each real option is worth, how often it is used, and by what simple rule.

    Parameters
    ----------
    content : mapping
        As in option.json.
    console : Console
        Where to.
    """
    table = plain_table("What the real options are worth, USD billion")
    for head in ("", "value", "at most", "used", "waiting\na year"):
        justify: Literal["left", "right"] = "right" if head else "left"
        table.add_column(head, justify=justify, overflow="fold", no_wrap=justify == "right")
    for player, options in content["players"].items():
        table.add_row(player)
        for strategy, entry in options.items():
            left = f" {strategy}" if record(strategy).operating else ""
            table.add_row(
                f"  {entry['real_option']}{left}",
                figure(entry["value"], entry["value_mcse"]),
                rounded(entry["upper"], entry["upper_mcse"]),
                percent(entry["probability_used"], entry["probability_used_mcse"]),
                figure(entry["wait_a_year"], entry["wait_a_year_mcse"]),
            )
    console.print(table)
    for line in _rules(content):
        console.print(Prose(line))
    console.print()
    console.print(Prose(_LEGEND))


def _rules(content: Mapping[str, Any]) -> Iterator[Text]:
    for player, options in content["players"].items():
        for strategy, entry in options.items():
            if entry["rule_loses"]:
                yield Text(f"{player}, {strategy}: the fitted rule loses money; do not use it")
            elif entry["probability_used"] >= _RARELY and entry["rule_keeps"] is not None:
                # More than all is luck on these draws.
                kept = percent(min(entry["rule_keeps"], 1.0))
                yield Text(
                    f"\n{player}: {entry['real_option']}, {strategy} (keeps {kept} of the value)"
                )
                for trigger, words in zip(entry["rule"], entry["rule_in_words"], strict=True):
                    yield Text(f"  {words}")
                    if trigger["always"]:
                        # Nobody is left to whom a later date could matter.
                        break


_LEGEND = (
    "USD billion, present value at 24 March 2026; ± is one Monte Carlo standard error. “At "
    "most” bounds what any rule could earn. “Waiting a year” is what deciding for good at the "
    "first date is worth over deciding for good today."
)
