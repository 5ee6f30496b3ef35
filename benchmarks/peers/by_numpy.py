"""The whole model without real options by NumPy alone, a block of draws at a time."""

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from benchmarks.peers.economics import exit_minus_stay
from benchmarks.peers.plain_draws import PlainDraws
from benchmarks.peers.timing import Measured, figures_of_draws, timed
from priors.reading.load import load_priors

__all__ = ["BLOCK", "of_model"]

type Array = npt.NDArray[np.float64]

#: Draws at a time: so many stay in the processor's caches, and were found the fastest.
BLOCK = 1024


def of_model(size: int) -> Measured:
    """Independent draws and the economics in NumPy, a block of draws at a time.

    Parameters
    ----------
    size : int
        Draws.

    Returns
    -------
    Measured
    """
    priors = load_priors("base.toml")
    draws, rng = PlainDraws(priors), np.random.default_rng(1)

    def run() -> Array:
        blocks = [exit_minus_stay(draws.draw(BLOCK, rng)) for _ in range(max(size // BLOCK, 1))]
        return np.concatenate(blocks, axis=1)

    exit_minus_stay(draws.draw(BLOCK, rng))
    with threadpool_limits(1, user_api="blas"):  # more threads only wait for each other
        found, wall, cpu = timed(run)
    names = tuple(player.name for player in priors.players)
    return Measured(found.shape[1], wall, cpu, figures_of_draws(names, found))
