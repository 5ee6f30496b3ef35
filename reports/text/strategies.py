"""How texts for readers call the strategies of the run that they tell of, from their records.

A prior file may add strategies, so a run brings its own. What is written about it is written inside
`reporting(run)`; outside, the strategies are those that every file has.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from model.economics.strategies import EXIT, STAY, STRATEGIES, Strategy, of_run
from priors.registry.selection import Selection, select
from priors.wording import joined
from reports.text.numbers import in_words

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "ADVICE",
    "BETTER",
    "DIFFERENCE",
    "DOING",
    "LABELS",
    "LEAVING",
    "ONE_MORE_YEAR",
    "STAYING",
    "Told",
    "how_many",
    "in_scripts",
    "meanings",
    "quantities",
    "question",
    "reporting",
    "strategies",
    "strategy",
]


@dataclass(frozen=True, slots=True)
class _Reported:
    """What is reported: the strategies compared, and all quantities that may be named."""

    strategies: tuple[Strategy, ...]
    quantities: Selection


_USUAL = _Reported(STRATEGIES, select())
_REPORTED: ContextVar[_Reported] = ContextVar("reported", default=_USUAL)


@contextmanager
def reporting(run: "xr.DataTree") -> Iterator[None]:
    """While this lasts, texts, tables and the page speak of this run's strategies.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.

    Yields
    ------
    None
    """
    from model.simulation.labels import selection_of

    token = _REPORTED.set(_Reported(of_run(run), selection_of(run)))
    try:
        yield
    finally:
        _REPORTED.reset(token)


def strategies() -> tuple[Strategy, ...]:
    """The strategies that are reported, in the order of the run's payoffs.

    Returns
    -------
    tuple of Strategy
        Exit and stay first.
    """
    return _REPORTED.get().strategies


def quantities() -> Selection:
    """The quantities of the run that is reported.

    Returns
    -------
    Selection
        With those that its own strategies bring.
    """
    return _REPORTED.get().quantities


def strategy(name: str) -> Strategy:
    """The one of that name among those reported.

    Parameters
    ----------
    name : str
        Its one name.

    Returns
    -------
    Strategy

    Raises
    ------
    KeyError
        If there is none.
    """
    return {one.name: one for one in strategies()}[name]


class Told[T](Mapping[str, T]):
    """Name to something told of each strategy that is reported, at the time when it is read.

    Parameters
    ----------
    of : callable
        From a strategy's record to what is told.
    """

    def __init__(self, of: Callable[[Strategy], T]) -> None:
        self._of = of

    def __getitem__(self, name: str) -> T:
        return self._of(strategy(name))

    def __iter__(self) -> Iterator[str]:
        return (one.name for one in strategies())

    def __len__(self) -> int:
        return len(strategies())


#: The two that the question is about: whether to leave.
LEAVING: Strategy = STRATEGIES[EXIT]
STAYING: Strategy = STRATEGIES[STAY]

#: By a strategy's name: how tables call it, and sentences as advice, and as something done.
LABELS: Mapping[str, str] = Told(lambda one: one.label)
ADVICE: Mapping[str, str] = Told(lambda one: one.advice)
DOING: Mapping[str, str] = Told(lambda one: one.doing)

#: Headings of the difference that answers the question, and of how often it is positive.
DIFFERENCE = f"{LEAVING.advice} − {STAYING.advice}"
BETTER = f"{LEAVING.advice} better"
#: What that difference is called where who stays nearly always leaves at the end of the first year.
ONE_MORE_YEAR = "the cost of one more year"


def how_many() -> str:
    """How many strategies there are, in words.

    Returns
    -------
    str
    """
    return in_words(len(strategies()))


def meanings() -> str:
    """What each comes to, in a row: ``to close …, to go on … or to …``.

    Returns
    -------
    str
    """
    return joined([one.meaning for one in strategies()], ", or ")


def question(subject: str) -> str:
    """What is asked of `subject`: ``Exit AI video, stay, or …?``.

    Parameters
    ----------
    subject : str
        Such as ``AI video``.

    Returns
    -------
    str
    """
    others = [one.advice for one in strategies() if one.name != LEAVING.name]
    return f"{LEAVING.advice.capitalize()} {joined([subject, *others], ', or ')}?"


def in_scripts() -> dict[str, Any]:
    """What the page's scripts need to call the strategies as the page does.

    Returns
    -------
    dict
        Plain strings, lists and dicts, for JSON.
    """
    return {
        "advice": dict(ADVICE),
        "short": {one.name: one.short for one in strategies()},
    }
