"""The market is rarely near its ceiling."""

from model.analyses.results.checks import CheckResult
from model.checks.check import Check, judge
from model.checks.context import Context
from model.checks.limits import LIMITS
from model.checks.wording import estimate

__all__ = ["CHECK"]

_LIMIT = LIMITS["near_ceiling"]
#: Part of the ceiling from which on the market is near it.
_NEAR = 0.9


def _run(context: Context) -> CheckResult:
    share = context.share(context.drawn("ceiling_reached") > _NEAR)
    sentence = (
        f"The market exceeds 90 % of its ceiling in some year in {estimate(share)} of draws; "
        "expected: under 5 %."
    )
    verdict = judge(share, _LIMIT)
    return CheckResult(CHECK.name, CHECK.title, verdict, share, _LIMIT.unit, sentence)


CHECK = Check(
    name="near_ceiling",
    title="Market near its ceiling",
    place=60,
    limits=("near_ceiling",),
    applies=lambda context: context.states("market.ceiling"),
    otherwise="The priors are of the first edition, which knows no ceiling of the market.",
    run=_run,
)
