"""A run made up with seeded numpy: the layout of a real one, in a fraction of its time.

The economics are a caricature: big enough differences between players, heavy right tails of
staying, correlated priors, an event, constants. Prior text, draws and decision agree.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import xarray as xr

from model.analyses.decision import decision
from model.economics.axes import N_YEARS, NEVER, YEARS
from model.economics.components import COMPONENT_NAMES
from model.economics.strategies import EXIT, STAY, Strategy, compared
from priors.distributions.build import build
from priors.reading.records import AddedStrategy
from priors.registry.quantity import Quantity
from priors.registry.selection import EDITION, Selection, select

TYPES = {
    "gpu_renter": "Labs that rent GPUs",
    "custom_silicon": "Platforms with their own chips",
    "video_native": "Short-video platforms",
    "pure_play": "Pure plays",
    "workflow_suite": "Creative suites",
}

#: Name: type, label, size of its business relative to OpenAI's, cost ratio.
PLAYERS = {
    "openai": ("gpu_renter", "OpenAI (Sora)", 1.0, 1.0),
    "google": ("custom_silicon", "Google (Veo)", 3.0, 0.42),
    "kuaishou": ("video_native", "Kuaishou (Kling)", 2.0, 0.75),
    "bytedance": ("video_native", "ByteDance (Seedance)", 2.2, 0.65),
    "runway": ("pure_play", "Runway", 0.8, 1.0),
    "minimax": ("pure_play", "MiniMax (Hailuo)", 0.3, 0.8),
    "pika": ("pure_play", "Pika", 0.08, 1.1),
    "adobe": ("workflow_suite", "Adobe (Firefly)", 1.2, 1.0),
}

#: Low and high decile of each quantity; one figure is a constant; family by the support.
GLOBAL = {
    "market.size_2025": (0.5, 1.1),
    "market.growth_fade": (0.08, 0.35),
    "market.subsidy_half_life": (0.6, 2.5),
    "market.fixed_cost_elasticity": (0.2, 0.7),
    "compute.unit_cost_2026": (0.02, 0.15),
    "compute.chip_cost_decline": (0.12, 0.36),
    "compute.efficiency_gain": (0.25, 0.65),
    "compute.quality_creep": (0.05, 0.7),
    "compute.scarcity_half_life": (1.0, 4.5),
    "compute.cost_gap_half_life": (2.0, 8.0),
    "competition.price_2026": (0.05, 0.26),
    "competition.markup": (0.1, 0.9),
    "competition.commoditization_rate": (0.25, 1.2),
    "competition.lock_in": (0.05, 0.5),
    "competition.fringe_attractiveness": (0.6, 2.4),
    "competition.fringe_growth": (0.01, 0.12),
    "robotics.years_to_revenue": (3.5, 16.0),
    "robotics.profit_pool": (2.0, 30.0),
    "robotics.ramp_years": (4.0, 12.0),
    "ipo.valuation_impact": (0.001, 0.02),
    "ipo.delay_years": (0.02, 0.6),
    "ipo.delay_cost": (0.01, 0.06),
    "ipo.owner_pass_through": (0.05, 0.4),
    "ipo.refund": (0.2, 0.7),
    "valuation.terminal_growth": 0.02,
}
PLAYER = {
    "attractiveness": (0.5, 1.6),
    "cost_ratio": (0.8, 1.25),
    "price_premium": (0.8, 1.4),
    "consumer_subsidy_2026": (0.05, 1.2),
    "fixed_cost": (0.25, 1.2),
    "synergy": (0.02, 0.3),
    "compute_opportunity": (0.1, 1.5),
    "legal_loss": (0.01, 0.2),
    "robotics_capture": (0.01, 0.15),
    "robotics_uplift": (0.05, 0.5),
    "robotics_complement": (0.02, 0.2),
    "api_share": (0.3, 0.7),
    "api_fixed": (0.4, 0.9),
    "api_scope": (0.3, 0.8),
    "discount_rate": (0.09, 0.17),
    "valuation": (400.0, 900.0),
    "ipo_exposure": 1.0,
    "trust_loss": (0.01, 0.3),
    "salvage": (0.02, 0.6),
    "exit_cost": (0.02, 0.25),
    "funding": (3.0, 30.0),
    "distress_recovery": (0.1, 0.6),
    "reentry_cost": (0.2, 2.0),
    "reentry_share": (0.3, 0.87),
}
#: Quantities that scale with a player's size.
SCALED = frozenset(
    (
        "attractiveness",
        "consumer_subsidy_2026",
        "exit_cost",
        "fixed_cost",
        "funding",
        "legal_loss",
        "reentry_cost",
        "salvage",
        "trust_loss",
    )
)
_SHARED_PATHS = ("market_revenue", "price", "unit_cost_index")
CORRELATIONS = (
    ("compute.chip_cost_decline", "compute.efficiency_gain", 0.3),
    ("market.size_2033", "robotics.profit_pool", 0.4),
)


def prior_tables(selection: Selection) -> dict[tuple[str, str | None], dict[str, Any]]:
    """What the made-up prior file states, by quantity and player."""
    tables: dict[tuple[str, str | None], dict[str, Any]] = {
        ("market.size_2033", None): {
            "family": "mixture",
            "components": [
                {"weight": 0.85, "family": "lognormal", "p10": 2.0, "p90": 9.0},
                {"weight": 0.15, "family": "lognormal", "p10": 25.0, "p90": 140.0},
            ],
        },
        ("robotics.success", None): {"family": "bernoulli", "probability": 0.7},
    }
    stated = [name for name, _ in tables]
    for name, range_ in {**GLOBAL, **_unlisted(selection.shared, {*GLOBAL, *stated})}.items():
        tables[name, None] = _table(selection.by_name[name], range_, 1.0)
    for player, (_, _, size, cost) in PLAYERS.items():
        for key, range_ in {**PLAYER, **_unlisted(selection.own, PLAYER)}.items():
            factor = size if key in SCALED else cost if key == "cost_ratio" else 1.0
            tables[f"player.{key}", player] = _table(
                selection.by_name[f"player.{key}"], range_, factor
            )
    for player in ("google", "kuaishou", "adobe"):
        tables["player.ipo_exposure", player] = {"family": "constant", "value": 0.0}
    return tables


def _unlisted(quantities: Iterable[Quantity], listed: Iterable[str]) -> dict[str, float]:
    """A constant for each of the registry's quantities that has no range above."""
    keys = {one.name if one.scope == "industry" else one.key: one for one in quantities}
    return {key: sum(one.usual) / 2 for key, one in keys.items() if key not in set(listed)}


