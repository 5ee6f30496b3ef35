"""Priors → draws → payoffs → a labelled tree."""

import json
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from model.economics import kernel
from model.economics.components import COMPONENT_NAMES, OPTION_COMPONENT_NAMES
from model.economics.strategies import STRATEGY_NAMES
from model.economics.timing import apply_timing
from model.numerics.arrays import Array, Years
from model.sampling import joint as sampling
from model.sampling.defaults import DEFAULT_CHAINS, DEFAULT_DRAWS, DEFAULT_SEED
from model.simulation import labels
from model.simulation.paths import paths
from priors.errors import NumericalError
from priors.reading.records import Priors

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["simulate"]

#: Told the share of the work that is done.
type Progress = Callable[[float], None]


def simulate(
    priors: Priors,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    chains: int = DEFAULT_CHAINS,
    sampler: str = "sobol",
    *,
    options: bool = True,
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
        Group ``path``: bands over the years of market, price, cost, shares and margins.

    Raises
    ------
    InputError
        Where the size or the sampler is impossible.
    NumericalError
        Where a draw's payoff is not finite: with the player and that draw's quantities.
    """
    progress = progress or _silent
    drawn = sampling.sample(priors, draws, chains, seed, sampler)
    # First without the real options: they can only be valued on draws that are finite.
    npv, component_means = _evaluate(drawn, None)
    groups = {"prior": labels.prior(drawn), "path": paths(drawn)}
    if options:
        from model.simulation.exercise import exercise_options

        usage = exercise_options(drawn, progress)
        npv, component_means = _evaluate(drawn, usage.timing)
        groups["option"] = labels.option(drawn, usage)
    groups["payoff"] = labels.payoff(drawn, npv, component_means)
    progress(1.0)
    return labels.tree(groups, _attributes(priors, draws, seed, chains, sampler, options))


def _silent(done: float) -> None:
    del done


def _evaluate(drawn: sampling.Draws, timing: Years | None) -> tuple[Array, Array]:
    """NPVs (chain, draw, player, strategy), and each chain's component means.

    A chain at a time, so that memory stays flat: the components of all draws would take ten
    times the room of the NPVs.
    """
    chains, draws = drawn.shape
    shape = (len(drawn.players), len(STRATEGY_NAMES))
    count = len(COMPONENT_NAMES) + (0 if timing is None else len(OPTION_COMPONENT_NAMES))
    npv = np.empty((chains, draws, *shape))
    means = np.empty((chains, *shape, count))
    components = np.empty((draws, *shape, count))
    for chain in range(chains):
        globals_, players = drawn.globals_(chain), drawn.of_players(chain)
        _, npv[chain] = kernel.evaluate(globals_, players, components)
        if timing is not None:
            apply_timing(globals_, players, timing[chain], components, npv[chain])
        _check_finite(npv[chain], drawn, chain)
        means[chain] = components.mean(axis=0)
    return npv, means


def _check_finite(npv: Array, drawn: sampling.Draws, chain: int) -> None:
    if np.isfinite(npv).all():
        return
    draw, player, strategy = (int(place) for place in np.argwhere(~np.isfinite(npv))[0])
    globals_ = drawn.globals_(chain)[:, draw]
    own = drawn.of_players(chain)[player, :, draw]
    lines = [
        f"  {q.name} = {x:.6g}" for q, x in zip(drawn.quantities.shared, globals_, strict=True)
    ]
    name = drawn.players[player]
    lines += [
        f"  players.{name}.{q.key} = {x:.6g}"
        for q, x in zip(drawn.quantities.own, own, strict=True)
    ]
    head = f"the NPV of {STRATEGY_NAMES[strategy]} for {name} is {npv[draw, player, strategy]}"
    raise NumericalError("\n".join([f"{head} in draw {draw} of chain {chain}, where", *lines]))


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
