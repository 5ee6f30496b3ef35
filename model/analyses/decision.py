"""What a decision maker reads: expected values, risk, regret, and which strategy is best.

Every figure comes with its Monte Carlo standard error, measured across the chains, which are
independent randomizations: the standard deviation of the chains' figures over the root of their
number.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model.analyses.option_usage import add_option_usage
from model.economics.strategies import STRATEGY_NAMES
from model.numerics.standard_errors import is_resolved, mcse, pair, pooled
from model.risk.risk import mean_of_worst

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["check_players", "decision"]

type Array = npt.NDArray[np.float64]

SCHEMA = 1
_QUANTILES = {"p05": 0.05, "p50": 0.5, "p95": 0.95}
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
    npv = run["payoff"]["npv"].transpose("player", "strategy", "chain", "draw")
    values = np.ascontiguousarray(npv.values)
    names = [str(name) for name in npv["player"].values]
    types: dict[str, str] = json.loads(run.attrs["player_types"])
    labels: dict[str, str] = json.loads(run.attrs["player_labels"])
    chosen = names if players is None else check_players(players, names)
    result: dict[str, Any] = {
        "schema": SCHEMA,
        "currency": run.attrs["currency"],
        "priors": run.attrs["name"],
        "draws": int(run.attrs["draws"]),
        "chains": int(run.attrs["chains"]),
        "seed": int(run.attrs["seed"]),
        "players": {
            name: {"type": types[name], "label": labels[name]} | _judge(values[names.index(name)])
            for name in chosen
        },
    }
    if "option" in run.children:
        for name in chosen:
            own = run["option"].dataset.sel(player=name)
            strategies = result["players"][name]["strategies"]
            add_option_usage(strategies, own, values[names.index(name)])
    if players is None:
        result["types"] = _judge_types(values, names, types, json.loads(run.attrs["type_labels"]))
    return result


def check_players(players: Sequence[str], names: Sequence[str]) -> list[str]:
    """Refuse a player who is not among `names`; the players asked for, each once.

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


def _judge_types(
    values: Array, names: Sequence[str], types: dict[str, str], labels: dict[str, str]
) -> dict[str, Any]:
    """Judge each type, its players' NPVs added up draw by draw."""
    judged = {}
    for kind in dict.fromkeys(types[name] for name in names):
        members = [place for place, name in enumerate(names) if types[name] == kind]
        judged[kind] = {
            "label": labels.get(kind, kind),
            "players": [names[place] for place in members],
        } | _judge(values[members].sum(axis=0))
    return judged


def _judge(npv: Array) -> dict[str, Any]:
    """Judge one player's `npv` (strategy, chain, draw)."""
    means = npv.mean(axis=(1, 2))
    order = np.argsort(-means, kind="stable")
    best, following = int(order[0]), int(order[1])
    lead = (npv[best] - npv[following]).mean(axis=1)
    winner = npv.argmax(axis=0)
    regret = npv.max(axis=0) - npv
    wins = [(winner == place).mean(axis=1) for place in range(len(STRATEGY_NAMES))]
    likeliest = int(np.argmax([share.mean() for share in wins]))
    return {
        "best": STRATEGY_NAMES[best],
        "resolved": is_resolved(lead.mean(), mcse(lead)),
        "next": STRATEGY_NAMES[following],
        "best_minus_next": pair("mean", lead),
        "likeliest_best": STRATEGY_NAMES[likeliest],
        "probability_best": {
            name: float(share.mean()) for name, share in zip(STRATEGY_NAMES, wins, strict=True)
        },
        "probability_best_mcse": {
            name: mcse(share) for name, share in zip(STRATEGY_NAMES, wins, strict=True)
        },
        **pair("evpi", regret[best].mean(axis=1)),
        "strategies": {
            name: _summarise(npv[place]) | pair("regret", regret[place].mean(axis=1))
            for place, name in enumerate(STRATEGY_NAMES)
        },
        "exit_minus_stay": _difference(npv),
    }


def _difference(npv: Array) -> dict[str, float]:
    exit_, stay = npv[STRATEGY_NAMES.index("exit")], npv[STRATEGY_NAMES.index("stay")]
    difference = exit_ - stay
    figures = _summarise(difference)
    kept = ("mean", "p05", "p50", "p95")
    return {
        key: value for key, value in figures.items() if key.removesuffix("_mcse") in kept
    } | pair("probability_positive", (difference > 0.0).mean(axis=1))


def _summarise(npv: Array) -> dict[str, float]:
    """Mean, spread, percentiles and expected shortfall of `npv` (chain, draw)."""
    figures = pair("mean", npv.mean(axis=1))
    figures |= pooled("sd", npv.std(axis=1, ddof=1), float(npv.std(ddof=1)))
    for key, probability in _QUANTILES.items():
        chains = np.quantile(npv, probability, axis=1)
        figures |= pooled(key, chains, float(np.quantile(npv, probability)))
    together = float(mean_of_worst(npv.ravel(), _WORST))
    return figures | pooled("shortfall05", mean_of_worst(npv, _WORST), together)
