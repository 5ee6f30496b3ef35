"""The strategies: one record each, from which everything that names a strategy is derived.

A prior file may add operating strategies as data; one that every file is to have is one more record
here, and in the registry of quantities the player quantities that its factors name.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from priors.errors import InputError, did_you_mean
from priors.reading.records import AddedStrategy
from priors.registry.selection import FACTORS

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "EXIT",
    "STAY",
    "STRATEGIES",
    "STRATEGY_NAMES",
    "Mark",
    "Strategy",
    "add",
    "compared",
    "of_run",
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
    should, short : str
        How a sentence calls it after "should", and as something done where there is little room.
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
    should: str
    short: str
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
        doing="leaving",
        should="leave",
        short="leaving",
        meaning="to close its video business",
        real_option="come back",
        colour="#052378",
        dark_colour="#6a91f5",
        colour_name="blue",
        terminal_colour="blue",
        mark="●",
    ),
    Strategy(
        name="stay",
        label="Stay",
        advice="stay",
        doing="staying",
        should="stay",
        short="staying",
        meaning="to go on with all of it",
        real_option="leave",
        colour="#c1470a",
        dark_colour="#ef782c",
        colour_name="orange",
        terminal_colour="yellow",
        mark="■",
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
        should="keep only the API",
        short="API only",
        meaning="to close the consumer app and keep selling the API",
        real_option="leave",
        colour="#007f7a",
        dark_colour="#9df0d6",
        colour_name="teal",
        terminal_colour="green",
        mark="◆",
        share="api_share",
        fixed="api_fixed",
        scope="api_scope",
    ),
)

#: Looks of the strategies that a file adds, in its order: they stay apart from those above and
#: from each other for every eye, and begin again after the last.
_LOOKS: tuple[dict[str, Any], ...] = (
    {
        "colour": "#b01ac3",
        "dark_colour": "#eab5f8",
        "colour_name": "purple",
        "terminal_colour": "magenta",
        "mark": "▲",
    },
    {
        "colour": "#423501",
        "dark_colour": "#f6fd55",
        "colour_name": "olive",
        "terminal_colour": "bright_yellow",
        "mark": "▼",
    },
    {
        "colour": "#1e1f20",
        "dark_colour": "#95979a",
        "colour_name": "grey",
        "terminal_colour": "bright_black",
        "mark": "✚",
    },
)

#: Places of the two that are always there, first among any run's: the question is whether to
#: leave. All those after `EXIT` run the business.
EXIT, STAY = 0, 1
#: Names of those that every file has.
STRATEGY_NAMES: tuple[str, ...] = tuple(strategy.name for strategy in STRATEGIES)


def add(name: str, label: str, place: int) -> Strategy:
    """The record of an operating strategy that a prior file adds.

    Parameters
    ----------
    name : str
        Its one name, such as ``paid_only``: its factors are the player quantities
        ``paid_only_share`` and so on.
    label : str
        Its name for readers.
    place : int
        Among those added, which settles its looks.

    Returns
    -------
    Strategy
    """
    factors: dict[str, Any] = {factor: f"{name}_{factor}" for factor in FACTORS}
    called = f"“{label}”"
    return Strategy(
        name=name,
        label=label,
        advice=called,
        doing=called,
        should=f"choose {called}",
        short=called,
        meaning=f"to choose {called}",
        real_option="leave",
        **_LOOKS[place % len(_LOOKS)],
        **factors,
    )


def compared(
    added: Sequence[AddedStrategy] = (), without: Collection[str] = ()
) -> tuple[Strategy, ...]:
    """The strategies that a run compares: those of every file, then those that its file adds.

    Parameters
    ----------
    added : sequence of AddedStrategy
        From a prior file.
    without : collection of str
        Names of those left out.

    Returns
    -------
    tuple of Strategy
        `exit` and `stay` first.

    Raises
    ------
    InputError
        If one left out is not there, or may not be left out.
    """
    every = (*STRATEGIES, *(add(one.name, one.label, k) for k, one in enumerate(added)))
    names = [one.name for one in every]
    kept = [STRATEGIES[EXIT].name, STRATEGIES[STAY].name]
    for name in without:
        if name in kept:
            raise InputError(f"{name} cannot be left out: {' and '.join(kept)} are the question")
        if name not in names:
            hint = did_you_mean(name, names)
            raise InputError(
                f"there is no strategy {name!r} to leave out: {', '.join(names)}{hint}"
            )
    return tuple(one for one in every if one.name not in without)


def of_run(run: "xr.DataTree") -> tuple[Strategy, ...]:
    """The strategies of a run, in the order of its payoffs.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.

    Returns
    -------
    tuple of Strategy
    """
    stated = json.loads(run.attrs.get("strategies", "[]"))
    every = compared([AddedStrategy(**one) for one in stated])
    known = {one.name: one for one in every}
    return tuple(known[str(name)] for name in run["payoff"].dataset["strategy"].values)
