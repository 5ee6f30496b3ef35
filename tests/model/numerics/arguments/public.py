"""Every public function of arrays with small valid arguments: one line adds a function.

Figures are whole numbers of at most 100 in size, so that every numeric type holds them exactly.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xarray as xr

import decide

CHAINS, DRAWS = 4, 24


@dataclass(frozen=True)
class Case:
    """A function, its arguments, and the figures that its docstring lets be NaN."""

    call: Callable[..., Any]
    arguments: dict[str, Any]
    nan: set[str] = field(default_factory=set)

    def __call__(self, **changed: Any) -> dict[str, Any]:
        return figures(self.call(**{**self.arguments, **changed}))


def labelled(values: Any, *dims: str, **coords: Any) -> xr.DataArray:
    """An array with numbered chains and draws, players and strategies by name."""
    array = xr.DataArray(values, dims=dims)
    numbered = {dim: np.arange(array.sizes[dim]) for dim in ("chain", "draw") if dim in dims}
    return array.assign_coords(numbered | coords)


def whole(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return np.clip(np.round(30.0 * rng.standard_normal(shape)), -100.0, 100.0)


def _payoffs() -> tuple[xr.DataArray, xr.Dataset]:
    rng = np.random.default_rng(5)
    own, shared = whole(rng, CHAINS, DRAWS, 2), whole(rng, CHAINS, DRAWS)
    noise = whole(rng, CHAINS, DRAWS, 2, 3)
    moved = own[..., None] * np.array([1, 0, -1]) + shared[..., None, None] * np.array([0, 1, 0])
    names = {"player": ["b", "a"]}
    npv = np.clip(moved + np.round(noise / 3.0), -100, 100)
    return (
        labelled(npv, "chain", "draw", "player", "strategy", **names, strategy=["z", "x", "y"]),
        xr.Dataset(
            {
                "own": labelled(own, "chain", "draw", "player", **names),
                "shared": labelled(shared, "chain", "draw"),
                "event": labelled((shared > 20).astype(float), "chain", "draw"),
            }
        ),
    )


def _option() -> dict[str, Any]:
    rng = np.random.default_rng(6)
    states = whole(rng, 200, 3, 2)
    paid = np.clip(np.round(states.sum(axis=2) / 2.0 + whole(rng, 200, 3) / 4.0), -100, 100)
    return {
        "exercise": labelled(paid, "draw", "date"),
        "states": labelled(states, "draw", "date", "feature"),
        "live": labelled(rng.random((200, 3)) < 0.9, "draw", "date"),
        "degree": 1,
        "seed": 0,
        "chain": 2,
        "observed": False,
        "dual": True,
    }


def linear(points: np.ndarray) -> np.ndarray:
    return points[:, 0] + 2.0 * points[:, 1]


def plain(uniform: np.ndarray) -> np.ndarray:
    return uniform


NPV, INPUTS = _payoffs()
LEAD = NPV.isel(strategy=0, drop=True)
NORMAL = {"observe": "shared", "error": "normal", "sd": 10.0}
CE, ES = decide.certainty_equivalent, decide.expected_shortfall
MARGINALS = {"x": plain, "y": plain}

CASES = {
    "evpi": Case(decide.evpi, {"npv": NPV}, {"mcse"}),
    "evppi": Case(
        decide.evppi,
        {"npv": NPV, "inputs": INPUTS, "groups": {"g": ["own", "event"]}, "trees": False},
        {"se"},
    ),
    "evsi": Case(
        decide.evsi,
        {"npv": NPV, "inputs": INPUTS, "study": NORMAL, "seed": 0, "trees": False},
        {"se"},
    ),
    "evsi of each player's own": Case(
        decide.evsi,
        {"npv": NPV, "inputs": INPUTS, "study": {**NORMAL, "observe": "own"}, "trees": False},
        {"se"},
    ),
    "sobol": Case(
        decide.sobol,
        {"function": linear, "marginals": MARGINALS, "n": 64, "seed": 0},
        {f"{one}_order{end}" for one in ("first", "total") for end in ("", "_lower", "_upper")},
    ),
    "shapley": Case(
        decide.shapley,
        {"outcome": LEAD, "inputs": INPUTS, "seed": 0},
        {"shapley", "se", "explained"},
    ),
    "switching_value": Case(
        decide.switching_value,
        {"function": lambda x: x - 0.3, "low": 0.0, "high": 1.0, "grid": 9, "precision": 1e-6},
    ),
    "certainty_equivalent": Case(CE, {"outcome": LEAD, "risk_tolerance": [20.0, np.inf]}),
    "expected_shortfall": Case(ES, {"outcome": LEAD, "probability": [0.05, 1.0]}),
    "bermudan_option": Case(decide.bermudan_option, _option(), {"advantage", "se", "upper_se"}),
}


def figures(result: Any) -> dict[str, Any]:
    """Every figure of a result by its name, labels kept where it has any."""
    if isinstance(result, xr.Dataset):
        return dict(result.data_vars)
    if isinstance(result, xr.DataArray):
        return {"figure": result}
    if isinstance(result, list):
        return {"figure": np.array(result)}
    names = "value", "se", "upper", "upper_se", "perfect_foresight", "best_fixed"
    arrays = "exercise_date", "payoff", "advantage"
    return {name: np.asarray(getattr(result, name)) for name in (*names, *arrays)}
