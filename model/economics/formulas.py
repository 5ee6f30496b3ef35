"""The equations of the model, one small function each, on scalars.

Year index t = year - 2026 = 0 … 19. Money is USD billion, nominal, before tax; cash flows fall
at mid-year and are positive when received. docs/model.md explains every formula in words.
"""

from math import exp, log1p, sqrt
from typing import NamedTuple

from model.numerics.jit import njit

__all__ = [
    "Flows",
    "add_flows",
    "cash_flow",
    "decay",
    "discount_step",
    "first_discount",
    "ipo_loss",
    "log_cost_decline",
    "market_growth",
    "market_progress",
    "market_revenue",
    "operating_flows",
    "own_price",
    "price",
    "rate_to_perpetuity",
    "reentry_retention",
    "relative_cost",
    "robotics_odds",
    "robotics_profit",
    "share",
]


class Flows(NamedTuple):
    """Operating cash flows of one year, USD billion."""

    video_margin: float
    platform_synergy: float
    consumer_subsidy: float
    fixed_cost: float
    legal: float
    compute_opportunity: float


@njit()
def market_progress(grown: float, grown_by_2033: float) -> float:
    """Share of the log growth from 2025 to 2033 that is done in year t: Gompertz.

    h_t = (1 - e^(-k(t + 1))) / (1 - e^(-8k)); the arguments are e^(-k(t + 1)) - 1 and
    e^(-8k) - 1, k = `market.growth_fade` (1/year).
    """
    return grown / grown_by_2033


@njit()
def market_revenue(size_2025: float, log_ratio: float, progress: float) -> float:
    """Revenue of the industry, USD billion/year: size_2025 · (size_2033 / size_2025)^h.

    `log_ratio` is the logarithm of size_2033 / size_2025.
    """
    return size_2025 * exp(progress * log_ratio)


@njit()
def market_growth(log_ratio: float, progress_since_2026: float, elasticity: float) -> float:
    """Growth of fixed cost since 2026: (M_t / M_0)^elasticity."""
    return exp(elasticity * progress_since_2026 * log_ratio)


@njit()
def decay(half_life: float) -> float:
    """What is left after a year of something with this half-life in years."""
    return exp(-0.6931471805599453 / half_life)


@njit()
def log_cost_decline(
    chip_cost_decline: float, efficiency_gain: float, quality_creep: float
) -> float:
    """Rate λ (1/year) at which the cost of a second of video falls: C_t = e^(-λt)."""
    return -(log1p(-chip_cost_decline) + log1p(-efficiency_gain) + log1p(quality_creep))


@njit()
def relative_cost(cheapest: float, unit_cost: float, fade: float) -> float:
    """Cost of a second before the common decline, USD: the gap to the cheapest closes."""
    return cheapest * (1.0 + (unit_cost / cheapest - 1.0) * fade)


@njit()
def price(
    t: float,
    target: float,
    log_price_gap: float,
    gap_closed: float,
    cost_decline: float,
    commoditization_rate: float,
) -> float:
    """Market price of a second of video, USD.

    It chases `target` (average cost plus markup, before the common decline of cost) with a lag
    of 1/κ years; a rising cost passes through at once:
    target · C_t · e^(φ · log_price_gap) · e^(max(λ, 0)(1 - φ)/κ), where `log_price_gap` is the
    logarithm of the price over the target in 2026, φ = e^(-κt) and `gap_closed` = 1 - φ.
    """
    lag = max(cost_decline, 0.0) * gap_closed / commoditization_rate
    return target * exp((1.0 - gap_closed) * log_price_gap + lag - cost_decline * t)


@njit()
def own_price(market_price: float, premium: float, fade: float) -> float:
    """A player's price of a second, USD: its premium fades with the cost gap."""
    return market_price * (1.0 + (premium - 1.0) * fade)


@njit()
def share(attractiveness: float, others: float) -> float:
    """Share of the market in a contest against `others`, the fringe included."""
    return attractiveness / (others + attractiveness)


@njit()
def operating_flows(
    revenue: float,
    cost_ratio: float,
    synergy: float,
    subsidy: float,
    fixed_cost: float,
    legal_loss: float,
    compute_opportunity: float,
) -> Flows:
    """Cash flows of a year, USD billion.

    `cost_ratio` is cost per dollar of revenue; `compute_opportunity` is what a dollar of compute
    would earn in the core business that year, beyond its cost.
    """
    compute = revenue * cost_ratio
    return Flows(
        revenue - compute,
        synergy * revenue,
        -subsidy,
        -fixed_cost,
        -legal_loss,
        -compute_opportunity * (compute + subsidy),
    )


@njit()
def add_flows(total: Flows, flows: Flows, factor: float) -> Flows:
    """Add `factor` times `flows` to `total`."""
    return Flows(
        total.video_margin + factor * flows.video_margin,
        total.platform_synergy + factor * flows.platform_synergy,
        total.consumer_subsidy + factor * flows.consumer_subsidy,
        total.fixed_cost + factor * flows.fixed_cost,
        total.legal + factor * flows.legal,
        total.compute_opportunity + factor * flows.compute_opportunity,
    )


@njit()
def cash_flow(flows: Flows) -> float:
    """Cash of a year, USD billion: all but the opportunity cost."""
    earned = flows.video_margin + flows.platform_synergy
    return earned + (flows.consumer_subsidy + flows.fixed_cost + flows.legal)


@njit()
def first_discount(rate: float) -> float:
    """Discount factor of the first year: its flows fall half a year after the decision."""
    return 1.0 / sqrt(1.0 + rate)


@njit()
def discount_step(rate: float) -> float:
    """Discount factor of a year over that of the year before."""
    return 1.0 / (1.0 + rate)


@njit()
def rate_to_perpetuity(rate: float, growth: float) -> float:
    """Value of all later flows over the flow of the last year: Gordon growth."""
    return (1.0 + growth) / (rate - growth)


@njit()
def robotics_odds(t: float, years_to_revenue: float, ramp_years: float) -> float:
    """Odds against a mature robotics business in year t: e^(-(t - middle) / (ramp_years / 8)).

    The middle of the ramp is `years_to_revenue` + `ramp_years` / 2.
    """
    return exp(-(t - years_to_revenue - ramp_years / 2.0) / (ramp_years / 8.0))


@njit()
def robotics_profit(success: float, profit_pool: float, odds: float) -> float:
    """Industry profit from world models in robotics, USD billion/year: a logistic ramp."""
    return success * profit_pool / (1.0 + odds)


@njit()
def ipo_loss(
    valuation: float,
    pass_through: float,
    valuation_impact: float,
    delay_years: float,
    delay_cost: float,
    exposure: float,
) -> float:
    """What carrying video costs the owners at the listing, USD billion."""
    return valuation * pass_through * (valuation_impact + delay_years * delay_cost) * exposure


@njit()
def reentry_retention(
    reentry_share: float, lock_in: float, years_away: float, largest_rival_share: float
) -> float:
    """Revenue after coming back over that of having stayed."""
    return reentry_share * exp(-lock_in * years_away * largest_rival_share)
