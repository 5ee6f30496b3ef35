"""The market never passes its ceiling."""

import numpy as np

from model.analyses.results.checks import CheckResult
from model.analyses.results.record import Figure
from model.checks.check import Check, judge
from model.checks.context import Context
from model.checks.limits import LIMITS
from model.checks.wording import percent

__all__ = ["CHECK"]

_LIMIT = LIMITS["ceiling"]


def _run(context: Context) -> CheckResult:
    largest = Figure(float(context.drawn("ceiling_reached").max()), np.nan)
    verdict = judge(largest, _LIMIT)
    sentence = (
        "The market never exceeds its ceiling."
        if verdict == "pass"
        else f"In some draw the market reaches {percent(largest.value)} of its ceiling."
    )
    return CheckResult(CHECK.name, CHECK.title, verdict, largest, _LIMIT.unit, sentence)


CHECK = Check(
    name="ceiling",
    title="Market below its ceiling",
    place=50,
    limits=("ceiling",),
    applies=lambda context: context.states("market.ceiling"),
    otherwise="The priors are of the first edition, which knows no ceiling of the market.",
    run=_run,
)