def _table(
    quantity: Quantity, range_: tuple[float, float] | float, factor: float
) -> dict[str, Any]:
    if isinstance(range_, float):
        return {"family": "constant", "value": range_ * factor}
    family = "beta" if quantity.upper == 1.0 else "lognormal"
    return {"family": family, "p10": range_[0] * factor, "p90": range_[1] * factor}


def prior_text(
    tables: Mapping[tuple[str, str | None], Mapping[str, Any]],
    labels: Mapping[str, str],
    source: str,
    why: str,
    selection: Selection,
    added: Iterable[AddedStrategy] = (),
) -> str:
    """The resolved prior file."""
    lines = [f"schema = {selection.edition}", 'name = "made-up"', f"description = {_toml(why)}", ""]
    for first, second, rank in CORRELATIONS:
        lines += ["[[correlations]]", f'between = ["{first}", "{second}"]', f"rank = {rank}", ""]
    for name, label in TYPES.items():
        lines += [f"[types.{name}]", f"label = {_toml(label)}", ""]
    for name, (type_, *_) in PLAYERS.items():
        lines += [f"[players.{name}]", f'type = "{type_}"', f"label = {_toml(labels[name])}", ""]
    for one in added:
        lines += [f"[strategies.{one.name}]", f"label = {_toml(one.label)}", ""]
    for (name, player), table in tables.items():
        path = name if player is None else f"players.{player}.{name.removeprefix('player.')}"
        lines += [f"[{path}]"]
        lines += [f"{key} = {_toml(value)}" for key, value in table.items()]
        lines += [f"unit = {_toml(selection.by_name[name].unit)}"]
        lines += [f"sources = [{_toml(source)}]", f"why = {_toml(why)}", ""]
    return "\n".join(lines)


def _toml(value: Any) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    return repr(value)


