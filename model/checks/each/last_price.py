"""What staying is worth is seen beside the last price paid."""

from model.analyses.marks import MARKS
from model.analyses.results.checks import CheckPart, CheckResult
from model.checks.check import Check, judge, of_players, strain
from model.checks.context import Context
from model.checks.limits import LIMITS
from model.checks.reports import any_reported
from model.checks.wording import estimate, money

__all__ = ["CHECK"]

_LIMIT = LIMITS["last_price"]


def _run(context: Context) -> CheckResult:
    parts, strains = [], []
    for player in (name for name in context.players if name in MARKS):
        price, source = MARKS[player]
        worth = context.staying(player)
        share = context.share(worth > price)
        sentence = (
            f"{context.labels[player]}: staying is worth {money(float(worth.mean()))} on average, "
            f"and more than the last price of {money(price)} ({source}) in {estimate(share)} "
            "of draws; expected: 5 to 50 %."
        )
        parts.append(CheckPart(player, judge(share, _LIMIT), share, sentence))
        strains.append(strain(share, _LIMIT))
    passing = " ".join(part.sentence for part in parts)
    return of_players(CHECK, _LIMIT.unit, parts, strains, passing)


CHECK = Check(
    name="last_price",
    title="Staying beside the last price paid",
    place=90,
    limits=("last_price",),
    applies=any_reported(MARKS),
    otherwise="No price is known at which the video business of a player changed hands.",
    run=_run,
)
