"""Revenues of 2026 are near what was reported."""

from model.analyses.results.checks import CheckResult
from model.checks.check import Check
from model.checks.context import Context
from model.checks.limits import REVENUES_2026
from model.checks.reports import any_reported, revenue

__all__ = ["CHECK"]


def _run(context: Context) -> CheckResult:
    return revenue(CHECK, context, 2026, REVENUES_2026)


CHECK = Check(
    name="revenue_2026",
    title="Revenues of 2026",
    place=10,
    limits=("revenue_ratio", "reported_percentile"),
    applies=any_reported(REVENUES_2026),
    otherwise="No revenue of 2026 is known of any player of this run.",
    run=_run,
)
