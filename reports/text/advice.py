"""The verdict on one company in words: its class, its headline, its odds and stakes.

The same words for all companies. The verdict is compared with its rival, the best strategy on the
other side of leaving or operating; odds never stand without stakes. Everything is read from an
entry of decision.json: one player's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from model.numerics.standard_errors import is_resolved
from reports.text.company import company
from reports.text.dollars import in_sentence
from reports.text.looks import required_text
from reports.text.strategies import DOING, LEAVING, STAYING, strategies, strategy
from reports.text.wording import capital
from reports.text.worlds import of_100, worlds

__all__ = ["BET", "Kind", "Verdict", "headline", "is_carried", "sentence", "stakes", "verdict_of"]

type Entry = Mapping[str, Any]

#: What holds of a verdict; the first of these that does.
Kind = Literal["failed", "form", "open", "side", "bet", "clear"]
#: A strategy that wins in fewer draws than this, though it is the best on average, is a bet.
BET = 2.0 / 3.0
_ALL = 0.995
#: Share of the worlds above which no small group of them carries the lead.
_CARRIED = 0.97


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one company.

    Attributes
    ----------
    kind : str
        Its class.
    mark, label : str
        A shape and a few words, which always stand together.
    strategy : str
        Whose colour it has; empty where it has none.
    """

    kind: Kind
    mark: str
    label: str
    strategy: str


def verdict_of(entry: Entry) -> Verdict:
    """The class of a verdict and what it is called.

    Parameters
    ----------
    entry : mapping
        A player in decision.json.

    Returns
    -------
    Verdict
    """
    kind, best = _kind(entry), strategy(entry["best"])
    if kind == "failed":
        return Verdict(kind, "–", "No verdict", "")
    if kind == "form":
        return Verdict(kind, "◌", "Depends on the model", "")
    if kind == "open":
        return Verdict(kind, "◌", "Too close to call", "")
    if kind == "side":
        return Verdict(kind, best.mark, "Do not leave", best.name)
    label = best.label if kind == "clear" else f"{best.label}, as a bet"
    return Verdict(kind, best.mark, label, best.name)


def _kind(entry: Entry) -> Kind:
    if not (isfinite(entry["gain"]) and isfinite(entry["gain_mcse"])):
        return "failed"
    if entry.get("form", {}).get("depends", False):
        return "form"
    if not is_resolved(entry["gain"], entry["gain_mcse"], *_required(entry)):
        return "open"
    # What leads the other side may still be too close to another of its own side.
    if not entry["resolved"] and LEAVING.name not in (entry["best"], entry["next"]):
        return "side"
    return "bet" if entry["wins"] < BET else "clear"


def _required(entry: Entry) -> tuple[float, ...]:
    """Standard errors that a lead must have, where other than two."""
    asked = entry.get("required")
    return () if asked is None else (float(asked),)


def headline(entry: Entry, bet_on: str = "") -> str:
    """The answer for one company in a line.

    Parameters
    ----------
    entry : mapping
        A player in decision.json.
    bet_on : str
        What a bet is on, such as ``a market above $4.1 billion``, where that is known.

    Returns
    -------
    str
        Such as ``OpenAI should leave: better in 98 of 100 worlds``.
    """
    name, should = company(entry["label"]), strategy(entry["best"]).should
    match verdict_of(entry).kind:
        case "failed":
            return f"{name}: no verdict, because its figures are not finite"
        case "form":
            return f"{name}: the model cannot say whether to leave or stay"
        case "open":
            return f"{name}: leaving and staying are too close to call"
        case "side":
            return f"{name} should not leave; {_ways()}, these draws cannot tell"
        case "bet":
            return f"{name} should {should}, as a bet{f' on {bet_on}' if bet_on else ''}"
        case _:
            return f"{name} should {should}: better in {worlds(entry['wins'])}"


def _ways() -> str:
    """The ways to stay, as an alternative."""
    return f"by {' or '.join(one.short for one in strategies() if one.operating)}"


def sentence(entry: Entry, *, others: bool = True) -> str:
    """The gain, the odds and the stakes, and where the third strategy stands.

    Parameters
    ----------
    entry : mapping
        A player in decision.json.
    others : bool
        Whether it says where the strategies beside the pair stand.

    Returns
    -------
    str
        Two to four sentences.
    """
    first, second = DOING[entry["best"]], DOING[entry["rival"]]
    kind, gain = verdict_of(entry).kind, entry["gain"]
    if kind == "failed":
        return "A figure of it is not finite: see the checks of the run."
    if kind == "form":
        return (
            f"{capital(first)} is ahead by {in_sentence(gain)} in this form of the model; "
            f"in others {_other_side(entry)} leads. {stakes(entry)}"
        )
    if kind == "open":
        return (
            f"These draws cannot tell them apart: {first} is ahead of {second} by "
            f"{in_sentence(gain)}, less than {required_text(entry.get('required'))} errors of "
            f"{in_sentence(entry['gain_mcse'])}. {stakes(entry)} More draws may; if "
            f"{in_sentence(gain)} is small to you, it does not matter."
        )
    return (
        f"On average {first} is worth {in_sentence(gain)} more than {second}. "
        f"{stakes(entry)}{_others(entry) if others else ''}"
    )


def _other_side(entry: Entry) -> str:
    """What leads where a form of the model turns the verdict."""
    return (STAYING if entry["best"] == LEAVING.name else LEAVING).doing


def is_carried(entry: Entry) -> bool:
    """Whether a small group of worlds carries the lead: without its best it would be gone.

    Parameters
    ----------
    entry : mapping
        A player in decision.json.

    Returns
    -------
    bool
    """
    return bool(entry["carried_by"] <= _CARRIED)


def stakes(entry: Entry) -> str:
    """How often the verdict is right and by how much, how often wrong and by how much.

    Parameters
    ----------
    entry : mapping
        A player in decision.json.

    Returns
    -------
    str
        One sentence.
    """
    wins = entry["wins"]
    better, worse = entry.get("gain_when_better"), entry.get("loss_when_worse")
    if wins >= _ALL or worse is None:
        return f"It is better in {worlds(wins)}."
    if wins < 1.0 - _ALL or better is None:
        return f"It is better in {worlds(wins)}, and worse in the others by {in_sentence(worse)}."
    rest = 100 - int(of_100(wins))
    return (
        f"In {worlds(wins)} it is better, by {in_sentence(better)} on average; in the other {rest} "
        f"it is worse, by {in_sentence(worse)}."
    )


def _others(entry: Entry) -> str:
    """Where the strategies beside the pair stand."""
    rows = entry["strategies"]
    ranked = sorted(rows, key=lambda name: -rows[name]["mean"])
    text = ""
    for name in ranked:
        if name in (entry["best"], entry["rival"]):
            continue
        place = ranked.index(name)
        behind = rows[ranked[0]]["mean"] - rows[name]["mean"]
        where = "last" if place == len(ranked) - 1 else _PLACES.get(place, f"in place {place + 1}")
        text += f" {capital(DOING[name])} comes {where}, {in_sentence(behind)} behind."
    return text


_PLACES = {1: "second", 2: "third", 3: "fourth", 4: "fifth"}
