"""Payoffs of more draws than memory holds: a block of draws at a time, kept in scratch files.

Without the real options a draw's payoffs depend on no other draw. So the chains are made block by
block, on each core one chain, and the payoffs are those of one piece, byte for byte.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np

from model.economics.components import COMPONENT_NAMES
from model.economics.kernel import evaluate_inputs
from model.economics.presence import everybody
from model.economics.strategies import Strategy
from model.numerics.arrays import Array
from model.numerics.scratch import Scratch
from model.numerics.threads import in_threads
from model.sampling.draws import Draws
from model.sampling.joint import sample_chain
from model.simulation.payoffs import check_finite
from model.simulation.setting import Setting
from priors.reading.records import Priors

__all__ = ["BLOCK", "Plan", "evaluate_in_blocks"]

#: Draws of a block: their quantities and components fit into the caches of a core.
BLOCK = 8192

#: Shown each block: place of its chain, its draws, their NPVs (draw, player, strategy).
type Visit = Callable[[int, Draws, Array], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which draws a run has.

    Attributes
    ----------
    priors : Priors
        The resolved prior file.
    strategies : tuple of Strategy
        Those compared.
    per_chain, chains : int
        Draws of a chain, and how many chains.
    seed : int
        Not negative.
    sampler : str
        Which points.
    block : int
        Draws of a block.
    """

    priors: Priors
    strategies: tuple[Strategy, ...]
    per_chain: int
    chains: int
    seed: int
    sampler: str
    block: int = BLOCK

    @property
    def cells(self) -> tuple[int, int]:
        """Number of players, and of strategies."""
        return len(self.priors.players), len(self.strategies)


def evaluate_in_blocks(
    plan: Plan, scratch: Scratch, visit: Visit, progress: Callable[[float], None]
) -> Array:
    """Value every strategy of every player on every draw, without the real options.

    Parameters
    ----------
    plan : Plan
        Which draws.
    scratch : Scratch
        Filled with the NPVs (chain, player, strategy, draw), USD billion.
    visit : callable
        Shown each block, the blocks of a chain in order; called from several threads, those of one
        chain from one.
    progress : callable
        Called with the share of the draws that is done.

    Returns
    -------
    array (chain, player, strategy, component)
        Component means over each chain's draws, USD billion.

    Raises
    ------
    NumericalError
        Where a draw's payoff is not finite: with the player and that draw's quantities.
    """
    done, lock = [0], Lock()

    def advance(draws: int) -> None:
        with lock:
            done[0] += draws
            progress(done[0] / (plan.chains * plan.per_chain))

    def of_chain(chain: int) -> Array:
        return _chain(plan, chain, scratch, visit, advance)

    return np.array(in_threads(of_chain, range(plan.chains)))


def _chain(
    plan: Plan, chain: int, scratch: Scratch, visit: Visit, advance: Callable[[int], None]
) -> Array:
    """Value one chain; its component means (player, strategy, component)."""
    size = min(plan.block, plan.per_chain)
    room = np.empty((size, *plan.cells, len(COMPONENT_NAMES)))
    sums, start = np.zeros(room.shape[1:]), 0
    made = sample_chain(
        plan.priors, chain, plan.per_chain, plan.seed, plan.sampler, block=plan.block
    )
    for drawn in made:
        setting, draws = Setting(drawn, plan.strategies), drawn.shape[1]
        out = room[:draws]
        inputs = setting.inputs(0, everybody(draws, plan.cells[0]))
        _, npv = evaluate_inputs(inputs, out)
        check_finite(npv, setting, 0, chain, start)
        sums += out.sum(axis=0)
        scratch.write(chain, start, npv.transpose(1, 2, 0))
        visit(chain, drawn, npv)
        start += draws
        advance(draws)
    return sums / plan.per_chain
