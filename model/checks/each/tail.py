"""No lead hangs on one draw in a hundred."""

import numpy as np

from model.analyses.results.checks import CheckPart, CheckResult
from model.analyses.results.record import Figure
from model.checks.check import Check, judge, of_players, strain
from model.checks.context import Context
from model.checks.limits import LIMITS
from model.checks.wording import estimate, money

__all__ = ["CHECK"]

_LIMIT = LIMITS["tail"]


def _run(context: Context) -> CheckResult:
    parts, strains = [], []
    for player, entry in context.decision["players"].items():
        tail = entry["tail"]
        share = _figure(tail["share_of_lead"], tail["share_of_lead_mcse"])
        sentence = (
            f"{entry['label']}: one draw in a hundred carries {estimate(share)} of exit − "
            f"stay, where under 25 % is expected; without it exit − stay is "
            f"{money(tail['mean_without'])}, with it {money(entry['exit_minus_stay']['mean'])}."
        )
        parts.append(CheckPart(player, judge(share, _LIMIT), share, sentence))
        strains.append(strain(share, _LIMIT))
    passing = "No more than a quarter of exit − stay comes from one draw in a hundred."
    return of_players(CHECK, _LIMIT.unit, parts, strains, passing)


def _figure(value: float | None, mcse: float | None) -> Figure:
    return Figure(np.nan if value is None else value, np.nan if mcse is None else mcse)


CHECK = Check(
    name="tail",
    title="What the far draws carry",
    place=100,
    limits=("tail",),
    applies=lambda context: all("tail" in one for one in context.decision["players"].values()),
    otherwise="The decision is of an older version, which does not say what the far draws carry.",
    run=_run,
)