def make_run(
    draws: int = 4096,
    chains: int = 16,
    seed: int = 7,
    labels: Mapping[str, str] | None = None,
    source: str = "Crunchbase, 2025: venture capital into AI video",
    why: str = "Public figures disagree by a factor of five; the range holds both.",
    *,
    added: Sequence[AddedStrategy] = (),
    without: Collection[str] = (),
    edition: int = EDITION,
) -> xr.DataTree:
    """A run as simulate would return it.

    Parameters
    ----------
    draws, chains, seed : int
        Draws over all chains; their seed.
    labels : mapping, optional
        Labels of players that shall differ from the usual.
    source, why : str
        What every prior states, to try hostile text.
    added : sequence of AddedStrategy
        Strategies that the prior file adds.
    without : collection of str
        Strategies that are left out of what is compared.
    edition : int
        Of the model; the first has fewer quantities, and its runs do not state strategies.
    """
    names = {name: label for name, (_, label, _, _) in PLAYERS.items()} | dict(labels or {})
    selection = select(edition, tuple(one.name for one in added))
    strategies = compared(added, without)
    tables = prior_tables(selection)
    shape = (chains, draws // chains)
    values = _draw(tables, selection, shape, np.random.default_rng(seed))
    prior = _prior_dataset(values, selection, shape)
    components = _components(values, strategies, shape)
    payoff = _payoff_dataset(components, strategies)
    attributes = {
        "name": "made-up",
        "description": why,
        "draws": draws,
        "chains": chains,
        "seed": seed,
        "sampler": "random",
        "currency": "USD billion, nominal",
        "version": "0.1.0",
        "player_types": json.dumps({name: row[0] for name, row in PLAYERS.items()}),
        "player_labels": json.dumps(names),
        "type_labels": json.dumps(TYPES),
        "priors": prior_text(tables, names, source, why, selection, added),
    }
    if edition > 1:
        attributes["strategies"] = json.dumps([asdict(one) for one in added])
    tree = xr.DataTree(xr.Dataset(attrs=attributes))
    tree["prior"] = xr.DataTree(prior)
    tree["payoff"] = xr.DataTree(payoff)
    tree["component"] = xr.DataTree(_component_dataset(components, strategies))
    used, worth = _options_datasets(payoff, np.random.default_rng(seed + 1))
    tree["option"], tree["option_value"] = xr.DataTree(used), xr.DataTree(worth)
    tree["industry"] = xr.DataTree(_path_dataset())
    return tree


def _draw(
    tables: Mapping[tuple[str, str | None], Mapping[str, Any]],
    selection: Selection,
    shape: tuple[int, int],
    rng: np.random.Generator,
) -> dict[tuple[str, str | None], np.ndarray]:
    scores = {key: rng.standard_normal(shape) for key in tables}
    for first, second, rank in CORRELATIONS:
        r = 2.0 * np.sin(np.pi * rank / 6.0)
        mixed = r * scores[first, None] + np.sqrt(1.0 - r * r) * scores[second, None]
        scores[second, None] = mixed
    support = {name: (one.lower, one.upper) for name, one in selection.by_name.items()}
    built = {key: build(table, support[key[0]]) for key, table in tables.items()}
    return {key: built[key].from_score(score) for key, score in scores.items()}


def _prior_dataset(
    values: Mapping[tuple[str, str | None], np.ndarray],
    selection: Selection,
    shape: tuple[int, int],
) -> xr.Dataset:
    data: dict[str, Any] = {}
    for quantity in selection.shared:
        attrs = {"units": quantity.unit}
        data[quantity.name] = (("chain", "draw"), values[quantity.name, None], attrs)
    for quantity in selection.own:
        stacked = np.stack([values[quantity.name, player] for player in PLAYERS], axis=-1)
        data[quantity.name] = (("chain", "draw", "player"), stacked, {"units": quantity.unit})
    coords = {
        "chain": np.arange(shape[0]),
        "draw": np.arange(shape[1]),
        "player": list(PLAYERS),
    }
    return xr.Dataset(data, coords)


def _components(
    values: Mapping[tuple[str, str | None], np.ndarray],
    strategies: Sequence[Strategy],
    shape: tuple[int, int],
) -> np.ndarray:
    """(chain, draw, player, strategy, component), USD billion."""
    out = np.zeros((*shape, len(PLAYERS), len(strategies), len(COMPONENT_NAMES)))
    total = sum(values["player.attractiveness", player] for player in PLAYERS)
    total = total + values["competition.fringe_attractiveness", None]
    size = values["market.size_2033", None]
    years = values["robotics.years_to_revenue", None]
    pool = values["robotics.success", None] * values["robotics.profit_pool", None]
    for place, (player, (_, _, _, cost)) in enumerate(PLAYERS.items()):
        value = {
            name.removeprefix("player."): of
            for (name, whose), of in values.items()
            if whose == player
        }
        annuity = (1.0 - np.exp(-20.0 * value["discount_rate"])) / value["discount_rate"]
        revenue = value["attractiveness"] / total * size * annuity
        margin = 1.0 - 0.75 * value["cost_ratio"]
        loss = value["valuation"] * values["ipo.owner_pass_through", None]
        loss = loss * values["ipo.valuation_impact", None] * value["ipo_exposure"] * 0.2
        robotics = pool * value["robotics_capture"] * annuity * np.exp(-0.1 * years)
        robotics = robotics * (value["robotics_uplift"] - value["robotics_complement"])
        for strategy, one in enumerate(strategies):
            if not one.operating:
                continue
            share, fixed, scope, subsidy = (
                value[factor] if isinstance(factor, str) else factor
                for factor in (one.share, one.fixed, one.scope, one.subsidy)
            )
            flows = out[:, :, place, strategy]
            flows[..., 0] = share * revenue * margin
            flows[..., 1] = share * revenue * value["synergy"] / cost
            flows[..., 2] = -subsidy * 1.5 * value["consumer_subsidy_2026"]
            flows[..., 3] = -fixed * value["fixed_cost"] * annuity * 0.4
            flows[..., 4] = -scope * value["legal_loss"] * annuity
            flows[..., 5] = -share * revenue * 0.1 * value["compute_opportunity"]
            flows[..., 6] = robotics * (1.0 - scope)
            flows[..., 7] = -scope * loss
        out[:, :, place, EXIT, 6] = robotics
        out[:, :, place, EXIT, 8] = -value["trust_loss"]
        out[:, :, place, EXIT, 9] = value["salvage"] - value["exit_cost"]
    return out


def _payoff_dataset(components: np.ndarray, strategies: Sequence[Strategy]) -> xr.Dataset:
    chains, draws = components.shape[:2]
    billion = {"units": "USD billion"}
    return xr.Dataset(
        {
            "npv": (("chain", "draw", "player", "strategy"), components.sum(axis=-1), billion),
        },
        {
            "chain": np.arange(chains),
            "draw": np.arange(draws),
            "player": list(PLAYERS),
            "strategy": [one.name for one in strategies],
        },
    )


def _component_dataset(components: np.ndarray, strategies: Sequence[Strategy]) -> xr.Dataset:
    by_chain, dims = components.mean(axis=1), ("player", "strategy", "component")
    billion = {"units": "USD billion"}
    mcse = by_chain.std(axis=0, ddof=1) / np.sqrt(len(by_chain))
    return xr.Dataset(
        {
            "component_mean": (dims, by_chain.mean(axis=0), billion),
            "component_mcse": (dims, mcse, billion),
        },
        {
            "player": list(PLAYERS),
            "strategy": [one.name for one in strategies],
            "component": list(COMPONENT_NAMES),
        },
    )


def _options_datasets(
    payoff: xr.Dataset, rng: np.random.Generator
) -> tuple[xr.Dataset, xr.Dataset]:
    """Real options used at random: OpenAI leaves at once, the others now and then."""
    shape = payoff["npv"].shape
    used = rng.random(shape) < 0.3
    years = rng.integers(2, 9, shape)
    used[:, :, 0, STAY], years[:, :, 0, STAY] = rng.random(shape[:2]) < 0.95, 0
    timing = np.where(used, years, NEVER).astype(np.int8)
    gain = np.where(used, rng.lognormal(-1.0, 1.0, shape), 0.0)
    by_chain = gain.mean(axis=1)
    value, mcse = by_chain.mean(axis=0), by_chain.std(axis=0, ddof=1) / np.sqrt(shape[0])
    draws, cells = ("chain", "draw", "player", "strategy"), ("player", "strategy")
    figures = {
        "value": value,
        "value_mcse": mcse,
        "upper": 1.2 * value,
        "upper_mcse": mcse,
        "loses": np.zeros_like(value),
        "upper_kind": np.full(value.shape, "perfect foresight"),
    }
    when = xr.Dataset(
        {"timing": (draws, timing), "payoff": (draws, gain)},
        {name: payoff[name] for name in draws},
    )
    worth = {name: (cells, array) for name, array in figures.items()}
    return when, xr.Dataset(worth, {name: payoff[name] for name in cells})


def _path_dataset() -> xr.Dataset:
    """Bands that widen with the years."""
    t = np.arange(N_YEARS) / N_YEARS
    band = np.stack([np.exp((0.5 + spread) * t) for spread in (-1.0, 0.0, 2.0)])
    own = np.stack([band * 0.02 * (place + 1) for place in range(len(PLAYERS))], axis=1)
    shared = dict.fromkeys(_SHARED_PATHS, (("probability", "year"), band))
    owned = dict.fromkeys(("share", "gross_margin"), (("probability", "player", "year"), own))
    return xr.Dataset(
        {**shared, **owned, "industry_profit": (("probability",), np.array([-20.0, 5.0, 60.0]))},
        {"probability": [0.1, 0.5, 0.9], "year": list(YEARS), "player": list(PLAYERS)},
    )


def option_analysis(decision_: Mapping[str, Any]) -> dict[str, Any]:
    """option.json of a made-up run."""
    unit = "USD billion/year"
    below = {"observed": "market revenue", "unit": unit, "above": None, "below": 2.9}
    words = ["end of 2026: in every case", "end of 2027: market revenue under 2.9 USD billion/year"]
    return {
        "players": {
            player: {
                name: {
                    **row["option"],
                    "rule": [
                        {"year": 2026, "always": False, "ways": [[below]]},
                        {"year": 2027, "always": True, "ways": []},
                    ],
                    "rule_keeps": 0.97,
                    "rule_in_words": words,
                    "wait_a_year": 0.1,
                    "wait_a_year_mcse": 0.01,
                }
                for name, row in entry["strategies"].items()
            }
            for player, entry in decision_["players"].items()
        }
    }


def sensitivity_analysis(decision_: Mapping[str, Any]) -> dict[str, Any]:
    """sensitivity.json of a made-up run."""
    return {
        "conditions": {"evppi": "Joint draws."},
        "players": {
            player: _sensitivity(player, entry) for player, entry in decision_["players"].items()
        },
    }


def _sensitivity(player: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    lead = entry["best_minus_next"]["mean"]
    paths = ["market.size_2033", "robotics.success", f"players.{player}.fixed_cost"]
    inputs = {path: _input(entry, lead, place) for place, path in enumerate(paths)}
    grid = list(range(1, 6))
    best = [[entry["next"] if x < y else entry["best"] for y in grid] for x in grid]
    exits = {"risk_tolerance": 10.0, "best": "exit"}
    size = {"size": 1.0, "sd": 0.3, "evsi": 0.05, "evsi_mcse": 0.001}
    return {
        "label": entry["label"],
        "best": entry["best"],
        "next": entry["next"],
        "resolved": True,
        "best_minus_next": lead,
        "evpi": entry["evpi"],
        "evpi_mcse": entry["evpi_mcse"],
        "inputs": inputs,
        "groups": {
            "market": {"evppi": 0.3, "evppi_mcse": 0.01},
            "own": {"evppi": 0.2, "evppi_mcse": 0.01},
        },
        "studies": [{"observe": paths[0], "error": "lognormal", "assumed": True, "sizes": [size]}],
        "risk": {"certainty_equivalent": [exits, {**exits, "risk_tolerance": 100.0}]},
        "map": {
            "x": paths[0],
            "y": paths[2],
            "x_values": [float(x) for x in grid],
            "y_values": [0.1 * y for y in grid],
            "best": best,
            "lead": [[0.1 * (x + y) for y in grid] for x in grid],
            "known": [[x + y < 10 for y in grid] for x in grid],
        },
    }


def _input(entry: Mapping[str, Any], lead: float, place: int) -> dict[str, Any]:
    to = entry["next"]
    swing = (2.0 - place) * lead
    ranges = [
        [{"above": None, "below": 3.94, "probability": 0.19, "to": to}],
        [{"at": 0.0, "probability": 0.3, "to": to}],
        [
            {"above": 0.5, "below": 1.25, "probability": 0.2, "to": to},
            {"above": 2.0, "below": None, "probability": 0.9, "to": to},
        ],
    ][place]
    return {
        "evppi": 0.3 / (place + 1),
        "evppi_mcse": 0.01,
        "shapley": 0.5 / (place + 1),
        "first_order": 0.3,
        "total_order": 0.4,
        "regional_sensitivity": {"median_better": 1.5, "median_worse": 2.5},
        "tornado": {
            "low": lead - swing,
            "low_mcse": 0.01,
            "high": lead + swing,
            "high_mcse": 0.01,
            "swing": 2.0 * swing,
        },
        "switching": {"ranges": ranges, "possible": []},
        "prior_perturbation": {"shift": None, "shift_mcse": None, "to": None}
        if place == 1
        else {"shift": -1.25 + place, "shift_mcse": 0.02, "to": to},
    }


def make_decision(run: xr.DataTree) -> dict[str, Any]:
    """decision.json of a made-up run."""
    return decision(run)
