"""The strategies: one record each, from which everything that names a strategy is derived.

A new operating strategy is one more record here, and in the registry of quantities the player
quantities that its factors name.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "EXIT",
    "OPERATING",
    "STAY",
    "STRATEGIES",
    "STRATEGY_NAMES",
    "Mark",
    "Strategy",
    "by_name",
]

#: A factor relative to `stay`: a number, or the key of a player quantity.
type Factor = float | str
type Mark = Literal["●", "■", "◆", "▲", "▼", "✚"]


@dataclass(frozen=True, slots=True)
class Strategy:
    """What a company may do.

    Attributes
    ----------
    name : str
        Its one name in files, on axes, in tables.
    label : str
        How tables and legends call it.
    advice, doing, meaning : str
        How a sentence calls it as advice, as something done, and explains it after "compares".
    real_option : {"come back", "leave"}
        What it leaves open.
    colour, dark_colour : str
        On a light page and on paper, and on a dark page.
    colour_name : str
        How a sentence calls that colour.
    mark : {"●", "■", "◆", "▲", "▼", "✚"}
        The shape that stands beside its label, for who cannot tell the colours apart.
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
    meaning: str
    real_option: Literal["come back", "leave"]
    colour: str
    dark_colour: str
    colour_name: str
    terminal_colour: str
    mark: Mark
    dash: tuple[int, ...] = ()
    share: Factor = 0.0
    fixed: Factor = 0.0
    scope: Factor = 0.0
    subsidy: Factor = 0.0

    @property
    def operating(self) -> bool:
        """Whether the business is run; if not, the player has left."""
        return self.real_option == "leave"


#: Looks that stay apart from these for every eye, for further ones: ▲ #7848f8, dark #d0d8f8;
#: ▼ #423501, dark #f6fd55; ✚ #1e1f20, dark #95979a.
STRATEGIES: tuple[Strategy, ...] = (
    Strategy(
        name="exit",
        label="Exit",
        advice="exit",
        doing="exiting",
        meaning="to close its video business",
        real_option="come back",
        colour="#0f4187",
        dark_colour="#5c9de8",
        colour_name="blue",
        terminal_colour="blue",
        mark="●",
    ),
    Strategy(
        name="stay",
        label="Stay",
        advice="stay",
        doing="staying",
        meaning="to go on with all of it",
        real_option="leave",
        colour="#a84d0c",
        dark_colour="#f0a057",
        colour_name="orange",
        terminal_colour="yellow",
        mark="■",
        dash=(7, 2),
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
        meaning="to close the consumer app and keep selling the API",
        real_option="leave",
        colour="#117a61",
        dark_colour="#6ae3bb",
        colour_name="green",
        terminal_colour="green",
        mark="◆",
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

    Parameters
    ----------
    name : str
        A strategy's one name, such as ``api_only``.

    Returns
    -------
    Strategy

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    return {strategy.name: strategy for strategy in STRATEGIES}[name]
