"""The economics of one draw in plain Python, slow and obvious, to check the fast code against.

Written from the equations below. A draw is a dict of the global quantities by dotted name and a
list with one dict of quantities a player. Money is USD billion; years are t = 0 … 19; a cash flow
of year t is discounted by D_t = (1 + r)^-(t + 1/2), what is paid or received at its end by
E_t = (1 + r)^-(t + 1), r being the player's cost of capital. The only care for rounding is
expm1(x) for e^x - 1 and log1p(x) for ln(1 + x).

`presence` states who is in the market: presence[t][j] is w_jt, from 0 to 1; None: everybody,
always. `strategies` states how each strategy but exit runs the business; by default `FACTORS`.

Market
    The share of the log growth from 2025 to 2033 that is done is
    h_t = (1 - e^(-k(t + 1))) / (1 - e^(-8k)), demand is
    G_t = size_2025 (size_2033 / size_2025)^h_t, and revenue stays below the ceiling K:
    M_t = G_t (1 + (G_t / K)^4)^(-1/4).
Cost and price
    Everybody's cost falls alike, C_0 = 1, C_(t+1) = C_t e^(-λ_t). The rate fades from today's,
    e^-λ being (1 - chip decline)(1 - efficiency gain)(1 + quality creep), to the long-run rate:
    what it has over that halves every `decline_half_life` years. A player's own gap to the
    cheapest that has attractiveness halves every `cost_gap_half_life` years. The target of the
    price is the average cost, by weights of all players, present or not, plus a markup. The
    logarithm x of the price over target and cost index starts where the price of 2026 stands;
    each year e^-κ of it is left, and max(λ_t, 0)(1 - e^-κ)/κ is added.
Share
    A player's weight goes from `weight_2026` to `attractiveness`, its logarithm closing half of
    the way every `share_half_life` years; without attractiveness it is 0. The share is the
    weight, times the strategy's factor, over the sum of its own, the weights of the rivals that
    are present, and the fringe's, which takes the part `entry` of the weights that are missing.
Operating flows
    Margin and synergy follow revenue; subsidy, fixed cost, legal losses are paid, each times the
    strategy's factor; compute used in the video business is missed in the core business while it
    is scarce.
Funding
    In the first year b in which the undiscounted cash so far (all but the opportunity cost) is at
    -`funding` or below, the money lasts for the part f of the year: its flows are multiplied by f,
    all later ones are zero, and what is recovered of the salvage less the exit cost, at least
    nothing, less the loss of trust, comes at b + f.
Present value
    Discounted flows, plus the last year's growing for ever.
One-off components
    Leaving moves people and compute to robotics, whose industry profit comes on a logistic ramp;
    staying costs owners a part of the valuation at the listing; leaving costs developers' trust.
Leaving later (abandonment)
    A player that operates and is still funded may leave at the end of year 0 … 8. It loses its
    flows and any distress settlement from the next year on, receives salvage less exit cost and
    loss of trust, the part of the robotics gain that falls later, and at the end of year 0 a
    refund of the loss at the listing, undiscounted: the last two times the strategy's scope.
Coming back (reentry)
    After an exit, at the end of year 2 … 8: pays an entry cost that grows as fixed cost does and
    gives up the part of the robotics gain that falls later, then earns the flows of `stay` without
    subsidy and without limit of funding, on revenue reduced by
    reentry_share · e^(-lock_in · t · b), b being the largest present rival's share at t without it.
"""

from collections.abc import Mapping, Sequence
from math import exp, expm1, log, log1p

type Values = dict[str, float]
type Players = list[Values]
type Presence = Sequence[Sequence[float]] | None
type Strategies = Mapping[str, Mapping[str, float | str]]

YEARS = range(20)
LAST = 19
LEAVING_YEARS = range(9)
RETURN_YEARS = range(2, 9)
OPERATING = (
    "video_margin",
    "platform_synergy",
    "consumer_subsidy",
    "fixed_cost",
    "legal",
    "compute_opportunity",
)
CASH = OPERATING[:5]
#: How each strategy but exit runs the business, relative to `stay`: factors of weight, of fixed
#: cost, of burden (legal and at the listing, and what is held back from robotics), and of subsidy;
#: each a number or the player quantity that it is.
FACTORS: Strategies = {
    "stay": {"share": 1.0, "fixed": 1.0, "scope": 1.0, "subsidy": 1.0},
    "api_only": {"share": "api_share", "fixed": "api_fixed", "scope": "api_scope", "subsidy": 0.0},
}


def with_added(*names: str) -> Strategies:
    """`FACTORS` and further strategies, whose factors are player quantities under their names."""
    further = {
        name: {one: f"{name}_{one}" for one in ("share", "fixed", "scope", "subsidy")}
        for name in names
    }
    return {**FACTORS, **further}


