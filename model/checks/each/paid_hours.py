"""People do not pay for more video than a day has hours."""

from model.analyses.results.checks import CheckResult
from model.checks.check import Check, judge
from model.checks.context import Context
from model.checks.limits import LIMITS
from model.checks.wording import estimate

__all__ = ["CHECK"]

_LIMIT = LIMITS["paid_hours"]
_DAY = 24.0


def _run(context: Context) -> CheckResult:
    share = context.share(context.drawn("paid_hours_2045") > _DAY)
    verdict = judge(share, _LIMIT)
    sentence = (
        "More than 24 hours of paid video a person and day are sold in 2045 in "
        f"{estimate(share)} of draws; expected: under 2 %."
    )
    if verdict != "pass":
        sentence += (
            " Very cheap video or a very large market brings this about: believe it only where the "
            "priors mean to say so."
        )
    return CheckResult(CHECK.name, CHECK.title, verdict, share, _LIMIT.unit, sentence)


CHECK = Check(
    name="paid_hours",
    title="Hours of paid video a day",
    place=70,
    limits=("paid_hours",),
    applies=lambda context: bool(context.players),
    otherwise="The run has no players.",
    run=_run,
)
