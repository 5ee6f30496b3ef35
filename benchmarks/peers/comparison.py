"""From what was measured to ratios: how many times as fast, and whether the answers agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot, inf, nan
from typing import Any

import numpy as np

from benchmarks.peers.catalog import PEERS, Peer, Question

__all__ = ["AIMS", "SLOWED", "TARGET", "Aim", "Line", "aims", "lines"]

#: Standard error that times are given to: USD billion, of exit − stay of `SHOWN`.
TARGET = 0.01
SHOWN = ("openai", "one line")
#: Combined standard errors by which answers may differ, and of how many of the indices.
_AGREES, _LARGEST = 4.0, 5
#: A figure that takes so many times as long as the last time is marked.
SLOWED = 1.25

type Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One peer beside ours.

    Attributes
    ----------
    peer : Peer
        Which.
    found : mapping
        What was measured.
    per_draw, per_draw_cpu : float
        Time a draw over ours, by the clock and by processors.
    per_precision : float
        Time to a given standard error over ours: the median over all figures; NaN where errors are
        not comparable.
    to_target : float
        Seconds to `TARGET`; NaN as above.
    apart : float
        The largest difference from ours in combined standard errors.
    agrees : bool
        Whether that is what chance explains.
    since : float
        Time a draw over that of the last run on this machine; NaN without one.
    """

    peer: Peer
    found: Content
    per_draw: float
    per_draw_cpu: float
    per_precision: float
    to_target: float
    apart: float
    agrees: bool
    since: float

    @property
    def slowed(self) -> bool:
        """Whether it takes longer than the last time, beyond `SLOWED`."""
        return self.since > SLOWED


@dataclass(frozen=True, slots=True)
class Aim:
    """How many times as fast ours is meant to be."""

    text: str
    wanted: float
    peers: tuple[str, ...]
    precision: bool = False


AIMS: tuple[Aim, ...] = (
    Aim("a draw, against PyMC", 400.0, ("pymc",)),
    Aim("a draw, against squigglepy + NumPy", 10.0, ("squigglepy",)),
    Aim(
        "a given standard error, against the best of them",
        50.0,
        ("numpy", "pymc", "squigglepy"),
        precision=True,
    ),
)


def lines(question: Question, found: Content, before: Content) -> list[Line]:
    """Every measured peer of a question beside ours.

    Parameters
    ----------
    question : Question
        Which.
    found : mapping
        From `measured`.
    before : mapping
        From `earlier`.

    Returns
    -------
    list of Line
        Empty where ours was not measured.
    """
    peers = [one for one in PEERS if one.question == question.name and _there(found, one.name)]
    ours = next((found[one.name] for one in peers if one.ours), None)
    if ours is None:
        return []
    return [_line(question, one, found[one.name], ours, before) for one in peers]


def _there(found: Content, name: str) -> bool:
    return name in found and "skipped" not in found[name]


def _line(question: Question, peer: Peer, one: Content, ours: Content, before: Content) -> Line:
    apart = _apart(question, one["figures"], ours["figures"])
    last = before.get(peer.name)
    return Line(
        peer,
        one,
        _per_draw(one, ours),
        _each(one, "cpu") / _each(ours, "cpu"),
        _per_precision(one, ours) if question.precise else nan,
        _to_target(one) if question.precise else nan,
        apart,
        apart <= _AGREES,
        _each(one) / _each(last) if last else nan,
    )


def _each(one: Content, clock: str = "wall") -> float:
    """Seconds a draw."""
    return float(one[clock] / one["draws"])


def _per_draw(one: Content, ours: Content) -> float:
    return _each(one) / _each(ours)


def _per_precision(one: Content, ours: Content) -> float:
    ratios: list[float] = [
        one["wall"] * error**2 / (ours["wall"] * ours["figures"][name][1] ** 2)
        for name, (_, error) in one["figures"].items()
    ]
    return float(np.median(ratios))


def _to_target(one: Content) -> float:
    errors = [error for name, (_, error) in one["figures"].items() if name in SHOWN]
    return float(one["wall"]) * float(errors[0] / TARGET) ** 2


def _apart(question: Question, figures: Content, ours: Content) -> float:
    """The largest difference in combined errors, of what must agree."""
    names = list(ours)
    if question.name == "indices":
        names = sorted(names, key=lambda name: -ours[name][0])[:_LARGEST]
    away: list[float] = [
        (figures[name][0] - ours[name][0]) / (hypot(figures[name][1], ours[name][1]) or inf)
        for name in names
    ]
    # each rule's value is below the best rule's, but for the little that it gains from having seen
    # its own draws: only a much larger one would be wrong
    return max(away) if question.name == "options" else max(map(abs, away))


def aims(found: Content) -> list[tuple[Aim, float]]:
    """What is aimed at, beside what was measured.

    Parameters
    ----------
    found : mapping
        From `measured`.

    Returns
    -------
    list of tuple
        Of each aim all of whose peers were measured: it, and how many times as fast ours was.
    """
    reached = []
    for aim in AIMS:
        if _there(found, "decide") and all(_there(found, name) for name in aim.peers):
            of = _per_precision if aim.precision else _per_draw
            reached.append((aim, min(of(found[name], found["decide"]) for name in aim.peers)))
    return reached
