"""What stands in views.json: the verdicts under other views, each on the same draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from model.analyses.results.record import ABSENT, SCHEMA, Figure, MaybeFigure, Schema
from model.analyses.results.structure import FormOfPlayer

__all__ = ["PlayerViews", "ViewMeaning", "ViewVerdict", "ViewsAnalysis"]


@dataclass(frozen=True, slots=True)
class ViewMeaning:
    """A view.

    Attributes
    ----------
    label, subject : str
        How tables call it; how a sentence calls it, as what changes a verdict.
    meaning : str
        What is otherwise, in a line.
    priors : str, optional
        The shipped prior file whose own priors stand over the run's.
    changes : sequence of str
        Paths of the priors that are other than the run's.
    replaces : sequence of str
        Those of them that the run's own file states otherwise than the shipped `base.toml`.
    """

    label: str
    subject: str
    meaning: str
    priors: Annotated[str | None, ABSENT]
    changes: Sequence[str]
    replaces: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewVerdict:
    """One player's verdict under one view, USD billion.

    Attributes
    ----------
    best, next : str
        The strategies of the highest expected value, and of the second highest; of a view that
        is averse to risk, of the highest certainty equivalents.
    resolved : bool
        Whether the best leads the next by more than two standard errors.
    decided : bool
        Whether the best leads its rival by more than two standard errors. Of certainty equivalents
        it may be so though the gain is not known: the best's is, and a few draws can only overstate
        its rival's.
    rival : str
        The best strategy on the other side of leave or operate than `best`.
    gain : MaybeFigure
        By how much the best leads that one; null where it cannot be estimated.
    wins : Figure
        Share of the draws in which the best is better than that one.
    gain_when_better, loss_when_worse : Figure, optional
        By how much on average in those draws, and in the others; absent where fewer than two
        chains have any.
    best_other : str
        The best of the strategies that run the business.
    exit_minus_best_other : MaybeFigure
        Exit less that one: above 0 where leaving is best.
    change : Figure, optional
        By how much that is more than in the base; its error is that of the difference on common
        draws. Absent in the base, and where it cannot be estimated.
    form : FormOfPlayer, optional
        Whether the verdict changes sides under a switch of the model's form that reverses a
        verdict of the run; where other forms were tried.
    risk_tolerance : float, optional
        Of a view that is averse to risk.
    why_null : str, optional
        Why a figure cannot be estimated.
    """

    best: str
    next: str
    resolved: bool
    decided: bool
    rival: str
    gain: MaybeFigure
    wins: Figure
    gain_when_better: Annotated[Figure | None, ABSENT] = None
    loss_when_worse: Annotated[Figure | None, ABSENT] = None
    best_other: str
    exit_minus_best_other: MaybeFigure
    change: Annotated[Figure | None, ABSENT] = None
    form: Annotated[FormOfPlayer | None, ABSENT] = None
    risk_tolerance: Annotated[float | None, ABSENT] = None
    why_null: Annotated[str | None, ABSENT] = None


@dataclass(frozen=True, slots=True)
class PlayerViews:
    """One player's verdict under every view.

    Attributes
    ----------
    label : str
        Its name for readers.
    views : mapping
        Name of each view to the verdict under it.
    """

    label: str
    views: Mapping[str, ViewVerdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsAnalysis:
    """The verdicts under other views: the content of views.json.

    Attributes
    ----------
    schema : int
        Form of the file.
    currency : str
        Of the payoffs.
    draws, chains, seed : int
        Of each view, all of them on the same points.
    views : mapping
        Name of each view to what it is; ``base`` comes first.
    players : mapping
        By name.
    """

    schema: Schema = SCHEMA
    currency: str
    draws: int
    chains: int
    seed: int
    views: Mapping[str, ViewMeaning]
    players: Mapping[str, PlayerViews]
