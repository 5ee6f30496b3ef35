"""A run that was never simulated: every check passes on it, and each test spoils one thing."""

import json

import numpy as np
import xarray as xr

from model.checks.context import Context
from model.checks.limits import MARGINS_2026, MARGINS_2030, REVENUES_2025, REVENUES_2026

CHAINS, DRAWS = 4, 400
PLAYERS = ("openai", "kuaishou", "runway", "minimax", "nobody")
TYPES = {
    "openai": "gpu_renter",
    "kuaishou": "video_native",
    "runway": "pure_play",
    "minimax": "pure_play",
    "nobody": "pure_play",
}


def spread(middle: float, width: float) -> np.ndarray:
    """(chain, draw) evenly about a middle, the same in each chain but for a little."""
    line = np.linspace(middle - width, middle + width, DRAWS)
    return line * (1.0 + 1e-4 * np.arange(CHAINS)[:, None])


def share(of_all: float) -> np.ndarray:
    """(chain, draw), True in that share of the draws of every chain."""
    return np.tile(np.arange(DRAWS) < round(of_all * DRAWS), (CHAINS, 1))


def reality() -> dict[str, np.ndarray]:
    def each(known, otherwise, width):
        return np.stack(
            [spread(known[p].value if p in known else otherwise, width) for p in PLAYERS], axis=-1
        )

    return {
        "revenue_2025": each(REVENUES_2025, 0.1, 0.01),
        "revenue_2026": each(REVENUES_2026, 0.1, 0.01),
        "gross_margin_2026": each(MARGINS_2026, 0.2, 0.3),
        "gross_margin_2030": each(MARGINS_2030, 0.2, 0.3),
        "ceiling_reached": np.full((CHAINS, DRAWS), 0.5),
        "paid_hours_2045": np.full((CHAINS, DRAWS), 1.0),
    }


def entry(label: str) -> dict:
    return {
        "label": label,
        "best": "exit",
        "next": "stay",
        "resolved": True,
        "best_minus_next": {"mean": 1.0, "mean_mcse": 0.1},
        "exit_minus_stay": {"mean": 1.0, "mean_mcse": 0.1},
        "tail": {
            "share_of_lead": 0.1,
            "share_of_lead_mcse": 0.01,
            "mean_without": 0.9,
            "mean_without_mcse": 0.1,
        },
    }


def structure() -> dict:
    as_stated = {"gain": 1.0, "gain_mcse": 0.1}
    return {
        "switches": {"no_entry": {"label": "No entry"}},
        "players": {
            p: {"label": p.title(), "as_stated": as_stated, "depends": False, "reversed_by": []}
            for p in PLAYERS
        },
    }


def context(**figures: np.ndarray) -> Context:
    """`figures` replace variables of `reality`; ``staying`` is (chain, draw, player)."""
    staying = figures.pop("staying", None)
    if staying is None:
        staying = np.full((CHAINS, DRAWS, len(PLAYERS)), 1.0)
        staying[share(0.2), 1] = 21.0  # Kuaishou and Runway: above the last price in a fifth
        staying[share(0.2), 2] = 6.0
    axes = ("chain", "draw", "player")
    npv = np.stack([np.zeros_like(staying), staying], axis=-1)
    run = xr.DataTree.from_dict(
        {
            "/payoff": xr.Dataset(
                {"npv": ((*axes, "strategy"), npv)},
                coords={"player": list(PLAYERS), "strategy": ["exit", "stay"]},
            ),
            "/prior": xr.Dataset(
                {
                    "market.ceiling": (("chain", "draw"), np.full((CHAINS, DRAWS), 100.0)),
                    "player.valuation": (axes, np.full(staying.shape, 50.0)),
                },
                coords={"player": list(PLAYERS)},
            ),
        }
    )
    run.attrs |= {
        "player_labels": json.dumps({p: p.title() for p in PLAYERS}),
        "player_types": json.dumps(TYPES),
        "rivals": "respond",
        "rounds": 4,
        "settled": 1,
        "last_move_mcse": 0.4,
        "residual": 0.01,
        "unusual": 0,
    }
    decision = {"players": {p: entry(p.title()) for p in PLAYERS}}
    made = Context(run, decision, {"structure": structure()})
    values = reality() | figures
    made.__dict__["draws"] = xr.Dataset(
        {name: (axes[: one.ndim], one) for name, one in values.items()},
        coords={"player": list(PLAYERS)},
    )
    return made
