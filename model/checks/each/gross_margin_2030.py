"""Median gross margins of 2030 are near those expected."""

from model.analyses.results.checks import CheckPart, CheckResult
from model.analyses.results.record import Figure
from model.checks.check import Check, judge, of_players, strain
from model.checks.context import Context
from model.checks.limits import LIMITS, MARGINS_2030
from model.checks.reports import any_reported
from model.checks.wording import percent

__all__ = ["CHECK"]

_LIMIT = LIMITS["margin_2030"]


def _run(context: Context) -> CheckResult:
    parts, strains = [], []
    for player in (name for name in context.players if name in MARGINS_2030):
        expected = MARGINS_2030[player].value
        median = context.median(context.drawn("gross_margin_2030", player))
        distance = Figure(median.value - expected, median.mcse)
        sentence = (
            f"{context.labels[player]}: the gross margin of 2030 is {percent(median.value)} in the "
            f"median draw, {percent(expected)} is expected."
        )
        parts.append(CheckPart(player, judge(distance, _LIMIT), distance, sentence))
        strains.append(strain(distance, _LIMIT))
    passing = "Median gross margins of 2030 are within 15 points of those expected."
    return of_players(CHECK, _LIMIT.unit, parts, strains, passing)


CHECK = Check(
    name="gross_margin_2030",
    title="Gross margins of 2030",
    place=40,
    limits=("margin_2030",),
    applies=any_reported(MARGINS_2030),
    otherwise="No gross margin of 2030 is expected of any player of this run.",
    run=_run,
)
