"""The whole model by PyMC's own forward sampling, of the model that `decide.pymc_model` makes."""

import logging
import time

import numpy as np
import pymc as pm

from benchmarks.peers.timing import Measured, figures_of_draws
from model.bayes.model import pymc_model
from priors.reading.load import load_priors

__all__ = ["prior_predictive"]

#: Draws of a call that is nearly all compiling.
_FEWEST = 2


def prior_predictive(size: int) -> Measured:
    """Prior draws and payoffs; the time is that after compiling.

    Each call compiles anew: the time of a call with two draws is taken off that of one with
    `size`, which leaves what the draws take.

    Parameters
    ----------
    size : int
        Draws.

    Returns
    -------
    Measured
        `extra` has the seconds of a call with two draws.
    """
    logging.getLogger("pymc").setLevel(logging.ERROR)
    priors = load_priors("base.toml")
    model = pymc_model(priors)

    def drawn(draws: int) -> tuple[np.ndarray, float, float]:
        wall, cpu = time.perf_counter(), time.process_time()
        with model:
            found = pm.sample_prior_predictive(draws, var_names=["npv"], random_seed=1)
        npv = found["prior"]["npv"].values[0]
        return npv, time.perf_counter() - wall, time.process_time() - cpu

    drawn(_FEWEST)
    compiling = min(drawn(_FEWEST)[1:] for _ in range(2))
    npv, wall, cpu = drawn(size + _FEWEST)
    names = tuple(player.name for player in priors.players)
    figures = figures_of_draws(names, (npv[..., 0] - npv[..., 1]).T)
    extra = {"compiling": compiling[0]}
    return Measured(size, wall - compiling[0], cpu - compiling[1], figures, extra=extra)
