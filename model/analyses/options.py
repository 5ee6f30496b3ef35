"""The two rights of every player: value, bounds, when they are used, and by what rule."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model.analyses.option_usage import RIGHTS
from model.analyses.triggers import OBSERVED, Condition, Trigger, simple_rule
from model.economics.axes import FIRST_YEAR
from model.economics.real_options import RealOption
from model.economics.strategies import STRATEGY_NAMES
from model.numerics.standard_errors import mcse, pair
from model.simulation.exercise import real_options, value_option
from model.simulation.labels import drawn_of
from model.stopping.bermudan import OptionValue

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["in_words", "option_analysis"]

type Array = npt.NDArray[np.float64]


def option_analysis(
    run: "xr.DataTree",
    progress: Callable[[float], None] | None = None,
    players: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Describe every right of every player: the content of ``option.json``.

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
    dict
        ``players``: player to strategy to value and bounds, USD billion, each with its standard
        error; the share of draws by the year in which the right is used; the simple rule, and
        the share of the value that it keeps; what it is worth to wait a year.
    """
    drawn = drawn_of(run)
    chains = drawn.shape[0]
    found = {}
    for place, name in enumerate(drawn.players):
        if players is not None and name not in players:
            continue
        described = {}
        for strategy, real_option in zip(STRATEGY_NAMES, real_options(drawn, place), strict=True):
            described[strategy] = _describe(
                strategy, real_option, value_option(real_option, chains), chains
            )
        found[name] = described
        if progress is not None:
            progress((place + 1) / len(drawn.players))
    return {"schema": 1, "currency": run.attrs["currency"], "players": found}


def _describe(
    strategy: str, real_option: RealOption, option: OptionValue, chains: int
) -> dict[str, Any]:
    triggers, kept = simple_rule(real_option, option.advantage)
    used = option.exercise_date.reshape(chains, -1)
    shares = {
        str(FIRST_YEAR + year): pair("share", (used == date).mean(axis=1))
        for date, year in enumerate(real_option.years)
    }
    return {
        "right": RIGHTS[strategy],
        "value": option.value,
        "value_mcse": option.se,
        "upper": option.upper,
        "upper_mcse": option.upper_se,
        "upper_kind": option.upper_kind,
        "best_fixed_date": option.best_fixed,
        "rule_loses": bool(option.loses),
        **pair("probability_used", (used >= 0).mean(axis=1)),
        "by_year": shares,
        "rule": [_trigger(trigger) for trigger in triggers],
        "rule_in_words": [f"end of {trigger.year}: {in_words(trigger)}" for trigger in triggers],
        "rule_keeps": kept / option.value if option.value > 2.0 * option.se else None,
        **_wait(real_option, chains),
    }


def _wait(real_option: RealOption, chains: int) -> dict[str, float]:
    """What deciding once, at the first date, is worth over deciding now for good.

    Now, the better of using the right at that date in every world and of never using it; at the
    date, what is then seen decides.
    """
    first = RealOption(
        real_option.years[:1],
        real_option.exercise[:, :1],
        real_option.states[:, :1],
        real_option.live[:, :1],
    )
    option = value_option(first, chains)
    at_once = real_option.exercise[:, 0]
    now = at_once if at_once.mean() > 0.0 else np.zeros_like(at_once)
    gain = (option.payoff - now).reshape(chains, -1).mean(axis=1)
    return {"wait_a_year": float(gain.mean()), "wait_a_year_mcse": mcse(gain)}


def _trigger(trigger: Trigger) -> dict[str, Any]:
    return {
        "year": trigger.year,
        "always": trigger.always,
        "ways": [[_condition(condition) for condition in way] for way in trigger.ways],
    }


def _condition(condition: Condition) -> dict[str, Any]:
    name, unit = OBSERVED[condition.observed]
    return {
        "observed": name,
        "unit": unit,
        "above": condition.above if np.isfinite(condition.above) else None,
        "below": condition.below if np.isfinite(condition.below) else None,
    }


def in_words(trigger: Trigger) -> str:
    """A trigger as a manager reads it."""
    if trigger.always:
        return "in every case"
    if not trigger.ways:
        return "in no case"
    return "; or ".join(" and ".join(map(_in_words, way)) for way in trigger.ways)


def _in_words(condition: Condition) -> str:
    name, unit = OBSERVED[condition.observed]
    unit = "" if unit == "1" else f" {unit}"
    above, below = condition.above, condition.below
    if np.isfinite(above) and np.isfinite(below):
        return f"{name} between {above:.2g} and {below:.2g}{unit}"
    if np.isfinite(above):
        return f"{name} over {above:.2g}{unit}"
    return f"{name} under {below:.2g}{unit}"
