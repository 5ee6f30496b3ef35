"""The draws that the report carries, so that its reader can move the priors without a server.

Of every quantity that varies, the standard score in each draw, as a character; of every payoff, two
bytes on a scale that is linear near zero and logarithmic far from it.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from model.numerics.standard_errors import RESOLVED, mcse
from priors.registry.quantity import Quantity
from reports.page.view import View, quantiles
from reports.text.quantities import subject_name
from reports.text.setting import how_to_set, probability
from reports.text.strategies import LEAVING, STAYING

__all__ = ["ALPHABET", "SCALE", "carried", "carried_draws", "normal_scores"]

type Array = npt.NDArray[np.float64]

#: A score is a character. Those that JSON or HTML would have to escape are left out.
ALPHABET = "".join(chr(code) for code in range(35, 127) if chr(code) not in "&<>\\")
_MIDDLE = (len(ALPHABET) - 1) // 2
#: Codes of a standard score per unit: scores reach ±3.9, and rounding moves them by 0.02 or so.
SCALE = 11
#: Scores at which a quantity's values are listed, for showing the prior in its own unit.
_GRID_END, _GRID_STEP = 4.0, 0.25
_PAYOFF_CODES = 32_767
#: Payoffs below this share of their median size are one to the page.
_FINE = 1e-3
_SEED = 20_260_324
#: Correlations below this are noise of estimation.
_LEAST_CORRELATION = 0.02
#: Figures of a strategy that the page's engine does not follow.
_UNUSED = frozenset(
    {"spread", "spread_mcse", "option", "mean_without_option", "mean_without_option_mcse"}
)
#: Parts of a decision that it does not follow either.
_UNMOVED = frozenset(
    {"for_good", "exit_minus_best_other", "rival", "gain", "gain_mcse", "tail", "levers"}
    | {"rivals_stay"}
)
#: What the question turns on, for readers who do not know where to begin.
_SUGGESTIONS = (
    "market.size_2033",
    "robotics.years_to_revenue",
    "compute.chip_cost_decline",
    "ipo.valuation_impact",
    "competition.commoditization_rate",
)


def carried_draws(view: View, room: int) -> int:
    """How many draws of each chain fit.

    Parameters
    ----------
    view : View
        The run.
    room : int
        Bytes that scores and payoffs may take in the page.

    Returns
    -------
    int
        A power of two, or three quarters of one: so Sobol points stay well spread.
    """
    chains, most = view.quantities.sizes["chain"], len(view.kept)
    varying = sum(1 for _ in _varying(view))
    a_draw = int(chains) * (varying + len(view.players) * len(view.strategies) * 2 * 4 / 3)
    powers = [1 << power for power in range(3, 14)]
    sizes = [8, *(size for power in powers for size in (3 * power // 2, 2 * power))]
    fitting = [size for size in sizes if size <= most and size * a_draw <= room]
    return max(fitting, default=min(most, sizes[0]))


def carried(view: View, per_chain: int) -> dict[str, Any]:
    """What the page's engine reads.

    Parameters
    ----------
    view : View
        The run.
    per_chain : int
        Draws of each chain to carry.

    Returns
    -------
    dict
        Plain JSON; binary parts in base64, quantity by quantity and payoff by payoff.
    """
    chains = view.quantities.sizes["chain"]
    taken = _taken(len(view.kept), per_chain, spread=view.posterior)
    quantities, codes, scores = _quantities(view, taken)
    players, payoffs = _payoffs(view, taken)
    places = {player["key"]: place for place, player in enumerate(players)}
    return {
        "chains": chains,
        "perChain": per_chain,
        "alphabet": ALPHABET,
        "scale": SCALE,
        "gridEnd": _GRID_END,
        "gridStep": _GRID_STEP,
        "kinds": _kinds(view, quantities),
        "quantities": quantities,
        "scores": "".join(codes),
        "strategies": list(view.strategies),
        "players": players,
        "payoffs": _base64(np.concatenate(payoffs)),
        "types": _types(view, places),
        "correlations": _correlations(view, quantities, scores),
        "decision": _decision(view),
        "resolved": RESOLVED,
        "suggestions": _SUGGESTIONS,
        "command": view.command,
    }


def _taken(kept: int, per_chain: int, *, spread: bool) -> npt.NDArray[np.intp]:
    """Places within a chain: the first ones, or, of a Markov chain, ones far apart."""
    if spread:
        return np.linspace(0, kept - 1, per_chain).round().astype(np.intp)
    return np.arange(per_chain)


def _varying(view: View) -> Iterator[tuple[Quantity, str | None]]:
    """Every quantity that is no constant."""
    everyone: list[tuple[Quantity, str | None]] = [(one, None) for one in view.selection.shared]
    own = [(one, player) for player in view.players for one in view.selection.own]
    for quantity, player in [*everyone, *own]:
        ordered = view.ordered(quantity.name, player)
        if ordered[0] < ordered[-1]:
            yield quantity, player


def _quantities(
    view: View, taken: npt.NDArray[np.intp]
) -> tuple[list[dict[str, Any]], list[str], list[Array]]:
    """Description, codes and scores (draw,) of each quantity that varies."""
    described, codes, scores = [], [], []
    rng = np.random.default_rng(_SEED)
    chains = view.quantities.sizes["chain"]
    for quantity, player in _varying(view):
        ordered = view.ordered(quantity.name, player)
        draws = view.quantity(quantity.name, player).reshape(chains, -1)[:, taken].ravel()
        score = 2.0 * draws - 1.0 if quantity.event else normal_scores(draws, ordered, rng)
        described.append(_describe(view, quantity, player, ordered))
        scores.append(score)
        codes.append(_characters(score))
    return described, codes, scores


def normal_scores(draws: Array, ordered: Array, rng: np.random.Generator) -> Array:
    """Standard normal scores of `draws` (draw,) by their ranks.

    Parameters
    ----------
    draws : ndarray, shape (draw,)
        Some draws of a quantity.
    ordered : ndarray
        All of them, in ascending order.
    rng : Generator
        Spreads equal values, as of a discrete prior, over the ranks that they share.

    Returns
    -------
    array (draw,)
    """
    below = np.searchsorted(ordered, draws, side="left")
    shared = np.searchsorted(ordered, draws, side="right") - below
    within = np.where(shared > 1, rng.random(len(draws)), 0.5)
    return np.asarray(ndtri((below + within * shared) / len(ordered)))


def _describe(view: View, quantity: Quantity, player: str | None, ordered: Array) -> dict[str, Any]:
    subject = subject_name(quantity.name)
    described: dict[str, Any] = {
        "path": quantity.name if player is None else f"players.{player}.{quantity.key}",
        "kind": quantity.name,
        "group": subject if player is None else view.players[player]["label"],
    }
    stated = view.stated(quantity.name, player)
    setting = None if view.posterior else how_to_set(stated, quantity)
    if quantity.event:
        known = probability(stated)
        share = float(ordered.mean()) if known is None else known
        return described | {"event": True, "probability": share, "set": setting}
    u = ndtr(np.arange(-_GRID_END, _GRID_END + _GRID_STEP / 2, _GRID_STEP))
    grid = quantiles(ordered, u).tolist()
    return described | {"grid": [_short(x) for x in grid], "set": setting}


def _characters(scores: Array) -> str:
    """Scores (draw,) as characters of the alphabet."""
    codes = np.clip(np.rint(scores * SCALE), -_MIDDLE, _MIDDLE).astype(int) + _MIDDLE
    letters = np.frombuffer(ALPHABET.encode("ascii"), dtype=np.uint8)
    return str(letters[codes].tobytes(), "ascii")


def _kinds(view: View, quantities: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """What the quantities of that name have in common: name for readers, meaning, unit."""
    kinds = {}
    for kind in dict.fromkeys(one["kind"] for one in quantities):
        quantity = view.selection.by_name[kind]
        kinds[kind] = {
            "name": quantity.label,
            "meaning": quantity.meaning,
            "unit": "" if quantity.unit in ("1", "0 or 1") else quantity.unit,
        }
    return kinds


def _payoffs(
    view: View, taken: npt.NDArray[np.intp]
) -> tuple[list[dict[str, Any]], list[npt.NDArray[np.int16]]]:
    chains = view.quantities.sizes["chain"]
    players, codes = [], []
    for key, entry in view.players.items():
        values = np.stack(
            [
                view.kept_payoff(key, name).reshape(chains, -1)[:, taken].ravel()
                for name in view.strategies
            ]
        )
        unit = max(float(np.median(np.abs(values))) * _FINE, 1e-300)
        step = max(float(np.arcsinh(np.abs(values).max() / unit)), 1e-300) / _PAYOFF_CODES
        players.append({"key": key, "label": entry["label"], "unit": unit, "step": step})
        codes.append(np.rint(np.arcsinh(values / unit) / step).astype(np.int16).ravel())
    return players, codes


def _types(view: View, places: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"key": key, "players": [places[player] for player in entry["players"]]}
        for key, entry in view.types.items()
    ]


def _correlations(
    view: View, quantities: list[dict[str, Any]], scores: list[Array]
) -> list[list[float]]:
    """Pairs of places and the correlation of their scores."""
    places = {one["path"]: place for place, one in enumerate(quantities) if "event" not in one}
    if view.posterior:
        return _estimated(scores, set(places.values()))
    pairs = []
    for table in view.prior_file.get("correlations", ()):
        first, second = (places.get(path) for path in table["between"])
        if first is not None and second is not None:
            r = 2.0 * np.sin(np.pi * float(table["rank"]) / 6.0)
            pairs.append([first, second, _short(float(r), 9)])
    return pairs


def _estimated(scores: list[Array], places: set[int]) -> list[list[float]]:
    matrix: Array = np.atleast_2d(np.corrcoef(np.stack(scores)))
    return [
        [first, second, _short(float(matrix[first, second]))]
        for first, second in combinations(sorted(places), 2)
        if abs(matrix[first, second]) > _LEAST_CORRELATION
    ]


def _decision(view: View) -> dict[str, Any]:
    """The run's own figures, to which the page adds what moving the priors changes."""
    places = {
        "players": {key: _entry(view, entry, [key]) for key, entry in view.players.items()},
        "types": {key: _entry(view, entry, entry["players"]) for key, entry in view.types.items()},
    }
    rounded: dict[str, Any] = _rounded(places)
    return rounded


