"""Gross margins of 2026 leave room for what was reported."""

from model.analyses.results.checks import CheckPart, CheckResult
from model.checks.check import Check, judge, of_players, strain
from model.checks.context import Context
from model.checks.limits import LIMITS, MARGINS_2026
from model.checks.reports import any_reported
from model.checks.wording import estimate, percent

__all__ = ["CHECK"]

_LIMIT = LIMITS["reported_percentile"]


def _run(context: Context) -> CheckResult:
    parts, strains = [], []
    for player in (name for name in context.players if name in MARGINS_2026):
        report = MARGINS_2026[player].value
        below = context.share(context.drawn("gross_margin_2026", player) < report)
        sentence = (
            f"{context.labels[player]}: the gross margin of 2026 is below the {percent(report)} "
            f"reported in {estimate(below)} of draws."
        )
        parts.append(CheckPart(player, judge(below, _LIMIT), below, sentence))
        strains.append(strain(below, _LIMIT))
    passing = "The gross margins reported of 2026 lie inside the central 80 % of draws."
    return of_players(CHECK, _LIMIT.unit, parts, strains, passing)


CHECK = Check(
    name="gross_margin_2026",
    title="Gross margins of 2026",
    place=30,
    limits=("reported_percentile",),
    applies=any_reported(MARGINS_2026),
    otherwise="No gross margin of 2026 is known of any player of this run.",
    run=_run,
)
