"""Short names of quantities for readers; identifiers stay beside them in the table of priors."""

from collections.abc import Mapping

__all__ = ["path_name", "quantity_name", "quantity_of", "subject_name"]

_NAMES: Mapping[str, str] = {
    "market.size_2025": "Market in 2025",
    "market.size_2033": "Market in 2033",
    "market.growth_fade": "Fading of market growth",
    "market.subsidy_half_life": "Half-life of subsidy",
    "market.fixed_cost_elasticity": "Growth of fixed cost",
    "compute.unit_cost_2026": "Compute cost in 2026",
    "compute.chip_cost_decline": "Fall of chip cost",
    "compute.efficiency_gain": "Gain in efficiency",
    "compute.quality_creep": "Creep of quality",
    "compute.scarcity_half_life": "Half-life of scarcity",
    "compute.cost_gap_half_life": "Half-life of cost gap",
    "competition.price_2026": "Price in 2026",
    "competition.markup": "Long-run markup",
    "competition.commoditization_rate": "Speed of commoditization",
    "competition.lock_in": "Lock-in",
    "competition.fringe_attractiveness": "Attractiveness of the fringe",
    "competition.fringe_growth": "Growth of the fringe",
    "robotics.years_to_revenue": "Years to robotics revenue",
    "robotics.success": "Robotics succeeds",
    "robotics.profit_pool": "Robotics profit pool",
    "robotics.ramp_years": "Years of robotics ramp",
    "ipo.valuation_impact": "Impact on IPO valuation",
    "ipo.delay_years": "Delay of IPO",
    "ipo.delay_cost": "Cost of IPO delay",
    "ipo.owner_pass_through": "Pass-through to owners",
    "ipo.refund": "IPO refund on late exit",
    "valuation.terminal_growth": "Terminal growth",
    "player.attractiveness": "Own attractiveness",
    "player.cost_ratio": "Own cost ratio",
    "player.price_premium": "Own price premium",
    "player.consumer_subsidy_2026": "Subsidy in 2026",
    "player.fixed_cost": "Fixed cost",
    "player.synergy": "Synergy with the core",
    "player.compute_opportunity": "Worth of scarce compute",
    "player.legal_loss": "Legal losses",
    "player.robotics_capture": "Robotics share",
    "player.robotics_uplift": "Robotics uplift from exit",
    "player.robotics_complement": "Robotics loss from exit",
    "player.api_share": "Share kept by API only",
    "player.api_fixed": "Fixed cost of API only",
    "player.api_scope": "Burden of API only",
    "player.discount_rate": "Discount rate",
    "player.valuation": "Valuation",
    "player.ipo_exposure": "Exposure to the IPO",
    "player.trust_loss": "Developers’ trust lost",
    "player.salvage": "Salvage",
    "player.exit_cost": "Cost of exit",
    "player.funding": "Funding",
    "player.distress_recovery": "Recovery in distress",
    "player.reentry_cost": "Cost of coming back",
    "player.reentry_share": "Share on coming back",
}


def quantity_name(name: str) -> str:
    """Short name of a quantity, such as ``Market in 2033`` for ``market.size_2033``."""
    plain = name.rpartition(".")[2].replace("_", " ")
    return _NAMES.get(name, plain.capitalize())


def quantity_of(path: str) -> str:
    """The quantity that a path names: ``player.salvage`` for ``players.pika.salvage``."""
    return f"player.{path.rpartition('.')[2]}" if path.startswith("players.") else path


def path_name(path: str) -> str:
    """Short name of what a path names, without the player."""
    return quantity_name(quantity_of(path))


def subject_name(name: str) -> str:
    """What a global quantity is about: ``Market`` for ``market.size_2033``."""
    subject = name.partition(".")[0]
    return "IPO" if subject == "ipo" else subject.capitalize()
