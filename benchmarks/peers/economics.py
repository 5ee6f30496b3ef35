"""The economics in plain NumPy, many draws at once: what an analyst would write with docs/model.md.

Without the real options, and with every rival there for good. Nothing of `model` is imported: so
this is a second opinion on the compiled code as well as a measure of its speed. Arrays have the
axes (player, year, draw), as many of them as a quantity needs; quantities are read by their names.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.special import expit

__all__ = ["COMPONENTS", "STRATEGIES", "components", "exit_minus_stay"]

type Array = npt.NDArray[np.float64]
#: Dotted name to its draws: (draw,), or (player, draw) of what is a player's.
type Quantities = Mapping[str, Array]

STRATEGIES = ("exit", "stay", "api_only")
COMPONENTS = (
    "video_margin",
    "platform_synergy",
    "consumer_subsidy",
    "fixed_cost",
    "legal",
    "compute_opportunity",
    "robotics",
    "ipo",
    "developer_trust",
    "exit_settlement",
)
_FLOWS = COMPONENTS[:6]
_YEARS = 20
#: Years since the decision, on the axis of years.
_T = np.arange(_YEARS, dtype=np.float64)[:, None]


def _halved(half_life: Array) -> Array:
    return np.asarray(0.5 ** (_T / half_life))


def _market(q: Quantities) -> Array:
    """Revenue of the industry (year, draw), USD billion."""
    k, first, later = q["market.growth_fade"], q["market.size_2025"], q["market.size_2033"]
    progress = np.expm1(-k * (_T + 1.0)) / np.expm1(-8.0 * k)
    demand = first * (later / first) ** progress
    return np.asarray(demand * (1.0 + (demand / q["market.ceiling"]) ** 4) ** -0.25)


def _declines(q: Quantities) -> Array:
    """Rates (year, draw) at which cost falls."""
    left = (1.0 - q["compute.chip_cost_decline"]) * (1.0 - q["compute.efficiency_gain"])
    first = -np.log(left * (1.0 + q["compute.quality_creep"]))
    long_run = -np.log(1.0 - q["compute.long_run_decline"])
    return np.asarray(long_run + (first - long_run) * _halved(q["compute.decline_half_life"]))


def _weights(q: Quantities) -> Array:
    """Weights (player, year, draw) in the contest for shares."""
    early = _halved(q["competition.share_half_life"])
    lasting, now = q["player.attractiveness"][:, None], q["player.weight_2026"][:, None]
    return np.asarray(lasting * (now / lasting) ** early)


def _cost_ratios(q: Quantities, weights: Array) -> Array:
    """Cost per dollar of revenue (player, year, draw)."""
    unit_cost = q["compute.unit_cost_2026"] * q["player.cost_ratio"]
    cheapest = unit_cost.min(axis=0)
    fade = _halved(q["compute.cost_gap_half_life"])
    relative = cheapest * (1.0 + (unit_cost / cheapest - 1.0)[:, None] * fade)
    average = (weights * relative).sum(axis=0) / weights.sum(axis=0)
    target = (1.0 + q["competition.markup"]) * average
    # price over cost index, whose own fall stands in numerator and denominator alike
    price = target * np.exp(_log_gaps(q, target[0]))
    premium = 1.0 + (q["player.price_premium"] - 1.0)[:, None] * fade
    return np.asarray(relative / (price * premium))


def _log_gaps(q: Quantities, first_target: Array) -> Array:
    """Logarithm (year, draw) of the price over its target."""
    speed, declines = q["competition.commoditization_rate"], _declines(q)
    kept, passed = np.exp(-speed), -np.expm1(-speed) / speed
    gaps = np.empty_like(declines)
    gaps[0] = np.log(q["competition.price_2026"] / first_target)
    for year in range(1, _YEARS):
        gaps[year] = kept * gaps[year - 1] + passed * np.maximum(declines[year - 1], 0.0)
    return gaps


def _shares(q: Quantities, weights: Array, factor: Array | float) -> Array:
    """Shares of the market (player, year, draw), every rival there."""
    growth = (1.0 + q["competition.fringe_growth"]) ** _T
    others = weights.sum(axis=0) - weights + q["competition.fringe_attractiveness"] * growth
    own = weights * factor
    return np.asarray(own / (others + own))


def _flows(q: Quantities, shared: "_Industry", strategy: str) -> dict[str, Array]:
    """A year's operating flows (player, year, draw), as if funding had no limit."""
    api = strategy == "api_only"
    share = q["player.api_share"][:, None] if api else 1.0
    fixed = q["player.api_fixed"][:, None] if api else 1.0
    scope = q["player.api_scope"][:, None] if api else 1.0
    revenue = _shares(q, shared.weights, share) * shared.market
    compute = revenue * shared.cost_ratios
    subsidy = q["player.consumer_subsidy_2026"][:, None] * _halved(q["market.subsidy_half_life"])
    given = 0.0 if api else subsidy
    missed = q["player.compute_opportunity"][:, None] * _halved(q["compute.scarcity_half_life"])
    growth = (shared.market / shared.market[0]) ** q["market.fixed_cost_elasticity"]
    return {
        "video_margin": revenue - compute,
        "platform_synergy": q["player.synergy"][:, None] * revenue,
        "consumer_subsidy": -given + np.zeros_like(revenue),
        "fixed_cost": -fixed * q["player.fixed_cost"][:, None] * growth,
        "legal": -scope * q["player.legal_loss"][:, None] + np.zeros_like(revenue),
        "compute_opportunity": -missed * (compute + given),
    }


