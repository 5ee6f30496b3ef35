"""What a decision maker reads: expected values, risk, regret, and which strategy is best.

Every figure comes with its Monte Carlo standard error, measured across the chains, which are
independent randomizations: the standard deviation of the chains' figures over the root of their
number.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from model.analyses.option_usage import option_usage
from model.analyses.results.decision import (
    Decision,
    Difference,
    Judgement,
    MeanFigure,
    PlayerDecision,
    StrategyFigures,
    TypeDecision,
)
from model.analyses.results.option import OptionUsage
from model.analyses.results.record import Figure, plain
from model.economics.strategies import EXIT, STAY, Strategy, of_run
from model.numerics.arrays import Array
from model.risk.risk import mean_of_worst

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["check_players", "decision", "judged"]


_QUANTILES = (0.05, 0.5, 0.95)
_WORST = 0.05


def decision(run: "xr.DataTree", players: Sequence[str] | None = None) -> dict[str, Any]:
    """Reduce a run to what is decided on: the content of ``decision.json``.

    Parameters
    ----------
    run : xarray.DataTree
        From `simulate`, or read from ``run.nc``.
    players : sequence of str, optional
        Those to report; types are then left out.

    Returns
    -------
    dict
        Plain numbers, strings, lists and dicts. Beside every figure ``x`` stands ``x_mcse``.
        Money is in USD billion.

    Raises
    ------
    InputError
        Where a player is not in the run.
    """
    return plain(judged(run, players))


def judged(run: "xr.DataTree", players: Sequence[str] | None = None) -> Decision:
    """Reduce a run to what is decided on, as a record.

    Parameters
    ----------
    run : DataTree
        As `decision` takes it.
    players : sequence of str, optional
        As `decision` takes them.

    Returns
    -------
    Decision
        Payoffs in USD billion.

    Raises
    ------
    InputError
        If a player is not in the run.
    """
    npv = run["payoff"]["npv"].transpose("player", "strategy", "chain", "draw")
    values = np.ascontiguousarray(npv.values)
    names = [str(name) for name in npv["player"].values]
    types: dict[str, str] = json.loads(run.attrs["player_types"])
    labels: dict[str, str] = json.loads(run.attrs["player_labels"])
    strategies = of_run(run)
    chosen = names if players is None else check_players(players, names)
    return Decision(
        currency=run.attrs["currency"],
        priors=run.attrs["name"],
        draws=int(run.attrs["draws"]),
        chains=int(run.attrs["chains"]),
        seed=int(run.attrs["seed"]),
        players={
            name: PlayerDecision(
                types[name],
                labels[name],
                _judge(values[names.index(name)], strategies, _options(run, name)),
            )
            for name in chosen
        },
        types=_types(values, strategies, names, types, json.loads(run.attrs["type_labels"]))
        if players is None
        else None,
    )


def check_players(players: Sequence[str], names: Sequence[str]) -> list[str]:
    """Refuse a player who is not among `names`; the players asked for, each once.

    Parameters
    ----------
    players : sequence of str
        Those asked for.
    names : sequence of str
        Those there are.

    Returns
    -------
    list of str
        In the order asked for.

    Raises
    ------
    InputError
        With the nearest name where one is close.
    """
    from priors.errors import InputError, did_you_mean

    for player in players:
        if player not in names:
            hint = did_you_mean(player, names)
            raise InputError(f"player {player!r} is not in the run: {', '.join(names)}{hint}")
    return list(dict.fromkeys(players))


def _options(run: "xr.DataTree", player: str) -> "xr.Dataset | None":
    """How a player uses its real options; None of a run that does not value them."""
    if "option" not in run.children:
        return None
    own: xr.Dataset = run["option"].dataset.sel(player=player)
    return own


def _types(
    values: Array,
    strategies: Sequence[Strategy],
    names: Sequence[str],
    types: dict[str, str],
    labels: dict[str, str],
) -> dict[str, TypeDecision]:
    """Judge each type, its players' NPVs added up draw by draw."""
    found = {}
    for kind in dict.fromkeys(types[name] for name in names):
        members = [place for place, name in enumerate(names) if types[name] == kind]
        found[kind] = TypeDecision(
            labels.get(kind, kind),
            [names[place] for place in members],
            _judge(values[members].sum(axis=0), strategies),
        )
    return found


def _judge(
    npv: Array, strategies: Sequence[Strategy], options: "xr.Dataset | None" = None
) -> Judgement:
    """Judge one player's `npv` (strategy, chain, draw)."""
    names = [one.name for one in strategies]
    means = npv.mean(axis=(1, 2))
    order = np.argsort(-means, kind="stable")
    best, following = int(order[0]), int(order[1])
    lead = Figure.mean((npv[best] - npv[following]).mean(axis=1))
    winner = npv.argmax(axis=0)
    regret = npv.max(axis=0) - npv
    wins = {name: Figure.mean((winner == place).mean(axis=1)) for place, name in enumerate(names)}
    return Judgement(
        best=names[best],
        resolved=lead.resolved,
        next=names[following],
        best_minus_next=MeanFigure(lead),
        likeliest_best=max(wins, key=lambda name: wins[name].value),
        probability_best=wins,
        evpi=Figure.mean(regret[best].mean(axis=1)),
        strategies={
            one.name: _strategy(one, npv[place], regret[place], options)
            for place, one in enumerate(strategies)
        },
        exit_minus_stay=_difference(npv[EXIT] - npv[STAY]),
    )


def _strategy(
    strategy: Strategy, npv: Array, regret: Array, options: "xr.Dataset | None"
) -> StrategyFigures:
    """Figures of one strategy from its `npv` and `regret` (chain, draw)."""
    without: Figure | None = None
    option: OptionUsage | None = None
    if options is not None:
        without, option = option_usage(strategy, options, npv)
    return StrategyFigures(
        mean=Figure.mean(npv.mean(axis=1)),
        sd=Figure.pooled(float(npv.std(ddof=1)), npv.std(axis=1, ddof=1)),
        **_percentiles(npv),
        shortfall05=_shortfall(npv),
        regret=Figure.mean(regret.mean(axis=1)),
        mean_without_option=without,
        option=option,
    )


def _difference(difference: Array) -> Difference:
    return Difference(
        mean=Figure.mean(difference.mean(axis=1)),
        **_percentiles(difference),
        probability_positive=Figure.mean((difference > 0.0).mean(axis=1)),
    )


def _percentiles(npv: Array) -> dict[str, Figure]:
    """Percentiles of `npv` (chain, draw), by their names."""
    chains = np.quantile(npv, _QUANTILES, axis=1)
    together = np.quantile(npv, _QUANTILES)
    return {
        f"p{round(100 * probability):02d}": Figure.pooled(float(together[place]), chains[place])
        for place, probability in enumerate(_QUANTILES)
    }


def _shortfall(npv: Array) -> Figure:
    """Mean of the worst 5 % of `npv` (chain, draw)."""
    return Figure.pooled(float(mean_of_worst(npv.ravel(), _WORST)), mean_of_worst(npv, _WORST))
