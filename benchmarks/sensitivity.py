"""Sobol indices here and in SALib, side by side; and the time of the analyses of a whole run.

    uv run python benchmarks/sensitivity.py

Both get the same functions, base sample and number of evaluations; the indices are known exactly.
"error" is the root mean square over inputs and seeds, "typical" the median absolute error, "half
width" the mean half width of the 95 % intervals, "covered" the share that hold the exact index.
The time is that of sampling, evaluating and estimating. SALib's intervals are by bootstrap.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import numpy.typing as npt
import xarray as xr

from model.sensitivity.indices import regional_sensitivity, shapley, sobol, tornado
from model.sensitivity.prior_perturbation import prior_perturbation
from tests.reference.known_indices import Truth, g_function, g_truth, ishigami, ishigami_truth

type Floats = npt.NDArray[np.float64]

SAMPLES = 4096
SEEDS = range(50)


@dataclass(frozen=True)
class Case:
    """A function with known indices, its inputs uniform between the same bounds."""

    name: str
    function: Callable[[Floats], Floats]
    truth: Truth
    bounds: tuple[float, float]

    @property
    def inputs(self) -> list[str]:
        """Names of the inputs."""
        return [f"x{place}" for place in range(len(self.truth.first_order))]


CASES = (
    Case("Ishigami", ishigami, ishigami_truth(), (-np.pi, np.pi)),
    Case("g-function", g_function, g_truth(), (0.0, 1.0)),
)


def ours(case: Case, seed: int) -> tuple[Floats, Floats]:
    """Estimates and half widths (2, input): first order, total order."""
    low, high = case.bounds
    marginals = dict.fromkeys(case.inputs, lambda u: low + (high - low) * u)
    found = sobol(case.function, marginals, n=SAMPLES, seed=seed)
    names = ("first_order", "total_order")
    half = [(found[f"{name}_upper"] - found[f"{name}_lower"]).values / 2.0 for name in names]
    return np.array([found[name].values for name in names]), np.array(half)


def salib(case: Case, seed: int) -> tuple[Floats, Floats]:
    """The same by SALib."""
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    count = len(case.inputs)
    problem = {"num_vars": count, "names": case.inputs, "bounds": [list(case.bounds)] * count}
    points = sample.sample(problem, SAMPLES, calc_second_order=False, seed=seed)
    values = case.function(points)
    found = analyze.analyze(problem, values, calc_second_order=False, seed=seed)
    half = np.array([found["S1_conf"], found["ST_conf"]])
    return np.array([found["S1"], found["ST"]]), half


def compare(case: Case) -> None:
    """Print a row for each of the two."""
    exact = np.array([case.truth.first_order, case.truth.total_order])
    for name, method in (("decide", ours), ("SALib", salib)):
        method(case, 0)
        started = perf_counter()
        found = [method(case, seed) for seed in SEEDS]
        seconds = (perf_counter() - started) / len(SEEDS)
        error = np.array([estimate for estimate, _ in found]) - exact
        half = np.array([width for _, width in found])
        for order, label in enumerate(("first", "total")):
            one, width = error[:, order], half[:, order]
            print(
                f"{case.name:<11} {name:<7} {label:<6} {SAMPLES * (len(case.inputs) + 2):>11,} "
                f"{np.sqrt((one**2).mean()):>8.5f} {np.median(np.abs(one)):>8.5f} "
                f"{width.mean():>10.5f} {(np.abs(one) <= width).mean():>8.0%} {seconds:>8.3f}"
            )


def run_of_usual_size() -> tuple[xr.DataArray, xr.Dataset]:
    """Payoffs of 8 players, and 27 common and 24 own inputs of each, 65,536 draws in 16 chains."""
    random = np.random.default_rng(0)
    sample = {"chain": 16, "draw": 4096}
    common = random.standard_normal((27, 16, 4096))
    own = random.standard_normal((24, 16, 4096, 8))
    inputs = {f"common{k}": (tuple(sample), np.exp(z)) for k, z in enumerate(common)}
    inputs |= {f"own{k}": ((*sample, "player"), np.exp(z)) for k, z in enumerate(own)}
    market = np.exp(common[0] + 0.5 * common[1])[..., None]
    stay = market * np.exp(own[0]) * (1.0 + 0.3 * own[1]) - np.exp(own[2])
    npv = np.stack([np.zeros_like(stay), stay, 0.5 * stay], axis=-1)
    labels = {"strategy": ["exit", "stay", "api_only"]}
    return xr.DataArray(npv, dims=(*sample, "player", "strategy"), coords=labels), xr.Dataset(
        inputs
    )


def time_analyses() -> None:
    """Print the seconds that each analysis of joint draws takes."""
    npv, inputs = run_of_usual_size()
    difference = npv.sel(strategy="exit") - npv.sel(strategy="stay")
    analyses = {
        "tornado": lambda: tornado(difference, inputs),
        "regional_sensitivity": lambda: regional_sensitivity(difference > 0.0, inputs),
        "shapley": lambda: shapley(difference, inputs),
        "prior_perturbation": lambda: prior_perturbation(npv, inputs),
    }
    for name, analysis in analyses.items():
        started = perf_counter()
        analysis()
        print(f"{name:<12} {perf_counter() - started:6.2f} s")


if __name__ == "__main__":
    print(
        f"{'function':<11} {'by':<7} {'order':<6} {'evaluations':>11} {'error':>8} {'typical':>8} "
        f"{'half width':>10} {'covered':>8} {'seconds':>8}"
    )
    for each in CASES:
        compare(each)
    print("\n65,536 draws, 8 players, 51 inputs each:")
    time_analyses()