class _Industry:
    """What all strategies share: market, weights, cost per dollar, discount factors."""

    def __init__(self, q: Quantities) -> None:
        self.market, self.weights = _market(q), _weights(q)
        self.cost_ratios = _cost_ratios(q, self.weights)
        rate, growth = q["player.discount_rate"], q["valuation.terminal_growth"]
        self.discount = (1.0 + rate)[:, None] ** -(_T + 0.5)
        self.present = self.discount.copy()
        self.present[:, -1] *= 1.0 + (1.0 + growth) / (rate - growth)


def _operated(q: Quantities, shared: _Industry, strategy: str) -> dict[str, Array]:
    """Present values (player, draw) of the flows until funding runs out, and what is settled."""
    flows = _flows(q, shared, strategy)
    cash = flows["video_margin"] + flows["platform_synergy"] + flows["consumer_subsidy"]
    cash = cash + flows["fixed_cost"] + flows["legal"]
    total, funding = cash.cumsum(axis=1), q["player.funding"][:, None]
    spent = total <= -funding
    out = np.logical_or.accumulate(spent, axis=1)
    first = out & ~np.concatenate([np.zeros_like(out[:, :1]), out[:, :-1]], axis=1)
    burnt = np.where(first, -cash, 1.0)
    part = np.where(burnt > 0.0, np.clip((funding + total - cash) / burnt, 0.0, 1.0), 0.0)
    weight = np.where(first, part * shared.discount, np.where(out, 0.0, shared.present))
    found = {name: np.einsum("pyd,pyd->pd", weight, flows[name]) for name in _FLOWS}
    found["exit_settlement"] = _settled(q, (first * (_T + part)).sum(axis=1), out[:, -1])
    return found


def _settled(q: Quantities, end: Array, ran_out: npt.NDArray[np.bool_]) -> Array:
    """What is left to the owners (player, draw) where funding runs out at `end`, years."""
    recovered = q["player.salvage"] * q["player.distress_recovery"] - q["player.exit_cost"]
    settled = np.maximum(recovered, 0.0) - q["player.trust_loss"]
    return np.where(ran_out, settled * (1.0 + q["player.discount_rate"]) ** -end, 0.0)


def _robotics(q: Quantities, shared: _Industry) -> Array:
    """What exit adds to robotics (player, draw)."""
    ramp = q["robotics.ramp_years"]
    past_middle = (_T - q["robotics.years_to_revenue"] - ramp / 2.0) / (ramp / 8.0)
    pool = q["robotics.success"] * q["robotics.profit_pool"] * expit(past_middle)
    moved = q["player.robotics_uplift"] - q["player.robotics_complement"]
    value = np.einsum("pyd,yd->pd", shared.present, pool)
    return np.asarray(value * q["player.robotics_capture"] * moved)


def _ipo(q: Quantities) -> Array:
    """What carrying video costs the owners at the listing (player, draw)."""
    fall = q["ipo.valuation_impact"] + q["ipo.delay_years"] * q["ipo.delay_cost"]
    at_stake = q["player.valuation"] * q["player.ipo_exposure"]
    return np.asarray(at_stake * q["ipo.owner_pass_through"] * fall)


def components(q: Quantities) -> Array:
    """Every component of every strategy, without the real options.

    Parameters
    ----------
    q : mapping
        Dotted name of each quantity to its draws: (draw,), or (player, draw) of what is a
        player's. Attractiveness is above 0.

    Returns
    -------
    ndarray, shape (strategy, component, player, draw)
        Present values, USD billion, in the order of `STRATEGIES` and `COMPONENTS`.
    """
    shared = _Industry(q)
    gain, loss, scope = _robotics(q, shared), _ipo(q), q["player.api_scope"]
    stay, api = (_operated(q, shared, strategy) for strategy in STRATEGIES[1:])
    leave = {
        "robotics": gain,
        "developer_trust": -q["player.trust_loss"],
        "exit_settlement": q["player.salvage"] - q["player.exit_cost"],
    }
    stay |= {"ipo": -loss}
    api |= {"robotics": gain * (1.0 - scope), "ipo": -loss * scope}
    found = np.zeros((len(STRATEGIES), len(COMPONENTS), *gain.shape))
    for place, one in enumerate((leave, stay, api)):
        for name, values in one.items():
            found[place, COMPONENTS.index(name)] = values
    return found


def exit_minus_stay(q: Quantities) -> Array:
    """Exit less stay for good, of every player.

    Parameters
    ----------
    q : mapping
        As `components` takes it.

    Returns
    -------
    ndarray, shape (player, draw)
        USD billion.
    """
    npv = components(q).sum(axis=1)
    return np.asarray(npv[0] - npv[1])
