"""What stands in sensitivity.json of what moves the lead of the best strategy."""

from collections.abc import Mapping
from dataclasses import dataclass

from model.analyses.results.record import Figure, MaybeFigure, MaybeFloat

__all__ = ["Drivers", "InputDrivers", "Lead", "RegionalSensitivity", "SobolIndices", "Tornado"]


@dataclass(frozen=True, slots=True)
class Lead:
    """The best strategy of a decision, and the next.

    Attributes
    ----------
    best, next : str
        The two with the highest expected payoffs.
    resolved : bool
        Whether the best leads by more than two standard errors.
    best_minus_next : Figure
        By how much, USD billion.
    """

    best: str
    next: str
    resolved: bool
    best_minus_next: Figure


@dataclass(frozen=True, slots=True)
class Tornado:
    """The lead at both ends of an input, USD billion.

    Attributes
    ----------
    low, high, swing : Figure
        At the 10 and the 90 percent point (an event at 0 and 1), and their difference.
    low_value, high_value : float
        Those points.
    """

    low: MaybeFigure
    high: MaybeFigure
    swing: MaybeFigure
    low_value: MaybeFloat
    high_value: MaybeFloat


@dataclass(frozen=True, slots=True)
class RegionalSensitivity:
    """How an input differs where the best strategy wins, and where it loses.

    Attributes
    ----------
    distance : Figure
        Largest distance of the two distribution functions.
    at : float
        Where that is.
    median_better, median_worse : float
        Medians of the input.
    """

    distance: MaybeFigure
    at: MaybeFloat
    median_better: MaybeFloat
    median_worse: MaybeFloat


@dataclass(frozen=True, slots=True)
class InputDrivers:
    """How much an input moves the lead.

    Attributes
    ----------
    shapley : Figure
        Its share of the variance.
    tornado, regional_sensitivity
        Two other ways to say it.
    """

    shapley: MaybeFigure
    tornado: Tornado
    regional_sensitivity: RegionalSensitivity


@dataclass(frozen=True, slots=True)
class Drivers:
    """What moves the lead in one decision.

    Attributes
    ----------
    explained : float
        Share of the variance that the regression behind the Shapley effects explains.
    probability_best_beats_next : float
        Share of draws.
    regional_sensitivity_null : float
        Distance that an input without influence rarely exceeds.
    inputs : mapping
        Path to how much it moves the lead.
    """

    explained: float
    probability_best_beats_next: float
    regional_sensitivity_null: float
    inputs: Mapping[str, InputDrivers]


@dataclass(frozen=True, slots=True)
class SobolIndices:
    """Shares of the variance of the lead, every input independent, with 95 % intervals.

    Attributes
    ----------
    first_order, first_order_lower, first_order_upper : float
        Of the input alone.
    total_order, total_order_lower, total_order_upper : float
        With all its interactions.
    """

    first_order: MaybeFloat
    first_order_lower: MaybeFloat
    first_order_upper: MaybeFloat
    total_order: MaybeFloat
    total_order_lower: MaybeFloat
    total_order_upper: MaybeFloat
