"""What the four unknowns do to one company's verdict: what each class changes, in words.

Everything is read from a player's entry in decision.json.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

from model.numerics.standard_errors import is_resolved
from priors.wording import joined
from reports.text.levers import LEVERS
from reports.text.strategies import DOING, LEAVING
from reports.text.wording import capital, within_sentence

__all__ = ["Outcome", "finding", "hardly_matters", "outcomes"]

type Entry = Mapping[str, Any]

#: Part of the gain by which it may differ in a class that hardly matters.
_HARDLY = 0.1
#: How names and cases begin that are of many.
_MANY = ("Robots", "No robots", "Chips")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What holds in one class of an unknown.

    Attributes
    ----------
    name : str
        Of the class.
    share : float
        Of the worlds in it.
    best : str
        The strategy that is best there; empty where too few worlds lie in it.
    gain, mcse : float
        What it is worth there over the best one on the other side, USD billion, and the error.
    for_good, for_good_mcse : float
        Leaving for good over staying for good, USD billion.
    """

    name: str
    share: float
    best: str
    gain: float
    mcse: float
    for_good: float
    for_good_mcse: float

    @property
    def told(self) -> bool:
        """Whether the draws can tell one side from the other there."""
        return bool(self.best) and is_resolved(self.gain, self.mcse)


def outcomes(entry: Entry, lever: str) -> list[Outcome]:
    """What holds in each class of an unknown.

    Parameters
    ----------
    entry : mapping
        A player in decision.json.
    lever : str
        A key of `LEVERS`.

    Returns
    -------
    list of Outcome
    """
    named = zip(LEVERS[lever].ranges, entry["levers"][lever], strict=True)
    return [_outcome(name, one) for name, one in named]


def _outcome(name: str, one: Entry) -> Outcome:
    leads = one["exit_minus_best_other"]
    if leads is None or one["for_good"] is None:
        return Outcome(name, one["share"], "", 0.0, 0.0, 0.0, 0.0)
    best = LEAVING.name if leads > 0.0 else one["best_other"]
    error = one["exit_minus_best_other_mcse"]
    return Outcome(
        name, one["share"], best, abs(leads), error, one["for_good"], one["for_good_mcse"]
    )


def hardly_matters(entry: Entry, lever: str) -> bool:
    """Whether no class changes the verdict, and the gain stays within a tenth in each.

    Parameters
    ----------
    entry : mapping
        A player in decision.json.
    lever : str
        A key of `LEVERS`.

    Returns
    -------
    bool
    """
    known = [one for one in outcomes(entry, lever) if one.best]
    most = _HARDLY * abs(entry["gain"])
    return all(one.best == entry["best"] and abs(one.gain - entry["gain"]) <= most for one in known)


def finding(entry: Entry) -> str:
    """Which of the four change the verdict, and which hardly matter, in a title.

    Parameters
    ----------
    entry : mapping
        A player in decision.json.

    Returns
    -------
    str
        Such as ``A market past $50 bn takes away the lead; robots and chips hardly matter``.
    """
    little = [words.name for lever, words in LEVERS.items() if hardly_matters(entry, lever)]
    changes = list(_changes(entry))
    if not changes and len(little) == len(LEVERS):
        return "None of the four matters much"
    first = changes[:2] or [_largest(entry)]
    if not little:
        return joined(first)
    verb = "matter" if len(little) > 1 or capital(little[0]) in _MANY else "matters"
    return f"{joined(first)}; {joined(little)} hardly {verb}"


def _changes(entry: Entry) -> Iterator[str]:
    """What a class that changes the verdict does, those of one deed together."""
    done: dict[str, list[str]] = {}
    for lever, words in LEVERS.items():
        for case, one in zip(words.cases, outcomes(entry, lever), strict=True):
            if one.told and one.best != entry["best"]:
                done.setdefault(one.best, []).append(case)
    for best, cases in done.items():
        s = "" if len(cases) > 1 or cases[0].startswith(_MANY) else "s"
        # On the other side of leaving or operating it is the lead itself that goes.
        across = LEAVING.name in (best, entry["best"])
        deed = f"take{s} away the lead" if across else f"make{s} {DOING[best]} best"
        yield f"{joined([cases[0], *map(within_sentence, cases[1:])])} {deed}"


def _largest(entry: Entry) -> str:
    """What moves the gain most, where nothing changes the verdict."""
    swings: dict[str, float] = {}
    for lever in LEVERS:
        known = sorted((one for one in outcomes(entry, lever) if one.best), key=_signed)
        if len(known) > 1:
            low, high = known[0], known[-1]
            swing = _signed(high) - _signed(low)
            if is_resolved(swing, hypot(low.mcse, high.mcse)):
                swings[lever] = swing
    if not swings:
        return "These draws cannot tell what any of the four changes"
    lever = max(swings, key=lambda one: swings[one])
    name = capital(LEVERS[lever].name)
    return f"{name} {'move' if name in _MANY else 'moves'} the lead most"


def _signed(one: Outcome) -> float:
    return one.gain if one.best == LEAVING.name else -one.gain
