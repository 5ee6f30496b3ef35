"""One decision judged: expected values, risk, regret, which strategy is best, by how much."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from model.analyses.levers import Ranges, levers
from model.analyses.option_usage import option_usage
from model.analyses.payoffs import Payoffs
from model.analyses.results.decision import Judgement, MeanFigure, StrategyFigures
from model.analyses.results.levers import BestOther, Difference, RivalsStay, Tail
from model.analyses.results.option import OptionUsage
from model.analyses.results.record import Figure
from model.economics.strategies import EXIT, STAY, Strategy
from model.numerics.arrays import Array
from model.numerics.standard_errors import RESOLVED, jackknife
from model.risk.risk import mean_of_worst

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["exit_minus_stay", "judge", "lead"]

_QUANTILES = (0.05, 0.5, 0.95)
#: Standard deviations of a normal distribution between its 5th and its 95th percentile.
_BETWEEN = 3.29
_WORST = 0.05
#: Share of the draws that is called the tail.
_TAIL = 0.01


def judge(
    payoffs: Payoffs,
    classes: Mapping[str, Ranges] | None = None,
    options: "xr.Dataset | None" = None,
) -> Judgement:
    """Judge one decision.

    Parameters
    ----------
    payoffs : Payoffs
        Of a player, or of a type.
    classes : mapping, optional
        From `classes_of`; without them there are no levers.
    options : Dataset, optional
        The player's part of a run's group ``option``.

    Returns
    -------
    Judgement
        USD billion. Of two strategies with equal means the one that is listed first is the better.
    """
    npv, names = payoffs.npv, payoffs.names
    order = _ranked(npv)
    best, following = order[0], order[1]
    rival = _rival(order)
    ahead = lead(npv)
    winner = npv.argmax(axis=0)
    regret = npv.max(axis=0) - npv
    wins = {name: Figure.mean((winner == k).mean(axis=1)) for k, name in enumerate(names)}
    return Judgement(
        best=names[best],
        resolved=ahead.exceeds(payoffs.required or RESOLVED),
        next=names[following],
        best_minus_next=MeanFigure(ahead),
        likeliest_best=max(wins, key=lambda name: wins[name].value),
        probability_best=wins,
        evpi=Figure.mean(regret[best].mean(axis=1)),
        strategies={
            one.name: _strategy(one, npv[place], regret[place], options)
            for place, one in enumerate(payoffs.strategies)
        },
        exit_minus_stay=_difference(npv[EXIT] - npv[STAY]),
        for_good=_difference(payoffs.for_good),
        exit_minus_best_other=_best_other(npv, names),
        rival=names[rival],
        gain=Figure.mean((npv[best] - npv[rival]).mean(axis=1)),
        one_more_year=payoffs.one_more_year,
        tail=_tail(npv[EXIT] - npv[STAY]),
        levers=None if classes is None else levers(payoffs, classes),
        rivals_stay=_rivals_stay(payoffs.rivals_stay, names),
        required=payoffs.required,
    )


def lead(npv: Array) -> Figure:
    """By how much the best strategy leads the next on average.

    Parameters
    ----------
    npv : array (strategy, chain, draw)
        USD billion.

    Returns
    -------
    Figure
        USD billion.
    """
    best, following = _ranked(npv)[:2]
    return Figure.mean((npv[best] - npv[following]).mean(axis=1))


def exit_minus_stay(npv: Array) -> Figure:
    """The expected value of exit less that of stay.

    Parameters
    ----------
    npv : array (strategy, chain, draw)
        USD billion.

    Returns
    -------
    Figure
        USD billion.
    """
    return Figure.mean((npv[EXIT] - npv[STAY]).mean(axis=1))


def _ranked(npv: Array) -> list[int]:
    """Places of the strategies, the highest expected value first."""
    return [int(place) for place in np.argsort(-npv.mean(axis=(1, 2)), kind="stable")]


def _rival(order: list[int]) -> int:
    """The best on the other side of leave or operate: `exit` alone is on one of them."""
    return order[1] if order[0] == EXIT else EXIT


def _best_other(npv: Array, names: tuple[str, ...]) -> BestOther:
    other = next(place for place in _ranked(npv) if place != EXIT)
    return BestOther(names[other], _difference(npv[EXIT] - npv[other]))


def _rivals_stay(npv: Array | None, names: tuple[str, ...]) -> RivalsStay | None:
    if npv is None:
        return None
    order = _ranked(npv)
    best, rival = order[0], _rival(order)
    return RivalsStay(
        best=names[best],
        exit_minus_stay=_difference(npv[EXIT] - npv[STAY]),
        gain=Figure.mean((npv[best] - npv[rival]).mean(axis=1)),
    )


def _strategy(
    strategy: Strategy, npv: Array, regret: Array, options: "xr.Dataset | None"
) -> StrategyFigures:
    """Figures of one strategy from its `npv` and `regret` (chain, draw)."""
    without: Figure | None = None
    option: OptionUsage | None = None
    if options is not None:
        without, option = option_usage(strategy, options, npv)
    quantiles = _quantiles(npv)
    return StrategyFigures(
        mean=Figure.mean(npv.mean(axis=1)),
        spread=_spread(*quantiles),
        **_percentiles(*quantiles),
        shortfall05=_shortfall(npv),
        regret=Figure.mean(regret.mean(axis=1)),
        mean_without_option=without,
        option=option,
    )


def _difference(difference: Array) -> Difference:
    return Difference(
        mean=Figure.mean(difference.mean(axis=1)),
        **_percentiles(*_quantiles(difference)),
        probability_positive=Figure.mean((difference > 0.0).mean(axis=1)),
    )


def _tail(difference: Array) -> Tail:
    """What the draws of the largest `difference` (chain, draw) in size carry of its mean."""
    chains = len(difference)
    share, without = _carried(difference.ravel())
    each = np.array([_carried(np.delete(difference, k, axis=0).ravel()) for k in range(chains)])
    errors = jackknife(each)
    return Tail(Figure(share, float(errors[0])), Figure(without, float(errors[1])))


def _carried(difference: Array) -> tuple[float, float]:
    """Part of the sum (draw,) that is the tail's, NaN of a sum of 0; mean of the other draws."""
    count = max(1, round(_TAIL * len(difference)))
    place = len(difference) - count
    order = np.argpartition(np.abs(difference), place)
    tail, rest = difference[order[place:]].sum(), difference[order[:place]].sum()
    total = tail + rest
    return float(tail / total) if total else np.nan, float(rest / place)


def _quantiles(npv: Array) -> tuple[Array, Array]:
    """Quantiles of `npv` (chain, draw): of all (quantile,), of each chain (quantile, chain)."""
    return np.quantile(npv, _QUANTILES), np.quantile(npv, _QUANTILES, axis=1)


def _percentiles(together: Array, chains: Array) -> dict[str, Figure]:
    """Percentiles by their names, from `_quantiles`."""
    return {
        f"p{round(100 * probability):02d}": Figure.pooled(float(together[place]), chains[place])
        for place, probability in enumerate(_QUANTILES)
    }


def _spread(together: Array, chains: Array) -> Figure:
    """How far the outer two of `_quantiles` lie apart, as the standard deviation of a normal.

    Its error is that of the difference: both percentiles of a chain move with the same draws.
    """
    width = (chains[-1] - chains[0]) / _BETWEEN
    return Figure.pooled(float(together[-1] - together[0]) / _BETWEEN, width)


def _shortfall(npv: Array) -> Figure:
    """Mean of the worst 5 % of `npv` (chain, draw)."""
    return Figure.pooled(float(mean_of_worst(npv.ravel(), _WORST)), mean_of_worst(npv, _WORST))