def _entry(view: View, entry: Mapping[str, Any], members: list[str]) -> dict[str, Any]:
    """An entry of the decision, with the quartiles and errors of pairs that the page needs."""
    npv = {
        name: np.sum([view.payoff(player, name) for player in members], axis=0)
        for name in view.strategies
    }
    quartiles = np.quantile(npv[LEAVING.name] - npv[STAYING.name], [0.25, 0.75]).tolist()
    difference = {**entry["exit_minus_stay"], "p25": quartiles[0], "p75": quartiles[1]}
    chains = view.quantities.sizes["chain"]
    pairs = {
        ",".join(sorted((a, b))): mcse((npv[a] - npv[b]).reshape(chains, -1).mean(axis=1))
        for a, b in combinations(view.strategies, 2)
    }
    strategies = {name: _strategy(row) for name, row in entry["strategies"].items()}
    return {
        **{name: value for name, value in entry.items() if name not in _UNMOVED},
        "strategies": strategies,
        "exit_minus_stay": difference,
        "pair_mcse": pairs,
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
    return _short(value, 9) if isinstance(value, float) else value


def _short(value: float, digits: int = 5) -> float:
    return float(f"{value:.{digits}g}")


def _base64(codes: npt.NDArray[Any]) -> str:
    return b64encode(codes.astype(codes.dtype.newbyteorder("<")).tobytes()).decode("ascii")
