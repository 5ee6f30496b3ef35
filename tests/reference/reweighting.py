"""Importance weights on the draws that a report carries, the slow and obvious way."""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.stats import multivariate_normal

type Move = Mapping[str, Any]


def scores(data: Mapping[str, Any]) -> np.ndarray:
    """Scores (quantity, draw)."""
    places = {letter: place for place, letter in enumerate(data["alphabet"])}
    codes = np.array([places[letter] for letter in data["scores"]])
    return (codes.reshape(len(data["quantities"]), -1) - (len(places) - 1) // 2) / data["scale"]


def payoffs(data: Mapping[str, Any]) -> np.ndarray:
    """NPV (player, strategy, draw), USD billion."""
    codes = np.frombuffer(b64decode(data["payoffs"]), dtype="<i2").astype(float)
    codes = codes.reshape(len(data["players"]), len(data["strategies"]), -1)
    out = np.empty_like(codes)
    for place, player in enumerate(data["players"]):
        out[place] = player["unit"] * np.sinh(codes[place] * player["step"])
    return out


def weights(data: Mapping[str, Any], moves: Sequence[Move]) -> np.ndarray:
    """Ratio of the moved density to the prior's, (draw,), adding up to the number of draws."""
    z = scores(data)
    places = {quantity["path"]: place for place, quantity in enumerate(data["quantities"])}
    correlation = np.eye(len(places))
    for first, second, r in data["correlations"]:
        correlation[first, second] = correlation[second, first] = r
    logs = np.zeros(z.shape[1])
    scored = [move for move in moves if "probability" not in move]
    if scored:
        chosen = [places[move["path"]] for move in scored]
        shift = np.array([move.get("shift", 0.0) for move in scored])
        spread = np.diag([move.get("spread", 1.0) for move in scored])
        r = correlation[np.ix_(chosen, chosen)]
        x = z[chosen].T
        logs += multivariate_normal(shift, spread @ r @ spread).logpdf(x)
        logs -= multivariate_normal(np.zeros(len(chosen)), r).logpdf(x)
    for move in moves:
        if "probability" in move:
            place = places[move["path"]]
            old, new = data["quantities"][place]["probability"], move["probability"]
            logs += np.where(z[place] > 0.0, np.log(new / old), np.log((1 - new) / (1 - old)))
    w = np.exp(logs - logs.max())
    return w * len(w) / w.sum()


def judge(data: Mapping[str, Any], place: str, key: str, w: np.ndarray) -> dict[str, Any]:
    """A player's or type's figures under the weights."""
    npv = payoffs(data)
    names = data["strategies"]
    members = (
        [player["key"] for player in data["players"]].index(key)
        if place == "players"
        else next(one["players"] for one in data["types"] if one["key"] == key)
    )
    own = npv[members] if place == "players" else npv[members].sum(axis=0)
    base = data["decision"][place][key]
    chain = np.repeat(np.arange(data["chains"]), data["perChain"])

    def moved(value: float, mcse: float, statistic: Callable[..., float]) -> tuple[float, float]:
        """`statistic` takes weights and which draws."""
        plain = np.ones_like(w)
        everything = np.ones(len(w), dtype=bool)
        change = statistic(w, everything) - statistic(plain, everything)
        left = [
            statistic(w, chain != c) - statistic(plain, chain != c) for c in range(data["chains"])
        ]
        count = data["chains"]
        error = np.sqrt((count - 1) / count * np.sum((np.array(left) - np.mean(left)) ** 2))
        return value + change, mcse + float(error)

    def mean(values: np.ndarray) -> Callable[..., float]:
        return lambda w, keep: float(np.average(values[keep], weights=w[keep]))

    out: dict[str, Any] = {}
    for k, name in enumerate(names):
        row = base["strategies"][name]
        for figure, statistic in {
            "mean": mean(own[k]),
            "regret": mean(own.max(axis=0) - own[k]),
            "p05": quantile(own[k], 0.05),
            "p95": quantile(own[k], 0.95),
            "shortfall05": shortfall(own[k]),
        }.items():
            out[f"{name}/{figure}"] = moved(row[figure], row[f"{figure}_mcse"], statistic)
    means = {name: out[f"{name}/mean"][0] for name in names}
    best, after = sorted(names, key=lambda name: -means[name])[:2]
    lead = base["strategies"][best]["mean"] - base["strategies"][after]["mean"]
    paired = own[names.index(best)] - own[names.index(after)]
    error = base["pair_mcse"][",".join(sorted((best, after)))]
    out["lead"] = moved(lead, error, mean(paired))
    difference = own[names.index("exit")] - own[names.index("stay")]
    row = base["exit_minus_stay"]
    out["difference/mean"] = moved(row["mean"], row["mean_mcse"], mean(difference))
    out["difference/p50"] = moved(row["p50"], row["p50_mcse"], quantile(difference, 0.5))
    out["difference/probability_positive"] = moved(
        row["probability_positive"],
        row["probability_positive_mcse"],
        mean((difference > 0.0).astype(float)),
    )
    return out


def quantile(values: np.ndarray, probability: float) -> Callable[..., float]:
    """Smallest value below which, itself included, lies that share of the weight."""

    def statistic(w: np.ndarray, keep: np.ndarray) -> float:
        order = np.argsort(values[keep], kind="stable")
        below = np.cumsum(w[keep][order]) / w[keep].sum()
        return float(values[keep][order][np.searchsorted(below, probability - 1e-12)])

    return statistic


def shortfall(values: np.ndarray, worst: float = 0.05) -> Callable[..., float]:
    """Mean of the worst 5 % of the weight."""

    def statistic(w: np.ndarray, keep: np.ndarray) -> float:
        order = np.argsort(values[keep], kind="stable")
        mass = w[keep][order] / w[keep].sum()
        before = np.cumsum(mass) - mass
        part = np.clip(worst - before, 0.0, mass)
        return float(np.average(values[keep][order], weights=part))

    return statistic
