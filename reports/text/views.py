"""The same question under other views, in words: which verdicts change, and under what.

Everything is read from views.json. A verdict changes only where the lead of leaving moves by more
than two errors of that move on common draws: what is too close to call either way does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

from model.numerics.standard_errors import is_resolved
from priors.wording import joined
from reports.text.advice import Verdict, verdict_of
from reports.text.dollars import signed_short
from reports.text.numbers import in_words
from reports.text.quantities import path_name
from reports.text.strategies import LEAVING
from reports.text.wording import capital, within_sentence
from reports.text.worlds import in_brief

__all__ = ["Cell", "cell", "changed_views", "finding", "holds", "meanings", "verdict_in"]

type Content = Mapping[str, Any]

_BASE = "base"
#: Views that are one where none of them changes anything.
_TOGETHER = {("fast_robotics", "slow_robotics"): "when robots pay"}
_BRIEF = {"form": ("Depends", "on the model"), "open": ("Too close", "to call")}


@dataclass(frozen=True, slots=True)
class Cell:
    """A verdict where there is little room.

    Attributes
    ----------
    verdict : Verdict
        What it is.
    label, note : str
        A word or two; the gain and in how many of 100 worlds it is better, or the rest of the
        words.
    changed : bool
        Whether it is another than the run's own.
    """

    verdict: Verdict
    label: str
    note: str
    changed: bool


def verdict_in(own: Content) -> Verdict:
    """The verdict under a view.

    Parameters
    ----------
    own : mapping
        Of one player under one view, in views.json.

    Returns
    -------
    Verdict
        Without a gain it stands where the gain is above what can be told.
    """
    if own["gain"] is not None:
        return verdict_of(own)
    gain = (1.0, 0.0) if own["decided"] else (nan, nan)
    return verdict_of({**own, "gain": gain[0], "gain_mcse": gain[1]})


def cell(own: Content, stated: Content | None = None) -> Cell:
    """What a table says of a player under a view.

    Parameters
    ----------
    own : mapping
        Of one player under one view, in views.json; or its entry in decision.json.
    stated : mapping, optional
        The player's entry in decision.json; None where that is what is told.

    Returns
    -------
    Cell
    """
    verdict = verdict_in(own)
    label, note = verdict.label.replace(", as a bet", ", bet"), _gain_and_odds(own)
    if verdict.kind in _BRIEF:
        label, note = _BRIEF[verdict.kind]
    elif verdict.kind == "failed":
        note = "cannot be told"
    return Cell(verdict, label, note, stated is not None and _changes(stated, own))


def changed_views(own: Content, stated: Content) -> list[str]:
    """The views under which one player's verdict is another.

    Parameters
    ----------
    own : mapping
        The player in views.json.
    stated : mapping
        Its entry in decision.json.

    Returns
    -------
    list of str
        In the order of the file.
    """
    others = {name: one for name, one in own["views"].items() if name != _BASE}
    return [name for name, one in others.items() if _changes(stated, one)]


def finding(content: Content, players: Mapping[str, Content]) -> str:
    """Which views change how many verdicts.

    Parameters
    ----------
    content : mapping
        Of views.json.
    players : mapping
        As in decision.json.

    Returns
    -------
    str
        ``A breakout changes four verdicts, a small market three; when robots pay changes none.``
    """
    found = [
        name
        for player, entry in players.items()
        if player in content["players"]
        for name in changed_views(content["players"][player], entry)
    ]
    subjects = {name: one["subject"] for name, one in content["views"].items() if name != _BASE}
    counts = {name: found.count(name) for name in subjects}
    some = sorted((name for name in subjects if counts[name]), key=lambda name: -counts[name])
    silent = {
        name
        for own in content["players"].values()
        for name, one in own["views"].items()
        if verdict_in(one).kind == "failed"
    }
    still = [name for name in subjects if not counts[name] and name not in silent]
    none = _together(still, subjects)
    if not some:
        return "No other view changes a verdict" + (", as far as they tell." if silent else ".")
    parts = [f"{subjects[name]} {in_words(counts[name])}" for name in some[1:]]
    first = some[0]
    noun = "verdict" if counts[first] == 1 else "verdicts"
    text = ", ".join([f"{subjects[first]} changes {in_words(counts[first])} {noun}", *parts])
    return capital(f"{text}; {joined(none)} {_change(none)} none." if none else f"{text}.")


def holds(content: Content, own: Content, stated: Content) -> str:
    """Whether one player's verdict holds under the other views.

    Parameters
    ----------
    content : mapping
        Of views.json.
    own : mapping
        The player in it.
    stated : mapping
        Its entry in decision.json.

    Returns
    -------
    str
        Such as ``The verdict changes under a small market and a breakout``.
    """
    changed = changed_views(own, stated)
    if changed:
        names = [content["views"][name]["subject"] for name in changed]
        return f"The verdict changes under {joined(names)}"
    others = [one for name, one in own["views"].items() if name != _BASE]
    silent = sum(verdict_in(one).kind == "failed" for one in others)
    if not silent:
        which = f"all {in_words(len(others))} other views" if len(others) > 1 else "the other view"
        return f"The verdict holds under {which}"
    told, all_ = in_words(len(others) - silent), in_words(len(others))
    return f"The verdict holds under {told} of {all_} other views; the rest cannot be told"


def meanings(content: Content) -> list[tuple[str, str]]:
    """What each view changes.

    Parameters
    ----------
    content : mapping
        Of views.json.

    Returns
    -------
    list of tuple
        Label, and a sentence: what is otherwise, and which numbers stand in place of the run's.
    """
    return [
        (one["label"], capital(one["meaning"]) + _numbers(one))
        for name, one in content["views"].items()
        if name != _BASE
    ]


def _numbers(view: Content) -> str:
    """The numbers that a view changes; those that the run's own file had changed are named."""
    if not view["changes"]:
        return "."
    names = [within_sentence(path_name(path)) for path in view["changes"]]
    text = f". Changes {joined(names)}"
    if view["replaces"]:
        own = [within_sentence(path_name(path)) for path in view["replaces"]]
        what = "this" if own == names and len(own) == 1 else joined(own)
        text += f", in place of what your file says of {what}"
    return f"{text}."


