"""Monte Carlo standard errors: across chains, from what blocks add to an error, by jackknife.

A chain is an independent randomization; a block is a chain, or a part of the draws that is as good
as independent of the others. All three formulas therefore measure an error by its spread, and none
assumes that draws are independent within a chain.
"""

import numpy as np

from model.numerics.arrays import Array, ByBlock, ByChain

__all__ = [
    "RESOLVED",
    "error_of_sum",
    "is_resolved",
    "jackknife",
    "jackknife_variance",
    "mcse",
    "mcse_of_each",
    "mcse_of_sum",
]

#: A difference is resolved where it exceeds this many standard errors.
RESOLVED = 2.0


def is_resolved(value: float, mcse: float | None, required: float = RESOLVED) -> bool:
    """Whether `value` is above zero beyond what chance would explain: by two standard errors.

    Parameters
    ----------
    value : float
        A difference.
    mcse : float, optional
        Its standard error, in the same unit; where that is not known, nothing is resolved.
    required : float
        By how many, where it is looked at more than once.

    Returns
    -------
    bool
    """
    return mcse is not None and bool(value > required * mcse)


def mcse(chains: ByChain) -> float:
    """Monte Carlo standard error of a figure from the chains' figures (chain,).

    Parameters
    ----------
    chains : array (chain,)
        The figure of each chain, two chains at least.

    Returns
    -------
    float
        In the figure's unit.
    """
    return float(mcse_of_each(chains))


def mcse_of_each(chains: ByChain, axis: int | tuple[int, ...] = 0) -> Array:
    """Monte Carlo standard errors of several figures from the chains' figures.

    The standard deviation of the chains' figures over the root of their number.

    Parameters
    ----------
    chains : array (chain, …)
        The figures of each chain.
    axis : int or tuple of int
        Where the chains are along other dimensions than the first: as xarray's `reduce` names it.

    Returns
    -------
    array (…)
        In the figures' unit.
    """
    count = np.prod(np.take(np.shape(chains), axis))
    return np.asarray(np.std(chains, axis=axis, ddof=1) / np.sqrt(count))


def mcse_of_sum(chains: ByChain) -> Array:
    """Monte Carlo standard errors (…) of the sums of the chains' figures (chain, …).

    Not written as a multiple of `mcse_of_each`: where one chain alone has a figure that is not 0,
    the sum is exactly as large as its error, and the rounding of either is part of the result.

    Parameters
    ----------
    chains : array (chain, …)
        The figures of each chain.

    Returns
    -------
    array (…)
        In the figures' unit.
    """
    return np.asarray(np.std(chains, axis=0, ddof=1) * np.sqrt(len(chains)))


def error_of_sum(parts: ByBlock) -> Array:
    """Standard errors (…) of figures to whose error each block adds a part (block, …).

    The parts of an estimate that is linear in the draws, or has been made linear, add up to zero.

    Parameters
    ----------
    parts : array (block, …)
        Two blocks at least.

    Returns
    -------
    array (…)
        In the figures' unit.
    """
    blocks = len(parts)
    return np.asarray(np.sqrt((parts**2).sum(axis=0) * blocks / (blocks - 1)))


def jackknife(without: ByBlock) -> Array:
    """Standard errors (…) of figures, from the same figures without each block (block, …).

    Quenouille's and Tukey's delete-one jackknife (B. Efron and C. Stein, Annals of Statistics 9
    (1981), 586).

    Parameters
    ----------
    without : array (block, …)
        The figures from all draws but those of each block.

    Returns
    -------
    array (…)
        In the figures' unit.
    """
    return np.asarray(np.sqrt(jackknife_variance(without)))


def jackknife_variance(without: ByBlock) -> Array:
    """Square (…) of `jackknife`, for errors that other errors are added to.

    Parameters
    ----------
    without : array (block, …)
        The figures from all draws but those of each block.

    Returns
    -------
    array (…)
        In the figures' unit squared.
    """
    return np.asarray((len(without) - 1) * without.var(axis=0))
