"""The whole model without real options by this program, and whether NumPy finds the same."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from benchmarks.peers.economics import COMPONENTS, components
from benchmarks.peers.timing import Figures, Measured, timed
from model.economics.components import COMPONENT_NAMES
from model.economics.kernel import evaluate
from model.numerics.standard_errors import mcse
from model.sampling.draws import Draws
from model.sampling.joint import sample
from model.simulation.simulate import simulate
from priors.reading.load import load_priors
from priors.reading.records import Priors

__all__ = ["kernel", "largest_deviation", "whole_run"]

type Array = npt.NDArray[np.float64]

#: Draws of a run of ours, in so many chains; larger sizes are several runs.
_RUN, _CHAINS = 65_536, 16


def kernel(size: int) -> Measured:
    """Joint draws and the compiled economics, nothing else.

    Parameters
    ----------
    size : int
        Draws, in runs of 65,536 or fewer.

    Returns
    -------
    Measured
    """
    priors, room = load_priors("base.toml"), None

    def run(draws: int, seed: int) -> Array:
        nonlocal room
        drawn, found = sample(priors, draws, _CHAINS, seed), []
        for chain in range(_CHAINS):
            room, npv = evaluate(drawn.globals_(chain), drawn.of_players(chain), room)
            found.append((npv[..., 0] - npv[..., 1]).mean(axis=0))
        room = None
        return np.array(found)

    return _in_runs(priors, size, run)


def whole_run(size: int) -> Measured:
    """A whole run without real options: joint draws, payoffs, labelled tree.

    Parameters
    ----------
    size : int
        Draws, in runs of 65,536 or fewer.

    Returns
    -------
    Measured
    """
    priors = load_priors("base.toml")

    def run(draws: int, seed: int) -> Array:
        tree = simulate(priors, draws, seed, _CHAINS, options=False)
        npv = tree["payoff"].dataset["npv"].values
        return np.asarray((npv[..., 0] - npv[..., 1]).mean(axis=1))

    return _in_runs(priors, size, run)


def _in_runs(priors: Priors, size: int, run: Callable[[int, int], Array]) -> Measured:
    """Time runs with different seeds, which give the means (chain, player) of their chains."""
    draws = min(size, _RUN)
    seeds = range(1, size // draws + 1)
    run(1024, 0)
    found, wall, cpu = timed(lambda: np.array([run(draws, seed) for seed in seeds]))
    figures: Figures = {}
    for place, player in enumerate(priors.players):
        errors = [mcse(of_run) for of_run in found[:, :, place]]
        together = float(np.sqrt(np.mean(np.square(errors)) / len(seeds)))
        figures[player.name] = float(found[:, :, place].mean()), together
    return Measured(draws * len(seeds), wall, cpu, figures)


def largest_deviation(draws: int = 4096) -> float:
    """How far the economics in NumPy are from the compiled ones, draw by draw.

    Parameters
    ----------
    draws : int
        Joint draws of base.toml on which both are evaluated.

    Returns
    -------
    float
        The largest difference between two components, as a part of the sum of the absolute
        components of that player's strategy on that draw.
    """
    drawn, worst = sample(load_priors("base.toml"), draws, 4), 0.0
    order = [COMPONENTS.index(name) for name in COMPONENT_NAMES]
    for chain in range(4):
        ours, _ = evaluate(drawn.globals_(chain), drawn.of_players(chain))
        theirs = components(_by_name(drawn, chain))[:, order].transpose(3, 2, 0, 1)
        size = np.abs(ours).sum(axis=-1, keepdims=True)
        worst = max(worst, float((np.abs(theirs - ours) / size).max()))
    return worst


def _by_name(drawn: Draws, chain: int) -> dict[str, Array]:
    """One chain's draws, as the economics in NumPy take them."""
    quantities, own = drawn.quantities, drawn.of_players(chain)
    found = dict(zip([one.name for one in quantities.shared], drawn.globals_(chain), strict=True))
    return found | {one.name: own[:, place] for place, one in enumerate(quantities.own)}
