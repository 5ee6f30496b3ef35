"""Priors → draws → payoffs → a labelled tree."""

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model import kernel, sampling
from model.defaults import DEFAULT_CHAINS, DEFAULT_DRAWS, DEFAULT_SEED
from model.dims import COMPONENTS, STRATEGIES
from priors.errors import NumericalError
from priors.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES, QUANTITIES
from priors.records import Priors

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["simulate"]

type Array = npt.NDArray[np.float64]
#: Told the share of the work that is done.
type Progress = Callable[[float], None]


def simulate(
    priors: Priors,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    chains: int = DEFAULT_CHAINS,
    sampler: str = "sobol",
    *,
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
    progress : callable, optional
        Called with the share of the work that is done, from 0 to 1.

    Returns
    -------
    xarray.DataTree
        Group ``prior``: every quantity, (chain, draw) or (chain, draw, player). Group ``payoff``:
        ``npv`` (chain, draw, player, strategy), ``component_mean`` and ``component_mcse``
        (player, strategy, component), USD billion.

    Raises
    ------
    InputError
        Where the size or the sampler is impossible.
    NumericalError
        Where a draw's payoff is not finite: with the player and that draw's quantities.
    """
    drawn = sampling.sample(priors, draws, chains, seed, sampler)
    npv, component_means = _evaluate(drawn, progress or _silent)
    tree = _tree(drawn, npv, component_means)
    tree.attrs |= _attributes(priors, draws, seed, chains, sampler)
    return tree


def _silent(done: float) -> None:
    del done


def _evaluate(drawn: sampling.Draws, progress: Progress) -> tuple[Array, Array]:
    """NPVs (chain, draw, player, strategy), and each chain's component means.

    A chain at a time, so that memory stays flat: the components of all draws would take ten
    times the room of the NPVs.
    """
    chains, draws = drawn.shape
    shape = (len(drawn.players), len(STRATEGIES))
    npv = np.empty((chains, draws, *shape))
    means = np.empty((chains, *shape, len(COMPONENTS)))
    components = np.empty((draws, *shape, len(COMPONENTS)))
    for chain in range(chains):
        globals_, players = drawn.globals_(chain), drawn.of_players(chain)
        _, npv[chain] = kernel.evaluate(globals_, players, out=components)
        _check_finite(npv[chain], drawn, chain)
        means[chain] = components.mean(axis=0)
        progress((chain + 1) / chains)
    return npv, means


def _check_finite(npv: Array, drawn: sampling.Draws, chain: int) -> None:
    if np.isfinite(npv).all():
        return
    draw, player, strategy = (int(place) for place in np.argwhere(~np.isfinite(npv))[0])
    globals_ = drawn.globals_(chain)[:, draw]
    own = drawn.of_players(chain)[player, :, draw]
    lines = [f"  {q.name} = {x:.6g}" for q, x in zip(GLOBAL_QUANTITIES, globals_, strict=True)]
    name = drawn.players[player]
    lines += [
        f"  players.{name}.{q.key} = {x:.6g}" for q, x in zip(PLAYER_QUANTITIES, own, strict=True)
    ]
    head = f"the NPV of {STRATEGIES[strategy]} for {name} is {npv[draw, player, strategy]}"
    raise NumericalError("\n".join([f"{head} in draw {draw} of chain {chain}, where", *lines]))


def _tree(drawn: sampling.Draws, npv: Array, component_means: Array) -> "xr.DataTree":
    import xarray as xr

    chains, draws = drawn.shape
    axes = {"chain": np.arange(chains), "draw": np.arange(draws)}
    players = {"player": list(drawn.players)}
    units = {quantity.name: quantity for quantity in QUANTITIES}
    prior = xr.Dataset(
        {
            name: (
                ("chain", "draw", "player")[: values.ndim],
                values,
                {"units": units[name].unit, "long_name": units[name].meaning},
            )
            for name, values in drawn.by_name().items()
        },
        coords={**axes, **players},
    )
    money = {"units": "USD billion"}
    mcse = component_means.std(axis=0, ddof=1) / np.sqrt(chains)
    cells = ("player", "strategy", "component")
    payoff = xr.Dataset(
        {
            "npv": (
                ("chain", "draw", "player", "strategy"),
                npv,
                money | {"long_name": "net present value at the decision date"},
            ),
            "component_mean": (cells, component_means.mean(axis=0), money),
            "component_mcse": (cells, mcse, money),
        },
        coords={
            **axes,
            **players,
            "strategy": list(STRATEGIES),
            "component": list(COMPONENTS),
        },
    )
    return xr.DataTree.from_dict({"/prior": prior, "/payoff": payoff})


def _attributes(priors: Priors, draws: int, seed: int, chains: int, sampler: str) -> dict[str, Any]:
    """What a run carries of its own making: strings and numbers only, as netCDF wants."""
    return {
        "name": priors.name,
        "description": priors.description,
        "currency": "USD billion, nominal",
        "draws": draws,
        "chains": chains,
        "seed": seed,
        "sampler": sampler,
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
