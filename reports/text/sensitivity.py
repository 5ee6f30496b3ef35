"""The findings of a sensitivity analysis in words, for the terminal and the report alike."""

from collections.abc import Mapping
from typing import Any

from model.numerics.standard_errors import is_resolved
from reports.text.numbers import figure, money, number, percent
from reports.text.quantities import path_name
from reports.text.strategies import ADVICE, LABELS, quantities
from reports.text.wording import with_unit

__all__ = ["input_name", "lines"]

type Entry = Mapping[str, Any]

#: How many quantities a line names.
_NAMED = 3
_GROUP_NAMES = {"own": "own figures", "ipo": "IPO"}


def input_name(path: str, *, whose: bool = False) -> str:
    """Short name of an input by its path; with `whose`, a player's own with the player.

    Parameters
    ----------
    path : str
        A global quantity's name, or a player's own path.
    whose : bool
        Add the player in brackets.

    Returns
    -------
    str
    """
    name = path_name(path)
    if whose and path.startswith("players."):
        return f"{name} ({path.split('.')[1]})"
    return name


def lines(entry: Entry) -> list[str]:
    """Ten lines on one decision: the answer, what would change it, what is worth knowing.

    Parameters
    ----------
    entry : mapping
        A player or type in sensitivity.json.

    Returns
    -------
    list of str
        One each from the functions below.
    """
    return [
        head_line(entry),
        reversal_line(entry),
        shift_line(entry),
        worth_line(entry),
        group_line(entry),
        study_line(entry),
        driving_line(entry),
        tornado_line(entry),
        regional_line(entry),
        risk_line(entry),
    ]


def head_line(entry: Entry) -> str:
    """The answer, by how much it leads, and what knowing everything is worth."""
    resolved = "resolved" if entry["resolved"] else "not resolved"
    lead = money(entry["best_minus_next"], entry["best_minus_next_mcse"])
    evpi = money(entry["evpi"], entry["evpi_mcse"])
    if entry["evpi"] == 0.0:
        evpi += " (no draw prefers another strategy)"
    beats = percent(entry["probability_best_beats_next"])
    return (
        f"{entry['label']}: {ADVICE[entry['best']]} ({resolved}). Ahead of "
        f"{ADVICE[entry['next']]} by {lead} on average, in {beats} of draws; knowing everything "
        f"first would be worth {evpi}."
    )


def reversal_line(entry: Entry) -> str:
    """The values at which the decision changes, the likeliest first."""
    if sure := _switches(entry, "ranges"):
        return f"Would be reversed only if {_some(sure)}."
    if possible := _switches(entry, "possible"):
        return f"Would be reversed at no single value for sure; perhaps if {_some(possible)}."
    low, high = _searched(entry)
    return (
        "Would be reversed at no value of any single quantity between its "
        f"{_percent_point(low)} and its {_percent_point(high)}."
    )


def _searched(entry: Entry) -> tuple[float, float]:
    """The narrowest range of percentiles that was searched."""
    ends = [of["switching"]["percentiles"] for of in entry["inputs"].values()]
    return max((low for low, _ in ends), default=0.0), min((high for _, high in ends), default=1.0)


def _some(texts: list[str]) -> str:
    more = f"; and {len(texts) - _NAMED} more" if len(texts) > _NAMED else ""
    return "; ".join(texts[:_NAMED]) + more


def _switches(entry: Entry, kind: str) -> list[str]:
    """What each range in which the decision differs takes, the likeliest first."""
    found = [
        (
            one["probability"],
            f"{_named(entry, path)} {_range(one, path)} (then {ADVICE[one['to']]})",
        )
        for path, of in entry["inputs"].items()
        for one in of["switching"][kind]
    ]
    return [text for _, text in sorted(found, key=lambda one: -one[0])]


def _range(one: Entry, path: str) -> str:
    if "at" in one:
        return f"were {number(one['at'])}"
    above, below, chance = one["above"], one["below"], one["probability"]
    if above is not None and below is not None:
        return f"were between {_value(path, above)} and {_value(path, below)}"
    if above is not None:
        return f"were above {_value(path, above)}, its {_percent_point(1.0 - chance)}"
    if below is not None:
        return f"were below {_value(path, below)}, its {_percent_point(chance)}"
    return "were known, whatever it is"


def _value(path: str, value: float) -> str:
    return with_unit(value, quantities().by_path(path).unit)


def _percent_point(percentile: float) -> str:
    value = 100.0 * percentile
    if value >= 99.0 or value <= 1.0:
        return f"{value:.1f} percent point"
    return f"{value:.0f} percent point"


def shift_line(entry: Entry) -> str:
    """Which prior has to move least, and how far."""
    moves = [
        (abs(of["prior_perturbation"]["shift"]), path, of["prior_perturbation"])
        for path, of in entry["inputs"].items()
        if of["prior_perturbation"]["shift"] is not None
    ]
    if not moves:
        limit = max(
            (of["prior_perturbation"]["limit"] for of in entry["inputs"].values()), default=0.0
        )
        return (
            f"No prior, moved by up to {limit:.1f} of its standard scores either way, changes the "
            "answer."
        )
    moves.sort(key=lambda move: move[0])
    named = "; ".join(
        f"{_named(entry, path)} by {_signed(move['shift'])} (then {ADVICE[move['to']]})"
        for _, path, move in moves[:_NAMED]
    )
    return f"Least move of a prior that changes it, in standard scores: {named}."


def _signed(value: float) -> str:
    return number(value, 1) if value < 0.0 else f"+{number(value, 1)}"


