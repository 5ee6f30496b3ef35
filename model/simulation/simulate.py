"""Priors → draws → payoffs → a labelled tree."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from model.economics.presence import everybody
from model.economics.strategies import compared
from model.sampling import joint as sampling
from model.sampling.defaults import DEFAULT_CHAINS, DEFAULT_DRAWS, DEFAULT_SEED
from model.simulation import labels
from model.simulation.exercise import exercise_options
from model.simulation.paths import paths
from model.simulation.payoffs import payoffs
from model.simulation.rivals import Response, respond
from model.simulation.setting import Setting
from priors.errors import InputError
from priors.reading.records import Priors

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["RIVALS", "simulate"]

#: What rivals may do.
RIVALS: tuple[str, ...] = ("respond", "stay")

#: Told the share of the work that is done.
type Progress = Callable[[float], None]


def simulate(  # noqa: PLR0913  # a public signature: all but three by keyword
    priors: Priors,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    chains: int = DEFAULT_CHAINS,
    sampler: str = "sobol",
    *,
    options: bool = True,
    rivals: str = "respond",
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> "xr.DataTree":
    """Draw from the joint prior and value every strategy of every player on the same draws.

    Parameters
    ----------
    priors : Priors
        From `load_priors`.
    draws : int
        Total over the chains; for ``sobol`` a power of two a chain.
    seed : int
        The same seed gives the same bytes on any number of cores.
    chains : int
        Independent randomizations, 4 or more: the Monte Carlo standard error is measured across
        them.
    sampler : {"sobol", "random"}
        Scrambled Sobol points, or independent pseudo-random ones.
    options : bool
        Whether players may leave later and come back.
    rivals : {"respond", "stay"}
        Whether rivals leave by their own rules, or all stay. Without `options` all stay.
    without : sequence of str
        Names of strategies that are not compared.
    progress : callable, optional
        Called with the share of the work that is done, from 0 to 1.

    Returns
    -------
    xarray.DataTree
        Group ``prior``: every quantity, (chain, draw) or (chain, draw, player). Group ``payoff``:
        ``npv`` (chain, draw, player, strategy), ``component_mean`` and ``component_mcse``
        (player, strategy, component), USD billion. With `options` also group ``option``: the
        year index ``timing`` (chain, draw, player, strategy) at whose end a real option is used, -1
        for never, and the ``payoff`` of using it; its ``value`` with bounds (player, strategy).
        Group ``path``: bands over the years of market, price, cost, shares and margins. Where
        rivals respond, also ``presence``: the ``last`` year in which each is there, and
        ``rivals_stay``: the ``npv`` where none ever leaves.

    Raises
    ------
    InputError
        Where the size or the sampler is impossible, or a strategy cannot be left out.
    NumericalError
        Where a draw's payoff is not finite: with the player and that draw's quantities.
    """
    progress = progress or _silent
    if rivals not in RIVALS:
        raise InputError(f"rivals {rivals!r} is unknown: expected {' or '.join(RIVALS)}")
    strategies = compared(priors.strategies, without)
    setting = Setting(sampling.sample(priors, draws, chains, seed, sampler), strategies)
    everyone = everybody(draws, len(priors.players))
    # First without the real options: they can only be valued on draws that are finite.
    npv, component_means = payoffs(setting, everyone)
    groups = {"prior": labels.prior(setting.drawn)}
    attributes = _attributes(priors, draws, seed, chains, sampler, options)
    if not options:
        there = everyone
    elif rivals == "stay":
        there = everyone
        usage = exercise_options(setting, everyone, progress)
        npv, component_means = payoffs(setting, everyone, usage.timing)
        groups["option"] = labels.option(setting, usage)
    else:
        response = respond(setting, progress)
        there = response.presence
        npv, component_means = response.npv, response.component_means
        groups["option"] = labels.option(setting, response.usage)
        groups["rivals_stay"] = labels.rivals_stay(setting, response.npv_rivals_stay)
        groups["presence"] = labels.presence(setting, there)
        attributes |= _of_rounds(response)
    groups["path"] = paths(setting, there)
    groups["payoff"] = labels.payoff(setting, npv, component_means)
    progress(1.0)
    return labels.tree(groups, attributes)


def _of_rounds(response: Response) -> dict[str, Any]:
    return {
        "rivals": "respond",
        "rounds": response.rounds,
        "settled": int(response.settled),
        "last_move_mcse": response.last_move,
        "residual": response.residual,
    }


def _silent(done: float) -> None:
    del done


def _attributes(
    priors: Priors, draws: int, seed: int, chains: int, sampler: str, options: bool
) -> dict[str, Any]:
    """What a run carries of its own making: strings and numbers only, as netCDF wants."""
    return {
        "name": priors.name,
        "description": priors.description,
        "currency": "USD billion, nominal",
        "draws": draws,
        "chains": chains,
        "seed": seed,
        "sampler": sampler,
        "options": int(options),
        "rivals": "stay",
        "edition": priors.edition,
        "strategies": json.dumps([asdict(strategy) for strategy in priors.strategies]),
        "version": _version(),
        "player_types": json.dumps({player.name: player.type for player in priors.players}),
        "player_labels": json.dumps({player.name: player.label for player in priors.players}),
        "type_labels": json.dumps(dict(priors.types)),
        "priors": priors.resolved,
    }


def _version() -> str:
    try:
        return version("decide-video")
    except PackageNotFoundError:
        return "unknown"
