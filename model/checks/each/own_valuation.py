"""What is a part of a company is rarely worth more than the company."""

from model.analyses.results.checks import CheckPart, CheckResult
from model.checks.check import Check, judge, of_players, strain
from model.checks.context import Context
from model.checks.limits import LIMITS, PARTS_OF_COMPANIES, PURE_PLAY_TYPES
from model.checks.wording import estimate

__all__ = ["CHECK"]

_LIMIT = LIMITS["own_valuation"]


def _parts_of_companies(context: Context) -> list[str]:
    """Players of which video is a part."""
    return [
        name
        for name in context.players
        if context.types[name] not in PURE_PLAY_TYPES or name in PARTS_OF_COMPANIES
    ]


def _run(context: Context) -> CheckResult:
    parts, strains = [], []
    for player in _parts_of_companies(context):
        whole = context.quantity("player.valuation", player)
        share = context.share(context.staying(player) > whole)
        sentence = (
            f"{context.labels[player]}: staying is worth more than the whole company in "
            f"{estimate(share)} of draws; expected: under 3 %."
        )
        parts.append(CheckPart(player, judge(share, _LIMIT), share, sentence))
        strains.append(strain(share, _LIMIT))
    passing = (
        "Where video is a part of a company, staying is worth more than the whole company in under "
        "3 % of draws."
    )
    return of_players(CHECK, _LIMIT.unit, parts, strains, passing)


CHECK = Check(
    name="own_valuation",
    title="Staying beside the company's valuation",
    place=80,
    limits=("own_valuation",),
    applies=lambda context: bool(_parts_of_companies(context)),
    otherwise="Video is the whole company of every player of this run.",
    run=_run,
)
