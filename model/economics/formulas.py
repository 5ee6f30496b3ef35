"""The equations of a year's market, cost, price and shares, one small function each, on scalars.

Compiled, a scalar may also be lanes: several draws side by side (`model.numerics.lanes`).
Year index t = year - 2026 = 0 … 19. Money is USD billion, nominal, before tax; cash flows fall
at mid-year and are positive when received. docs/model.md explains every formula in words.
Cash flows are in `flows`, present values and what comes once in `valuation`.
"""

from math import sqrt

from model.numerics.elementary import exp, expm1, log, log1p
from model.numerics.jit import njit
from model.numerics.lanes import where

__all__ = [
    "contest_weight",
    "decay",
    "demand",
    "fading_decline",
    "fixed_cost_growth",
    "log_cost_decline",
    "market_progress",
    "market_revenue",
    "next_log_price_gap",
    "own_price",
    "paid_seconds",
    "price",
    "relative_cost",
    "room_taken",
    "share",
]


@njit(inline=True)
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


@njit(inline=True)
def demand(size_2025: float, log_ratio: float, progress: float) -> float:
    """What buyers would pay without a ceiling: G_t = size_2025 · (size_2033 / size_2025)^h_t.

    Parameters
    ----------
    size_2025 : float
        Revenue in 2025, USD billion/year.
    log_ratio : float
        Logarithm of demand in 2033 over revenue in 2025.
    progress : float
        From `market_progress`.

    Returns
    -------
    float
        USD billion/year.
    """
    return size_2025 * exp(progress * log_ratio)


@njit(inline=True)
def market_revenue(demanded: float, ceiling: float) -> float:
    """Revenue of the industry under what buyers can pay: M_t = G_t · (1 + (G_t / K)^4)^(-1/4).

    Below half of the ceiling it differs from demand by less than 1.6 %.

    Parameters
    ----------
    demanded : float
        G_t, from `demand`, USD billion/year.
    ceiling : float
        K, USD billion/year; may be infinite.

    Returns
    -------
    float
        USD billion/year, never above the ceiling.
    """
    # the formula is the same with both changed over: so no power of a large ratio overflows
    smaller, larger = min(demanded, ceiling), max(demanded, ceiling)
    square = (smaller / larger) * (smaller / larger)
    return smaller / sqrt(sqrt(1.0 + square * square))


@njit(inline=True)
def fixed_cost_growth(revenue: float, revenue_2026: float, elasticity: float) -> float:
    """Growth of fixed cost since 2026: (M_t / M_0)^elasticity.

    Parameters
    ----------
    revenue : float
        M_t, USD billion/year.
    revenue_2026 : float
        M_0, USD billion/year.
    elasticity : float
        Of fixed cost in the market's revenue.

    Returns
    -------
    float
        Factor on fixed cost, 1 in 2026.
    """
    return exp(elasticity * log(revenue / revenue_2026))


@njit(inline=True)
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


@njit(inline=True)
def log_cost_decline(
    chip_cost_decline: float, efficiency_gain: float, quality_creep: float
) -> float:
    """Rate λ_0 (1/year) at which the cost of a second of video falls in 2026.

    λ_0 = -ln[(1 - chip_cost_decline)(1 - efficiency_gain)(1 + quality_creep)].

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


@njit(inline=True)
def fading_decline(first: float, long_run: float, left: float) -> float:
    """Rate λ_t (1/year) at which cost falls in year t: λ_L + (λ_0 - λ_L) · left.

    Parameters
    ----------
    first : float
        λ_0, from `log_cost_decline`.
    long_run : float
        λ_L, 1/year.
    left : float
        Part of the difference that is left in year t, from 1 to 0.

    Returns
    -------
    float
        1/year.
    """
    return long_run + (first - long_run) * left


@njit(inline=True)
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


@njit(inline=True)
def next_log_price_gap(gap: float, decline: float, commoditization_rate: float) -> float:
    """Logarithm of the price over its target a year later: the price chases a falling cost.

    x_(t+1) = e^(-κ) x_t + max(λ_t, 0)(1 - e^(-κ))/κ: the lag is 1/κ years, and a rising cost
    passes through at once.

    Parameters
    ----------
    gap : float
        x_t.
    decline : float
        λ_t, 1/year.
    commoditization_rate : float
        κ, 1/year, above 0.

    Returns
    -------
    float
    """
    closed = -expm1(-commoditization_rate)
    return (1.0 - closed) * gap + max(decline, 0.0) * closed / commoditization_rate


@njit(inline=True)
def price(target: float, log_cost_index: float, log_price_gap: float) -> float:
    """Market price of a second of video, USD: target_t · C_t · e^(x_t).

    Parameters
    ----------
    target : float
        (1 + markup) · average cost before the common decline, USD/second.
    log_cost_index : float
        Logarithm of C_t, the common decline of cost since 2026.
    log_price_gap : float
        x_t, from `next_log_price_gap`.

    Returns
    -------
    float
        USD/second.
    """
    return target * exp(log_cost_index + log_price_gap)


@njit(inline=True)
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


@njit(inline=True)
def contest_weight(long_run: float, log_ratio: float, left: float) -> float:
    """Weight in the contest for shares in year t: weight_2026^s · attractiveness^(1 - s).

    Parameters
    ----------
    long_run : float
        Attractiveness; without any there is no weight.
    log_ratio : float
        Logarithm of the weight of 2026 over it.
    left : float
        s, the part of the difference that is left in year t, from 1 to 0.

    Returns
    -------
    float
        Exactly `long_run` where both weights are equal.
    """
    return where(long_run > 0.0, long_run * exp(left * log_ratio), 0.0)


@njit(inline=True)
def room_taken(weight: float, present: float, entry: float) -> float:
    """What a rival takes of the contest: its weight, or what newcomers take once it has left.

    w · a + entry · (1 - w) · a.

    Parameters
    ----------
    weight : float
        The rival's weight a.
    present : float
        w: 1 while it is in the market, 0 after.
    entry : float
        Part of the room left by leavers that newcomers take.

    Returns
    -------
    float
        From 0 to `weight`.
    """
    return weight * (present + entry * (1.0 - present))


@njit(inline=True)
def share(weight: float, others: float) -> float:
    """Share of the market in a contest against `others`, the fringe included.

    Parameters
    ----------
    weight : float
        The player's, as its strategy changes it.
    others : float
        Sum of the rivals', the newcomers' and the fringe's.

    Returns
    -------
    float
        Between 0 and 1: a / (a + others), 0 for 0/0.
    """
    return where(weight > 0.0, weight / (others + weight), 0.0)


@njit(inline=True)
def paid_seconds(revenue: float, market_price: float) -> float:
    """Seconds of paid video a person and day: M_t · 10⁹ / price_t / (8.2 · 10⁹ · 365).

    Parameters
    ----------
    revenue : float
        Of the market, USD billion/year.
    market_price : float
        USD/second.

    Returns
    -------
    float
        Seconds; there are 86,400 in a day.
    """
    return revenue / market_price / (8.2 * 365.0)
