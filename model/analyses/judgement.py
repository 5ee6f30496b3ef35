"""One decision judged: expected values, risk, regret, which strategy is best, by how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

import numpy as np

from model.analyses.columns import Columns, columns_of
from model.analyses.option_usage import option_usage
from model.analyses.pair import Stakes, stakes_of
from model.analyses.payoffs import Payoffs
from model.analyses.results.decision import Judgement, MeanFigure, StrategyFigures
from model.analyses.results.levers import BestOther, Difference, Levers, RivalsStay
from model.analyses.results.option import OptionUsage
from model.analyses.results.record import Figure
from model.analyses.tail import tail_of
from model.economics.strategies import EXIT, STAY, Strategy
from model.numerics.arrays import Array, ByChain
from model.numerics.standard_errors import RESOLVED
from model.numerics.threads import in_threads

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Judged", "judge", "pairs_of", "rows_of"]

#: Standard deviations of a normal distribution between its 5th and its 95th percentile.
_BETWEEN = 3.29


class Judged(Protocol):
    """What a decision is judged on: payoffs in memory, or in a file."""

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """Those compared, `exit` and `stay` first."""

    @property
    def chains(self) -> int:
        """Number of chains."""

    @property
    def one_more_year(self) -> bool:
        """Whether staying is left at the end of the first year nearly always."""

    @property
    def required(self) -> float | None:
        """Standard errors by which the best strategy must lead, where other than two."""

    @property
    def rivals_stay(self) -> Array | None:
        """NPVs (strategy, chain, draw) if rivals stayed, where they respond; USD billion."""

    def chain(self, chain: int) -> Array:
        """One chain's NPVs.

        Parameters
        ----------
        chain : int
            Place of the chain.

        Returns
        -------
        array (strategy, draw)
            USD billion.
        """

    def chain_for_good(self, chain: int) -> Array | None:
        """Exit less stay of one chain without the real options, where there are any.

        Parameters
        ----------
        chain : int
            Place of the chain.

        Returns
        -------
        array (draw,) or None
            USD billion.
        """


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """How often each strategy is the best of a chain's draws, and its regret: (chain, strategy)."""

    wins: ByChain
    regret: ByChain


def judge(
    payoffs: Judged,
    levers: Levers | None = None,
    options: "xr.Dataset | None" = None,
    columns: Columns | None = None,
) -> Judgement:
    """Judge one decision.

    Parameters
    ----------
    payoffs : Payoffs
        Of a player, or of a type.
    levers : Levers, optional
        The answer by range of the four uncertainties.
    options : Dataset, optional
        The player's part of a run's group ``option``; with it, `payoffs` are `Payoffs`.
    columns : Columns, optional
        Figures of `rows_of`, where they are known.

    Returns
    -------
    Judgement
        USD billion. Of two strategies with equal means the one that is listed first is the better.
    """
    strategies = payoffs.strategies
    names = [one.name for one in strategies]
    if columns is None:
        columns = columns_of(lambda chain: rows_of(payoffs, chain), payoffs.chains)
    compared = _compared(payoffs)
    order = _ranked(columns, len(names))
    ahead = _lead(columns, names, order[0], order[1])
    wins = {name: Figure.mean(compared.wins[:, k]) for k, name in enumerate(names)}
    other, rival = next(place for place in order if place != EXIT), _rival(order)
    stakes = _stakes(payoffs, order[0], rival)
    return Judgement(
        best=names[order[0]],
        resolved=ahead.exceeds(payoffs.required or RESOLVED),
        next=names[order[1]],
        best_minus_next=MeanFigure(ahead),
        likeliest_best=max(wins, key=lambda name: wins[name].value),
        probability_best=wins,
        evpi=Figure.mean(compared.regret[:, order[0]]),
        strategies={
            one.name: _strategy(one, place, columns, compared, payoffs, options)
            for place, one in enumerate(strategies)
        },
        exit_minus_stay=_difference(columns, _place(names, EXIT, STAY)),
        for_good=_difference(columns, _for_good(columns, names)),
        exit_minus_best_other=BestOther(
            names[other], _difference(columns, _place(names, EXIT, other))
        ),
        rival=names[rival],
        gain=_lead(columns, names, order[0], rival),
        wins=stakes.wins,
        gain_when_better=stakes.gain_when_better,
        loss_when_worse=stakes.loss_when_worse,
        carried_by=stakes.carried_by,
        one_more_year=payoffs.one_more_year,
        tail=tail_of(
            lambda chain: _exit_minus_stay(payoffs.chain(chain)),
            payoffs.chains,
        ),
        levers=levers,
        rivals_stay=_rivals_stay(payoffs.rivals_stay, strategies),
        required=payoffs.required,
    )


