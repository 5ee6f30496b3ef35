"""The quantities of the industry: one value a draw.

Usual ranges are the medians of the shipped files, widened by a factor of about two to five either
way, further where the evidence differs more; from zero where "none" is a sane answer; within the
support.
"""

from math import inf

from priors.registry.quantity import FLOW, YEARLY, Quantity, at_least_zero, positive, share

__all__ = ["GLOBAL_QUANTITIES"]

# The order fixes each quantity's dimension in the sampler: new ones go to the end.
GLOBAL_QUANTITIES: tuple[Quantity, ...] = (
    positive(
        "market.size_2025",
        "Market in 2025",
        FLOW,
        (0.2, 4.0),
        "revenue of the whole AI-video industry in 2025",
    ),
    positive(
        "market.size_2033",
        "Market in 2033",
        FLOW,
        (1.0, 300.0),
        "revenue of the whole AI-video industry in 2033",
    ),
    positive(
        "market.growth_fade",
        "Fading of market growth",
        "1/year",
        (0.1, 1.0),
        "rate at which log growth of the market fades",
    ),
    positive(
        "market.subsidy_half_life",
        "Half-life of subsidy",
        "years",
        (0.3, 5.0),
        "half-life of the consumer subsidy",
    ),
    share(
        "market.fixed_cost_elasticity",
        "Growth of fixed cost",
        "1",
        (0.1, 0.9),
        "how fixed cost grows with the market",
    ),
    positive(
        "compute.unit_cost_2026",
        "Compute cost in 2026",
        "USD/second",
        (0.01, 0.5),
        "compute cost of a second of video in 2026 for a lab that rents GPUs",
    ),
    share(
        "compute.chip_cost_decline",
        "Fall of chip cost",
        YEARLY,
        (0.05, 0.5),
        "fall of the cost of a unit of compute",
        below_one=True,
    ),
    share(
        "compute.efficiency_gain",
        "Gain in efficiency",
        YEARLY,
        (0.1, 0.9),
        "fall of the compute that a second of video needs",
        below_one=True,
    ),
    at_least_zero(
        "compute.quality_creep",
        "Creep of quality",
        YEARLY,
        (0.05, 1.5),
        "rise of the compute that a second of video needs, from resolution, length, control",
    ),
    positive(
        "compute.scarcity_half_life",
        "Half-life of scarcity",
        "years",
        (0.5, 10.0),
        "half-life of compute scarcity in the core business",
    ),
    positive(
        "compute.cost_gap_half_life",
        "Half-life of cost gap",
        "years",
        (1.0, 15.0),
        "half-life of a player's cost gap to the cheapest supplier",
    ),
    positive(
        "competition.price_2026",
        "Price in 2026",
        "USD/second",
        (0.02, 0.6),
        "average price of a second of video in 2026",
    ),
    at_least_zero(
        "competition.markup",
        "Long-run markup",
        "1",
        (0.05, 2.0),
        "long-run markup over the industry's average cost",
    ),
    positive(
        "competition.commoditization_rate",
        "Speed of commoditization",
        "1/year",
        (0.5, 10.0),
        "speed at which price chases average cost plus markup; its inverse is the lag in years",
    ),
    at_least_zero(
        "competition.lock_in",
        "Lock-in",
        "1/year",
        (0.1, 2.0),
        "loss of a returning player's share per year away and unit of the largest rival's share",
    ),
    at_least_zero(
        "competition.fringe_attractiveness",
        "Attractiveness of the fringe",
        "1",
        (0.05, 2.0),
        "attractiveness of everyone who is no player and is paid, hosts of open weights included",
    ),
    Quantity(
        "competition.fringe_growth",
        "Growth of the fringe",
        YEARLY,
        -1.0,
        inf,
        (-0.1, 0.2),
        "growth of the fringe's attractiveness",
        lower_open=True,
    ),
    positive(
        "robotics.years_to_revenue",
        "Years to robotics revenue",
        "years",
        (1.0, 40.0),
        "from the decision to the first material world-model revenue in robotics",
    ),
    Quantity(
        "robotics.success",
        "Robotics succeeds",
        "0 or 1",
        0.0,
        1.0,
        (0.0, 1.0),
        "whether robotics revenue comes at all",
        event=True,
    ),
    at_least_zero(
        "robotics.profit_pool",
        "Robotics profit pool",
        FLOW,
        (1.0, 100.0),
        "industry profit at maturity that world models can claim",
    ),
    positive(
        "robotics.ramp_years",
        "Years of robotics ramp",
        "years",
        (2.0, 25.0),
        "time from first robotics revenue to maturity",
    ),
    share(
        "ipo.valuation_impact",
        "Impact on IPO valuation",
        "fraction",
        (0.0, 0.05),
        "fall of the IPO valuation while carrying loss-making video",
    ),
    at_least_zero(
        "ipo.delay_years",
        "Delay of IPO",
        "years",
        (0.0, 2.0),
        "how much later the IPO comes",
    ),
    at_least_zero(
        "ipo.delay_cost",
        "Cost of IPO delay",
        YEARLY,
        (0.01, 0.2),
        "valuation lost per year of IPO delay",
    ),
    share(
        "ipo.owner_pass_through",
        "Pass-through to owners",
        "1",
        (0.02, 1.0),
        "share of a repricing that present owners really lose (dilution)",
    ),
    share(
        "ipo.refund",
        "IPO refund on late exit",
        "1",
        (0.1, 1.0),
        "share of the IPO loss still saved by leaving after the first year",
    ),
    Quantity(
        "valuation.terminal_growth",
        "Terminal growth",
        YEARLY,
        -0.1,
        inf,
        (-0.05, 0.05),
        "growth of cash flows after the last year",
        lower_open=True,
    ),
)
