"""The operating cash flows of a year, as scalars. Units and years are those of `formulas`."""

from typing import NamedTuple

from model.numerics.jit import njit

__all__ = ["Flows", "add_flows", "cash_flow", "operating_flows"]


class Flows(NamedTuple):
    """Operating cash flows of one year, USD billion."""

    video_margin: float
    platform_synergy: float
    consumer_subsidy: float
    fixed_cost: float
    legal: float
    compute_opportunity: float


@njit(inline=True)
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


@njit(inline=True)
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


@njit(inline=True)
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
