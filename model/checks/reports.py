"""Checks of what was reported: draws of a player's revenue or margin beside the report."""

from collections.abc import Callable, Mapping

from model.analyses.results.checks import CheckPart, CheckResult
from model.analyses.results.record import Figure
from model.checks.check import Check, judge, of_players, strain, worst
from model.checks.context import Context
from model.checks.limits import LIMITS, Reported
from model.checks.wording import money, percent

__all__ = ["any_reported", "revenue"]

_RATIO, _PERCENTILE = LIMITS["revenue_ratio"], LIMITS["reported_percentile"]


def any_reported(reports: Mapping[str, Reported]) -> Callable[[Context], bool]:
    """Whether a run has a player of whom something was reported.

    Parameters
    ----------
    reports : mapping
        Player to what was reported.

    Returns
    -------
    callable
        (context) to bool.
    """
    return lambda context: any(player in reports for player in context.players)


def revenue(
    check: Check, context: Context, year: int, reports: Mapping[str, Reported]
) -> CheckResult:
    """Hold the revenues of a year against the reports.

    Parameters
    ----------
    check : Check
        Whose result it is.
    context : Context
        The run.
    year : {2025, 2026}
        Of the revenue.
    reports : mapping
        Player to what was reported, USD billion.

    Returns
    -------
    CheckResult
        Its figure is the median over the report.
    """
    parts, strains = [], []
    for player in (name for name in context.players if name in reports):
        part, near = _part(context, player, year, reports[player].value)
        parts.append(part)
        strains.append(near)
    passing = (
        f"In the median draw every player's revenue of {year} is within a factor of 1.5 of what "
        "was reported or is estimated, and that lies inside the central 80 % of draws."
    )
    return of_players(check, _RATIO.unit, parts, strains, passing)


def _part(context: Context, player: str, year: int, report: float) -> tuple[CheckPart, float]:
    values = context.drawn(f"revenue_{year}", player)
    median = context.median(values)
    ratio = Figure(median.value / report, median.mcse / report)
    below = context.share(values < report)
    sentence = (
        f"{context.labels[player]}: revenue of {year} is {money(median.value)} in the median draw, "
        f"{ratio.value:.2f} times the {money(report)} reported or estimated, which exceeds "
        f"{percent(below.value)} of draws."
    )
    verdict = worst((judge(ratio, _RATIO), judge(below, _PERCENTILE)))
    near = max(strain(ratio, _RATIO), strain(below, _PERCENTILE))
    return CheckPart(player, verdict, ratio, sentence), near
