"""Made-up joint draws: arrays for the compiled code, dicts by name for the slow version."""

import numpy as np
import numpy.typing as npt

from model.economics.axes import N_YEARS
from model.economics.presence import Presence
from model.economics.strategies import STRATEGIES
from model.sampling.draws import Draws
from model.simulation.setting import Setting
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from tests.reference.economics import Players, Values

type Array = npt.NDArray[np.float64]

GLOBALS = [quantity.name for quantity in GLOBAL_QUANTITIES]
PLAYER = [quantity.key for quantity in PLAYER_QUANTITIES]

#: Quantity to where its draws lie: uniform, or uniform in the logarithm.
UNIFORM = {
    "market.fixed_cost_elasticity": (0.0, 1.0),
    "compute.chip_cost_decline": (0.0, 0.6),
    "compute.efficiency_gain": (0.0, 0.6),
    "compute.quality_creep": (0.0, 1.0),
    "compute.long_run_decline": (0.0, 0.4),
    "competition.markup": (0.0, 0.8),
    "competition.entry": (0.0, 1.0),
    "competition.lock_in": (0.0, 0.6),
    "competition.fringe_attractiveness": (0.0, 2.0),
    "competition.fringe_growth": (-0.2, 0.3),
    "robotics.profit_pool": (0.0, 300.0),
    "ipo.valuation_impact": (-0.05, 0.1),
    "ipo.delay_years": (0.0, 2.0),
    "ipo.delay_cost": (0.0, 0.1),
    "ipo.owner_pass_through": (0.0, 1.0),
    "ipo.refund": (0.0, 1.0),
    "valuation.terminal_growth": (-0.05, 0.03),
    "attractiveness": (0.05, 3.0),
    "weight_2026": (0.05, 3.0),
    "consumer_subsidy_2026": (0.0, 3.0),
    "fixed_cost": (0.0, 1.5),
    "synergy": (0.0, 0.5),
    "compute_opportunity": (0.0, 1.0),
    "legal_loss": (0.0, 0.3),
    "robotics_capture": (0.0, 0.3),
    "robotics_uplift": (0.0, 0.4),
    "robotics_complement": (0.0, 0.4),
    "api_share": (0.0, 1.0),
    "api_fixed": (0.0, 1.0),
    "api_scope": (0.0, 1.0),
    "discount_rate": (0.05, 0.35),
    "valuation": (0.0, 900.0),
    "ipo_exposure": (0.0, 1.0),
    "trust_loss": (0.0, 2.0),
    "salvage": (0.0, 3.0),
    "exit_cost": (0.0, 1.0),
    "distress_recovery": (0.0, 1.0),
    "reentry_share": (0.0, 1.0),
}
LOG_UNIFORM = {
    "market.size_2025": (0.3, 3.0),
    "market.size_2033": (0.5, 200.0),
    "market.growth_fade": (0.01, 0.6),
    "market.ceiling": (3.0, 2000.0),
    "market.subsidy_half_life": (0.3, 5.0),
    "compute.unit_cost_2026": (0.005, 0.5),
    "compute.decline_half_life": (0.5, 20.0),
    "compute.scarcity_half_life": (0.5, 8.0),
    "compute.cost_gap_half_life": (0.5, 8.0),
    "competition.price_2026": (0.02, 0.6),
    "competition.commoditization_rate": (0.05, 3.0),
    "competition.share_half_life": (0.3, 8.0),
    "robotics.years_to_revenue": (1.0, 20.0),
    "robotics.ramp_years": (1.0, 12.0),
    "cost_ratio": (0.2, 2.0),
    "price_premium": (0.5, 2.0),
    "funding": (0.3, 500.0),
    "reentry_cost": (0.1, 5.0),
}


def made_up(draws: int, players: int, seed: int, **fixed: float) -> tuple[Array, Array]:
    """Arrays (global quantity, draw) and (player, player quantity, draw), wide and heterogeneous.

    `fixed` states quantities that are the same in every draw, with underscores for dots.
    """
    rng = np.random.default_rng(seed)
    globals_ = np.stack([_made_up(name, (draws,), rng) for name in GLOBALS])
    own = np.stack([_made_up(name, (players, draws), rng) for name in PLAYER], axis=1)
    for attribute, value in fixed.items():
        if attribute in PLAYER:
            own[:, PLAYER.index(attribute)] = value
        else:
            globals_[[name.replace(".", "_") for name in GLOBALS].index(attribute)] = value
    return globals_, own


def _made_up(name: str, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    if name == "robotics.success":
        return rng.integers(0, 2, shape).astype(float)
    if name in UNIFORM:
        return rng.uniform(*UNIFORM[name], shape)
    return np.exp(rng.uniform(*np.log(LOG_UNIFORM[name]), shape))


def named(globals_: Array, players: Array, draw: int) -> tuple[Values, Players]:
    """One draw as dicts by name."""
    return (
        dict(zip(GLOBALS, globals_[:, draw].tolist(), strict=True)),
        [dict(zip(PLAYER, own[:, draw].tolist(), strict=True)) for own in players],
    )


def made_up_by_name(
    draws: int, players: int, seed: int, **fixed: float
) -> list[tuple[Values, Players]]:
    """Draws as dicts by name, of every quantity that the equations name, wide and heterogeneous.

    `fixed` states quantities that are the same in every draw, with underscores for dots.
    """
    rng = np.random.default_rng(seed)
    names = ["robotics.success", *UNIFORM, *LOG_UNIFORM]

    def one(kept: list[str]) -> Values:
        found = {name: float(_made_up(name, (), rng)) for name in kept}
        return {name: fixed.get(name.replace(".", "_"), found[name]) for name in kept}

    of_industry = [name for name in names if "." in name]
    of_player = [name for name in names if "." not in name]
    return [(one(of_industry), [one(of_player) for _ in range(players)]) for _ in range(draws)]


def made_up_presence(draws: int, players: int, seed: int) -> Presence:
    """Some leave in some year, some half of the time, some never."""
    rng = np.random.default_rng(seed)
    last = np.minimum(rng.integers(-1, 40, (2, draws, players)), N_YEARS - 1)
    return Presence(last.astype(np.int8), np.array([0.5, 0.5]))


def every_year(presence: Presence) -> Array:
    """The presence of each draw, year and player (draw, year, player)."""
    there = np.arange(N_YEARS)[:, None, None, None] <= presence.last[None]
    return np.tensordot(there, presence.weight, axes=(1, 0)).transpose(1, 0, 2)


def by_year(presence: Presence, draw: int) -> list[list[float]]:
    """One draw's presence as the slow version takes it: [year][player]."""
    found: list[list[float]] = every_year(presence)[draw].tolist()
    return found


def as_setting(globals_: Array, players: Array, chains: int = 1) -> Setting:
    """Arrays of `made_up` as a run has them, divided into chains."""
    values = np.concatenate([globals_, players.reshape(-1, globals_.shape[1])])
    parts = np.stack(np.split(values, chains, axis=1))
    return Setting(Draws(parts, tuple(f"player {i}" for i in range(len(players)))), STRATEGIES)
