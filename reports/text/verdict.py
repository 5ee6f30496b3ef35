"""The verdict in one sentence: what to do, how sure that is, what it is worth.

Everything is read from an entry of decision.json: one player's, or one type's.
"""

from collections.abc import Mapping
from typing import Any, Literal

from reports.text.numbers import money, worlds

__all__ = ["DOING", "NAMES", "Standing", "really", "sentence", "standing", "verdict_text"]

type Entry = Mapping[str, Any]

#: How strategies are called as advice, and as something done.
NAMES: Mapping[str, str] = {"exit": "exit", "stay": "stay", "api_only": "keep only the API"}
DOING: Mapping[str, str] = {
    "exit": "exiting",
    "stay": "staying",
    "api_only": "keeping only the API",
}

#: Share of worlds from which on a right is used nearly always.
NEARLY_ALWAYS = 0.9

#: How the expected value and the odds stand to each other.
Standing = Literal["agree", "bet", "insurance", "unresolved"]


def standing(entry: Entry) -> Standing:
    """How far a reader may lean on the expected value.

    Returns
    -------
    str
        ``unresolved``: the best and the next are within two standard errors.
        ``bet``: the best by expected value loses in most worlds, and is carried by the few in
        which it wins a lot. ``insurance``: the same of exit, which wins by what it avoids in few.
        ``agree`` otherwise.
    """
    if not entry["resolved"]:
        return "unresolved"
    exit_better = entry["exit_minus_stay"]["probability_positive"]
    if entry["best"] == "stay" and exit_better > 0.5:
        return "bet"
    if entry["best"] == "exit" and exit_better < 0.5:
        return "insurance"
    return "agree"


def sentence(entry: Entry) -> str:
    """The verdict with its label: ``OpenAI (Sora): exit. Better than staying in …``."""
    return f"{entry['label']}: {verdict_text(entry)}"


def verdict_text(entry: Entry) -> str:
    """What to do, how sure that is, and what it is worth, without the label."""
    if not entry["resolved"]:
        return _unresolved(entry) + really(entry)
    text = _api_only(entry) if entry["best"] == "api_only" else _exit_or_stay(entry)
    return text + _next_best(entry) + really(entry)


def _exit_or_stay(entry: Entry) -> str:
    best = entry["best"]
    other = "stay" if best == "exit" else "exit"
    difference = entry["exit_minus_stay"]
    sign = 1.0 if best == "exit" else -1.0
    worth = money(sign * difference["mean"], difference["mean_mcse"])
    exit_better = difference["probability_positive"]
    if standing(entry) == "bet":
        return (
            f"stay, as a bet. Staying is worth {worth} more on average, because a few worlds pay a "
            f"great deal; exiting is better in {worlds(exit_better)}."
        )
    if standing(entry) == "insurance":
        return (
            f"exit, as insurance. Exiting is worth {worth} more on average, because it avoids a "
            f"few very costly worlds; staying is better in {worlds(1.0 - exit_better)}."
        )
    better = exit_better if best == "exit" else 1.0 - exit_better
    return (
        f"{NAMES[best]}. Better than {DOING[other]} in {worlds(better)}; "
        f"worth {worth} more on average."
    )


def _api_only(entry: Entry) -> str:
    share = entry["probability_best"]["api_only"]
    often = entry["likeliest_best"]
    best_of = f"{NAMES['api_only']}. The best of the three in {worlds(share)}"
    if often == "api_only":
        return f"{best_of}."
    odds = worlds(entry["probability_best"][often])
    return f"{best_of}, fewer than the {odds} of {DOING[often]}, but ahead on average."


def _next_best(entry: Entry) -> str:
    """Say what comes next, unless the sentence has compared the two already."""
    if "api_only" not in (entry["best"], entry["next"]):
        return ""
    return f" Next best: {DOING[entry['next']]}, {_lead(entry)} behind."


def _unresolved(entry: Entry) -> str:
    odds = worlds(entry["exit_minus_stay"]["probability_positive"])
    return (
        f"not resolved. {_capital(DOING[entry['best']])} is ahead of {DOING[entry['next']]} by "
        f"{_lead(entry)} on average, less than two standard errors; exiting is better than "
        f"staying in {odds}."
    )


def really(entry: Entry) -> str:
    """What a strategy comes to where its right is used at once, or nearly always.

    Staying that is left within the year is no staying, and a reader must know it.
    """
    text = ""
    for name, row in entry["strategies"].items():
        right = row.get("option")
        if right is None or name not in (entry["best"], "stay"):
            continue
        year, share = next(iter(right["by_year"].items()))
        if right["real_option"] == "leave" and share >= NEARLY_ALWAYS:
            text += f" {_capital(DOING[name])} would mean leaving at the end of {year} in "
            text += f"{worlds(share)}."
        elif right["real_option"] == "come back" and right["probability_used"] >= NEARLY_ALWAYS:
            text += f" {_capital(DOING[name])} would mean coming back later in "
            text += f"{worlds(right['probability_used'])}."
    return text


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _lead(entry: Entry) -> str:
    """The expected value of the best strategy minus that of the next."""
    lead = entry["best_minus_next"]
    return money(lead["mean"], lead["mean_mcse"])
