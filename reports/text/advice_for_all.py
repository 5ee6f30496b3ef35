"""The answer for all companies in one headline, and the number that decides for most of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from priors.wording import joined
from reports.text.advice import Verdict, verdict_of
from reports.text.company import company
from reports.text.numbers import in_words
from reports.text.strategies import strategies, strategy
from reports.text.wording import capital

__all__ = ["Group", "groups_of", "headline_of_all"]

type Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Companies with the same verdict.

    Attributes
    ----------
    verdict : Verdict
        Theirs.
    why : str
        What the verdict means, in a few words.
    players : tuple of str
        Their names, the largest gain first.
    """

    verdict: Verdict
    why: str
    players: tuple[str, ...]


_WHY = {
    "clear": "best on average and in at least two of three worlds",
    "bet": "best on average, but not in two of three worlds",
    "side": "operating is better than leaving; these draws cannot tell how",
    "open": "these draws cannot tell leaving from staying",
    "form": "the verdict changes sign with the model’s form",
    "failed": "a figure is not finite",
}
_KINDS = ("clear", "bet", "side", "open", "form", "failed")


def groups_of(players: Mapping[str, Entry]) -> list[Group]:
    """The companies by verdict: leave, stay, other ways to operate, do not leave, open, form.

    Parameters
    ----------
    players : mapping
        As in decision.json.

    Returns
    -------
    list of Group
        Each company in one of them.
    """
    order = {one.name: place for place, one in enumerate(strategies())}
    found: dict[Verdict, list[str]] = {}
    for name, entry in players.items():
        found.setdefault(verdict_of(entry), []).append(name)
    sorted_ = sorted(
        found,
        key=lambda one: (
            _KINDS.index(one.kind) if one.kind not in ("clear", "bet") else 0,
            order.get(one.strategy, 0),
            _KINDS.index(one.kind),
        ),
    )
    return [
        Group(
            one, _WHY[one.kind], tuple(sorted(found[one], key=lambda name: -players[name]["gain"]))
        )
        for one in sorted_
    ]


def headline_of_all(players: Mapping[str, Entry], bets_on: Mapping[str, str] | None = None) -> str:
    """The answer: who should leave, who should stay, for whom the model cannot say.

    Parameters
    ----------
    players : mapping
        As in decision.json.
    bets_on : mapping, optional
        Company to what its bet is on, in general words such as ``a large market``.

    Returns
    -------
    str
        A sentence for each group of companies.
    """
    groups = groups_of(players)
    sentences = [_sentence(one, players, bets_on or {}, len(groups) == 1) for one in groups]
    text = " ".join(sentences)
    # What is left or kept is named once.
    return text.replace("should leave", "should leave AI video", 1)


def _sentence(
    group: Group, players: Mapping[str, Entry], bets_on: Mapping[str, str], every: bool
) -> str:
    kind, names = group.verdict.kind, [company(players[name]["label"]) for name in group.players]
    if kind in ("failed", "form", "open"):
        who = joined(names) if len(names) <= _NAMED else f"{in_words(len(names))} companies"
        return {
            "failed": f"For {who}, there is no verdict.",
            "form": f"For {who}, the model cannot say.",
            "open": f"For {who}, leaving and staying are too close to call.",
        }[kind]
    who = f"All {in_words(len(names))}" if every and len(names) > 1 else _counted(names)
    if kind == "side":
        return f"{who} should not leave; how to stay, these draws cannot tell."
    should = strategy(group.verdict.strategy).should
    if kind == "clear":
        return f"{who} should {should}."
    common = Counter(bets_on.get(name, "") for name in group.players)
    what, often = common.most_common(1)[0]
    on = f" on {what}" if what and often == len(names) else ""
    return f"{who} should {should}, but only as a bet{on}."


_NAMED = 2


def _counted(names: Sequence[str]) -> str:
    """One name, two, or how many."""
    return joined(list(names)) if len(names) <= _NAMED else capital(in_words(len(names)))
