"""No prior is of a size that its quantity rarely has."""

import numpy as np

from model.analyses.results.checks import CheckResult
from model.analyses.results.record import Figure
from model.checks.check import Check, judge
from model.checks.context import Context
from model.checks.limits import LIMITS
from model.simulation.run_attributes import unusual_of

__all__ = ["CHECK"]

_LIMIT = LIMITS["unusual"]


def _run(context: Context) -> CheckResult:
    count, named = unusual_of(context.run.attrs) or (0, [])
    figure = Figure(float(count), np.nan)
    more = [f"and {count - len(named):,} more"] if count > len(named) else []
    sentence = (
        f"Most often a slip of the unit or of a zero: {'; '.join([*named, *more])}."
        if count
        else "Every prior is of a size that its quantity usually has."
    )
    verdict = judge(figure, _LIMIT)
    return CheckResult(CHECK.name, CHECK.title, verdict, figure, _LIMIT.unit, sentence)


CHECK = Check(
    name="usual_priors",
    title="Priors of usual size",
    place=140,
    limits=("unusual",),
    applies=lambda context: "unusual" in context.run.attrs,
    otherwise="No command of today made the run: it does not say which priors are of unusual size.",
    run=_run,
)
