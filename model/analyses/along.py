"""What is read along one quantity: the lead at its ends, where the decision changes, least moves.

All three are of the same sums: the draws of a quantity are binned once, the payoffs summed once.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from model.analyses.comparison import Comparison
from model.analyses.problems import Case
from model.analyses.results.drivers import Tornado
from model.analyses.results.record import Figure
from model.analyses.results.switching import (
    DecisionRanges,
    Point,
    PriorPerturbation,
    Range,
    Reversal,
    SwitchingValue,
)
from model.numerics.labelled_draws import Column, input_columns, unlabel
from model.numerics.rank_bins import BlockSums, block_sums, rank_bins
from model.numerics.standard_errors import error_of_sum
from model.numerics.threads import in_threads
from model.sensitivity.conditional_curves import Ends, curve_of_sums, ends_of_sums
from model.sensitivity.decision_ranges import decision_ranges
from model.sensitivity.prior_perturbation import Move, moves_of_sums

__all__ = ["Along", "along"]

#: Largest move of a prior, in standard scores: what leaves the weight of so many draws.
_DRAWS_BEHIND_A_MOVE = 100
_LARGEST_MOVE = 3.0
#: Ends of a bar of the tornado.
_ENDS = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Along:
    """What one quantity does to one decision.

    Attributes
    ----------
    tornado : Tornado
        The lead with the quantity low and high.
    reversal : Reversal
        Where another strategy is best, and the least move of the prior.
    """

    tornado: Tornado
    reversal: Reversal


def along(case: Case, comparisons: Mapping[str, Comparison]) -> dict[str, dict[str, Along]]:
    """Tornado, switching values, and the least move of the prior: decision to path to all three.

    Parameters
    ----------
    case : Case
        The decisions.
    comparisons : mapping of str to Comparison
        Decision to its two best strategies.

    Returns
    -------
    dict of str to dict of str to Along
        Values in each quantity's unit, leads in USD billion, moves in standard scores of its prior.
    """
    limit = _limit(len(case.payoffs))
    bare = unlabel(case.npv, case.inputs)
    payoffs, block = bare.values.reshape(len(bare.values), len(case.names), -1), bare.block
    quantities = [str(name) for name in case.inputs]

    def each(column: Column) -> list[tuple[str, str, Along]]:
        """Each decision that the quantity bears on, its path there, and what it does."""
        quantity = quantities[column.position]
        owners = np.unique(column.outcomes // len(case.strategies)).tolist()
        rows = [row for row in owners if quantity in case.inputs_of[case.names[row]]]
        if not rows:
            return []
        bins = rank_bins(column.values)
        # All columns as they are, where all are wanted: a copy costs as much as the sums.
        wanted = payoffs if len(rows) == len(case.names) else payoffs[:, rows]
        sums = block_sums([bins], block, wanted)
        names = [case.names[row] for row in rows]
        pairs = [(comparisons[name].best, comparisons[name].next) for name in names]
        ends = ends_of_sums(column.values, bins, _lead(sums, pairs), block, _ENDS)
        curve = curve_of_sums(bins, sums)
        moves = moves_of_sums(sums, case.strategies, limit)
        return [
            (
                name,
                case.inputs_of[name][quantity],
                Along(
                    _tornado(ends, place),
                    Reversal(
                        _ranges(decision_ranges(curve, place, pairs[place][0], case.strategies)),
                        _move(moves[place], limit),
                    ),
                ),
            )
            for place, name in enumerate(names)
        ]

    found: dict[str, dict[str, Along]] = {name: {} for name in case.names}
    columns = input_columns(case.inputs, case.npv, bare)
    for name, path, one in chain.from_iterable(in_threads(each, columns)):
        found[name][path] = one
    return found


def _limit(draws: int) -> float:
    limit = math.sqrt(max(math.log(draws / _DRAWS_BEHIND_A_MOVE), 0.25))
    return min(_LARGEST_MOVE, round(limit, 2))


def _lead(sums: BlockSums, pairs: list[tuple[int, int]]) -> BlockSums:
    """Sums (block, bin, problem) of the best strategy's lead over the next."""
    places = np.arange(len(pairs))
    best, following = np.array(pairs).T
    return BlockSums(
        sums.weight, sums.total[:, :, places, best] - sums.total[:, :, places, following]
    )


def _tornado(ends: Ends, place: int) -> Tornado:
    mean, error = ends.mean[:, place], ends.error[:, :, place]
    errors = error_of_sum(np.column_stack([error, error[:, 1] - error[:, 0]]))
    figures = [*mean, mean[1] - mean[0]]
    low, high, swing = (
        Figure(float(value), float(se)) for value, se in zip(figures, errors, strict=True)
    )
    return Tornado(low, high, swing, float(ends.value[0]), float(ends.value[1]))


def _ranges(found: Mapping[str, Any]) -> DecisionRanges:
    return DecisionRanges(
        searched=found["searched"],
        percentiles=found["percentiles"],
        values=[
            SwitchingValue(
                Figure(tie["value"], tie["value_se"]), tie["percentile"], tie["side"], tie["to"]
            )
            for tie in found["values"]
        ],
        ranges=[_range(one) for one in found["ranges"]],
        possible=[_range(one) for one in found["possible"]],
    )


def _range(one: Mapping[str, Any]) -> Range | Point:
    return Point(**one) if "at" in one else Range(**one)


def _move(move: Move, limit: float) -> PriorPerturbation:
    to = move.after if math.isfinite(move.shift) else None
    return PriorPerturbation(Figure(move.shift, move.error), limit, to)