def _gain_and_odds(own: Content) -> str:
    odds = in_brief(own["wins"])
    gain = "gain not told" if own["gain"] is None else signed_short(own["gain"])
    return ", ".join(part for part in (gain, odds) if part)


def _changes(stated: Content, own: Content) -> bool:
    one, other = verdict_of(stated), verdict_in(own)
    return _differ(one, other, stated, own) and _moved(own)


def _differ(one: Verdict, other: Verdict, stated: Content, own: Content) -> bool:
    """Whether two verdicts say something else: a bet is no other verdict than the same, safe."""
    if "failed" in (one.kind, other.kind):
        return False
    if one.kind == "form" and "form" not in own:
        # Other forms were not tried under the view: only the side can be compared.
        return other.kind != "open" and _leaves(stated) is not _leaves(own)
    if "side" in (one.kind, other.kind) and one.strategy and other.strategy:
        return _leaves(stated) is not _leaves(own)
    return (one.strategy or one.kind) != (other.strategy or other.kind)


def _leaves(entry: Content) -> bool:
    return bool(entry["best"] == LEAVING.name)


def _moved(own: Content) -> bool:
    """Whether the lead of leaving is another beyond the error of the difference."""
    if own.get("change") is None:
        return True
    return is_resolved(abs(own["change"]), own["change_mcse"])


def _together(names: Sequence[str], subjects: Mapping[str, str]) -> list[str]:
    """Subjects of some views; of views that are about the same, one."""
    left = dict.fromkeys(names)
    told = []
    for group, subject in _TOGETHER.items():
        if all(name in left for name in group):
            told.append(subject)
            left = {name: None for name in left if name not in group}
    return told + [subjects[name] for name in left]


def _change(subjects: Sequence[str]) -> str:
    return "changes" if len(subjects) == 1 else "change"
