"""What a run says of its looks: how its draws were added to until there were enough."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from model.analyses.results.record import ABSENT, MaybeFloat
from priors.errors import InputError

__all__ = ["Goal", "Look", "Looks", "Stopped", "looks_from", "looks_of", "required_errors"]

#: What was asked for: every best strategy resolved, or exit − stay known well enough.
type Goal = Literal["resolved", "precision"]
#: Why no more draws were added: the goal, or the most that were allowed.
type Stopped = Literal["resolved", "precision", "max_draws"]


@dataclass(frozen=True, slots=True)
class Look:
    """The run as it was at one look.

    Attributes
    ----------
    draws, chains : int
        How many there were.
    required : float
        Standard errors that a lead had to exceed; or the precision, USD billion.
    worst : float
        The least lead of any player in its standard errors, null where it has none; or the
        largest standard error of any player's exit − stay, USD billion.
    open : sequence of str
        Players that had not got there.
    """

    draws: int
    chains: int
    required: float
    worst: MaybeFloat
    open: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How draws were added, and why that stopped.

    Attributes
    ----------
    goal : {"resolved", "precision"}
        What was asked for.
    stopped : {"resolved", "precision", "max_draws"}
        Why no more draws were added.
    max_draws : int
        The most that were allowed.
    error_rate : float, optional
        Probability that a tie is called resolved at any of the looks that were planned; of the
        goal ``resolved``.
    looks : sequence of Look
        In order; the last one is the run.
    """

    goal: Goal
    stopped: Stopped
    max_draws: int
    error_rate: Annotated[float | None, ABSENT] = None
    looks: Sequence[Look]


def looks_of(attributes: Mapping[Any, Any]) -> Looks | None:
    """What a run's attributes say of its looks.

    Parameters
    ----------
    attributes : mapping
        Of the run's tree; ``looks`` as JSON.

    Returns
    -------
    Looks or None
        None of a run that was looked at once.
    """
    if "looks" not in attributes:
        return None
    try:
        stated = json.loads(attributes["looks"])
    except (TypeError, ValueError, RecursionError):
        stated = {}
    return looks_from(stated)


def looks_from(stated: Mapping[str, Any]) -> Looks:
    """The record that a file states.

    Parameters
    ----------
    stated : mapping
        As in ``decision.json``.

    Returns
    -------
    Looks

    Raises
    ------
    InputError
        Where it states something else.
    """
    try:
        looks = [Look(**{**one, "worst": _number(one["worst"])}) for one in stated["looks"]]
        return Looks(**{**stated, "looks": looks})
    except (KeyError, TypeError, ValueError):
        raise InputError("run: what it says of its looks is damaged") from None


def required_errors(looks: Looks | None) -> float | None:
    """Standard errors that the last look asked of the lead of every best strategy.

    Parameters
    ----------
    looks : Looks, optional
        None of a run that was looked at once.

    Returns
    -------
    float or None
        None where it asked for nothing of the kind.
    """
    return None if looks is None or looks.goal != "resolved" else looks.looks[-1].required


def _number(value: float | None) -> float:
    return math.nan if value is None else value
