"""What stands in sensitivity.json of attitudes to risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from model.analyses.results.record import ABSENT, Figure, MaybeFigure, MaybeFloat

__all__ = [
    "CertaintyEquivalent",
    "Dominance",
    "EquivalentLevel",
    "ExpectedShortfall",
    "Risk",
    "RiskSwitch",
    "StrategyLevel",
]


@dataclass(frozen=True, slots=True)
class StrategyLevel:
    """A figure of one strategy.

    Attributes
    ----------
    value : Figure
        USD billion.
    """

    value: MaybeFigure


@dataclass(frozen=True, slots=True)
class EquivalentLevel:
    """The certainty equivalent of one strategy.

    Attributes
    ----------
    value : Figure
        USD billion; NaN where it cannot be estimated.
    pareto_k : float, optional
        How heavy the tail of the weights is that it averages. None where that is no finite number,
        and in files of before it was estimated.
    why_null : str, optional
        Why there is no figure, where there is none.
    """

    value: MaybeFigure
    pareto_k: Annotated[float | None, ABSENT] = None
    why_null: Annotated[str | None, ABSENT] = None


@dataclass(frozen=True, slots=True)
class CertaintyEquivalent:
    """Certainty equivalents at one risk tolerance.

    Attributes
    ----------
    risk_tolerance : float
        USD billion.
    best : str
        The strategy of the highest, in these draws.
    strategies : mapping
        Each strategy to its own.
    judged : bool, optional
        Whether the highest can be estimated; if so, it stays the highest, since few draws overstate
        the others. None in files of before that was asked.
    """

    risk_tolerance: MaybeFloat
    best: str
    strategies: Mapping[str, EquivalentLevel]
    judged: Annotated[bool | None, ABSENT] = None


@dataclass(frozen=True, slots=True)
class ExpectedShortfall:
    """Means of the worst draws.

    Attributes
    ----------
    probability : float
        Share of the draws.
    best : str
        The strategy of the highest mean.
    strategies : mapping
        Each strategy to its own.
    """

    probability: float
    best: str
    strategies: Mapping[str, StrategyLevel]


@dataclass(frozen=True, slots=True)
class Dominance:
    """A strategy that nobody should prefer another to.

    Attributes
    ----------
    strategy, other : str
        The one that dominates, and the other.
    order : int
        1: for all who prefer more; 2: for all who also dislike risk.
    sure : bool
        False where the draws leave open whether it fails, and by how much.
    violated : Figure, optional
        Part of what the two differ by that goes against it: 0 where it holds at every draw. None
        in files of before it was estimated.
    """

    strategy: str
    other: str
    order: int
    sure: bool
    violated: Annotated[Figure | None, ABSENT] = None


@dataclass(frozen=True, slots=True)
class RiskSwitch:
    """A risk tolerance at which the strategy of the highest certainty equivalent changes.

    Attributes
    ----------
    risk_tolerance : Figure
        USD billion.
    above, below : str
        The strategy for a higher tolerance, and for a lower one.
    """

    risk_tolerance: MaybeFigure
    above: str
    below: str


@dataclass(frozen=True, slots=True)
class Risk:
    """How the strategies compare for someone who minds risk.

    Attributes
    ----------
    certainty_equivalent, expected_shortfall, dominance, switches : sequence
        Over risk tolerances; over probabilities; pairs that hold; changes of the choice.
    """

    certainty_equivalent: Sequence[CertaintyEquivalent]
    expected_shortfall: Sequence[ExpectedShortfall]
    dominance: Sequence[Dominance]
    switches: Sequence[RiskSwitch]
