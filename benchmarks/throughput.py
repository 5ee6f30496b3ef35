"""Speed of the parts of a run: joint draws a second, seconds, and peak memory.

    uv run python benchmarks/throughput.py

Timings on a shared machine are noisy: the best of several is shown, and what counts is the ratio
of figures from one run.
"""

import resource
import time
from collections.abc import Callable

import pymc as pm

from model.analyses.decision import decision
from model.bayes.model import pymc_model
from model.economics.kernel import evaluate
from model.economics.presence import everybody
from model.economics.strategies import compared
from model.sampling.defaults import DEFAULT_CHAINS, DEFAULT_DRAWS, DEFAULT_SEED
from model.sampling.draws import Draws
from model.sampling.joint import sample
from model.simulation.exercise import exercise_options
from model.simulation.setting import Setting
from model.simulation.simulate import simulate
from priors.reading.load import load_priors

_REPEATS = 7
PYMC_DRAWS = 2000


def best_of(work: Callable[[], object], repeats: int = _REPEATS) -> float:
    """Shortest of several times, in seconds; the first, which compiles, is left out."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def evaluate_all(drawn: Draws) -> None:
    """Evaluate every chain, in one room, as a run does."""
    room = None
    for chain in range(drawn.shape[0]):
        room, _ = evaluate(drawn.globals_(chain), drawn.of_players(chain), room)


def draw_by_pymc(model: pm.Model) -> None:
    """Draw from the prior by PyMC's own forward sampling."""
    with model:
        pm.sample_prior_predictive(
            PYMC_DRAWS, random_seed=1, compile_kwargs={"mode": "FAST_COMPILE"}
        )


def main() -> None:
    """Print a line for each part."""
    priors = load_priors("base.toml")
    size = (DEFAULT_DRAWS, DEFAULT_CHAINS, DEFAULT_SEED)
    drawn = sample(priors, *size)
    setting = Setting(drawn, compared(priors.strategies))
    everyone = everybody(DEFAULT_DRAWS, len(priors.players))
    kernel = best_of(lambda: evaluate_all(drawn))
    both = best_of(lambda: evaluate_all(sample(priors, *size)))
    exercised = best_of(lambda: exercise_options(setting, everyone, lambda _: None))
    plain = best_of(lambda: simulate(priors, options=False))
    whole = best_of(lambda: simulate(priors))
    run = simulate(priors)
    verdict = best_of(lambda: decision(run))
    model = pymc_model(priors)
    by_pymc = best_of(lambda: draw_by_pymc(model), 2)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"kernel                  {DEFAULT_DRAWS / kernel:12,.0f} joint draws/s")
    print(f"sampling + kernel       {DEFAULT_DRAWS / both:12,.0f} joint draws/s")
    print(f"both real options       {exercised:12.2f} s")
    print(f"simulate, no options    {plain:12.2f} s")
    print(f"simulate                {whole:12.2f} s")
    print(f"decision                {verdict:12.2f} s")
    print(f"{PYMC_DRAWS:,} draws by PyMC     {by_pymc:12.2f} s")
    print(f"peak memory             {memory:12.2f} GiB")


if __name__ == "__main__":
    main()