def pairs_of(names: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the strategies in each pair, whose differences follow the strategies.

    Parameters
    ----------
    names : sequence of str
        Of the strategies.

    Returns
    -------
    list of tuple
        The first of each pair is listed before the second.
    """
    return list(combinations(range(len(names)), 2))


def rows_of(payoffs: Judged, chain: int) -> Array:
    """One chain's columns of figures: strategies, differences of pairs, exit less stay for good.

    Parameters
    ----------
    payoffs : Payoffs
        Of one decision.
    chain : int
        Place of the chain.

    Returns
    -------
    array (column, draw)
        USD billion; the last only where there are real options.
    """
    npv, for_good = payoffs.chain(chain), payoffs.chain_for_good(chain)
    pairs = pairs_of([one.name for one in payoffs.strategies])
    count = len(npv) + len(pairs)
    rows = np.empty((count + (for_good is not None), npv.shape[1]))
    rows[: len(npv)] = npv
    for place, (a, b) in enumerate(pairs, start=len(npv)):
        np.subtract(npv[a], npv[b], out=rows[place])
    if for_good is not None:
        rows[-1] = for_good
    return rows


def _compared(payoffs: Judged) -> _Compared:
    def of_chain(chain: int) -> tuple[Array, Array]:
        npv = payoffs.chain(chain)
        winner, highest = npv.argmax(axis=0), npv.max(axis=0)
        wins = np.array([(winner == k).mean() for k in range(len(npv))])
        return wins, np.array([(highest - own).mean() for own in npv])

    wins, regret = zip(*in_threads(of_chain, range(payoffs.chains)), strict=True)
    return _Compared(np.array(wins), np.array(regret))


def _exit_minus_stay(npv: Array) -> Array:
    return np.asarray(npv[EXIT] - npv[STAY])


def _ranked(columns: Columns, count: int) -> list[int]:
    """Places of the strategies, the highest expected value first."""
    means = columns.mean[:, :count].mean(axis=0)
    return [int(place) for place in np.argsort(-means, kind="stable")]


def _rival(order: list[int]) -> int:
    """The best on the other side of leave or operate: `exit` alone is on one of them."""
    return order[1] if order[0] == EXIT else EXIT


def _stakes(payoffs: Judged, best: int, rival: int) -> Stakes:
    def gain(chain: int) -> Array:
        npv = payoffs.chain(chain)
        return np.asarray(npv[best] - npv[rival])

    return stakes_of(gain, payoffs.chains)


def _place(names: Sequence[str], first: int, second: int) -> int:
    """Which column is the difference of two strategies, the first listed before the second."""
    return len(names) + pairs_of(names).index((first, second))


def _for_good(columns: Columns, names: Sequence[str]) -> int:
    """Which column is exit less stay for good: without real options, exit less stay."""
    last = len(names) + len(pairs_of(names))
    return last if columns.mean.shape[1] > last else _place(names, EXIT, STAY)


def _lead(columns: Columns, names: Sequence[str], first: int, second: int) -> Figure:
    """By how much one strategy leads another on average."""
    if first < second:
        return Figure.mean(columns.mean[:, _place(names, first, second)])
    return Figure.mean(-columns.mean[:, _place(names, second, first)])


def _rivals_stay(npv: Array | None, strategies: tuple[Strategy, ...]) -> RivalsStay | None:
    if npv is None:
        return None
    alone = Payoffs(strategies, npv, npv[: STAY + 1])
    names = list(alone.names)
    columns = columns_of(lambda chain: rows_of(alone, chain), alone.chains)
    order = _ranked(columns, len(names))
    return RivalsStay(
        best=names[order[0]],
        exit_minus_stay=_difference(columns, _place(names, EXIT, STAY)),
        gain=_lead(columns, names, order[0], _rival(order)),
    )


def _strategy(
    strategy: Strategy,
    place: int,
    columns: Columns,
    compared: _Compared,
    payoffs: Judged,
    options: "xr.Dataset | None",
) -> StrategyFigures:
    """Figures of the strategy at a place."""
    without: Figure | None = None
    option: OptionUsage | None = None
    if options is not None:
        npv = np.stack([payoffs.chain(chain)[place] for chain in range(payoffs.chains)])
        without, option = option_usage(strategy, options, npv)
    return StrategyFigures(
        mean=Figure.mean(columns.mean[:, place]),
        spread=_spread(columns, place),
        **_percentiles(columns, place),
        shortfall05=Figure.pooled(float(columns.all_worst[place]), columns.worst[:, place]),
        regret=Figure.mean(compared.regret[:, place]),
        mean_without_option=without,
        option=option,
    )


def _difference(columns: Columns, place: int) -> Difference:
    return Difference(
        mean=Figure.mean(columns.mean[:, place]),
        **_percentiles(columns, place),
        probability_positive=Figure.mean(columns.positive[:, place]),
    )


def _percentiles(columns: Columns, place: int) -> dict[str, Figure]:
    """Percentiles of a column by their names."""
    return {name: columns.percentile(place, k) for k, name in enumerate(("p05", "p50", "p95"))}


def _spread(columns: Columns, place: int) -> Figure:
    """How far a column's outer percentiles lie apart, as the standard deviation of a normal.

    Its error is that of the difference: both percentiles of a chain move with the same draws.
    """
    together, chains = columns.all_quantiles[place], columns.quantiles[:, place]
    width = (chains[:, -1] - chains[:, 0]) / _BETWEEN
    return Figure.pooled(float(together[-1] - together[0]) / _BETWEEN, width)
