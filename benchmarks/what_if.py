"""How far the report's what-if is from running the model again.

Moves priors by half a standard score up and down, what is correlated with them along, and compares
exit − stay of every player: once by the weights that the page uses, once by a full run on the moved
priors. Prints the largest deviation of each quantity in standard errors, and what disagrees.

    uv run python -m benchmarks.what_if [--no-options] [PATH …]    # all quantities if none is named

With the real options a full run fits their rules anew, while the weights keep the
report's: means agree all the same, since a fitted rule is as good as its neighbours, but odds need
not where leaving now and leaving soon pay nearly the same.
"""

import json
import sys
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from model.analyses.decision import decision
from model.simulation.simulate import simulate
from priors.distributions.distribution import Distribution
from priors.reading.load import load_priors
from priors.reading.records import Priors
from reports.page.carried import carried
from reports.page.view import View
from tests.reference import reweighting

SHIFT = 0.5
PER_CHAIN = 192


@dataclass(frozen=True, slots=True)
class Moved(Distribution):
    """A distribution whose standard score is shifted."""

    by: float = 0.0

    def from_score(self, z: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Value at the score `z`, moved."""
        return Distribution.from_score(self, np.asarray(z) + self.by)


def moved(priors: Priors, shifts: dict[str, float]) -> Priors:
    """The priors with the scores of some quantities, by path, shifted."""
    records = {}
    for key, prior in priors.priors.items():
        if prior.path in shifts:
            old = {f.name: getattr(prior.distribution, f.name) for f in fields(Distribution)}
            records[key] = replace(prior, distribution=Moved(**old, by=shifts[prior.path]))
        else:
            records[key] = prior
    return replace(priors, priors=records)


def followers(data: dict[str, Any], place: int, shift: float) -> dict[str, float]:
    """Shift of a quantity's score, and of those that are correlated with it."""
    paths = [one["path"] for one in data["quantities"]]
    shifts = {paths[place]: shift}
    for first, second, r in data["correlations"]:
        if place in (first, second):
            shifts[paths[second if place == first else first]] = r * shift
    return shifts


type Deviation = tuple[float, str]


def deviations(
    data: dict[str, Any], weights: npt.NDArray[np.float64], again: dict[str, Any], figure: str
) -> Deviation:
    """The largest deviation of a figure of exit − stay over the players, in standard errors."""
    rows = []
    for player, entry in again["players"].items():
        value, mcse = reweighting.judge(data, "players", player, weights)[f"difference/{figure}"]
        exact, error = (entry["exit_minus_stay"][key] for key in (figure, f"{figure}_mcse"))
        size = abs(value - exact) / np.hypot(mcse, error)
        rows.append((size, f"{player} {value:.4g} ± {mcse:.2g}, again {exact:.4g} ± {error:.2g}"))
    return max(rows)


def main() -> None:
    """Compare, quantity by quantity."""
    options = "--no-options" not in sys.argv
    named = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    priors = load_priors("base.toml")
    run = simulate(priors, options=options)
    data = json.loads(json.dumps(carried(View(run, decision(run)), PER_CHAIN)))
    paths = [one["path"] for one in data["quantities"]]
    scored = [one["path"] for one in data["quantities"] if not one.get("event")]
    worst: dict[str, list[float]] = {"mean": [], "probability_positive": []}
    for path in named or scored:
        for shift in (-SHIFT, SHIFT):
            weights = reweighting.weights(data, [{"path": path, "shift": shift}])
            shifts = followers(data, paths.index(path), shift)
            again = decision(simulate(moved(priors, shifts), options=options))
            for figure, sizes in worst.items():
                size, text = deviations(data, weights, again, figure)
                sizes.append(size)
                print(f"{path:42s} {shift:+.1f} {figure[:4]} {size:5.2f}  {text}", flush=True)
    for figure, sizes in worst.items():
        beyond = sum(size > 3.0 for size in sizes)
        print(
            f"{figure}: largest of {len(sizes)} {max(sizes):.2f} standard errors; {beyond} over 3"
        )


if __name__ == "__main__":
    main()
