"""The first edition of the equations, without the two options, to compare the second edition with.

At the neutral values of what came with the second edition both give the same numbers. Written
from the equations below. A draw is a dict of the global quantities by dotted name and a list with
one dict of quantities a player. Money is USD billion; years are t = 0 … 19; a cash flow of year t
is discounted by (1 + r)^-(t + 1/2), r being the player's cost of capital. The only care for
rounding is expm1(x) for e^x - 1 and log1p(x) for ln(1 + x).

Market
    The share of the log growth from 2025 to 2033 that is done is
    h_t = (1 - e^(-k(t + 1))) / (1 - e^(-8k)), and M_t = size_2025 (size_2033 / size_2025)^h_t.
Cost and price
    Everybody's cost falls alike, C_t = e^(-λt), where e^-λ is what a year leaves of it:
    (1 - chip decline)(1 - efficiency gain)(1 + quality creep). A player's own gap to the cheapest
    halves every `cost_gap_half_life` years. The price tends to the average cost, weighted by
    attractiveness, plus a markup: with φ = e^(-κt) the logarithm of the price over that target is
    φ times what it was in 2026, plus λ(1 - φ)/κ where cost falls.
Share
    The player's attractiveness, times the strategy's factor, over the sum of its own, the others'
    and the fringe's.
Operating flows
    Margin and synergy follow revenue; subsidy, fixed cost, legal losses are paid, each times the
    strategy's factor; compute used in the video business is missed in the core business while it
    is scarce.
Funding
    From the first year in which the undiscounted cash so far (all but the opportunity cost) is at
    -`funding` or below, flows are zero, and `distress_recovery` of the salvage comes in that year.
Present value
    Discounted flows, plus the last year's growing for ever.
One-off components
    Leaving moves people and compute to robotics, whose industry profit comes on a logistic ramp;
    staying costs owners a part of the valuation at the listing; leaving costs developers' trust.
"""

from math import exp, expm1, log1p

type Values = dict[str, float]
type Players = list[Values]

YEARS = range(20)
LAST = 19
OPERATING = (
    "video_margin",
    "platform_synergy",
    "consumer_subsidy",
    "fixed_cost",
    "legal",
    "compute_opportunity",
)
CASH = OPERATING[:5]
#: How each strategy but exit runs the business, relative to `stay`: factors of attractiveness, of
#: fixed cost, of burden (legal and at the listing, and what is held back from robotics), and of
#: subsidy; each a number or the player quantity that it is. A new strategy is one more line.
FACTORS: dict[str, dict[str, float | str]] = {
    "stay": {"share": 1.0, "fixed": 1.0, "scope": 1.0, "subsidy": 1.0},
    "api_only": {"share": "api_share", "fixed": "api_fixed", "scope": "api_scope", "subsidy": 0.0},
}


def factor(player: Values, strategy: str, name: str) -> float:
    stated = FACTORS[strategy][name]
    return player[stated] if isinstance(stated, str) else stated


# ----------------------------------------------------------------------------------- the industry


def market_progress(g: Values, t: int) -> float:
    k = g["market.growth_fade"]
    return expm1(-k * (t + 1)) / expm1(-8 * k)


def market(g: Values, t: int) -> float:
    growth = g["market.size_2033"] / g["market.size_2025"]
    return g["market.size_2025"] * growth ** market_progress(g, t)


def fixed_cost_growth(g: Values, t: int) -> float:
    return (market(g, t) / market(g, 0)) ** g["market.fixed_cost_elasticity"]


def cost_decline(g: Values) -> float:
    left = log1p(-g["compute.chip_cost_decline"]) + log1p(-g["compute.efficiency_gain"])
    return -(left + log1p(g["compute.quality_creep"]))


def halved(t: int, half_life: float) -> float:
    return 0.5 ** (t / half_life)


def unit_cost(g: Values, player: Values) -> float:
    return g["compute.unit_cost_2026"] * player["cost_ratio"]


def relative_cost(g: Values, players: Players, i: int, t: int) -> float:
    cheapest = min(unit_cost(g, player) for player in players)
    gap = unit_cost(g, players[i]) / cheapest - 1
    return cheapest * (1 + gap * halved(t, g["compute.cost_gap_half_life"]))


def target(g: Values, players: Players, t: int) -> float:
    weights = [player["attractiveness"] for player in players]
    costs = [relative_cost(g, players, j, t) for j in range(len(players))]
    average = sum(a * cost for a, cost in zip(weights, costs, strict=True)) / sum(weights)
    return (1 + g["competition.markup"]) * average


def price(g: Values, players: Players, t: int) -> float:
    rate, decline = g["competition.commoditization_rate"], cost_decline(g)
    phi, passed = exp(-rate * t), -expm1(-rate * t)
    start = (g["competition.price_2026"] / target(g, players, 0)) ** phi
    lag = exp(max(decline, 0) * passed / rate)
    return target(g, players, t) * exp(-decline * t) * start * lag


def cost_ratio(g: Values, players: Players, i: int, t: int) -> float:
    premium = players[i]["price_premium"] - 1
    own_price = price(g, players, t) * (1 + premium * halved(t, g["compute.cost_gap_half_life"]))
    return relative_cost(g, players, i, t) * exp(-cost_decline(g) * t) / own_price


def rivals(g: Values, players: Players, i: int, t: int) -> float:
    fringe = g["competition.fringe_attractiveness"] * (1 + g["competition.fringe_growth"]) ** t
    return sum(other["attractiveness"] for j, other in enumerate(players) if j != i) + fringe


