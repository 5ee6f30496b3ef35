"""What stands in sensitivity.json of what would change the decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.analyses.results.record import MaybeFigure, MaybeFloat

__all__ = [
    "DecisionMap",
    "DecisionRanges",
    "IndifferenceCurve",
    "Point",
    "PriorPerturbation",
    "Range",
    "Reversal",
    "SwitchingValue",
]


@dataclass(frozen=True, slots=True)
class SwitchingValue:
    """A value of an input at which the best strategy ties with another.

    Attributes
    ----------
    value : Figure
        In the input's unit.
    percentile : float
        Of it in the prior, from 0 to 1.
    side : str
        ``above`` or ``below``: where the other is better.
    to : str
        The other strategy.
    """

    value: MaybeFigure
    percentile: float
    side: str
    to: str


@dataclass(frozen=True, slots=True)
class Range:
    """A range of an input in which another strategy is the best.

    Attributes
    ----------
    above, below : float, optional
        Its ends; None where it goes on to the end of what was searched.
    probability : float
        Of the input lying there.
    to : str
        The strategy that is best where it leads most.
    """

    above: float | None
    below: float | None
    probability: float
    to: str


@dataclass(frozen=True, slots=True)
class Point:
    """A value of an input of few values, such as an event, at which another strategy is the best.

    Attributes
    ----------
    at : float
        The value.
    probability : float
        Of that value.
    to : str
        That strategy.
    """

    at: float
    probability: float
    to: str


@dataclass(frozen=True, slots=True)
class DecisionRanges:
    """Where along an input the decision differs.

    Attributes
    ----------
    searched, percentiles : sequence of float
        Lowest and highest value looked at, and where these lie in the prior.
    values : sequence of SwitchingValue
        Ties.
    ranges, possible : sequence
        Where another strategy leads for sure; where that may be an accident of the draws.
    """

    searched: Sequence[float]
    percentiles: Sequence[float]
    values: Sequence[SwitchingValue]
    ranges: Sequence[Range | Point]
    possible: Sequence[Range | Point]


@dataclass(frozen=True, slots=True)
class PriorPerturbation:
    """The least move of an input's prior that changes the decision, in standard scores.

    Attributes
    ----------
    shift : Figure
        How far; none where no move within the limit changes it.
    limit : float
        Largest move that was tried.
    to : str, optional
        The strategy that becomes the best.
    """

    shift: MaybeFigure
    limit: float
    to: str | None


@dataclass(frozen=True, slots=True)
class Reversal:
    """What an input would have to be to change the decision.

    Attributes
    ----------
    switching : DecisionRanges
        Were its value known.
    prior_perturbation : PriorPerturbation
        Were its prior another.
    """

    switching: DecisionRanges
    prior_perturbation: PriorPerturbation


@dataclass(frozen=True, slots=True)
class IndifferenceCurve:
    """A curve on a decision map on which two strategies tie.

    Attributes
    ----------
    strategies : sequence of str
        The two.
    points : sequence
        Pairs of x and y.
    """

    strategies: Sequence[str]
    points: Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class DecisionMap:
    """The best strategy over two inputs.

    Attributes
    ----------
    x, y : str
        Paths of the inputs.
    x_values, y_values : sequence of float
        The grid.
    best, lead, known : sequence of sequence
        (x, y): the best strategy, by how much it leads in USD billion, and whether enough draws
        lie near to tell.
    curves : sequence of IndifferenceCurve
        Ties.
    """

    x: str
    y: str
    x_values: Sequence[float]
    y_values: Sequence[float]
    best: Sequence[Sequence[str]]
    lead: Sequence[Sequence[MaybeFloat]]
    known: Sequence[Sequence[bool]]
    curves: Sequence[IndifferenceCurve]
