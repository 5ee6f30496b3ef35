"""Two quantities in classes of equal chance: what is best in each combination of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import numpy.typing as npt

from model.analyses.results.record import Figure
from model.numerics.arrays import Array, ByChain, Integers

__all__ = ["Combination", "Combinations", "combinations"]

#: Draws in a combination below which nothing is said of it.
_FEW = 30


@dataclass(frozen=True, slots=True)
class Combination:
    """What is best where both quantities lie in their classes.

    Attributes
    ----------
    best : int, optional
        Place of the strategy with the highest mean; None where too few draws lie there.
    lead : Figure
        Its mean less that of the best strategy on the other side; NaN where there is no best.
    """

    best: int | None
    lead: Figure

    @property
    def known(self) -> bool:
        """Whether the draws can tell one side from the other."""
        return not isnan(self.lead.value) and self.lead.resolved


@dataclass(frozen=True, slots=True)
class Combinations:
    """All combinations of the classes of two quantities.

    Attributes
    ----------
    first, second : tuple of float
        Medians of each one's classes, ascending, in its unit.
    cells : tuple of tuple of Combination
        A row for each class of the second; in a row one for each class of the first.
    """

    first: tuple[float, ...]
    second: tuple[float, ...]
    cells: tuple[tuple[Combination, ...], ...]


def combinations(
    first: ByChain,
    second: ByChain,
    payoffs: npt.NDArray[np.float64],
    counts: tuple[int, int],
    one_side: Sequence[int],
) -> Combinations | None:
    """The best strategy in each combination, and by how much it leads the other side.

    What is best is found from the same draws as its lead, which is too high by a little where two
    strategies are close: less than its error.

    Parameters
    ----------
    first : array (chain, draw)
        Of one quantity, in its unit.
    second : array (chain, draw)
        Of the other, in its own.
    payoffs : array (strategy, chain, draw)
        USD billion.
    counts : tuple of int
        How many classes each of the two has.
    one_side : sequence of int
        Places of the strategies of one side; the others are the other one.

    Returns
    -------
    Combinations or None
        None where one of the two has too few values for its classes.
    """
    columns, rows = (_classes(one, n) for one, n in zip((first, second), counts, strict=True))
    if columns is None or rows is None:
        return None
    sums, inside = _sums(rows[0] * counts[0] + columns[0], counts[0] * counts[1], payoffs)
    side = np.isin(np.arange(len(payoffs)), list(one_side))
    cells = [_combination(sums[..., at], inside[:, at], side) for at in range(inside.shape[1])]
    return Combinations(
        tuple(columns[1].tolist()),
        tuple(rows[1].tolist()),
        tuple(tuple(cells[at : at + counts[0]]) for at in range(0, len(cells), counts[0])),
    )


def _classes(draws: ByChain, count: int) -> tuple[Integers, Array] | None:
    """Class of each draw, and the classes' medians."""
    found = np.quantile(draws, np.arange(1, 2 * count) / (2 * count))
    medians, ends = found[::2], found[1::2]
    if np.any(np.diff(ends) <= 0.0):
        return None
    return np.searchsorted(ends, draws, side="right"), medians


def _sums(cells: Integers, count: int, payoffs: npt.NDArray[np.float64]) -> tuple[Array, Array]:
    """Sums (strategy, chain, cell) of payoffs, and numbers (chain, cell) of draws."""
    chains = len(cells)
    places = (cells + count * np.arange(chains)[:, None]).ravel()
    size, shape = chains * count, (chains, count)
    sums = [np.bincount(places, one.ravel(), size).reshape(shape) for one in payoffs]
    return np.stack(sums), np.bincount(places, minlength=size).reshape(shape).astype(float)


def _combination(sums: Array, inside: Array, side: npt.NDArray[np.bool_]) -> Combination:
    """One of them: `sums` (strategy, chain) over `inside` (chain,) draws."""
    if inside.sum() < _FEW or np.count_nonzero(inside) < 2:
        return Combination(None, Figure(np.nan, np.nan))
    totals = sums.sum(axis=1)
    best = int(np.argmax(totals))
    across = np.where(side == side[best], -np.inf, totals)
    return Combination(best, Figure.ratio(sums[best] - sums[int(np.argmax(across))], inside))
