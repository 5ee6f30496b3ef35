"""The answer by range of the four uncertainties, from sums that are added up block by block."""

from collections.abc import Sequence

import numpy as np

from model.analyses.levers import CHIPS, CLASSES, THIRDS, Ranges, lever_class, ranges_of
from model.analyses.results.levers import LeverClass, Levers
from model.economics.strategies import EXIT, STAY
from model.numerics.arrays import Array, Integers, Labels
from model.numerics.jit import njit
from model.numerics.pooled import MARGIN, Piece, ShortPieceError, piece_of, quantile_of
from model.numerics.threads import in_threads
from model.sampling.draws import Draws
from model.sampling.joint import sample_rows
from model.simulation.blocks import Plan

__all__ = ["SumsByRange", "thirds"]

_LONGER = 8.0


class SumsByRange:
    """Sums of NPVs over the draws of each range.

    Parameters
    ----------
    plan : Plan
        Which draws the run has.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan, self.thirds = plan, thirds(plan)
        ranges = len(CLASSES), max(len(names) for names in CLASSES.values())
        self.counts: Integers = np.zeros((plan.chains, *ranges), dtype=np.int64)
        self.sums = np.zeros((plan.chains, *ranges, *plan.cells))

    def add(self, chain: int, drawn: Draws, npv: Array) -> None:
        """Add a block.

        Parameters
        ----------
        chain : int
            Place of its chain.
        drawn : Draws
            Of one chain.
        npv : array (draw, player, strategy)
            USD billion.
        """
        shared = {one.name: place for place, one in enumerate(drawn.quantities.shared)}
        found = ranges_of(lambda name: drawn.values[0, shared[name]], self.thirds)
        for lever, ranges in enumerate(found.values()):
            _add(_codes(ranges), npv, self.counts[chain, lever], self.sums[chain, lever])

    def levers(self, members: Sequence[int]) -> Levers:
        """The answer by range.

        Parameters
        ----------
        members : sequence of int
            Places of the players whose NPVs are added up.

        Returns
        -------
        Levers
        """
        names = [one.name for one in self.plan.strategies[STAY:]]
        found: dict[str, list[LeverClass]] = {}
        for lever, (key, classes) in enumerate(CLASSES.items()):
            found[key] = []
            for place, name in enumerate(classes):
                npv = self.sums[:, lever, place, list(members)].sum(axis=1)
                differences = [npv[:, EXIT] - npv[:, k] for k in range(STAY, npv.shape[1])]
                inside = self.counts[:, lever, place]
                sums = [*differences, differences[0]]
                found[key].append(lever_class(name, inside, self.plan.per_chain, sums, names))
        return Levers(**found)


def thirds(plan: Plan, margin: float = MARGIN) -> tuple[float, float]:
    """Where the thirds of the draws of `CHIPS` end, from its draws alone.

    Parameters
    ----------
    plan : Plan
        Which draws the run has.
    margin : float
        As `piece_of` takes it; the figures are the same whatever it is.

    Returns
    -------
    tuple of float
        In its unit.
    """
    rows = [(plan.priors.quantities.by_name[CHIPS], None)]

    def pieces(chain: int) -> list[Piece]:
        made = sample_rows(
            plan.priors,
            rows,
            chain,
            plan.per_chain,
            plan.seed,
            plan.sampler,
            block=plan.block,
        )
        ordered = np.sort(np.concatenate([block[0] for block in made]))
        return [piece_of(ordered, probability, margin) for probability in THIRDS]

    found = in_threads(pieces, range(plan.chains))
    try:
        first, second = (
            quantile_of([one[place] for one in found], probability)
            for place, probability in enumerate(THIRDS)
        )
    except ShortPieceError:
        return thirds(plan, _LONGER * margin)
    return first, second


def _codes(ranges: Ranges) -> Labels:
    """The range of each draw (draw,)."""
    codes = np.zeros(len(ranges[0][1]), dtype=np.int8)
    for code, (_, inside) in enumerate(ranges):
        codes[inside] = code
    return codes


@njit()
def _add(codes: Labels, npv: Array, counts: Integers, sums: Array) -> None:
    """Add NPVs (draw, player, strategy) to `sums` (range, player, strategy) of their ranges."""
    for draw in range(len(codes)):
        code = codes[draw]
        counts[code] += 1
        for i in range(npv.shape[1]):
            for k in range(npv.shape[2]):
                sums[code, i, k] += npv[draw, i, k]
