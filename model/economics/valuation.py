"""The equations of present values and of what comes once, one small function each, on scalars.

Discounting, robotics, the listing, coming back. Units and years are those of `formulas`.
"""

from math import sqrt

from model.numerics.elementary import exp, log1p
from model.numerics.jit import njit
from model.numerics.lanes import where

__all__ = [
    "discount_step",
    "distress_settlement",
    "end_of_year",
    "first_discount",
    "funded_part",
    "ipo_loss",
    "rate_to_perpetuity",
    "reentry_retention",
    "robotics_odds",
    "robotics_profit",
]


@njit(inline=True)
def first_discount(rate: float) -> float:
    """Discount factor of the first year: its flows fall half a year after the decision.

    Parameters
    ----------
    rate : float
        Discount rate, a fraction a year.

    Returns
    -------
    float
        (1 + rate)^(-1/2).
    """
    return 1.0 / sqrt(1.0 + rate)


@njit(inline=True)
def discount_step(rate: float) -> float:
    """Discount factor of a year over that of the year before.

    Parameters
    ----------
    rate : float
        Discount rate, a fraction a year.

    Returns
    -------
    float
        (1 + rate)^(-1).
    """
    return 1.0 / (1.0 + rate)


@njit(inline=True)
def end_of_year(rate: float) -> float:
    """Discount factor of the end of a year over that of its middle.

    Parameters
    ----------
    rate : float
        Discount rate, a fraction a year.

    Returns
    -------
    float
        (1 + rate)^(-1/2).
    """
    return 1.0 / sqrt(1.0 + rate)


@njit(inline=True)
def funded_part(funding: float, before: float, after: float) -> float:
    """Part of the year for which the money lasts, in the year in which funding runs out.

    (funding + S_(b-1)) / (S_(b-1) - S_b), 0 for 0/0.

    Parameters
    ----------
    funding : float
        Cumulative cash burn that can be financed, USD billion.
    before : float
        Cash flow so far at the start of that year, not discounted, USD billion.
    after : float
        The same at its end.

    Returns
    -------
    float
        Between 0 and 1.
    """
    spent = before - after
    return where(spent > 0.0, min(max((funding + before) / spent, 0.0), 1.0), 0.0)


@njit(inline=True)
def distress_settlement(
    salvage: float,
    recovery: float,
    exit_cost: float,
    trust_loss: float,
    years: float,
    rate: float,
) -> float:
    """What is left to the owners when funding runs out, discounted, USD billion.

    max(salvage · recovery - exit_cost, 0) - trust_loss: owners are not liable beyond what they
    have put in, the developers' trust is lost all the same.

    Parameters
    ----------
    salvage : float
        USD billion.
    recovery : float
        Share of it that is recovered.
    exit_cost : float
        USD billion.
    trust_loss : float
        USD billion.
    years : float
        From the decision to that moment.
    rate : float
        Discount rate, a fraction a year.

    Returns
    -------
    float
        USD billion at the decision date.
    """
    settled = max(salvage * recovery - exit_cost, 0.0) - trust_loss
    return settled * exp(-years * log1p(rate))


@njit(inline=True)
def rate_to_perpetuity(rate: float, growth: float) -> float:
    """Value of all later flows over the flow of the last year: Gordon growth.

    Parameters
    ----------
    rate : float
        Discount rate, a fraction a year, above `growth`.
    growth : float
        Growth of flows after the last year, a fraction a year.

    Returns
    -------
    float
        (1 + growth) / (rate - growth), in years.
    """
    return (1.0 + growth) / (rate - growth)


@njit(inline=True)
def robotics_odds(t: float, years_to_revenue: float, ramp_years: float) -> float:
    """Odds against a mature robotics business in year t: e^(-(t - middle) / (ramp_years / 8)).

    The middle of the ramp is `years_to_revenue` + `ramp_years` / 2.

    Parameters
    ----------
    t : float
        Year index, in years since 2026.
    years_to_revenue : float
        Years from 2026 to the start of the ramp.
    ramp_years : float
        Length of the ramp, years, above 0.

    Returns
    -------
    float
        From infinity down to 0; 1 in the middle of the ramp.
    """
    return exp(-(t - years_to_revenue - ramp_years / 2.0) / (ramp_years / 8.0))


@njit(inline=True)
def robotics_profit(success: float, profit_pool: float, odds: float) -> float:
    """Industry profit from world models in robotics, USD billion/year: a logistic ramp.

    Parameters
    ----------
    success : float
        1 where robotics succeeds, otherwise 0.
    profit_pool : float
        Of the mature industry, USD billion/year.
    odds : float
        From `robotics_odds`.

    Returns
    -------
    float
        USD billion/year.
    """
    return success * profit_pool / (1.0 + odds)


@njit(inline=True)
def ipo_loss(
    valuation: float,
    pass_through: float,
    valuation_impact: float,
    delay_years: float,
    delay_cost: float,
    exposure: float,
) -> float:
    """What carrying video costs the owners at the listing, USD billion.

    Parameters
    ----------
    valuation : float
        Of the company at the listing, USD billion.
    pass_through : float
        Share of a loss of value that its owners bear.
    valuation_impact : float
        Fall of the valuation, a fraction.
    delay_years : float
        Delay of the listing, years.
    delay_cost : float
        Loss of value by the delay, a fraction a year.
    exposure : float
        1 where a listing is at stake, 0 for a listed company.

    Returns
    -------
    float
        USD billion, a loss above 0.
    """
    return valuation * pass_through * (valuation_impact + delay_years * delay_cost) * exposure


@njit(inline=True)
def reentry_retention(
    reentry_share: float, lock_in: float, years_away: float, largest_rival_share: float
) -> float:
    """Revenue after coming back over that of having stayed.

    Parameters
    ----------
    reentry_share : float
        Part of the share regained after no time away.
    lock_in : float
        Loss of what is regained, 1/year per unit of the largest rival's share.
    years_away : float
        Years between leaving and coming back.
    largest_rival_share : float
        Of the market without the player, from 0 to 1.

    Returns
    -------
    float
        reentry_share · e^(-lock_in · years_away · largest_rival_share).
    """
    return reentry_share * exp(-lock_in * years_away * largest_rival_share)
