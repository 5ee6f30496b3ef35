"""Revenues of 2025 are near what was reported."""

from model.analyses.results.checks import CheckResult
from model.checks.check import Check
from model.checks.context import Context
from model.checks.limits import REVENUES_2025
from model.checks.reports import any_reported, revenue

__all__ = ["CHECK"]


def _run(context: Context) -> CheckResult:
    return revenue(CHECK, context, 2025, REVENUES_2025)


CHECK = Check(
    name="revenue_2025",
    title="Revenues of 2025",
    place=20,
    limits=("revenue_ratio", "reported_percentile"),
    applies=any_reported(REVENUES_2025),
    otherwise="No revenue of 2025 is known of any player of this run.",
    run=_run,
)
