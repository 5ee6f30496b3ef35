"""The run's own figures, to which the page adds what moving the priors changes."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from model.analyses.pair import carrying_part
from model.numerics.standard_errors import mcse
from reports.page.view import View
from reports.text.strategies import LEAVING, STAYING

__all__ = ["run_figures", "short"]

type Array = npt.NDArray[np.float64]

#: Figures of a strategy that the page's engine does not follow.
_UNUSED = frozenset(
    {"spread", "spread_mcse", "option", "mean_without_option", "mean_without_option_mcse"}
)
#: Parts of a decision that it does not follow either.
_UNMOVED = frozenset({"for_good", "exit_minus_best_other", "tail", "levers", "rivals_stay"})


def run_figures(view: View) -> dict[str, Any]:
    """Players, types and their decisions.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    dict
        Plain JSON.
    """
    names = [str(name) for name in view.run["payoff"].to_dataset()["player"].to_numpy()]
    decision = {
        "players": {key: _entry(view, entry, [key]) for key, entry in view.players.items()},
        "types": {key: _entry(view, entry, entry["players"]) for key, entry in view.types.items()},
    }
    players = [
        {"key": key, "label": entry["label"], "places": [names.index(key)]}
        for key, entry in view.players.items()
    ]
    types = [
        {"key": key, "places": [names.index(player) for player in entry["players"]]}
        for key, entry in view.types.items()
    ]
    return {"players": players, "types": types, "decision": _rounded(decision)}


def _entry(view: View, entry: Mapping[str, Any], members: list[str]) -> dict[str, Any]:
    """An entry of the decision, with quartiles and pairs that the page needs."""
    npv = {
        name: np.sum([view.payoff(player, name) for player in members], axis=0)
        for name in view.strategies
    }
    quartiles = np.quantile(npv[LEAVING.name] - npv[STAYING.name], [0.25, 0.75]).tolist()
    chains = view.run["payoff"].sizes["chain"]
    errors = {
        ",".join(sorted((a, b))): mcse((npv[a] - npv[b]).reshape(chains, -1).mean(axis=1))
        for a, b in combinations(view.strategies, 2)
    }
    others = (name for name in view.strategies if name != LEAVING.name)
    return {
        **{name: value for name, value in entry.items() if name not in _UNMOVED},
        "strategies": {name: _strategy(row) for name, row in entry["strategies"].items()},
        "exit_minus_stay": {**entry["exit_minus_stay"], "p25": quartiles[0], "p75": quartiles[1]},
        "pair_mcse": errors,
        "pairs": {name: _pair(npv[LEAVING.name] - npv[name], chains) for name in others},
    }


def _pair(gain: Array, chains: int) -> dict[str, float]:
    """What exit is worth over another strategy (draw,), as parts of odds and stakes."""

    def share(better: npt.NDArray[np.bool_]) -> tuple[float, float]:
        return float(better.mean()), mcse(better.reshape(chains, -1).mean(axis=1))

    (exits, exits_mcse), (stays, stays_mcse) = share(gain > 0.0), share(gain < 0.0)
    ordered = np.sort(gain)
    return {
        "exits": exits,
        "exits_mcse": exits_mcse,
        "stays": stays,
        "stays_mcse": stays_mcse,
        "won": float(np.maximum(gain, 0.0).mean()),
        "lost": float(np.maximum(-gain, 0.0).mean()),
        "exit_rests": carrying_part(ordered[::-1]),
        "stay_rests": carrying_part(-ordered),
    }


def _strategy(row: Mapping[str, Any]) -> dict[str, Any]:
    """A strategy's figures, of its real option only what the verdict speaks of."""
    kept = {name: value for name, value in row.items() if name not in _UNUSED}
    if "option" in row:
        spoken = ("real_option", "probability_used", "by_year")
        kept["option"] = {name: row["option"][name] for name in spoken}
    return kept


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    return short(value, 9) if isinstance(value, float) else value


def short(value: float, digits: int = 5) -> float:
    """A number with so many significant digits.

    Parameters
    ----------
    value : float
        Any.
    digits : int
        How many.

    Returns
    -------
    float
    """
    return float(f"{value:.{digits}g}")
