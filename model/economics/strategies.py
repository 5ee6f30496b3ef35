"""The strategies: one record each, from which everything that names a strategy is derived.

A new operating strategy is one more record here, and in the registry of quantities the player
quantities that its factors name.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = ["EXIT", "OPERATING", "STAY", "STRATEGIES", "STRATEGY_NAMES", "Strategy", "by_name"]

#: A factor relative to `stay`: a number, or the key of a player quantity.
type Factor = float | str


@dataclass(frozen=True, slots=True)
class Strategy:
    """What a company may do.

    Attributes
    ----------
    name : str
        Its one name in files, on axes, in tables.
    label : str
        How tables and legends call it.
    advice, doing : str
        How a sentence calls it as advice, and as something done.
    real_option : {"come back", "leave"}
        What it leaves open.
    colour, dark_colour : str
        On a light page, and on a dark one.
    terminal_colour : str
        Rich's name of its colour in the terminal.
    dash : tuple of int
        Its line in charts, in Vega's form: strokes and gaps in pixels; empty for a solid line.
    share, fixed, scope, subsidy : float or str
        How the business is run, relative to `stay`: attractiveness; fixed cost; legal and IPO
        burden, and what is held back from robotics; consumer subsidy. All 0 where it is not run.
    """

    name: str
    label: str
    advice: str
    doing: str
    real_option: Literal["come back", "leave"]
    colour: str
    dark_colour: str
    terminal_colour: str
    dash: tuple[int, ...] = ()
    share: Factor = 0.0
    fixed: Factor = 0.0
    scope: Factor = 0.0
    subsidy: Factor = 0.0

    @property
    def operating(self) -> bool:
        """Whether the business is run; if not, the player has left."""
        return self.real_option == "leave"


STRATEGIES: tuple[Strategy, ...] = (
    Strategy(
        name="exit",
        label="Exit",
        advice="exit",
        doing="exiting",
        real_option="come back",
        colour="#0f4187",
        dark_colour="#5c9de8",
        terminal_colour="blue",
    ),
    Strategy(
        name="stay",
        label="Stay",
        advice="stay",
        doing="staying",
        real_option="leave",
        colour="#a84d0c",
        dark_colour="#f0a057",
        terminal_colour="yellow",
        dash=(6, 3),
        share=1.0,
        fixed=1.0,
        scope=1.0,
        subsidy=1.0,
    ),
    Strategy(
        name="api_only",
        label="API only",
        advice="keep only the API",
        doing="keeping only the API",
        real_option="leave",
        colour="#117a61",
        dark_colour="#6ae3bb",
        terminal_colour="green",
        dash=(2, 2),
        share="api_share",
        fixed="api_fixed",
        scope="api_scope",
    ),
)

STRATEGY_NAMES: tuple[str, ...] = tuple(strategy.name for strategy in STRATEGIES)

#: Places of the two that are always there: the question is whether to leave.
EXIT, STAY = STRATEGY_NAMES.index("exit"), STRATEGY_NAMES.index("stay")
#: Places of those that run the business.
OPERATING: tuple[int, ...] = tuple(
    place for place, strategy in enumerate(STRATEGIES) if strategy.operating
)


def by_name(name: str) -> Strategy:
    """The strategy called `name`.

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    return {strategy.name: strategy for strategy in STRATEGIES}[name]
