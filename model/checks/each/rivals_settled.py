"""The rules of rivals who respond fit each other."""

import math

import numpy as np

from model.analyses.results.checks import CheckResult
from model.analyses.results.record import Figure
from model.checks.check import Check, judge, worst
from model.checks.context import Context
from model.checks.limits import LIMITS
from model.checks.wording import percent

__all__ = ["CHECK"]

_LIMIT = LIMITS["residual"]


def _run(context: Context) -> CheckResult:
    found = context.run.attrs
    residual = Figure(float(found["residual"]), np.nan)
    settled = bool(found["settled"])
    move = float(found["last_move_mcse"])
    moved = (
        f"moved an expected NPV by up to {move:.2g} standard errors"
        if math.isfinite(move)
        else "moved an expected NPV that has no standard error"
    )
    sentence = (
        f"What rivals do {'has settled' if settled else 'is not settled'} after "
        f"{int(found['rounds'])} rounds: the last {moved}, and the rules found would still "
        f"change who is there in {percent(residual.value)} of player-years."
    )
    verdict = worst((judge(residual, _LIMIT), "pass" if settled else "review"))
    return CheckResult(CHECK.name, CHECK.title, verdict, residual, _LIMIT.unit, sentence)


CHECK = Check(
    name="rivals_settled",
    title="What rivals do is settled",
    place=110,
    limits=("settled", "residual"),
    applies=lambda context: context.run.attrs.get("rivals") == "respond",
    otherwise="Rivals stay in this run, so there are no rounds that could settle.",
    run=_run,
)