def factor(player: Values, strategy: str, name: str, strategies: Strategies = FACTORS) -> float:
    stated = strategies[strategy][name]
    return player[stated] if isinstance(stated, str) else stated


# ----------------------------------------------------------------------------------- the industry


def market_progress(g: Values, t: int) -> float:
    k = g["market.growth_fade"]
    return expm1(-k * (t + 1)) / expm1(-8 * k)


def demand(g: Values, t: int) -> float:
    growth = g["market.size_2033"] / g["market.size_2025"]
    return g["market.size_2025"] * growth ** market_progress(g, t)


def market(g: Values, t: int) -> float:
    filled = demand(g, t) / g["market.ceiling"]
    return demand(g, t) * (1 + filled**4) ** -0.25


def fixed_cost_growth(g: Values, t: int) -> float:
    return (market(g, t) / market(g, 0)) ** g["market.fixed_cost_elasticity"]


def halved(t: int, half_life: float) -> float:
    return 0.5 ** (t / half_life)


def cost_decline(g: Values, t: int) -> float:
    """Rate λ_t at which cost falls in year t."""
    left = log1p(-g["compute.chip_cost_decline"]) + log1p(-g["compute.efficiency_gain"])
    first = -(left + log1p(g["compute.quality_creep"]))
    long_run = -log1p(-g["compute.long_run_decline"])
    return long_run + (first - long_run) * halved(t, g["compute.decline_half_life"])


def cost_index(g: Values, t: int) -> float:
    """Cost of year t over that of 2026: C_t."""
    return exp(-sum(cost_decline(g, earlier) for earlier in range(t)))


def unit_cost(g: Values, player: Values) -> float:
    return g["compute.unit_cost_2026"] * player["cost_ratio"]


def relative_cost(g: Values, players: Players, i: int, t: int) -> float:
    """Cost of a second before the common decline."""
    cheapest = min(unit_cost(g, player) for player in players if player["attractiveness"] > 0)
    gap = unit_cost(g, players[i]) / cheapest - 1
    return cheapest * (1 + gap * halved(t, g["compute.cost_gap_half_life"]))


def weight(g: Values, player: Values, t: int) -> float:
    """Weight in the contest under `stay`: a_it."""
    if player["attractiveness"] == 0:
        return 0.0
    early = halved(t, g["competition.share_half_life"])
    return player["weight_2026"] ** early * player["attractiveness"] ** (1 - early)


def target(g: Values, players: Players, t: int) -> float:
    weights = [weight(g, player, t) for player in players]
    costs = [relative_cost(g, players, j, t) for j in range(len(players))]
    average = sum(a * cost for a, cost in zip(weights, costs, strict=True)) / sum(weights)
    return (1 + g["competition.markup"]) * average


def log_price_gap(g: Values, players: Players, t: int) -> float:
    """Logarithm of the price over target and cost index: x_t."""
    rate = g["competition.commoditization_rate"]
    gap = log(g["competition.price_2026"] / target(g, players, 0))
    for earlier in range(t):
        gap = exp(-rate) * gap + max(cost_decline(g, earlier), 0) * -expm1(-rate) / rate
    return gap


def price(g: Values, players: Players, t: int) -> float:
    return target(g, players, t) * cost_index(g, t) * exp(log_price_gap(g, players, t))


def cost_ratio(g: Values, players: Players, i: int, t: int) -> float:
    """Cost of a second over the player's price of it."""
    premium = players[i]["price_premium"] - 1
    own_price = price(g, players, t) * (1 + premium * halved(t, g["compute.cost_gap_half_life"]))
    return relative_cost(g, players, i, t) * cost_index(g, t) / own_price


# ---------------------------------------------------------------------------------------- the share


def present(presence: Presence, j: int, t: int) -> float:
    """Whether player j is in the market in year t: w_jt."""
    return 1.0 if presence is None else presence[t][j]


def rival_weights(
    g: Values, players: Players, i: int, t: int, presence: Presence = None
) -> list[float]:
    """Weights of the rivals, of each as much as is in the market."""
    return [
        present(presence, j, t) * weight(g, other, t) for j, other in enumerate(players) if j != i
    ]


def fringe(g: Values, players: Players, i: int, t: int, presence: Presence = None) -> float:
    """Weight of all who are no players, newcomers in the place of who has left among them."""
    missing = sum(
        (1 - present(presence, j, t)) * weight(g, other, t)
        for j, other in enumerate(players)
        if j != i
    )
    grown = (1 + g["competition.fringe_growth"]) ** t
    return g["competition.fringe_attractiveness"] * grown + g["competition.entry"] * missing


def rivals(g: Values, players: Players, i: int, t: int, presence: Presence = None) -> float:
    """The sum in the share's denominator without the player."""
    return sum(rival_weights(g, players, i, t, presence)) + fringe(g, players, i, t, presence)


