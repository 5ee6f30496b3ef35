"""The limits of all checks, and what was reported that runs are held against: one table.

Inside `passes` a figure passes, outside `fails` it fails, between them a person should look; so it
is within two standard errors of either. Money is in USD billion.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from model.numerics.standard_errors import RESOLVED

__all__ = [
    "LIMITS",
    "MARGINS_2026",
    "MARGINS_2030",
    "PARTS_OF_COMPANIES",
    "PURE_PLAY_TYPES",
    "REVENUES_2025",
    "REVENUES_2026",
    "Limit",
    "Reported",
]

#: No lower end, and no end at all.
_NONE = -math.inf
_ANY = (-math.inf, math.inf)


class Limit(NamedTuple):
    """Where a figure passes, and where it fails.

    Attributes
    ----------
    figure, unit : str
        What is held against it, in which unit.
    passes : tuple of float
        Lower and upper end, both included, of what passes.
    fails : tuple of float
        Lower and upper end of what does not fail: infinite where the check can only need review.
    reason : str
        Why there.
    """

    figure: str
    unit: str
    passes: tuple[float, float]
    fails: tuple[float, float]
    reason: str


class Reported(NamedTuple):
    """A figure that was reported, or is known well enough to hold a run against.

    Attributes
    ----------
    value : float
        USD billion, or a fraction of revenue.
    source : str
        Where it is from.
    """

    value: float
    source: str


#: By name, several of which a check may use.
LIMITS: Mapping[str, Limit] = {
    "revenue_ratio": Limit(
        "median revenue over that reported",
        "times the report",
        (1 / 1.5, 1.5),
        (0.5, 2.0),
        "reports differ among themselves by half; a median at twice or half of one is another firm",
    ),
    "reported_percentile": Limit(
        "share of draws below the report",
        "of draws",
        (0.1, 0.9),
        (0.025, 0.975),
        "a report outside the central 80 % of draws was hardly thought possible, and outside the "
        "central 95 % not at all",
    ),
    "margin_2030": Limit(
        "median gross margin less that expected",
        "of revenue",
        (-0.15, 0.15),
        (-0.3, 0.3),
        "half the width of the expected margin's own central 80 % is .15 to .30",
    ),
    "ceiling": Limit(
        "largest market revenue over its ceiling",
        "of the ceiling",
        (_NONE, 1.0 + 1e-9),
        (_NONE, 1.0 + 1e-9),
        "no market is larger than what its buyers can pay; rounding is allowed for",
    ),
    "near_ceiling": Limit(
        "share of draws in which the market exceeds 0.9 of its ceiling",
        "of draws",
        (_NONE, 0.05),
        (_NONE, 0.25),
        "in more than a draw of four the ceiling, and not demand, would be the forecast",
    ),
    "paid_hours": Limit(
        "share of draws with more than 24 hours of paid video a person and day in 2045",
        "of draws",
        (_NONE, 0.02),
        (_NONE, 1 / 3),
        "nobody watches all day; a scenario may say that machines do, or that video costs next to "
        "nothing, but in more than a draw of three price or market is wrong",
    ),
    "own_valuation": Limit(
        "share of draws in which staying is worth more than the company",
        "of draws",
        (_NONE, 0.03),
        (_NONE, 1 / 3),
        "a part is rarely worth more than the whole; a market that breaks out may make it so, but "
        "in more than a draw of three the valuation or the part is wrong",
    ),
    "last_price": Limit(
        "share of draws in which staying is worth more than the last price",
        "of draws",
        (0.05, 0.5),
        _ANY,
        "a price is what a buyer expected: where the draws give it less than one chance in twenty, "
        "or more than an even one, buyer and model disagree, and either may be right",
    ),
    "tail": Limit(
        "part of exit − stay carried by the 1 % of draws where it is largest in size",
        "of exit − stay",
        (-0.25, 0.25),
        _ANY,
        "an average of which one draw in a hundred carries a quarter is a statement about that one",
    ),
    "settled": Limit(
        "rounds that ended because the rules fitted each other: 1 if they did",
        "",
        (1.0, 1.0),
        _ANY,
        "the last round is then still a result, but not one in which every rule fits the others",
    ),
    "resolved": Limit(
        "lead of the best strategy over the next, in standard errors",
        "standard errors",
        (RESOLVED, math.inf),
        _ANY,
        "closer strategies may change places with other draws",
    ),
    "form": Limit(
        "switches of the model's form that reverse the verdict",
        "switches",
        (0.0, 0.0),
        _ANY,
        "a verdict that another form reverses rests on a choice of ours, whatever its error",
    ),
    "unusual": Limit(
        "priors whose median is outside the usual range of its quantity, or a tail far outside",
        "priors",
        (0.0, 0.0),
        _ANY,
        "a rate of 12 for 12 %, or dollars for billions, spoils every figure; or it is meant",
    ),
    "residual": Limit(
        "player-years whose presence the rules found would still change",
        "of player-years",
        (_NONE, 0.05),
        _ANY,
        "the rules of rivals then fit each other in nineteen player-years of twenty",
    ),
}

#: Video revenue of 2026; OpenAI's had it stayed.
REVENUES_2026: Mapping[str, Reported] = {
    "openai": Reported(0.05, "2.1 million in the app, and an API whose sales nobody reports"),
    "google": Reported(0.3, "estimate: with ByteDance 0.3 to 0.8; no revenue is reported"),
    "kuaishou": Reported(0.45, "annualized 240 million in December 2025, rising"),
    "bytedance": Reported(0.3, "estimate: with Google 0.3 to 0.8; no revenue is reported"),
    "runway": Reported(0.17, "over 90 million annualized in June 2025, 40 more in a quarter"),
    "minimax": Reported(0.045, "17.5 million in nine months of 2025, growing by four fifths"),
    "pika": Reported(0.03, "estimate from the unverified 0.4 to 0.9 of all small vendors"),
    "adobe": Reported(0.1, "part of Firefly's 250 million annualized in early 2026 that is video"),
}

#: Video revenue of 2025.
REVENUES_2025: Mapping[str, Reported] = {
    "kuaishou": Reported(
        0.15, "guidance of 125 million; annualized 100 million in March, 240 million in December"
    ),
    "runway": Reported(0.09, "over 90 million annualized in June 2025"),
    "minimax": Reported(0.023, "17.5 million of Hailuo in the first nine months of 2025"),
}

#: Gross margin of 2026.
MARGINS_2026: Mapping[str, Reported] = {
    "openai": Reported(-0.3, "price of a second of Sora against its cost of compute in early 2026"),
}

#: Gross margin expected of 2030: medians of judgement, given margins of 2026 and like businesses.
MARGINS_2030: Mapping[str, Reported] = {
    "openai": Reported(0.2, "judgement, from −30 % in 2026"),
    "google": Reported(0.48, "judgement, from the cost advantage of its own chips"),
    "kuaishou": Reported(0.36, "judgement: gross profit is positive in 2025"),
    "bytedance": Reported(0.35, "judgement, as Kuaishou"),
    "runway": Reported(0.3, "judgement, as a vendor that rents its compute"),
    "minimax": Reported(0.24, "judgement, from the group's 25 % in 2025"),
    "pika": Reported(0.1, "judgement, as the smallest vendor"),
    "adobe": Reported(0.6, "judgement: video within a suite of high margin"),
}

#: Types whose players' whole company is the video business; of them, who does much else.
PURE_PLAY_TYPES: frozenset[str] = frozenset({"pure_play"})
PARTS_OF_COMPANIES: frozenset[str] = frozenset({"minimax"})