def share(g: Values, players: Players, i: int, strategy: str, t: int) -> float:
    own = players[i]["attractiveness"] * factor(players[i], strategy, "share")
    return own / (rivals(g, players, i, t) + own)


# ---------------------------------------------------------------------------------- operating flows


def flows(g: Values, players: Players, i: int, strategy: str, t: int) -> Values:
    """Flows of a year as if funding had no limit."""
    player = players[i]
    revenue = share(g, players, i, strategy, t) * market(g, t)
    subsidy = player["consumer_subsidy_2026"] * halved(t, g["market.subsidy_half_life"])
    subsidy *= factor(player, strategy, "subsidy")
    fixed, burden = (factor(player, strategy, name) for name in ("fixed", "scope"))
    return flows_of(g, players, i, t, revenue, subsidy, fixed, burden)


def flows_of(
    g: Values,
    players: Players,
    i: int,
    t: int,
    revenue: float,
    subsidy: float,
    fixed: float,
    burden: float,
) -> Values:
    player, ratio = players[i], cost_ratio(g, players, i, t)
    missed = player["compute_opportunity"] * halved(t, g["compute.scarcity_half_life"])
    return {
        "video_margin": revenue * (1 - ratio),
        "platform_synergy": player["synergy"] * revenue,
        "consumer_subsidy": -subsidy,
        "fixed_cost": -fixed * player["fixed_cost"] * fixed_cost_growth(g, t),
        "legal": -burden * player["legal_loss"],
        "compute_opportunity": -missed * (revenue * ratio + subsidy),
    }


def cash(year: Values) -> float:
    return sum(year[name] for name in CASH)


def distress_year(g: Values, players: Players, i: int, strategy: str) -> int | None:
    """First year in which funding has run out; None if it never does."""
    total = 0.0
    for t in YEARS:
        total += cash(flows(g, players, i, strategy, t))
        if total <= -players[i]["funding"]:
            return t
    return None


def funded_flows(g: Values, players: Players, i: int, strategy: str) -> list[Values]:
    """Flows of every year, zero from the year in which funding has run out."""
    stop = distress_year(g, players, i, strategy)
    nothing = dict.fromkeys(OPERATING, 0.0)
    return [
        nothing if stop is not None and t >= stop else flows(g, players, i, strategy, t)
        for t in YEARS
    ]


def distress_settlement(g: Values, players: Players, i: int, strategy: str) -> float:
    player, stop = players[i], distress_year(g, players, i, strategy)
    if stop is None:
        return 0.0
    return player["salvage"] * player["distress_recovery"] * discount(player, stop)


# ----------------------------------------------------------------------------------- present values


def discount(player: Values, t: int) -> float:
    return (1 + player["discount_rate"]) ** -(t + 0.5)


def perpetuity(g: Values, player: Values) -> float:
    growth = g["valuation.terminal_growth"]
    return (1 + growth) / (player["discount_rate"] - growth)


def present_value(g: Values, player: Values, yearly: list[float], first: int = 0) -> float:
    """Value of twenty years' flows from year `first` on and of all that follow the last."""
    value = sum(discount(player, t) * yearly[t] for t in YEARS if t >= first)
    return value + discount(player, LAST) * yearly[LAST] * perpetuity(g, player)


def robotics_profit(g: Values, t: int) -> float:
    ramp = g["robotics.ramp_years"]
    past_middle = (t - g["robotics.years_to_revenue"] - ramp / 2) / (ramp / 8)
    if past_middle < -700:
        return 0.0
    return g["robotics.success"] * g["robotics.profit_pool"] / (1 + exp(-past_middle))


def robotics_gain(g: Values, player: Values, first: int = 0) -> float:
    """What moving people and compute to robotics brings, the part of year `first` and later."""
    pool = present_value(g, player, [robotics_profit(g, t) for t in YEARS], first)
    uplift = player["robotics_uplift"] - player["robotics_complement"]
    return pool * player["robotics_capture"] * uplift


def ipo_loss(g: Values, player: Values) -> float:
    fall = g["ipo.valuation_impact"] + g["ipo.delay_years"] * g["ipo.delay_cost"]
    return player["valuation"] * g["ipo.owner_pass_through"] * fall * player["ipo_exposure"]


# --------------------------------------------------------------------------------------- components


def components(g: Values, players: Players) -> list[dict[str, Values]]:
    """Components of every strategy, without the two options: [player][strategy][component]."""
    return [
        {
            "exit": exit_components(g, players[i]),
            **{name: operating_components(g, players, i, name) for name in FACTORS},
        }
        for i in range(len(players))
    ]


def exit_components(g: Values, player: Values) -> Values:
    return {
        **dict.fromkeys(OPERATING, 0.0),
        "robotics": robotics_gain(g, player),
        "ipo": 0.0,
        "developer_trust": -player["trust_loss"],
        "exit_settlement": player["salvage"] - player["exit_cost"],
    }


def operating_components(g: Values, players: Players, i: int, strategy: str) -> Values:
    player = players[i]
    yearly = funded_flows(g, players, i, strategy)
    burden = factor(player, strategy, "scope")
    return {
        **{name: present_value(g, player, [year[name] for year in yearly]) for name in OPERATING},
        "robotics": robotics_gain(g, player) * (1 - burden),
        "ipo": -ipo_loss(g, player) * burden,
        "developer_trust": 0.0,
        "exit_settlement": distress_settlement(g, players, i, strategy),
    }
