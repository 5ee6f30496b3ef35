"""Which sampler made draws that are there: their tree does not say which version it was."""

import numpy as np

from model.sampling.defaults import EARLIER_SAMPLER, SAMPLERS
from model.sampling.draws import Draws
from model.sampling.joint import sample_rows
from priors.reading.records import Priors

__all__ = ["sampler_that_made"]

#: Versions of the sampler move a value by up to 1e-5 of itself; another column, by all of it.
_CLOSE = 1e-4


def sampler_that_made(drawn: Draws, priors: Priors, seed: int, stated: str) -> str:
    """Today's sampler, or that of before, by whose Sobol columns the draws were made.

    Parameters
    ----------
    drawn : Draws
        All chains of a run, or the first draws of each.
    priors : Priors
        What it was drawn from.
    seed : int
        With which seed.
    stated : str
        The sampler that the run states.

    Returns
    -------
    str
        As `sample` takes it: `stated`, unless the earlier one gives more of the shared quantities'
        first chain again.
    """
    if stated != SAMPLERS[0] or priors.edition == 1:
        return stated
    made = drawn.globals_(0)
    rows = [(quantity, None) for quantity in drawn.quantities.shared]
    count = drawn.shape[1]

    def agreeing(sampler: str) -> float:
        again = next(sample_rows(priors, rows, 0, count, seed, sampler, block=count))
        return float(np.isclose(again, made, rtol=_CLOSE, atol=0.0).mean())

    return max((stated, EARLIER_SAMPLER), key=agreeing)
