"""The equations of a year's market and cash flows, one small function each, on scalars.

Year index t = year - 2026 = 0 … 19. Money is USD billion, nominal, before tax; cash flows fall
at mid-year and are positive when received. docs/model.md explains every formula in words.
Those of present values and of what comes once are in `valuation`.
"""

from math import exp, log1p
from typing import NamedTuple

from model.numerics.jit import njit

__all__ = [
    "Flows",
    "add_flows",
    "cash_flow",
    "decay",
    "log_cost_decline",
    "market_growth",
    "market_progress",
    "market_revenue",
    "operating_flows",
    "own_price",
    "price",
    "relative_cost",
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

    Parameters
    ----------
    grown : float
        e^(-k(t + 1)) - 1.
    grown_by_2033 : float
        e^(-8k) - 1.

    Returns
    -------
    float
        h_t: 1 in 2033, above 1 later.
    """
    return grown / grown_by_2033


@njit()
def market_revenue(size_2025: float, log_ratio: float, progress: float) -> float:
    """Revenue of the industry, USD billion/year: size_2025 · (size_2033 / size_2025)^h.

    `log_ratio` is the logarithm of size_2033 / size_2025.

    Parameters
    ----------
    size_2025 : float
        Revenue in 2025, USD billion/year.
    log_ratio : float
        Logarithm of revenue in 2033 over that in 2025.
    progress : float
        From `market_progress`.

    Returns
    -------
    float
        USD billion/year.
    """
    return size_2025 * exp(progress * log_ratio)


@njit()
def market_growth(log_ratio: float, progress_since_2026: float, elasticity: float) -> float:
    """Growth of fixed cost since 2026: (M_t / M_0)^elasticity.

    Parameters
    ----------
    log_ratio : float
        Logarithm of revenue in 2033 over that in 2025.
    progress_since_2026 : float
        `market_progress` of year t less that of 2026.
    elasticity : float
        Of fixed cost in the market's revenue.

    Returns
    -------
    float
        Factor on fixed cost, 1 in 2026.
    """
    return exp(elasticity * progress_since_2026 * log_ratio)


@njit()
def decay(half_life: float) -> float:
    """What is left after a year of something with this half-life in years.

    Parameters
    ----------
    half_life : float
        Years, above 0.

    Returns
    -------
    float
        Between 0 and 1: 2^(-1 / half_life).
    """
    return exp(-0.6931471805599453 / half_life)


@njit()
def log_cost_decline(
    chip_cost_decline: float, efficiency_gain: float, quality_creep: float
) -> float:
    """Rate λ (1/year) at which the cost of a second of video falls: C_t = e^(-λt).

    Parameters
    ----------
    chip_cost_decline : float
        Fall of the cost of a computation, a fraction a year.
    efficiency_gain : float
        Fall of the computations that the same video takes, a fraction a year.
    quality_creep : float
        Growth of the computations that are put into a second, a fraction a year.

    Returns
    -------
    float
        1/year; below 0 where quality outgrows the savings.
    """
    return -(log1p(-chip_cost_decline) + log1p(-efficiency_gain) + log1p(quality_creep))


@njit()
def relative_cost(cheapest: float, unit_cost: float, fade: float) -> float:
    """Cost of a second before the common decline, USD: the gap to the cheapest closes.

    Parameters
    ----------
    cheapest : float
        Unit cost of the cheapest player in 2026, USD/second.
    unit_cost : float
        Unit cost of this player in 2026, USD/second.
    fade : float
        Part of the gap that is left in year t, from 1 to 0.

    Returns
    -------
    float
        USD/second.
    """
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

    Parameters
    ----------
    t : float
        Year index, in years since 2026.
    target : float
        (1 + markup) · average cost before the common decline, USD/second.
    log_price_gap : float
        Logarithm of the price over the target in 2026.
    gap_closed : float
        1 - e^(-κt), from 0 to 1.
    cost_decline : float
        λ, 1/year.
    commoditization_rate : float
        κ, 1/year, above 0.

    Returns
    -------
    float
        USD/second.
    """
    lag = max(cost_decline, 0.0) * gap_closed / commoditization_rate
    return target * exp((1.0 - gap_closed) * log_price_gap + lag - cost_decline * t)


@njit()
def own_price(market_price: float, premium: float, fade: float) -> float:
    """A player's price of a second, USD: its premium fades with the cost gap.

    Parameters
    ----------
    market_price : float
        USD/second.
    premium : float
        The player's price over the market's in 2026.
    fade : float
        Part of the cost gap that is left in year t, from 1 to 0.

    Returns
    -------
    float
        USD/second.
    """
    return market_price * (1.0 + (premium - 1.0) * fade)


@njit()
def share(attractiveness: float, others: float) -> float:
    """Share of the market in a contest against `others`, the fringe included.

    Parameters
    ----------
    attractiveness : float
        The player's, as its strategy changes it.
    others : float
        Sum of the rivals' and the fringe's.

    Returns
    -------
    float
        Between 0 and 1: a / (a + others).
    """
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

    Parameters
    ----------
    revenue : float
        USD billion/year.
    cost_ratio : float
        Cost of compute per dollar of revenue.
    synergy : float
        Earned elsewhere on the platform per dollar of revenue.
    subsidy : float
        Compute given away to consumers, USD billion/year.
    fixed_cost : float
        USD billion/year.
    legal_loss : float
        USD billion/year.
    compute_opportunity : float
        Core earnings forgone per dollar of compute.

    Returns
    -------
    Flows
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
    """Add `factor` times `flows` to `total`.

    Parameters
    ----------
    total : Flows
        USD billion, as discounted so far.
    flows : Flows
        One year's, USD billion.
    factor : float
        Discount factor, in the last year with all later years' in it.

    Returns
    -------
    Flows
    """
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
    """Cash of a year, USD billion: all but the opportunity cost.

    Parameters
    ----------
    flows : Flows
        One year's.

    Returns
    -------
    float
        USD billion.
    """
    earned = flows.video_margin + flows.platform_synergy
    return earned + (flows.consumer_subsidy + flows.fixed_cost + flows.legal)
