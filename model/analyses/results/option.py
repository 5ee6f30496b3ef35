"""What stands in option.json, and of the real options in decision.json."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.analyses.results.record import SCHEMA, Figure, MaybeFigure, MaybeFloat, Schema

__all__ = ["Condition", "OptionAnalysis", "OptionUsage", "RealOptionAnalysis", "Trigger"]


@dataclass(frozen=True, slots=True)
class OptionUsage:
    """What a strategy's real option is worth, and when it is used.

    Attributes
    ----------
    real_option : str
        ``come back`` or ``leave``.
    value : Figure
        Its worth under the fitted rule, USD billion.
    upper : Figure
        What no rule can exceed, USD billion.
    upper_kind : str
        Where that bound is from: ``dual`` or ``perfect foresight``.
    rule_loses : bool
        Whether the fitted rule is worse than none.
    probability_used : Figure
        Share of draws in which it is used.
    by_year : mapping
        Calendar year to the share of draws in which it is used at its end.
    """

    real_option: str
    value: Figure
    upper: Figure
    upper_kind: str
    rule_loses: bool
    probability_used: Figure
    by_year: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Condition:
    """A range of one observed figure.

    Attributes
    ----------
    observed, unit : str
        What a manager observes.
    above, below : float
        The range; infinite where there is no end.
    """

    observed: str
    unit: str
    above: MaybeFloat
    below: MaybeFloat


@dataclass(frozen=True, slots=True)
class Trigger:
    """When a real option is used at the end of one year.

    Attributes
    ----------
    year : int
        Calendar year.
    always : bool
        Whether it is used wherever it may be.
    ways : sequence of sequence of Condition
        Used if all conditions of any of these hold; empty for never.
    """

    year: int
    always: bool
    ways: Sequence[Sequence[Condition]]


@dataclass(frozen=True, slots=True)
class RealOptionAnalysis:
    """One real option of one player.

    Attributes
    ----------
    real_option, value, upper, upper_kind, rule_loses, probability_used, by_year
        As in `OptionUsage`.
    best_fixed_date : float
        What the best fixed date, or never, pays: USD billion.
    rule, rule_in_words : sequence
        The simple rule, a trigger a year, and how it reads.
    rule_keeps : float, optional
        Share of the value that the simple rule keeps; None where the value is not resolved.
    wait_a_year : Figure
        What deciding for good at the first date is worth over deciding today, USD billion.
    """

    real_option: str
    value: MaybeFigure
    upper: MaybeFigure
    upper_kind: str
    best_fixed_date: float
    rule_loses: bool
    probability_used: Figure
    by_year: Mapping[str, Figure]
    rule: Sequence[Trigger]
    rule_in_words: Sequence[str]
    rule_keeps: float | None
    wait_a_year: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionAnalysis:
    """The content of option.json.

    Attributes
    ----------
    schema : int
        Number of this form.
    currency : str
        Unit of money.
    players : mapping
        Player to strategy to its real option.
    """

    schema: Schema = SCHEMA
    currency: str
    players: Mapping[str, Mapping[str, RealOptionAnalysis]]
