"""The verdict in one sentence: what to do, how sure that is, what it is worth.

Everything is read from an entry of decision.json: one player's, or one type's.
"""

from collections.abc import Mapping
from typing import Any, Literal

from reports.text.looks import required_text
from reports.text.numbers import frequency, money
from reports.text.strategies import ADVICE, DOING, LEAVING, ONE_MORE_YEAR, STAYING, best_of

__all__ = [
    "Standing",
    "depends_on_form",
    "really",
    "sentence",
    "standing",
    "verdict_text",
]

type Entry = Mapping[str, Any]

#: Share of draws from which on a real option is used nearly always.
NEARLY_ALWAYS = 0.9

_QUESTION = frozenset({LEAVING.name, STAYING.name})

#: How the expected value and the odds stand to each other.
Standing = Literal["agree", "bet", "insurance", "unresolved"]


def standing(entry: Entry) -> Standing:
    """How far a reader may lean on the expected value.

    Parameters
    ----------
    entry : mapping
        A player or type in decision.json.

    Returns
    -------
    str
        ``unresolved``: the best and the next are too close for the draws to tell them apart.
        ``bet``: the best by expected value loses in most draws, and is carried by the few in
        which it wins a lot. ``insurance``: the same of exit, which wins by what it avoids in few.
        ``agree`` otherwise.
    """
    if not entry["resolved"]:
        return "unresolved"
    exit_better = entry["exit_minus_stay"]["probability_positive"]
    if entry["best"] == STAYING.name and exit_better > 0.5:
        return "bet"
    if entry["best"] == LEAVING.name and exit_better < 0.5:
        return "insurance"
    return "agree"


def sentence(entry: Entry) -> str:
    """The verdict with its label: ``OpenAI (Sora): exit. Better than staying in …``.

    Parameters
    ----------
    entry : mapping
        A player or type in decision.json.

    Returns
    -------
    str
    """
    return f"{entry['label']}: {verdict_text(entry)}"


def verdict_text(entry: Entry) -> str:
    """What to do, how sure that is, and what it is worth, without the label.

    Parameters
    ----------
    entry : mapping
        A player or type in decision.json.

    Returns
    -------
    str
        Two sentences or more.
    """
    doubt = "depends on the model’s form. As stated: " if depends_on_form(entry) else ""
    if not entry["resolved"]:
        return doubt + _unresolved(entry) + really(entry)
    compare = _exit_or_stay if entry["best"] in _QUESTION else _neither
    return doubt + compare(entry) + _next_best(entry) + really(entry)


def depends_on_form(entry: Entry) -> bool:
    """Whether leave or operate changes in another form of the model that was tried.

    Parameters
    ----------
    entry : mapping
        A player or type in decision.json.

    Returns
    -------
    bool
        False where no other form was tried.
    """
    return bool(entry.get("form", {}).get("depends", False))


def _exit_or_stay(entry: Entry) -> str:
    best, other = (LEAVING, STAYING) if entry["best"] == LEAVING.name else (STAYING, LEAVING)
    difference = entry["exit_minus_stay"]
    sign = 1.0 if best is LEAVING else -1.0
    worth = money(sign * difference["mean"], difference["mean_mcse"])
    exit_better = difference["probability_positive"]
    better = exit_better if best is LEAVING else 1.0 - exit_better
    how = {
        "bet": ("as a bet", "because a few worlds pay a great deal"),
        "insurance": ("as insurance", "because it avoids a few very costly worlds"),
    }.get(standing(entry))
    if how is None:
        return (
            f"{best.advice}. Better than {other.doing} in {frequency(better)}; "
            f"{_worth(entry, worth)}."
        )
    return (
        f"{best.advice}, {how[0]}. {_capital(best.doing)} is {_worth(entry, worth)}, "
        f"{how[1]}; {other.doing} is better in {frequency(1.0 - better)}."
    )


def _worth(entry: Entry, worth: str) -> str:
    """What the better of exit and stay is worth: less where the other is left within the year."""
    saved = entry.get("one_more_year") and entry["best"] == LEAVING.name
    return (
        f"worth {worth} on average, {ONE_MORE_YEAR}" if saved else f"worth {worth} more on average"
    )


def _neither(entry: Entry) -> str:
    """Of a strategy that is neither to exit nor to stay: how often it is the best of all."""
    best, often = entry["best"], entry["likeliest_best"]
    odds = entry["probability_best"]
    found = f"{ADVICE[best]}. The {best_of()} in {frequency(odds[best])}"
    if often == best:
        return f"{found}."
    return (
        f"{found}, fewer than the {frequency(odds[often])} of {DOING[often]}, but ahead on average."
    )


def _next_best(entry: Entry) -> str:
    """Say what comes next, unless the sentence has compared the two already."""
    if {entry["best"], entry["next"]} == _QUESTION:
        return ""
    return f" Next best: {DOING[entry['next']]}, {_lead(entry)} behind."


def _unresolved(entry: Entry) -> str:
    odds = frequency(entry["exit_minus_stay"]["probability_positive"])
    errors = required_text(entry.get("required"))
    return (
        f"not resolved. {_capital(DOING[entry['best']])} is ahead of {DOING[entry['next']]} by "
        f"{_lead(entry)} on average, less than {errors} standard errors; "
        f"{LEAVING.doing} is better than {STAYING.doing} in {odds}."
    )


def really(entry: Entry) -> str:
    """What a strategy comes to where its real option is used at once, or nearly always.

    Staying that is left within the year is no staying, and a reader must know it.

    Parameters
    ----------
    entry : mapping
        A player or type in decision.json.

    Returns
    -------
    str
        Sentences with a space before each; empty where there is nothing to say.
    """
    text = ""
    for name, row in entry["strategies"].items():
        option = row.get("option")
        if option is None or name not in (entry["best"], STAYING.name):
            continue
        year, share = next(iter(option["by_year"].items()))
        if option["real_option"] == "leave" and share >= NEARLY_ALWAYS:
            text += f" {_capital(DOING[name])} would mean leaving at the end of {year} in "
            text += f"{frequency(share)}."
        elif option["real_option"] == "come back" and option["probability_used"] >= NEARLY_ALWAYS:
            text += f" {_capital(DOING[name])} would mean coming back later in "
            text += f"{frequency(option['probability_used'])}."
    return text


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _lead(entry: Entry) -> str:
    """The expected value of the best strategy minus that of the next."""
    lead = entry["best_minus_next"]
    return money(lead["mean"], lead["mean_mcse"])
