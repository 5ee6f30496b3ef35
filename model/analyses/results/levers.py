"""What stands in decision.json of the four uncertainties, of the tail, and of rivals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from model.analyses.results.record import FLAT, Figure, MaybeFigure, MaybeFloat

__all__ = [
    "BestOther",
    "Difference",
    "LeverClass",
    "Levers",
    "Rivals",
    "RivalsStay",
    "StrategyName",
    "Tail",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """The NPV of one strategy less that of another, USD billion.

    Attributes
    ----------
    mean, p05, p50, p95 : Figure
        Expected value and percentiles.
    probability_positive : Figure
        Share of draws in which the first is better.
    """

    mean: Figure
    p05: Figure
    p50: Figure
    p95: Figure
    probability_positive: Figure


@dataclass(frozen=True, slots=True)
class BestOther:
    """Exit less the best of the other strategies.

    Attributes
    ----------
    best_other : str
        The operating strategy of the highest expected value.
    difference : Difference
        Exit less that strategy; its keys stand beside this one.
    """

    best_other: str
    difference: Annotated[Difference, FLAT]


@dataclass(frozen=True, slots=True)
class RivalsStay:
    """The answer on the same draws if no rival ever left.

    Attributes
    ----------
    best : str
        The strategy of the highest expected value.
    exit_minus_stay : Difference
        Of the two that are always compared.
    gain : Figure
        Lead of the best over the best strategy on the other side of leave or operate.
    """

    best: str
    exit_minus_stay: Difference
    gain: Figure


@dataclass(frozen=True, slots=True)
class Tail:
    """How much of exit less stay comes from the 1 % of draws where it is largest in size.

    Attributes
    ----------
    share_of_lead : Figure
        Their part of the expected difference: above 1 where the other draws point the other way,
        below 0 where they do; null where the expected difference is 0.
    mean_without : Figure
        Expected difference of the other draws, USD billion.
    """

    share_of_lead: MaybeFigure
    mean_without: Figure


@dataclass(frozen=True, slots=True)
class LeverClass:
    """The draws in which one uncertainty lies in one range.

    Attributes
    ----------
    class_ : str
        Name of the range.
    share : Figure
        Share of the draws.
    best_other : str, optional
        The operating strategy with the highest mean in these draws; None where a chain has fewer
        than two of them: then both figures are null.
    exit_minus_best_other : Figure
        Mean of exit less that strategy in these draws, USD billion.
    for_good : Figure
        Mean of exit less stay in them if neither real option is used, USD billion.
    """

    class_: str
    share: Figure
    best_other: str | None
    exit_minus_best_other: MaybeFigure
    for_good: MaybeFigure


@dataclass(frozen=True, slots=True)
class Levers:
    """The answer by range of each of the four uncertainties.

    Attributes
    ----------
    market : sequence of LeverClass
        By ``market.size_2033``, USD billion a year.
    robotics : sequence of LeverClass
        By when robotics brings the first revenue, if ever.
    chips : sequence of LeverClass
        By thirds of the draws of ``compute.chip_cost_decline``.
    ipo : sequence of LeverClass
        By ``ipo.valuation_impact``, a fraction of the valuation.
    """

    market: Sequence[LeverClass]
    robotics: Sequence[LeverClass]
    chips: Sequence[LeverClass]
    ipo: Sequence[LeverClass]


@dataclass(frozen=True, slots=True)
class Rivals:
    """What a run takes rivals to do.

    Attributes
    ----------
    respond : bool
        Whether they leave by their own rules; all else is null if they stay.
    rounds : int, optional
        After so many the search for rules that fit each other ended.
    settled : bool, optional
        Whether it ended because the rules fitted each other.
    last_move_mcse : float
        Largest move of an expected NPV in the last round, in its own standard errors.
    residual : float
        Part of the player-years in which the rules found would still change who is there.
    """

    respond: bool
    rounds: int | None
    settled: bool | None
    last_move_mcse: MaybeFloat
    residual: MaybeFloat


@dataclass(frozen=True, slots=True)
class StrategyName:
    """A strategy that is compared.

    Attributes
    ----------
    label : str
        Its name for readers.
    """

    label: str
