"""How many standard errors a difference must exceed where it is looked at again and again.

A tie that is looked at once exceeds two standard errors in one case of twenty; looked at after
every doubling of the draws until it does, far more often. A group-sequential boundary holds the
probability of ever exceeding it: each look may spend a part of the error rate (K. K. G. Lan and
D. L. DeMets, Biometrika 70 (1983), 659), here in proportion to the draws used (K. Kim and
D. L. DeMets, Biometrika 74 (1987), 149). Boundaries of a normal figure come from the recursion of
P. Armitage, C. K. McPherson and B. C. Rowe (JRSS A 132 (1969), 235); as its standard error is
itself measured across the chains, each look's probability is then put into Student's t (C. Jennison
and B. W. Turnbull, Group Sequential Methods (2000), section 4.4).
"""

from collections.abc import Sequence

import numpy as np
from scipy import special

from model.numerics.arrays import Array

__all__ = ["ERROR_RATE", "boundaries", "doublings", "errors_required"]

#: Probability of ever resolving a tie, both signs together. Half of the usual 5 % is kept back for
#: what the boundary takes for granted: that the chains' figures are normal.
ERROR_RATE = 0.025
#: Intervals of the grid on which densities are integrated, by Simpson's rule.
_CELLS = 512
#: Halvings of the interval in which a boundary is looked for; none lies further out.
_HALVINGS, _FURTHEST = 60, 40.0


def doublings(first: int, most: int) -> tuple[int, ...]:
    """Sizes from `first` on, each twice the one before, none above `most`.

    Parameters
    ----------
    first : int
        1 or more.
    most : int
        Not below `first`.

    Returns
    -------
    tuple of int
    """
    sizes = [first]
    while 2 * sizes[-1] <= most:
        sizes.append(2 * sizes[-1])
    return tuple(sizes)


def errors_required(chains: Sequence[int], error_rate: float = ERROR_RATE) -> tuple[float, ...]:
    """Standard errors that a difference must exceed at each look, in either direction.

    Parameters
    ----------
    chains : sequence of int
        Independent randomizations at each planned look, increasing; 2 or more.
    error_rate : float
        Probability that the difference of a tie exceeds them at any look.

    Returns
    -------
    tuple of float
        One for each look. A figure divided by its standard error across C chains has Student's t
        distribution with C − 1 degrees of freedom.
    """
    fractions = np.asarray(chains) / chains[-1]
    normal = boundaries(fractions, error_rate * fractions)
    beyond = special.ndtr(-normal)
    below = special.stdtrit(np.asarray(chains) - 1.0, beyond)
    return tuple((-below).tolist())


def boundaries(fractions: Array, spent: Array) -> Array:
    """Two-sided group-sequential boundaries of a standard normal figure.

    Parameters
    ----------
    fractions : array (look,)
        Part of the information that there is at each look, increasing; 1 at the last.
    spent : array (look,)
        Probability of having left the boundaries by each look, increasing, above 0.

    Returns
    -------
    array (look,)
        In standard deviations of the figure at that look.
    """
    found: list[float] = []
    # The sum of what has been seen is a Brownian motion: (point,) and density times weight there.
    points, weighted, before = np.zeros(1), np.ones(1), 0.0
    for fraction, gone in zip(fractions.tolist(), spent.tolist(), strict=True):
        step = (fraction - before) ** 0.5
        limit = _limit(points, weighted, step, 1.0 - gone)
        inside, simpson = _grid(limit)
        density = np.exp(-0.5 * ((inside[:, None] - points) / step) ** 2) @ weighted
        points, weighted = inside, simpson * density / (step * (2.0 * np.pi) ** 0.5)
        found.append(limit / fraction**0.5)
        before = fraction
    return np.array(found)


def _limit(points: Array, weighted: Array, step: float, kept: float) -> float:
    """Where the sum, which moves by `step` from `points`, stays within with probability `kept`."""
    low, high = 0.0, _FURTHEST
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        inside = special.ndtr((middle - points) / step) - special.ndtr((-middle - points) / step)
        if inside @ weighted < kept:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _grid(limit: float) -> tuple[Array, Array]:
    """Points from −limit to limit, and Simpson's weights."""
    weights = np.full(_CELLS + 1, 2.0)
    weights[1::2] = 4.0
    weights[[0, -1]] = 1.0
    return np.linspace(-limit, limit, _CELLS + 1), weights * (2.0 * limit / _CELLS / 3.0)
