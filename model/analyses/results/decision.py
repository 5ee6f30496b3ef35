"""What stands in decision.json."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from model.analyses.results.levers import (
    BestOther,
    Difference,
    Levers,
    Rivals,
    RivalsStay,
    StrategyName,
    Tail,
)
from model.analyses.results.looks import Looks
from model.analyses.results.option import OptionUsage
from model.analyses.results.record import ABSENT, FLAT, SCHEMA, Figure, Schema
from model.analyses.results.structure import FormOfPlayer

__all__ = [
    "Decision",
    "Judgement",
    "Mark",
    "MeanFigure",
    "PlayerDecision",
    "StrategyFigures",
    "TypeDecision",
]


@dataclass(frozen=True, slots=True)
class MeanFigure:
    """A difference of two strategies on average.

    Attributes
    ----------
    mean : Figure
        USD billion.
    """

    mean: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyFigures:
    """What a strategy is worth to one player or type: USD billion.

    Attributes
    ----------
    mean, p05, p50, p95 : Figure
        Expected value and percentiles of its NPV.
    spread : Figure, optional
        (p95 − p05) / 3.29: the standard deviation of a normal distribution with that 90 % interval.
        The standard deviation itself cannot be estimated with an error that holds where a tail is
        heavy. It is in every file that is written today, and absent in older ones.
    shortfall05 : Figure
        Mean of the worst 5 %.
    regret : Figure
        What choosing it costs on average against knowing the draw.
    mean_without_option : Figure, optional
        Expected value without the real option; of a run that values them.
    option : OptionUsage, optional
        The real option that it leaves open.
    """

    mean: Figure
    spread: Annotated[Figure | None, ABSENT] = None
    p05: Figure
    p50: Figure
    p95: Figure
    shortfall05: Figure
    regret: Figure
    mean_without_option: Annotated[Figure | None, ABSENT] = None
    option: Annotated[OptionUsage | None, ABSENT] = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one player or type is best to do, and how sure that is.

    Attributes
    ----------
    best, next : str
        The strategies of the highest expected value, and of the second highest.
    resolved : bool
        Whether the best leads the next by more than two standard errors, or by more than
        `required`.
    best_minus_next : MeanFigure
        By how much it leads.
    required : float, optional
        Standard errors that are asked for where the run was looked at until all were resolved.
    likeliest_best : str
        The strategy that is the best in most draws.
    probability_best : mapping
        Each strategy to the share of draws in which it is the best.
    evpi : Figure
        Expected value of perfect information, USD billion.
    strategies : mapping
        Each strategy to its figures.
    exit_minus_stay : Difference
        Of the two that are always compared.
    for_good : Difference, optional
        The same if neither ever used its real option. It and those below are in every file that is
        written today, and absent in older ones.
    exit_minus_best_other : BestOther, optional
        Exit less the best of the other strategies.
    rival : str, optional
        The best strategy on the other side of leave or operate than `best`.
    gain : Figure, optional
        By how much the best leads that one, USD billion.
    wins : Figure, optional
        Share of the draws in which the best is better than that one.
    gain_when_better, loss_when_worse : Figure, optional
        By how much on average in those draws, and in the others, USD billion; absent where fewer
        than two chains have any.
    carried_by : Figure, optional
        The smallest part of the draws, the best first, without which the best does not lead it.
    one_more_year : bool, optional
        Whether staying is left at the end of the first year in nine draws of ten or more, so that
        `exit_minus_stay` is the cost of one more year; of a type, whether all its players do so.
    tail : Tail, optional
        What the far draws carry of `exit_minus_stay`.
    levers : Levers, optional
        The answer by range of the four uncertainties.
    rivals_stay : RivalsStay, optional
        The answer if rivals stayed; of a run in which they respond.
    """

    best: str
    resolved: bool
    next: str
    best_minus_next: MeanFigure
    likeliest_best: str
    probability_best: Mapping[str, Figure]
    evpi: Figure
    strategies: Mapping[str, StrategyFigures]
    exit_minus_stay: Difference
    for_good: Annotated[Difference | None, ABSENT] = None
    exit_minus_best_other: Annotated[BestOther | None, ABSENT] = None
    rival: Annotated[str | None, ABSENT] = None
    gain: Annotated[Figure | None, ABSENT] = None
    wins: Annotated[Figure | None, ABSENT] = None
    gain_when_better: Annotated[Figure | None, ABSENT] = None
    loss_when_worse: Annotated[Figure | None, ABSENT] = None
    carried_by: Annotated[Figure | None, ABSENT] = None
    one_more_year: Annotated[bool | None, ABSENT] = None
    tail: Annotated[Tail | None, ABSENT] = None
    levers: Annotated[Levers | None, ABSENT] = None
    rivals_stay: Annotated[RivalsStay | None, ABSENT] = None
    required: Annotated[float | None, ABSENT] = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The last price at which a company, or its video business, changed hands or was to.

    Attributes
    ----------
    price : float
        USD billion.
    source : str
        What was paid for, when.
    probability_above : Figure
        Share of draws in which staying is worth more.
    """

    price: float
    source: str
    probability_above: Figure


@dataclass(frozen=True, slots=True)
class PlayerDecision:
    """A player's decision.

    Attributes
    ----------
    type, label : str
        Its type; its name for readers.
    judgement : Judgement
        Its keys stand beside these.
    mark : Mark, optional
        Where a price is known.
    form : FormOfPlayer, optional
        Whether it rests on the model's form, where other forms were tried.
    """

    type: str
    label: str
    judgement: Annotated[Judgement, FLAT]
    mark: Annotated[Mark | None, ABSENT] = None
    form: Annotated[FormOfPlayer | None, ABSENT] = None


@dataclass(frozen=True, slots=True)
class TypeDecision:
    """A type's decision, its players' payoffs added up draw by draw.

    Attributes
    ----------
    label : str
        Its name for readers.
    players : sequence of str
        Who is of it.
    judgement : Judgement
        Its keys stand beside these.
    """

    label: str
    players: Sequence[str]
    judgement: Annotated[Judgement, FLAT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The content of decision.json.

    Attributes
    ----------
    schema : int
        Number of this form.
    currency, priors : str
        Unit of money; name of the prior file.
    draws, chains, seed : int
        How the draws were made.
    looks : Looks, optional
        How the draws were added to until there were enough, where that was asked for.
    rivals : Rivals, optional
        What rivals are taken to do; absent in older files.
    strategies : mapping, optional
        Name of each strategy to its label, in order; absent in older files.
    players, types : mapping
        Name to decision; types are left out where only some players are reported.
    """

    schema: Schema = SCHEMA
    currency: str
    priors: str
    draws: int
    chains: int
    seed: int
    looks: Annotated[Looks | None, ABSENT] = None
    rivals: Annotated[Rivals | None, ABSENT] = None
    strategies: Annotated[Mapping[str, StrategyName] | None, ABSENT] = None
    players: Mapping[str, PlayerDecision]
    types: Annotated[Mapping[str, TypeDecision] | None, ABSENT] = None
