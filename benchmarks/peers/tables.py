"""What was measured as tables in Markdown, ratios first."""

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import Any

import numpy as np

from benchmarks.peers.catalog import PEERS, QUESTIONS, Question
from benchmarks.peers.comparison import TARGET, Line, aims, lines

__all__ = ["section"]

type Content = Mapping[str, Any]
#: Programs that may want a processor on a machine that is called quiet.
_QUIET = 0.5
#: Head of a column, and its cell of a line.
type Column = tuple[str, Callable[[Line], str]]


def section(content: Content, before: Content) -> str:
    """Everything that was measured.

    Parameters
    ----------
    content : mapping
        As `keep` writes it.
    before : mapping
        From `earlier`, without this run.

    Returns
    -------
    str
        The machine, a table for each question, what is aimed at, what was skipped.
    """
    found, parts = content["peers"], [_made_on(content["machine"])]
    if content.get("busy", 0.0) > _QUIET:
        parts.append(
            f"**The machine was not quiet**: {content['busy']:.1f} programs wanted a processor "
            "when this began. All times are too long, and the ratios less sure."
        )
    for question in QUESTIONS:
        beside = lines(question, found, before)
        if beside:
            parts.append(_table(question, beside))
            parts += [_disagreement(one) for one in beside if not one.agrees]
    parts += [_aims(found)] if aims(found) else []
    parts += [_compiling(found["pymc"])] if found.get("pymc", {}).get("extra") else []
    labels = {peer.name: peer.label for peer in PEERS}
    left = [f"Skipped: {labels[k]}, {x['skipped']}." for k, x in found.items() if "skipped" in x]
    return "\n\n".join([*parts, *left])


def _made_on(machine: Content) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return (
        f"Measured on {machine['cores']} cores ({machine['processor']}, {machine['system']}), "
        f"Python {machine['python']}, {versions}."
    )


def _table(question: Question, beside: Sequence[Line]) -> str:
    columns = [*_ratios(question), *_bare(question)]
    columns += _own(question, beside)
    if not all(isnan(one.since) for one in beside):
        columns.append(("time, of last", _since))
    head = f"| {question.title} | " + " | ".join(name for name, _ in columns) + " |"
    rows = [
        f"| {one.peer.label} | " + " | ".join(of(one) for _, of in columns) + " |" for one in beside
    ]
    return "\n".join([head, "|---" * (len(columns) + 1) + "|", *rows])


def _ratios(question: Question) -> list[Column]:
    one = question.unit.removesuffix("s")
    columns: list[Column] = [
        (f"time per {one}", lambda line: _times(line.per_draw)),
        ("processor time", lambda line: _times(line.per_draw_cpu)),
    ]
    if question.precise:
        columns.insert(0, ("time to the same error", lambda line: _times(line.per_precision)))
    return columns


def _bare(question: Question) -> list[Column]:
    def each(key: str, digits: str) -> Callable[[Line], str]:
        return lambda line: format(line.found[key], digits)

    columns: list[Column] = [
        (
            f"{question.unit} a second",
            lambda line: _round(line.found["draws"] / line.found["wall"]),
        ),
        (question.unit, each("draws", ",")),
        ("wall, s", each("wall", ".2f")),
        ("CPU, s", each("cpu", ".2f")),
        ("peak memory, MB", each("memory", ",.0f")),
    ]
    if question.precise:
        columns.insert(1, (f"s to ± {TARGET}", lambda line: _seconds(line.to_target)))
    return columns


def _own(question: Question, beside: Sequence[Line]) -> list[Column]:
    """What only one question asks."""
    if question.name == "options":
        ours = sum(
            value for value, _ in next(x for x in beside if x.peer.ours).found["figures"].values()
        )
        return [("value, of ours", lambda line: f"{100 * _total(line) / ours:.1f} %")]
    truth = [one.found["figures"] for one in beside if one.peer.role == "reference"]
    if question.name == "indices" and truth:

        def error(order: str) -> Callable[[Line], str]:
            return lambda line: "" if line.peer.role else f"{_error(line, truth[0], order):.4f}"

        return [(f"error, {order} order", error(order)) for order in ("first", "total")]
    return []


def _total(line: Line) -> float:
    return float(sum(value for value, _ in line.found["figures"].values()))


def _error(line: Line, truth: Content, order: str) -> float:
    """Root mean square over the inputs of the difference from the reference."""
    names = [name for name in truth if name.startswith(order)]
    away = [line.found["figures"][name][0] - truth[name][0] for name in names]
    return float(np.sqrt(np.mean(np.square(away))))


def _times(ratio: float) -> str:
    if isnan(ratio):
        return ""
    return "1" if ratio == 1.0 else f"{ratio:,.0f} ×" if ratio >= 10.0 else f"{ratio:.2g} ×"


def _round(number: float) -> str:
    """Three digits, so that a figure does not look more exact than it is."""
    return f"{float(f'{number:.3g}'):,.0f}"


def _seconds(number: float) -> str:
    return f"{float(f'{number:.3g}'):,.5g}"


def _since(line: Line) -> str:
    if isnan(line.since):
        return ""
    return f"{line.since:.2f} ×" + (" **slower**" if line.slowed else "")


def _disagreement(line: Line) -> str:
    return (
        f"**{line.peer.label} does not agree with decide**: {line.apart:.1f} combined standard "
        "errors apart. Its times compare nothing."
    )


def _compiling(pymc: Content) -> str:
    return (
        f"Left out of PyMC's time is what a call takes to compile, "
        f"{pymc['extra']['compiling']:.1f} s."
    )


def _aims(found: Content) -> str:
    rows = [
        f"| {aim.text} | {aim.wanted:.0f} | {_times(ratio).removesuffix(' ×')} "
        f"| {'reached' if ratio >= aim.wanted else 'missed'} |"
        for aim, ratio in aims(found)
    ]
    head = "| times as fast | aimed at | measured | |"
    return "\n".join([head, "|---|---|---|---|", *rows])
