"""The two real options of every player: value, bounds, when they are used, and by what rule."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.analyses.results.option import Condition, OptionAnalysis, RealOptionAnalysis, Trigger
from model.analyses.results.record import Figure
from model.analyses.triggers import simple_rule
from model.economics.axes import FIRST_YEAR
from model.economics.exercise import RealOption
from model.economics.strategies import Strategy
from model.simulation.exercise import exercise_of, value_option
from model.simulation.labels import presence_of, setting_of

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["in_words", "option_analysis"]


def option_analysis(
    run: "xr.DataTree",
    progress: Callable[[float], None] | None = None,
    players: Sequence[str] | None = None,
) -> OptionAnalysis:
    """Describe every real option of every player: the content of ``option.json``.

    Parameters
    ----------
    run : xarray.DataTree
        From `simulate`, or read from ``run.nc``.
    progress : callable, optional
        Called with the share of the work that is done.
    players : sequence of str, optional
        Those to report.

    Returns
    -------
    OptionAnalysis
        Player to strategy to value and bounds, USD billion, each with its standard error; the
        share of draws by the year in which the real option is used; the simple rule, and the
        share of the value that it keeps; what it is worth to wait a year.
    """
    setting, presence = setting_of(run), presence_of(run)
    drawn = setting.drawn
    chains = drawn.shape[0]
    filled = exercise_of(setting, presence)
    found = {}
    for place, name in enumerate(drawn.players):
        if players is not None and name not in players:
            continue
        found[name] = {
            strategy.name: _describe(strategy, filled.option(place, k), chains)
            for k, strategy in enumerate(setting.strategies)
        }
        if progress is not None:
            progress((place + 1) / len(drawn.players))
    return OptionAnalysis(currency=run.attrs["currency"], players=found)


def _describe(strategy: Strategy, real_option: RealOption, chains: int) -> RealOptionAnalysis:
    option = value_option(real_option, chains)
    triggers, kept = simple_rule(real_option, option.advantage)
    used = option.exercise_date.reshape(chains, -1)
    value = Figure(option.value, option.se)
    return RealOptionAnalysis(
        real_option=strategy.real_option,
        value=value,
        upper=Figure(option.upper, option.upper_se),
        upper_kind=option.upper_kind,
        best_fixed_date=option.best_fixed,
        rule_loses=bool(option.loses),
        probability_used=Figure.mean((used >= 0).mean(axis=1)),
        by_year={
            str(FIRST_YEAR + year): Figure.mean((used == date).mean(axis=1))
            for date, year in enumerate(real_option.years)
        },
        rule=triggers,
        rule_in_words=[f"end of {trigger.year}: {in_words(trigger)}" for trigger in triggers],
        rule_keeps=kept / value.value if value.resolved else None,
        wait_a_year=_wait(real_option, chains),
    )


def _wait(real_option: RealOption, chains: int) -> Figure:
    """What deciding once, at the first date, is worth over deciding now for good.

    Now, the better of using the real option at that date on every draw and of never using it;
    at the date, what is then seen decides.
    """
    first = RealOption(
        real_option.years[:1],
        real_option.exercise[:1],
        real_option.states[:1],
        real_option.live[:1],
        real_option.distress,
    )
    option = value_option(first, chains)
    at_once = real_option.exercise[0]
    now = at_once if at_once.mean() > 0.0 else np.zeros_like(at_once)
    return Figure.mean((option.payoff - now).reshape(chains, -1).mean(axis=1))


def in_words(trigger: Trigger) -> str:
    """A trigger as a manager reads it.

    Parameters
    ----------
    trigger : Trigger
        When a real option is exercised.

    Returns
    -------
    str
        Such as ``market revenue over 12 USD billion/year and own operating cash flow under 1
        …``; ways are parted by ``; or``.
    """
    if trigger.always:
        return "in every case"
    if not trigger.ways:
        return "in no case"
    return "; or ".join(" and ".join(map(_in_words, way)) for way in trigger.ways)


def _in_words(condition: Condition) -> str:
    name, above, below = condition.observed, condition.above, condition.below
    unit = "" if condition.unit == "1" else f" {condition.unit}"
    if np.isfinite(above) and np.isfinite(below):
        return f"{name} between {_number(above)} and {_number(below)}{unit}"
    if np.isfinite(above):
        return f"{name} over {_number(above)}{unit}"
    return f"{name} under {_number(below)}{unit}"


def _number(value: float) -> str:
    return f"{value:.2g}".replace("-", "−")
