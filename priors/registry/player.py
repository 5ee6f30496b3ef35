"""The quantities of a player: one value a draw and player.

Usual ranges are the medians of the shipped files, widened by a factor of about two to five either
way, further where the evidence differs more; from zero where "none" is a sane answer; within the
support.
"""

from math import inf

from priors.registry.quantity import FLOW, MONEY, YEARLY, Quantity, at_least_zero, positive, share

__all__ = ["PLAYER_QUANTITIES"]

# The order fixes each quantity's dimension in the sampler. Those of files of the first edition are
# counted without the quantities that it lacks: see `selection`.
PLAYER_QUANTITIES: tuple[Quantity, ...] = (
    at_least_zero(
        "player.attractiveness",
        "Own attractiveness",
        "1",
        (0.002, 1.0),
        "long-run weight in the market-share contest",
    ),
    at_least_zero(
        "player.weight_2026",
        "Own weight in 2026",
        "1",
        (0.005, 1.0),
        "weight in the market-share contest of 2026, as its revenue shows it",
        neutral="attractiveness",
    ),
    positive(
        "player.cost_ratio",
        "Own cost ratio",
        "1",
        (0.2, 3.0),
        "own compute cost of a second of video over the renter's",
    ),
    positive(
        "player.price_premium",
        "Own price premium",
        "1",
        (0.3, 4.0),
        "own price over the market's in 2026; it fades with the cost gap",
    ),
    at_least_zero(
        "player.consumer_subsidy_2026",
        "Subsidy in 2026",
        FLOW,
        (0.0, 10.0),
        "compute given away by the consumer app in 2026",
    ),
    at_least_zero(
        "player.fixed_cost",
        "Fixed cost",
        FLOW,
        (0.01, 3.0),
        "frontier training, staff, safety in 2026 that leaving really saves",
    ),
    at_least_zero(
        "player.synergy",
        "Synergy with the core",
        "1",
        (0.0, 1.0),
        "core profit per dollar of video revenue beyond what reselling a rival's model would keep",
    ),
    at_least_zero(
        "player.compute_opportunity",
        "Worth of scarce compute",
        "1",
        (0.0, 2.0),
        "core profit lost per dollar of compute that video uses, beyond its cost",
    ),
    at_least_zero(
        "player.legal_loss",
        "Legal losses",
        FLOW,
        (0.0, 0.2),
        "expected copyright and deepfake losses that leaving avoids",
    ),
    share(
        "player.robotics_capture",
        "Robotics share",
        "1",
        (0.0, 0.3),
        "share of the robotics profit pool",
    ),
    at_least_zero(
        "player.robotics_uplift",
        "Robotics uplift from exit",
        "1",
        (0.0, 1.0),
        "relative rise of that share when video's people and compute move over",
    ),
    share(
        "player.robotics_complement",
        "Robotics loss from exit",
        "1",
        (0.0, 0.8),
        "share of it lost by leaving video",
    ),
    share(
        "player.api_share",
        "Share kept by API only",
        "1",
        (0.05, 0.95),
        "weight in the contest kept by api_only, relative to stay",
    ),
    share(
        "player.api_fixed",
        "Fixed cost of API only",
        "1",
        (0.2, 1.0),
        "fixed cost of api_only, relative to stay",
    ),
    share(
        "player.api_scope",
        "Burden of API only",
        "1",
        (0.05, 0.8),
        "legal and IPO burden of api_only, and what it holds back from robotics, relative to stay",
    ),
    # Its lower end follows from valuation.terminal_growth: see priors.reading.resolve.
    Quantity(
        "player.discount_rate",
        "Discount rate",
        YEARLY,
        -0.09,
        inf,
        (0.05, 0.35),
        "cost of capital before tax, as the flows are",
        lower_open=True,
    ),
    at_least_zero(
        "player.valuation",
        "Valuation",
        MONEY,
        (0.1, 10_000.0),
        "valuation at the decision",
    ),
    share(
        "player.ipo_exposure",
        "Exposure to the IPO",
        "1",
        (0.0, 1.0),
        "1: a pre-IPO company whose listing is at stake; 0: listed, or none planned",
    ),
    at_least_zero(
        "player.trust_loss",
        "Developers’ trust lost",
        MONEY,
        (0.0, 0.3),
        "present value of developers lost elsewhere when an API is pulled",
    ),
    at_least_zero(
        "player.salvage",
        "Salvage",
        MONEY,
        (0.0, 3.0),
        "sale of team, IP or company on exit: what is sold cannot be used elsewhere",
    ),
    at_least_zero(
        "player.exit_cost",
        "Cost of exit",
        MONEY,
        (0.0, 1.0),
        "contracts, refunds, severance on exit",
    ),
    # 1e6 stands for funds without limit.
    at_least_zero(
        "player.funding",
        "Funding",
        MONEY,
        (0.05, 1e6),
        "cumulative cash burn that can be financed",
    ),
    share(
        "player.distress_recovery",
        "Recovery in distress",
        "1",
        (0.05, 0.9),
        "share of salvage recovered when funding runs out",
    ),
    at_least_zero(
        "player.reentry_cost",
        "Cost of coming back",
        MONEY,
        (0.05, 3.0),
        "cost of coming back, at 2026 prices",
    ),
    share(
        "player.reentry_share",
        "Share on coming back",
        "1",
        (0.0, 0.9),
        "share regained on coming back at once, relative to stay",
    ),
)
