"""The registry: every uncertain quantity of the model, once.

A quantity's dotted path is its one name: in prior files, in ``--set``, in the draws, in tables.
In code, where a dot cannot stand, ``Quantity.attribute`` is used.
"""

from dataclasses import dataclass
from math import inf

__all__ = ["GLOBAL_QUANTITIES", "PLAYER_QUANTITIES", "QUANTITIES", "Quantity", "by_name"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An uncertain input of the model.

    Attributes
    ----------
    name : str
        Dotted path, such as ``market.size_2033`` or ``player.cost_ratio``.
    unit : str
        Unit of its values.
    lower, upper : float
        Ends of the support.
    meaning : str
        What it is, in one line.
    lower_open, upper_open : bool
        Whether that end itself is left out of the support.
    event : bool
        Whether it is an event: 0 or 1.
    """

    name: str
    unit: str
    lower: float
    upper: float
    meaning: str
    lower_open: bool = False
    upper_open: bool = False
    event: bool = False

    @property
    def per_player(self) -> bool:
        """Whether it has one value a draw and player, not one a draw."""
        return self.name.startswith("player.")

    @property
    def key(self) -> str:
        """Its name in a player's or a type's table: the last part of the path."""
        return self.name.rpartition(".")[2]

    @property
    def attribute(self) -> str:
        """Its name in code: `name` with underscores, without ``player.``."""
        return self.name.removeprefix("player.").replace(".", "_")

    def supports(self, value: float) -> bool:
        """Whether `value` lies in the support."""
        above = value > self.lower if self.lower_open else value >= self.lower
        below = value < self.upper if self.upper_open else value <= self.upper
        return above and below and (not self.event or value in (0.0, 1.0))


_YEAR = "fraction/year"
_MONEY = "USD billion"
_FLOW = "USD billion/year"


def _positive(name: str, unit: str, meaning: str) -> Quantity:
    return Quantity(name, unit, 0.0, inf, meaning, lower_open=True)


def _at_least_zero(name: str, unit: str, meaning: str) -> Quantity:
    return Quantity(name, unit, 0.0, inf, meaning)


def _share(name: str, unit: str, meaning: str, *, below_one: bool = False) -> Quantity:
    return Quantity(name, unit, 0.0, 1.0, meaning, upper_open=below_one)


# The order fixes each quantity's dimension in the sampler: new ones go to the end of their list.
GLOBAL_QUANTITIES: tuple[Quantity, ...] = (
    _positive("market.size_2025", _FLOW, "revenue of the whole AI-video industry in 2025"),
    _positive("market.size_2033", _FLOW, "revenue of the whole AI-video industry in 2033"),
    _positive("market.growth_fade", "1/year", "rate at which log growth of the market fades"),
    _positive("market.subsidy_half_life", "years", "half-life of the consumer subsidy"),
    _share("market.fixed_cost_elasticity", "1", "how fixed cost grows with the market"),
    _positive(
        "compute.unit_cost_2026",
        "USD/second",
        "compute cost of a second of video in 2026 for a lab that rents GPUs",
    ),
    _share(
        "compute.chip_cost_decline", _YEAR, "fall of the cost of a unit of compute", below_one=True
    ),
    _share(
        "compute.efficiency_gain",
        _YEAR,
        "fall of the compute that a second of video needs",
        below_one=True,
    ),
    _at_least_zero(
        "compute.quality_creep",
        _YEAR,
        "rise of the compute that a second of video needs, from resolution, length, control",
    ),
    _positive(
        "compute.scarcity_half_life",
        "years",
        "half-life of compute scarcity in the core business",
    ),
    _positive(
        "compute.cost_gap_half_life",
        "years",
        "half-life of a player's cost gap to the cheapest supplier",
    ),
    _positive("competition.price_2026", "USD/second", "average price of a second of video in 2026"),
    _at_least_zero("competition.markup", "1", "long-run markup over the industry's average cost"),
    _positive(
        "competition.commoditization_rate",
        "1/year",
        "speed at which price chases average cost plus markup; its inverse is the lag in years",
    ),
    _at_least_zero(
        "competition.lock_in",
        "1/year",
        "loss of a returning player's share per year away and unit of the largest rival's share",
    ),
    _at_least_zero(
        "competition.fringe_attractiveness",
        "1",
        "attractiveness of everyone who is no player and is paid, hosts of open weights included",
    ),
    Quantity(
        "competition.fringe_growth",
        _YEAR,
        -1.0,
        inf,
        "growth of the fringe's attractiveness",
        lower_open=True,
    ),
    _positive(
        "robotics.years_to_revenue",
        "years",
        "from the decision to the first material world-model revenue in robotics",
    ),
    Quantity(
        "robotics.success",
        "0 or 1",
        0.0,
        1.0,
        "whether robotics revenue comes at all",
        event=True,
    ),
    _at_least_zero(
        "robotics.profit_pool",
        _FLOW,
        "industry profit at maturity that world models can claim",
    ),
    _positive("robotics.ramp_years", "years", "time from first robotics revenue to maturity"),
    _share(
        "ipo.valuation_impact",
        "fraction",
        "fall of the IPO valuation while carrying loss-making video",
    ),
    _at_least_zero("ipo.delay_years", "years", "how much later the IPO comes"),
    _at_least_zero("ipo.delay_cost", _YEAR, "valuation lost per year of IPO delay"),
    _share(
        "ipo.owner_pass_through",
        "1",
        "share of a repricing that present owners really lose (dilution)",
    ),
    _share("ipo.refund", "1", "share of the IPO loss still saved by leaving after the first year"),
    Quantity(
        "valuation.terminal_growth",
        _YEAR,
        -0.1,
        inf,
        "growth of cash flows after the last year",
        lower_open=True,
    ),
)

PLAYER_QUANTITIES: tuple[Quantity, ...] = (
    _at_least_zero("player.attractiveness", "1", "weight in the market-share contest"),
    _positive("player.cost_ratio", "1", "own compute cost of a second of video over the renter's"),
    _positive(
        "player.price_premium",
        "1",
        "own price over the market's in 2026; it fades with the cost gap",
    ),
    _at_least_zero(
        "player.consumer_subsidy_2026",
        _FLOW,
        "compute given away by the consumer app in 2026",
    ),
    _at_least_zero(
        "player.fixed_cost",
        _FLOW,
        "frontier training, staff, safety in 2026 that leaving really saves",
    ),
    _at_least_zero(
        "player.synergy",
        "1",
        "core profit per dollar of video revenue beyond what reselling a rival's model would keep",
    ),
    _at_least_zero(
        "player.compute_opportunity",
        "1",
        "core profit lost per dollar of compute that video uses, beyond its cost",
    ),
    _at_least_zero(
        "player.legal_loss",
        _FLOW,
        "expected copyright and deepfake losses that leaving avoids",
    ),
    _share("player.robotics_capture", "1", "share of the robotics profit pool"),
    _at_least_zero(
        "player.robotics_uplift",
        "1",
        "relative rise of that share when video's people and compute move over",
    ),
    _share("player.robotics_complement", "1", "share of it lost by leaving video"),
    _share("player.api_share", "1", "market share kept by api_only, relative to stay"),
    _share("player.api_fixed", "1", "fixed cost of api_only, relative to stay"),
    _share(
        "player.api_scope",
        "1",
        "legal and IPO burden of api_only, and what it holds back from robotics, relative to stay",
    ),
    # Its lower end follows from valuation.terminal_growth: see priors.reading.resolve.
    Quantity("player.discount_rate", _YEAR, -0.09, inf, "cost of capital", lower_open=True),
    _at_least_zero("player.valuation", _MONEY, "valuation at the decision"),
    _share(
        "player.ipo_exposure",
        "1",
        "1: a pre-IPO company whose listing is at stake; 0: listed, or none planned",
    ),
    _at_least_zero(
        "player.trust_loss",
        _MONEY,
        "present value of developers lost elsewhere when an API is pulled",
    ),
    _at_least_zero("player.salvage", _MONEY, "sale of team, IP or company on exit"),
    _at_least_zero("player.exit_cost", _MONEY, "contracts, refunds, severance on exit"),
    _at_least_zero("player.funding", _MONEY, "cumulative cash burn that can be financed"),
    _share("player.distress_recovery", "1", "share of salvage recovered when funding runs out"),
    _at_least_zero("player.reentry_cost", _MONEY, "cost of coming back, at 2026 prices"),
    _share("player.reentry_share", "1", "share regained on coming back at once, relative to stay"),
)

QUANTITIES: tuple[Quantity, ...] = GLOBAL_QUANTITIES + PLAYER_QUANTITIES

_BY_NAME = {quantity.name: quantity for quantity in QUANTITIES}


def by_name(name: str) -> Quantity:
    """The quantity called `name`.

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    return _BY_NAME[name]
