"""What comes once, of one player in one draw: robotics, the listing, running out of funds."""

from model.economics import valuation
from model.economics.axes import N_YEARS
from model.economics.industry import ROBOTS
from model.economics.player import WEIGHT
from model.economics.records import GlobalValues, Number, PlayerValues
from model.numerics.arrays import Array
from model.numerics.jit import njit

__all__ = ["distress_settlement", "ipo_loss", "robotics_gain"]


@njit(inline=True)
def robotics_gain(p: PlayerValues, industry: Array, own: Array) -> Number:
    """What exit adds to robotics, USD billion, discounted.

    Parameters
    ----------
    p : Player
        The player's quantities.
    industry : array (row, year)
        From `fill_industry`.
    own : array (row, year)
        From `fill_own`.

    Returns
    -------
    float
        USD billion at the decision date.
    """
    pool = 0.0
    for t in range(N_YEARS):
        pool += own[WEIGHT, t] * industry[ROBOTS, t]
    return pool * p.robotics_capture * (p.robotics_uplift - p.robotics_complement)


@njit(inline=True)
def ipo_loss(g: GlobalValues, p: PlayerValues) -> Number:
    """What carrying video costs the owners at the listing, USD billion.

    Parameters
    ----------
    g : Globals
        The draw's global quantities.
    p : Player
        The player's quantities.

    Returns
    -------
    float
        USD billion at the decision date, a loss above 0.
    """
    return valuation.ipo_loss(
        p.valuation,
        g.ipo_owner_pass_through,
        g.ipo_valuation_impact,
        g.ipo_delay_years,
        g.ipo_delay_cost,
        p.ipo_exposure,
    )


@njit(inline=True)
def distress_settlement(p: PlayerValues, years: float) -> Number:
    """What is left to the owners when funding runs out after `years`, discounted, USD billion.

    Parameters
    ----------
    p : Player
        The player's quantities.
    years : float
        From the decision to that moment.

    Returns
    -------
    float
        USD billion at the decision date.
    """
    return valuation.distress_settlement(
        p.salvage, p.distress_recovery, p.exit_cost, p.trust_loss, years, p.discount_rate
    )