def worth_line(entry: Entry) -> str:
    """The quantities that are worth most to know."""
    top = [
        (path, of)
        for path, of in ranked(entry, "evppi")
        if is_resolved(of["evppi"], of["evppi_mcse"])
    ]
    if not top:
        return "Worth most to know: no single quantity, within the error."
    named = ", ".join(
        f"{_named(entry, path)} ({_worth(of['evppi'], of['evppi_mcse'])})"
        for path, of in top[:_NAMED]
    )
    return f"Worth most to know: {named}."


def _worth(value: float, se: float | None) -> str:
    return money(max(value, 0.0), se)


def group_line(entry: Entry) -> str:
    """What groups of quantities are worth to know."""
    groups = sorted(entry["groups"].items(), key=lambda one: -one[1]["evppi"])
    sure = [one for one in groups if is_resolved(one[1]["evppi"], one[1]["evppi_mcse"])]
    if not sure:
        return "Worth to know together: no group, within the error."
    named = ", ".join(
        f"{_GROUP_NAMES.get(name, name)} ({_worth(of['evppi'], of['evppi_mcse'])})"
        for name, of in sure[:4]
    )
    return f"Worth to know together: {named}."


def study_line(entry: Entry) -> str:
    """What the study at hand is worth."""
    if not entry["studies"]:
        return "No study of a single quantity is worth doing."
    study = entry["studies"][0]
    one = next(size for size in study["sizes"] if size["size"] == 1.0)
    what = f"{_named(entry, study['observe'])} with a {study['error']} error of {number(one['sd'])}"
    text = f"A study of {what} is worth {_worth(one['evsi'], one['evsi_mcse'])}"
    if "enbs" not in one:
        return f"{text} before its cost."
    best = max(study["sizes"], key=lambda size: size["enbs"])
    text += f", {money(one['enbs'], one['enbs_mcse'])} after its cost"
    if best["enbs"] <= 0.0:
        return f"{text}; none of its sizes pays."
    return f"{text}; best at {number(best['size'])} times its size."


def driving_line(entry: Entry) -> str:
    """The quantities that drive the lead: joint draws, and independent."""
    shares = ", ".join(
        f"{_named(entry, path)} {percent(max(of['shapley'], 0.0))}"
        for path, of in ranked(entry, "shapley")[:_NAMED]
        if of["shapley"] is not None
    )
    text = f"Drives the lead (Shapley): {shares or 'nothing'}"
    totals = ", ".join(
        f"{_named(entry, path)} {percent(min(max(of['total_order'], 0.0), 1.0))}"
        for path, of in ranked(entry, "total_order")[:_NAMED]
    )
    return (
        f"{text}; independent, without the real options and with rivals who stay (total Sobol): "
        f"{totals}."
        if totals
        else f"{text}."
    )


def tornado_line(entry: Entry) -> str:
    """The widest bars of the tornado."""
    bars = sorted(entry["inputs"].items(), key=lambda one: -abs(one[1]["tornado"]["swing"]))
    named = "; ".join(f"{_named(entry, path)} {_bar(of['tornado'])}" for path, of in bars[:_NAMED])
    return f"Lead at the 10 and 90 percent points, USD billion: {named}."


def _bar(bar: Entry) -> str:
    low, high = (figure(bar[end], 0.0) for end in ("low", "high"))
    return f"{low} to {high}"


def regional_line(entry: Entry) -> str:
    """The quantities that tell the draws where the best wins from those where it loses."""
    far = sorted(
        (
            (of["regional_sensitivity"]["distance"], path, of["regional_sensitivity"])
            for path, of in entry["inputs"].items()
            if of["regional_sensitivity"]["distance"] is not None
        ),
        key=lambda one: -one[0],
    )
    best = ADVICE[entry["best"]]
    if not far:
        return f"Tells nothing apart: {best} wins in all draws, or in none."
    named = ", ".join(
        f"{_named(entry, path)} (median {_value(path, at['median_better'])}, "
        f"otherwise {_value(path, at['median_worse'])})"
        for _, path, at in far[:_NAMED]
    )
    return f"Draws where “{best}” wins differ most in {named}."


def risk_line(entry: Entry) -> str:
    """What risk aversion would change, and which strategy dominates."""
    risk = entry["risk"]
    if risk["switches"]:
        one = risk["switches"][0]
        text = (
            f"A risk tolerance below {money(one['risk_tolerance'], one['risk_tolerance_mcse'])} "
            f"would change the answer to {ADVICE[one['below']]}"
        )
    else:
        text = "No risk tolerance that the draws can judge changes the answer"
    held = [one for one in risk["dominance"] if one["sure"]]
    if not held:
        return f"{text}; no strategy dominates another."
    pairs = ", ".join(
        f"{LABELS[one['strategy']]} over {LABELS[one['other']]} ({_order(one)})" for one in held
    )
    return f"{text}; dominance: {pairs}."


def _order(one: Entry) -> str:
    """The order of a dominance, and what goes against it; earlier runs do not say how much."""
    order = {1: "first order", 2: "second order"}[one["order"]]
    violated = one.get("violated", 0.0)
    return f"{order}, but for {percent(violated)} of the difference" if violated else order


def ranked(entry: Entry, measure: str) -> list[tuple[str, Entry]]:
    """Inputs with the largest `measure` first; those without it left out.

    Parameters
    ----------
    entry : mapping
        A player or type in sensitivity.json.
    measure : str
        Key of a figure of each input, such as ``evppi``.

    Returns
    -------
    list of (str, mapping)
        Path and what was found of the input.
    """
    known = [(path, of) for path, of in entry["inputs"].items() if of.get(measure) is not None]
    return sorted(known, key=lambda one: -one[1][measure])


def _named(entry: Entry, path: str) -> str:
    owners = {one.split(".")[1] for one in entry["inputs"] if one.startswith("players.")}
    return input_name(path, whose=len(owners) > 1)
