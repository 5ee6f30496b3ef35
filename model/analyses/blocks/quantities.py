"""Mean, deviation and outer quantiles of every quantity, exact, without keeping its draws.

Of each quantile only the draws near it are kept: between the prior's own quantiles a little below
and a little above. How many lie below them is counted. Where the quantile turns out not to lie
between them, that quantity is drawn again.
"""

from collections.abc import Sequence

import numpy as np
from scipy import special

from model.numerics.arrays import Array, Integers
from model.numerics.jit import njit
from model.numerics.standard_errors import mcse_of_each
from model.sampling.draws import Draws
from model.sampling.joint import Row, sample_rows
from model.simulation.blocks import Plan

__all__ = ["QuantityFigures"]

#: How far from the prior's quantile a run's may lie: standard deviations of independent draws.
_REACH = 6.0
#: Room for as many times the expected number of draws between both ends, and some.
_ROOM, _MORE = 2, 64


class QuantityFigures:
    """Figures of every quantity of a run.

    Parameters
    ----------
    plan : Plan
        Which draws the run has.
    probabilities : sequence of float
        Of the quantiles.
    reach : float
        How far from the prior's quantile the run's is looked for; the figures are the same
        whatever it is.
    """

    def __init__(self, plan: Plan, probabilities: Sequence[float], reach: float = _REACH) -> None:
        self.plan, self.probabilities = plan, tuple(probabilities)
        players = plan.priors.players
        quantities = plan.priors.quantities
        self.rows: list[Row] = [(one, None) for one in quantities.shared]
        self.rows += [(one, player) for player in players for one in quantities.own]
        size = plan.chains * plan.per_chain
        middle = np.array(self.probabilities)
        half = reach * np.sqrt(middle * (1.0 - middle) / size)
        self.low = self._prior_quantiles(middle - half)
        self.high = self._prior_quantiles(middle + half)
        self.centre = self._prior_quantiles(np.array([0.5]))[:, 0]
        shape = len(self.rows), len(self.probabilities)
        room = _ROOM * int(2.0 * half.max() * plan.per_chain) + _MORE
        self.sums = np.zeros((plan.chains, len(self.rows), 2))
        self.counts: Integers = np.zeros((plan.chains, *shape, 4), dtype=np.int64)
        self.kept = np.empty((plan.chains, *shape, room))

    def _prior_quantiles(self, probabilities: Array) -> Array:
        """Quantiles (row, probability) of the priors, as drawn."""
        scores = special.ndtri(np.clip(probabilities, 1e-12, 1.0 - 1e-12))
        found = np.empty((len(self.rows), len(scores)))
        for place, (quantity, player) in enumerate(self.rows):
            key = quantity.name, None if player is None else player.name
            found[place] = self.plan.priors.priors[key].distribution.from_score(scores)
        return found

    def add(self, chain: int, drawn: Draws) -> None:
        """Add a block.

        Parameters
        ----------
        chain : int
            Place of its chain.
        drawn : Draws
            Of one chain.
        """
        _add_moments(drawn.values[0], self.centre, self.sums[chain])
        _keep(drawn.values[0], self.low, self.high, self.counts[chain], self.kept[chain])

    def figures(self) -> Array:
        """The figures of all draws.

        Returns
        -------
        array (row, figure)
            Mean, standard deviation, the quantiles, standard errors of mean and deviation across
            the chains; rows as in `Draws`.
        """
        per_chain, chains = self.plan.per_chain, self.plan.chains
        mean = self.sums[..., 0] / per_chain
        squares = self.sums[..., 1] - per_chain * mean**2
        sd = np.sqrt(np.maximum(squares, 0.0) / (per_chain - 1))
        middle = mean.mean(axis=0)
        between = per_chain * ((mean - middle) ** 2).sum(axis=0)
        whole = np.sqrt((np.maximum(squares, 0.0).sum(axis=0) + between) / (per_chain * chains - 1))
        quantiles = np.array([self._quantiles(row) for row in range(len(self.rows))])
        centred = self.centre + middle, whole
        errors = mcse_of_each(mean), mcse_of_each(sd)
        return np.column_stack([*centred, quantiles, *errors])

    def _quantiles(self, row: int) -> list[float]:
        found = []
        for place, probability in enumerate(self.probabilities):
            ends = [self._ranked(row, place, rank) for rank in self._ranks(probability)]
            if None in ends:
                return [float(one) for one in np.quantile(self._again(row), self.probabilities)]
            low, high = (float(end) for end in ends if end is not None)
            position = probability * (self.plan.chains * self.plan.per_chain - 1)
            part = position - int(position)
            # From the nearer of both, as NumPy does.
            found.append(
                high - (high - low) * (1.0 - part) if part >= 0.5 else low + (high - low) * part
            )
        return found

    def _ranks(self, probability: float) -> tuple[int, int]:
        """Draws below the two between which a quantile lies."""
        last = self.plan.chains * self.plan.per_chain - 1
        rank = int(probability * last)
        return rank, min(rank + 1, last)

    def _ranked(self, row: int, place: int, rank: int) -> float | None:
        """The draw with `rank` draws below it; None where it was not kept."""
        counts = self.counts[:, row, place]
        below, at_low, between, at_high = (int(n) for n in counts.sum(axis=0))
        if rank < below or counts[:, 2].max() > self.kept.shape[-1]:
            return None
        if rank < below + at_low:
            return float(self.low[row, place])
        if rank < below + at_low + between:
            kept = self.kept[:, row, place]
            values = [own[:n] for own, n in zip(kept, counts[:, 2], strict=True)]
            return float(np.sort(np.concatenate(values))[rank - below - at_low])
        return float(self.high[row, place]) if rank < below + at_low + between + at_high else None

    def _again(self, row: int) -> Array:
        """All draws of a quantity."""
        plan, rows = self.plan, [self.rows[row]]
        return np.concatenate(
            [
                block[0]
                for chain in range(plan.chains)
                for block in sample_rows(
                    plan.priors,
                    rows,
                    chain,
                    plan.per_chain,
                    plan.seed,
                    plan.sampler,
                    block=plan.block,
                )
            ]
        )


@njit()
def _add_moments(values: Array, centre: Array, sums: Array) -> None:
    """Add `values` (row, draw) less their centre, and its square, to `sums` (row, 2)."""
    for row in range(values.shape[0]):
        first, second, middle = 0.0, 0.0, centre[row]
        for n in range(values.shape[1]):
            x = values[row, n] - middle
            first += x
            second += x * x
        sums[row, 0] += first
        sums[row, 1] += second


@njit()
def _keep(values: Array, low: Array, high: Array, counts: Integers, kept: Array) -> None:
    """Count draws below `low` (row, probability), at it, between, at `high`; keep those between."""
    room = kept.shape[2]
    for row in range(values.shape[0]):
        for place in range(low.shape[1]):
            a, b = low[row, place], high[row, place]
            below, up_to = 0, 0
            for n in range(values.shape[1]):
                below += values[row, n] < a
                up_to += values[row, n] <= b
            counts[row, place, 0] += below
            if up_to == below:
                continue
            for n in range(values.shape[1]):
                x = values[row, n]
                if a <= x <= b:
                    if x == a:
                        counts[row, place, 1] += 1
                    elif x == b:
                        counts[row, place, 3] += 1
                    else:
                        at = counts[row, place, 2]
                        if at < room:
                            kept[row, place, at] = x
                        counts[row, place, 2] += 1
