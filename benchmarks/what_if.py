"""How far the report's what-if is from running the model again.

Moves priors in a report, in Chromium, and computes the same moves anew on all draws, with rules
fitted to them. Compares what moving adds to each company's figures: in both it is a paired
difference, with its error across chains. Prints a line a move, and all that matters at the end.

    uv run python -m benchmarks.what_if [--draws N]     # a minute a move
"""

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page, sync_playwright

from model.analyses.decision import decision
from model.numerics.standard_errors import RESOLVED, mcse
from model.simulation.simulate import simulate
from priors.reading.load import load_priors
from reports.page.html import render
from tests.reports.conftest import CHROMIUM, CHROMIUM_ARGUMENTS

type Array = npt.NDArray[np.float64]
type Moves = Mapping[str, tuple[float, float]]

MARKET, ROBOTS = "market.size_2033", "robotics.years_to_revenue"
CHIPS, PRICES = "compute.chip_cost_decline", "competition.commoditization_rate"
#: Path to shift and spread of its score.
MOVES: tuple[Moves, ...] = (
    {MARKET: (0.5, 1.0)},
    {MARKET: (1.0, 1.0)},
    {MARKET: (1.5, 1.0)},
    {MARKET: (-0.5, 1.0)},
    {MARKET: (-1.0, 1.0)},
    {MARKET: (0.0, 1.3)},
    {MARKET: (0.0, 0.7)},
    {ROBOTS: (1.0, 1.0)},
    {ROBOTS: (-1.0, 1.0)},
    {CHIPS: (1.0, 1.0)},
    {CHIPS: (-1.0, 1.0)},
    {"ipo.valuation_impact": (1.0, 1.0)},
    {"players.openai.consumer_subsidy_2026": (1.0, 1.0)},
    {"players.google.compute_opportunity": (1.0, 1.0)},
    {"players.runway.attractiveness": (1.0, 1.0)},
    {"players.google.synergy": (-1.0, 1.0)},
    {PRICES: (1.0, 1.0)},
    {MARKET: (1.0, 1.0), PRICES: (1.0, 1.0)},
    {MARKET: (-0.5, 1.3), "players.kuaishou.attractiveness": (1.0, 1.0)},
    {"market.growth_fade": (1.0, 1.0)},
)
APPLY = """async moves => {
    const { players } = await window.decide.whatIf.apply(moves);
    const { lastUpdate, lastRefinement } = window.decide;
    return [players, lastUpdate, lastRefinement];
}"""


class Compared(NamedTuple):
    """What moving adds to a figure, twice; whose and which it is."""

    player: str
    figure: str
    page: float
    page_mcse: float
    again: float
    again_mcse: float

    @property
    def errors(self) -> float:
        """How far apart both are, in errors of both together."""
        error = np.hypot(self.page_mcse, self.again_mcse)
        return float((self.page - self.again) / error) if error > 0.0 else 0.0


def figures(npv: Array, strategies: list[str]) -> dict[str, Array]:
    """Chain means (chain,) of a player's figures, from NPVs (chain, draw, strategy)."""
    best = npv.max(axis=2)
    found = {f"strategies/{name}/mean": npv[..., k] for k, name in enumerate(strategies)}
    found |= {f"strategies/{name}/regret": best - npv[..., k] for k, name in enumerate(strategies)}
    found["exit_minus_stay/mean"] = npv[..., 0] - npv[..., 1]
    found["exit_minus_stay/probability_positive"] = 1.0 * (npv[..., 0] > npv[..., 1])
    return {name: values.mean(axis=1) for name, values in found.items()}


def at(entry: Mapping[str, Any], path: str) -> float:
    """A figure of an entry by its path."""
    node: Any = entry
    for key in path.split("/"):
        node = node[key]
    return float(node)


def compared(
    before: Mapping[str, Any], page: Mapping[str, Any], old: Any, new: Any
) -> Iterator[Compared]:
    """Each figure of each player, by the page and by a full run."""
    strategies = [str(name) for name in old["payoff"]["strategy"].values]
    npv = [
        run["payoff"].dataset["npv"].transpose("player", "chain", "draw", "strategy").values
        for run in (old, new)
    ]
    for place, player in enumerate(before["players"]):
        unmoved, moved = (figures(one[place], strategies) for one in npv)
        own, now = before["players"][player], page[player]
        for name, values in moved.items():
            change = values - unmoved[name]
            squares = at(now, f"{name}_mcse") ** 2 - at(own, f"{name}_mcse") ** 2
            yield Compared(
                player,
                name,
                at(now, name) - at(own, name),
                float(np.sqrt(max(squares, 0.0))),
                float(change.mean()),
                mcse(change),
            )


def differ(page: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[str]:
    """Players whose verdict both tell, and tell differently."""
    for player, entry in again["players"].items():
        own = page[player]
        sure = all(one["gain"] > RESOLVED * one["gain_mcse"] for one in (own, entry))
        if sure and own["best"] != entry["best"]:
            yield player


def told(moves: Moves) -> list[dict[str, Any]]:
    """As the page takes moves."""
    return [{"path": path, "shift": a, "spread": b} for path, (a, b) in moves.items()]


def settings(moves: Moves) -> dict[str, float]:
    """As the program takes them."""
    return {
        f"{path}.score_{key}": value
        for path, pair in moves.items()
        for key, value in zip(("shift", "spread"), pair, strict=True)
    }


def measured(page: Page, draws: int, run: Any, before: Mapping[str, Any]) -> Iterator[Compared]:
    """Compare move by move, and print a line each."""
    times = []
    for moves in MOVES:
        players, first, settled = page.evaluate(APPLY, told(moves))
        times.append((first, settled))
        again = simulate(load_priors("base.toml", settings(moves)), draws)
        found = list(compared(before, players, run, again))
        near = np.mean([abs(one.errors) <= 2.0 for one in found])
        worst = max(found, key=lambda one: abs(one.errors))
        other = ", ".join(differ(players, decision(again))) or "none"
        print(f"{settings(moves)}\n  within two errors {near:.2f}; other verdicts: {other}")
        print(f"  farthest: {worst.errors:+.1f} {worst}", flush=True)
        yield from found
    print("first answer, settled (median ms):", *np.median(times, axis=0).round())


def main() -> None:
    """Compare all moves."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=65_536)
    draws = parser.parse_args().draws
    run = simulate(load_priors("base.toml"), draws)
    before = decision(run)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        report.write_text(render(run, before), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page()
        page.goto(report.as_uri())
        page.wait_for_selector("html[data-what-if=ready]")
        errors = np.array([one.errors for one in measured(page, draws, run, before)])
        browser.close()
    print(f"{len(errors)} figures: within two errors {np.mean(np.abs(errors) <= 2.0):.3f}, mean")
    print(
        f"deviation {errors.mean():+.2f} errors, root mean square {np.sqrt(np.mean(errors**2)):.2f}"
    )


if __name__ == "__main__":
    main()
