"""How one peer is measured: in a process of its own, by what it prints."""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

__all__ = ["Figures", "Measured", "figures_of_draws", "peak_memory", "timed"]

type Array = npt.NDArray[np.float64]
#: Name of a figure to its value and its standard error.
type Figures = dict[str, tuple[float, float]]

#: How often a thing is timed; the shortest counts, as other programs only ever make it longer.
_REPEATS = 3
#: Seconds after which it is not repeated any more.
_ENOUGH = 8.0


@dataclass(slots=True)
class Measured:
    """What was measured of one peer.

    Attributes
    ----------
    draws : int
        Draws, evaluations or simulated paths that the time is of.
    wall, cpu : float
        Seconds of the clock and of all processors.
    figures : dict
        What it found: name to value and standard error.
    memory : float
        Most memory that the process held, libraries included, MB.
    extra : dict
        Further figures, by name.
    """

    draws: int
    wall: float
    cpu: float
    figures: Figures
    memory: float = 0.0
    extra: dict[str, float] = field(default_factory=dict)


def timed[T](work: Callable[[], T], repeats: int = _REPEATS) -> tuple[T, float, float]:
    """Do something several times.

    Parameters
    ----------
    work : callable
        Without arguments; what it compiles is compiled already.
    repeats : int
        How often; less often where it takes long.

    Returns
    -------
    result
        Of the last time.
    float
        The shortest time, seconds of the clock.
    float
        Seconds of all processors in that time.
    """
    times: list[tuple[float, float]] = []
    while len(times) < repeats and sum(wall for wall, _ in times) < _ENOUGH:
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    return result, *min(times)


def figures_of_draws(names: tuple[str, ...], values: Array) -> Figures:
    """Means of independent draws, with their standard errors.

    Parameters
    ----------
    names : tuple of str
        Of each figure.
    values : ndarray, shape (figure, draw)
        Its draws.

    Returns
    -------
    dict
        Name to mean and standard error.
    """
    errors = values.std(axis=1, ddof=1) / values.shape[1] ** 0.5
    means = values.mean(axis=1)
    return dict(zip(names, zip(means.tolist(), errors.tolist(), strict=True), strict=True))


def peak_memory() -> float:
    """The most memory that this process has held.

    Returns
    -------
    float
        MB.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    # not `ru_maxrss` here, which begins with what the process that started this one held
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 2**10
