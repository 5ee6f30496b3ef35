"""What a check is, and how a figure is held against its limit."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from model.analyses.results.checks import CheckPart, CheckResult, Verdict
from model.analyses.results.record import Figure
from model.checks.context import Context
from model.checks.limits import Limit
from model.numerics.standard_errors import RESOLVED

__all__ = ["Check", "judge", "of_players", "strain", "worst"]

#: From the best to the worst.
_ORDER: tuple[Verdict, ...] = ("pass", "review", "fail")


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a run.

    Attributes
    ----------
    name, title : str
        Its name, that of its file; and what readers call it.
    place : int
        Where it stands in lists.
    limits : tuple of str
        Names of the limits that it uses.
    applies : callable
        (context) to whether the run gives occasion for it.
    otherwise : str
        What is said where it does not.
    run : callable
        (context) to its result.
    """

    name: str
    title: str
    place: int
    limits: tuple[str, ...]
    applies: Callable[[Context], bool]
    otherwise: str
    run: Callable[[Context], CheckResult]


def judge(figure: Figure, limit: Limit) -> Verdict:
    """Hold a figure against a limit.

    Parameters
    ----------
    figure : Figure
        In the limit's unit; one without an error, NaN, is taken as exact.
    limit : Limit
        Where it passes and where it fails.

    Returns
    -------
    {"pass", "review", "fail"}
        ``review`` between the two, within two standard errors of either, and where there is no
        figure.
    """
    room = RESOLVED * figure.mcse if math.isfinite(figure.mcse) else 0.0
    low, high = limit.passes
    if low <= figure.value - room and figure.value + room <= high:
        return "pass"
    low, high = limit.fails
    return "fail" if figure.value + room < low or figure.value - room > high else "review"


def strain(figure: Figure, limit: Limit) -> float:
    """How near a figure is to the end of what passes: 1 at an end, 0 in the middle or at 0.

    Parameters
    ----------
    figure : Figure
        In the limit's unit.
    limit : Limit
        Whose upper end of what passes is finite.

    Returns
    -------
    float
        Infinite where there is no figure.
    """
    low, high = limit.passes
    middle = (low + high) / 2.0 if math.isfinite(low) else 0.0
    found = abs(figure.value - middle) / (high - middle)
    return found if math.isfinite(found) else math.inf


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several verdicts.

    Parameters
    ----------
    verdicts : iterable of {"pass", "review", "fail"}
        One at least.

    Returns
    -------
    {"pass", "review", "fail"}
    """
    return max(verdicts, key=_ORDER.index)


def of_players(
    check: Check,
    unit: str,
    parts: Sequence[CheckPart],
    strains: Sequence[float],
    passing: str,
) -> CheckResult:
    """The result of a check of players from its parts.

    Parameters
    ----------
    check : Check
        Whose it is.
    unit : str
        Of the figures.
    parts : sequence of CheckPart
        One at least.
    strains : sequence of float
        How near each is to its limit.
    passing : str
        The sentence where all pass; otherwise those of the parts that do not.

    Returns
    -------
    CheckResult
        With the figure of the worst part: of several, that of the greatest strain.
    """
    verdict = worst(part.verdict for part in parts)
    among = [place for place, part in enumerate(parts) if part.verdict == verdict]
    shown = parts[max(among, key=lambda place: strains[place])]
    others = [part.sentence for part in parts if part.verdict != "pass"]
    return CheckResult(
        check.name,
        check.title,
        verdict,
        shown.figure,
        unit,
        " ".join(others) if others else passing,
        parts,
    )
