"""The answer: the verdict sentence of every player, and of every type."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from priors.wording import joined
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.looks import required, required_text
from reports.text.strategies import DOING, STAYING
from reports.text.verdict import depends_on_form, standing

__all__ = ["answer", "overview"]


def answer(view: View) -> Section:
    """The verdicts, which most readers read and nothing else.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section
    """
    html = fill(
        "answer.html.j2",
        required=required_text(required(view.verdict)),
        overview=overview(view.players.values()),
        players=[(f"players/{key}", entry) for key, entry in view.players.items()],
        types=[(f"types/{key}", _with_members(view, entry)) for key, entry in view.types.items()],
    )
    return Section("answer", "The answer", html)


def _with_members(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    """A type's entry with the labels of its players."""
    return {**entry, "members": [view.players[player]["label"] for player in entry["players"]]}


def overview(entries: Iterable[Mapping[str, Any]]) -> str:
    """All verdicts in a sentence or two: how many players should do what, and what is open.

    Parameters
    ----------
    entries : iterable of mapping
        Of the players, as in decision.json.

    Returns
    -------
    str
        Plain text, which the template escapes.
    """
    entries = list(entries)
    choices = Counter(entry["best"] for entry in entries if entry["resolved"])
    parts = [f"{DOING[name]} is best for {n} of {len(entries)}" for name, n in choices.items()]
    if not parts:
        return "No player’s decision is resolved."
    text = joined(parts)
    bets = [entry["label"] for entry in entries if standing(entry) == "bet"]
    still_open = [entry["label"] for entry in entries if not entry["resolved"]]
    sentences = [f"{text[0].upper()}{text[1:]} players by expected value."]
    if bets:
        sentences.append(
            f"For {joined(bets)} {STAYING.doing} is a bet: it pays on average, not in most worlds."
        )
    doubtful = [entry["label"] for entry in entries if depends_on_form(entry)]
    if doubtful:
        sentences.append(f"For {joined(doubtful)} the answer depends on the model’s form.")
    if still_open:
        sentences.append(f"Not resolved: {joined(still_open)}.")
    return " ".join(sentences)
