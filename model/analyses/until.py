"""Draws in as many randomizations as it takes: doubled until every player's answer is clear."""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.analyses.blocks.arguments import RUN
from model.analyses.blocks.memory import check_memory
from model.analyses.blocks.run import simulate
from model.analyses.decision import decision
from model.analyses.results.looks import Goal, Look, Looks
from model.analyses.results.record import plain
from model.numerics.arguments.door import checked
from model.numerics.arguments.scalars import maybe, real, whole
from model.numerics.repeated_looks import ERROR_RATE, doublings, errors_required
from model.numerics.standard_errors import is_resolved
from model.sampling.defaults import (
    DEFAULT_CHAINS,
    DEFAULT_DRAWS,
    DEFAULT_SEED,
    MAX_DOUBLINGS,
    RIVALS_RESPOND,
)
from model.sampling.size import check_size
from priors.errors import InputError
from priors.reading.records import Priors

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["check_goal", "simulate_until"]

#: Told the share of the work that is done.
type Progress = Callable[[float], None]


@checked(**RUN, precision=maybe(real), max_draws=maybe(whole(1)))
def simulate_until(  # noqa: PLR0913  # simulate's signature, and when to stop
    priors: Priors,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    chains: int = DEFAULT_CHAINS,
    sampler: str = "sobol",
    *,
    precision: float | None = None,
    max_draws: int | None = None,
    options: bool = True,
    rivals: str = RIVALS_RESPOND,
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> "xr.DataTree":
    """Simulate with as many randomizations as it takes to resolve every best strategy.

    The chains are doubled, of the same number of draws each, until every player's best strategy
    leads the next by more standard errors than chance explains, or exit − stay is known to
    `precision`. Looking repeatedly has a price: a tie would exceed two standard errors at some look
    far too often. So the number that is asked for is higher, and falls from look to look; the
    probability that a tie exceeds it at any of the looks up to `max_draws` is 2.5 % a player
    (`model.numerics.repeated_looks`). The run's verdicts are judged by the last look's number.

    Parameters
    ----------
    priors : Priors
        From `load_priors`.
    draws : int
        Total over the chains at the first look; for ``sobol`` a power of two a chain.
    seed : int
        The same seed gives the same bytes; the run is that of `simulate` with its final number of
        draws and chains.
    chains : int
        Independent randomizations at the first look, 4 or more.
    sampler : {"sobol", "random"}
        As `simulate` takes it.
    precision : float, optional
        Stop when the standard error of exit − stay is at most this for every player, USD billion;
        by default when every player's best strategy is resolved.
    max_draws : int, optional
        The most draws, eight times `draws` by default; the last look is at the largest doubling
        within it.
    options : bool
        As `simulate` takes it.
    rivals : {"respond", "stay"}
        As `simulate` takes it.
    without : sequence of str
        As `simulate` takes it.
    progress : callable, optional
        Called with the share of the work that is done, if it takes all looks.

    Returns
    -------
    xarray.DataTree
        As `simulate` returns it; its attribute ``looks`` says how many draws were used and why no
        more, as JSON.

    Raises
    ------
    InputError
        Where `simulate` does, or the precision is not above 0, or `max_draws` below `draws`.
    NumericalError
        Where `simulate` does.
    """
    check_size(draws, chains, sampler)
    max_draws = draws << MAX_DOUBLINGS if max_draws is None else max_draws
    check_goal(draws, precision, max_draws)
    last = doublings(draws, max_draws)[-1]
    check_size(last, chains * (last // draws), sampler)
    check_memory(priors, last, options=options)
    found: list[Look] = []
    for size, required in _plan(draws, chains, precision, max_draws):
        run = simulate(
            priors,
            size,
            seed,
            chains * (size // draws),
            sampler,
            options=options,
            rivals=rivals,
            without=without,
            progress=_part(progress, size, draws, max_draws),
        )
        found.append(_look(run, required, precision))
        if not found[-1].open:
            break
    if progress is not None:
        progress(1.0)
    run.attrs["looks"] = json.dumps(plain(_looks(found, precision, max_draws)))
    return run


def check_goal(draws: int, precision: float | None, max_draws: int | None) -> None:
    """Refuse a goal that cannot be.

    Parameters
    ----------
    draws : int
        At the first look.
    precision : float, optional
        USD billion.
    max_draws : int, optional
        The most draws.

    Raises
    ------
    InputError
        Where the precision is not above 0, or `max_draws` below `draws`.
    """
    if precision is not None and not (precision > 0.0 and math.isfinite(precision)):
        raise InputError(f"precision {precision:g} is no standard error: expected USD billion > 0")
    if max_draws is not None and max_draws < draws:
        raise InputError(f"at most {max_draws} draws are fewer than the {draws} of the first look")


def _plan(
    draws: int, chains: int, precision: float | None, max_draws: int
) -> Iterator[tuple[int, float]]:
    """Of each look that may come, its draws and what it asks for."""
    sizes = doublings(draws, max_draws)
    counts = [chains * (size // draws) for size in sizes]
    asked = errors_required(counts) if precision is None else [precision] * len(sizes)
    return zip(sizes, asked, strict=True)


def _part(progress: Progress | None, size: int, draws: int, max_draws: int) -> Progress | None:
    """The progress of one look, as a part of the work of all that may come."""
    if progress is None:
        return None
    # sizes double from `draws` on: those before add up to `size - draws`
    whole = 2 * doublings(draws, max_draws)[-1] - draws
    return lambda done: progress((size - draws + size * done) / whole)


def _look(run: "xr.DataTree", required: float, precision: float | None) -> Look:
    """What a look finds: where every player stands."""
    players = decision(run)["players"]
    if precision is None:
        leads = {name: entry["best_minus_next"] for name, entry in players.items()}
        still_open = [
            name
            for name, lead in leads.items()
            if not is_resolved(lead["mean"], lead["mean_mcse"], required)
        ]
        worst = float(np.min([_errors(**lead) for lead in leads.values()]))
    else:
        widths = {name: entry["exit_minus_stay"]["mean_mcse"] for name, entry in players.items()}
        still_open = [name for name, width in widths.items() if width > required]
        worst = max(widths.values())
    return Look(int(run.attrs["draws"]), int(run.attrs["chains"]), required, worst, still_open)


def _errors(mean: float, mean_mcse: float) -> float:
    """A lead in its standard errors: infinite where it has none, NaN of an exact tie."""
    if mean_mcse > 0.0:
        return mean / mean_mcse
    return math.inf if mean > 0.0 else math.nan


def _looks(found: Sequence[Look], precision: float | None, max_draws: int) -> Looks:
    goal: Goal = "resolved" if precision is None else "precision"
    return Looks(
        goal=goal,
        stopped="max_draws" if found[-1].open else goal,
        max_draws=max_draws,
        error_rate=ERROR_RATE if precision is None else None,
        looks=found,
    )
