"""One strategy over another in every draw: how often it is better, by how much, what carries it.

The draws of a chain are put in order and cut into slices of equal probability, and a slice's mean
is that of the chains' slices. So nothing is held of a chain but its slices, and errors are measured
across the chains.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.analyses.results.record import Figure
from model.numerics.arrays import Array, ByChain
from model.numerics.standard_errors import jackknife
from model.numerics.threads import in_threads

__all__ = ["Stakes", "carrying_part", "slices_of", "stakes_of"]

#: Slices by which it is found what carries a lead: a thousandth of the draws each.
_FINE = 1000


@dataclass(frozen=True, slots=True)
class Stakes:
    """The odds and the stakes of one strategy against another.

    Attributes
    ----------
    wins : Figure
        Share of the draws in which the first is better.
    gain_when_better, loss_when_worse : Figure, optional
        By how much on average in those draws, and in the others, USD billion; None where fewer
        than two chains have any, so that there is no error of it.
    carried_by : Figure
        The smallest part of the draws, the best first, without which the first is not ahead; 1
        where no part carries the lead.
    """

    wins: Figure
    gain_when_better: Figure | None
    loss_when_worse: Figure | None
    carried_by: Figure


def stakes_of(gain: Callable[[int], Array], chains: int) -> Stakes:
    """The odds and the stakes of one strategy against another.

    Parameters
    ----------
    gain : callable
        Place of a chain to its draws (draw,) of what the first is worth over the second, USD
        billion; called from several threads.
    chains : int
        Number of chains, two at least.

    Returns
    -------
    Stakes
        The gain on average is wins · gain_when_better − (1 − wins) · loss_when_worse.
    """
    found = in_threads(lambda chain: _of_chain(gain(chain)), range(chains))
    sums = np.array([one for one, _ in found])
    slices = np.array([one for _, one in found])
    better, won, lost, size = sums.T
    return Stakes(
        wins=Figure.ratio(better, size),
        gain_when_better=_mean(won, better),
        loss_when_worse=_mean(-lost, size - better),
        carried_by=_carried_by(slices),
    )


def slices_of(draws: Array, count: int) -> Array:
    """Means of `count` slices of equal probability, from the highest draws to the lowest.

    Parameters
    ----------
    draws : array (draw,)
        In any unit.
    count : int
        Of a draw that lies across two slices, each has its part.

    Returns
    -------
    array (slice,)
        In the same unit; its mean is that of the draws.
    """
    summed = np.concatenate([[0.0], np.cumsum(np.sort(draws)[::-1])])
    ends = np.linspace(0.0, len(draws), count + 1)
    sums: Array = np.diff(np.interp(ends, np.arange(len(summed)), summed))
    return sums * (count / len(draws))


def _of_chain(draws: Array) -> tuple[tuple[float, float, float, float], Array]:
    """Number and sum of the draws above 0, sum of the others, number of all; slices."""
    above = draws > 0.0
    won = float(draws[above].sum())
    sums = float(above.sum()), won, float(draws[~above].sum()), float(len(draws))
    return sums, slices_of(draws, _FINE)


def _mean(sums: ByChain, counts: ByChain) -> Figure | None:
    """A mean over some draws of each chain."""
    return Figure.ratio(sums, counts) if np.count_nonzero(counts) > 1 else None


def _carried_by(slices: ByChain) -> Figure:
    """The smallest part of the draws, the best first, without which the mean is not above 0."""
    total = slices.sum(axis=0)
    without = np.array([carrying_part(total - one) for one in slices])
    return Figure(carrying_part(total), float(jackknife(without)))


def carrying_part(slices: Array) -> float:
    """The smallest part, the best first, without which nothing is left of the sum.

    Parameters
    ----------
    slices : array (slice,)
        Draws, or means of equal parts of them, from the highest to the lowest.

    Returns
    -------
    float
        From 0 to 1: where what the best have added reaches the sum of all.
    """
    summed = np.concatenate([[0.0], np.cumsum(slices)])
    reached = int(np.argmax(summed >= summed[-1]))
    if reached == 0:
        return 0.0
    before, after = summed[reached - 1], summed[reached]
    part = (summed[-1] - before) / (after - before)
    return float((reached - 1 + part) / len(slices))
