"""How the time of a run grows with the number of players: 50 beside the 8 of base.toml.

    uv run python -m benchmarks.players

42 more are of the shipped players' types in turn; drawn at random, as Sobol points have room for 39
players. Where each player costs the same, 50 take 6.25
times as long as 8. Timings on a shared machine are noisy: both sizes are timed in turn, and of
each the best is shown.
"""

import gc
import time
from collections.abc import Callable

from benchmarks.throughput import evaluate_all
from model.economics.exercise import Exercise
from model.economics.presence import Presence, everybody
from model.economics.real_options import exercise_values
from model.economics.strategies import compared
from model.sampling.joint import sample
from model.simulation.setting import Setting
from model.simulation.simulate import simulate
from priors.reading.load import load_priors
from priors.reading.records import Priors

__all__ = ["crowd", "works"]

FEW, MANY = 8, 50
#: Of which the loops are timed, and of whole runs, in as many chains.
DRAWS, CHAINS, SAMPLER = 8192, 4, "random"
_REPEATS = 7


def crowd(players: int) -> Priors:
    """base.toml with more players, of its own players' types in turn.

    Parameters
    ----------
    players : int
        How many in all, 8 or more.

    Returns
    -------
    Priors
    """
    types = [player.type for player in load_priors("base.toml").players]
    return load_priors(
        "base.toml",
        [
            f"players.more_{place}={{type='{types[place % len(types)]}', label='{place}'}}"
            for place in range(len(types), players)
        ],
    )


def works(priors: Priors) -> dict[str, Callable[[], object]]:
    """What is timed, by name.

    Parameters
    ----------
    priors : Priors
        Of as many players as wanted.

    Returns
    -------
    dict
        Name to work; each on the same draws every time.
    """
    drawn = sample(priors, DRAWS, CHAINS, sampler=SAMPLER)
    setting = Setting(drawn, compared(priors.strategies))
    stays = everybody(DRAWS, len(priors.players))
    # As from the seventh round on: two answers, rivals who leave among them.
    left = Presence((stays.last[0] - 1)[None].repeat(2, axis=0), stays.weight.repeat(2) / 2.0)
    room = Exercise.empty(*setting.cells, DRAWS // CHAINS)

    def fill(presence: Presence) -> None:
        for chain in range(CHAINS):
            exercise_values(setting.inputs(chain, presence), room)

    def run(options: bool) -> object:
        return simulate(priors, DRAWS, 0, CHAINS, SAMPLER, options=options, rivals="stay")

    return {
        "kernel": lambda: evaluate_all(drawn),
        "exercise values": lambda: fill(stays),
        "exercise values, rivals leave": lambda: fill(left),
        "sampling": lambda: sample(priors, DRAWS, CHAINS, sampler=SAMPLER),
        "simulate --no-options": lambda: run(options=False),
        "simulate --rivals stay": lambda: run(options=True),
    }


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each part."""
    few, many = (works(crowd(players)) for players in (FEW, MANY))
    print(f"{'':32}{FEW:>9} {MANY:>9} players")
    for name in few:
        pair = (few[name], many[name])
        for work in pair:
            work()
        each = [[seconds(work) for work in pair] for _ in range(_REPEATS)]
        short, long = (1000.0 * min(column) for column in zip(*each, strict=True))
        print(f"{name:32}{short:9.1f} {long:9.1f} ms {long / short:7.2f} times as long")


if __name__ == "__main__":
    main()