def share(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    t: int,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> float:
    own = weight(g, players[i], t) * factor(players[i], strategy, "share", strategies)
    total = rivals(g, players, i, t, presence) + own
    return own / total if total > 0 else 0.0


def presence_found(
    leaving: Sequence[int | None], distress: Sequence[int | None]
) -> list[list[float]]:
    """Presence [year][player] that the players' years imply.

    `leaving` are the years at whose end they leave `stay`, `distress` those in which their funds
    run out under `stay`; None: never. In that year they are still there.
    """
    last = [
        min(LAST if gone is None else gone, LAST if broke is None else broke)
        for gone, broke in zip(leaving, distress, strict=True)
    ]
    return [[1.0 if t <= until else 0.0 for until in last] for t in YEARS]


# ---------------------------------------------------------------------------------- operating flows


def flows(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    t: int,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> Values:
    """Flows of a year as if funding had no limit."""
    player = players[i]
    revenue = share(g, players, i, strategy, t, presence, strategies) * market(g, t)
    subsidy = player["consumer_subsidy_2026"] * halved(t, g["market.subsidy_half_life"])
    subsidy *= factor(player, strategy, "subsidy", strategies)
    fixed = factor(player, strategy, "fixed", strategies)
    burden = factor(player, strategy, "scope", strategies)
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


def distress(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> tuple[int, float] | None:
    """First year in which funding runs out, and the part of it that the money lasts; or None."""
    funding, total = players[i]["funding"], 0.0
    for t in YEARS:
        spent = -cash(flows(g, players, i, strategy, t, presence, strategies))
        if total - spent <= -funding:
            return t, min((funding + total) / spent, 1.0) if spent > 0 else 0.0
        total -= spent
    return None


def distress_year(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> int | None:
    """First year in which funding runs out; None if it never does."""
    found = distress(g, players, i, strategy, presence, strategies)
    return None if found is None else found[0]


def funded_flows(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> list[Values]:
    """Flows of every year, a part in that in which funding runs out, zero after it."""
    year, part = distress(g, players, i, strategy, presence, strategies) or (LAST + 1, 1.0)
    every = [flows(g, players, i, strategy, t, presence, strategies) for t in YEARS]
    kept = [1.0 if t < year else part if t == year else 0.0 for t in YEARS]
    return [
        {name: kept[t] * flow for name, flow in one.items()}
        for t, one in zip(YEARS, every, strict=True)
    ]


def distress_settlement(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> float:
    player = players[i]
    found = distress(g, players, i, strategy, presence, strategies)
    if found is None:
        return 0.0
    year, part = found
    recovered = max(player["salvage"] * player["distress_recovery"] - player["exit_cost"], 0)
    return (recovered - player["trust_loss"]) * (1 + player["discount_rate"]) ** -(year + part)


# ----------------------------------------------------------------------------------- present values


def discount(player: Values, t: int) -> float:
    """D_t, of flows of year t."""
    return (1 + player["discount_rate"]) ** -(t + 0.5)


def end_discount(player: Values, t: int) -> float:
    """E_t, of what is paid or received at the end of year t."""
    return (1 + player["discount_rate"]) ** -(t + 1)


def perpetuity(g: Values, player: Values) -> float:
    growth = g["valuation.terminal_growth"]
    return (1 + growth) / (player["discount_rate"] - growth)


def value_of_years(player: Values, yearly: list[float], first: int = 0) -> float:
    """Value of twenty years' flows from year `first` on, and of nothing after the last."""
    return sum(discount(player, t) * yearly[t] for t in YEARS if t >= first)


def present_value(g: Values, player: Values, yearly: list[float], first: int = 0) -> float:
    """Value of twenty years' flows from year `first` on and of all that follow the last."""
    after = discount(player, LAST) * yearly[LAST] * perpetuity(g, player)
    return value_of_years(player, yearly, first) + after


def funded_value(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
    first: int = 0,
) -> Values:
    """Value of each flow from year `first` on; where funding runs out, nothing comes later."""
    player = players[i]
    yearly = funded_flows(g, players, i, strategy, presence, strategies)
    ends = distress(g, players, i, strategy, presence, strategies) is not None
    by_name = {name: [year[name] for year in yearly] for name in OPERATING}
    return {
        name: value_of_years(player, one, first) if ends else present_value(g, player, one, first)
        for name, one in by_name.items()
    }


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


def components(
    g: Values, players: Players, presence: Presence = None, strategies: Strategies = FACTORS
) -> list[dict[str, Values]]:
    """Components of every strategy, without the two options: [player][strategy][component]."""
    return [
        {
            "exit": exit_components(g, players[i]),
            **{
                name: operating_components(g, players, i, name, presence, strategies)
                for name in strategies
            },
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


def operating_components(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> Values:
    player = players[i]
    burden = factor(player, strategy, "scope", strategies)
    return {
        **funded_value(g, players, i, strategy, presence, strategies),
        "robotics": robotics_gain(g, player) * (1 - burden),
        "ipo": -ipo_loss(g, player) * burden,
        "developer_trust": 0.0,
        "exit_settlement": distress_settlement(g, players, i, strategy, presence, strategies),
    }


# ------------------------------------------------------------------------------------ leaving later


def leaving_payment(
    g: Values, player: Values, strategy: str, t: int, strategies: Strategies = FACTORS
) -> float:
    """What leaving at the end of year t pays, discounted: the component `abandonment`."""
    burden = factor(player, strategy, "scope", strategies)
    settled = player["salvage"] - player["exit_cost"] - player["trust_loss"]
    robotics = robotics_gain(g, player, first=t + 1) * burden
    refund = g["ipo.refund"] * ipo_loss(g, player) * burden if t == 0 else 0.0
    return end_discount(player, t) * settled + robotics + refund


def may_leave(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    t: int,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> bool:
    stop = distress_year(g, players, i, strategy, presence, strategies)
    return stop is None or t < stop


def leaving_value(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    t: int,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> float:
    """What leaving at the end of year t is worth over never leaving, discounted."""
    lost = sum(funded_value(g, players, i, strategy, presence, strategies, first=t + 1).values())
    lost += distress_settlement(g, players, i, strategy, presence, strategies)
    return leaving_payment(g, players[i], strategy, t, strategies) - lost


def components_leaving(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    leave: int | None,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> Values:
    """Components of a player that leaves at the end of year `leave`; None: never."""
    held = operating_components(g, players, i, strategy, presence, strategies)
    if leave is None:
        return {**held, "abandonment": 0.0}
    player = players[i]
    until = range(leave + 1)
    yearly = [flows(g, players, i, strategy, t, presence, strategies) for t in until]
    return {
        **held,
        **{name: sum(discount(player, t) * yearly[t][name] for t in until) for name in OPERATING},
        "exit_settlement": 0.0,
        "abandonment": leaving_payment(g, player, strategy, leave, strategies),
    }


def seen_operating(
    g: Values,
    players: Players,
    i: int,
    strategy: str,
    t: int,
    presence: Presence = None,
    strategies: Strategies = FACTORS,
) -> tuple[float, float, float]:
    """What the player sees at the end of year t: log market, log cost ratio, cash of the year."""
    ratio = cost_ratio(g, players, i, t)
    year = flows(g, players, i, strategy, t, presence, strategies)
    return log(market(g, t)), log(ratio), cash(year)


# -------------------------------------------------------------------------------------- coming back


def largest_rival_share(
    g: Values, players: Players, i: int, t: int, presence: Presence = None
) -> float:
    """Share of the largest rival that is there while the player is away; 0 without rivals."""
    largest = max(rival_weights(g, players, i, t, presence), default=0.0)
    return largest / rivals(g, players, i, t, presence) if largest > 0 else 0.0


def retention(g: Values, players: Players, i: int, t: int, presence: Presence = None) -> float:
    """Revenue after coming back at the end of year t over that of having stayed."""
    lost = g["competition.lock_in"] * t * largest_rival_share(g, players, i, t, presence)
    return players[i]["reentry_share"] * exp(-lost)


def returning_flows(
    g: Values, players: Players, i: int, t: int, kept: float, presence: Presence = None
) -> Values:
    revenue = kept * share(g, players, i, "stay", t, presence) * market(g, t)
    return flows_of(g, players, i, t, revenue, 0.0, 1.0, 1.0)


def return_value(g: Values, players: Players, i: int, t: int, presence: Presence = None) -> float:
    """What coming back at the end of year t is worth over staying away, discounted."""
    player, kept = players[i], retention(g, players, i, t, presence)
    yearly = [returning_flows(g, players, i, later, kept, presence) for later in YEARS]
    earned = present_value(g, player, [sum(year.values()) for year in yearly], first=t + 1)
    entry = player["reentry_cost"] * fixed_cost_growth(g, t)
    return earned - end_discount(player, t) * entry - robotics_gain(g, player, first=t + 1)


def components_returning(
    g: Values, players: Players, i: int, back: int | None, presence: Presence = None
) -> Values:
    """Components of an exit after which the player comes back at the end of year `back`."""
    value = 0.0 if back is None else return_value(g, players, i, back, presence)
    return {**exit_components(g, players[i]), "reentry": value}


def seen_away(
    g: Values, players: Players, i: int, t: int, presence: Presence = None
) -> tuple[float, float, float]:
    """What a player that is away sees at the end of year t; cash before the loss of share."""
    year = returning_flows(g, players, i, t, 1.0, presence)
    return log(market(g, t)), log(cost_ratio(g, players, i, t)), cash(year)
