"""Options that may be exercised once, beside published values, and how fast they are valued.

    uv run python benchmarks/options.py

Longstaff and Schwartz (2001), Table 1: puts struck at 40, 50 dates a year, rate 0.06; truth is the
column of finite differences. Broadie and Glasserman (1997), Andersen and Broadie (2004): calls on
the largest of two or three prices, struck at 100, ten dates over three years. McDonald and Siegel
(1986): the option to invest 1, for ever, here at yearly dates for 60 years.

`value` and `upper` bound the truth from below and above, each with its standard error in brackets.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from model.stopping.bermudan import bermudan_option

type Array = npt.NDArray[np.float64]

_DRAWS = 65_536
_PUTS = {
    (36, 0.2, 1): 4.478,
    (36, 0.2, 2): 4.840,
    (36, 0.4, 1): 7.101,
    (36, 0.4, 2): 8.508,
    (38, 0.2, 1): 3.250,
    (38, 0.2, 2): 3.745,
    (38, 0.4, 1): 6.148,
    (38, 0.4, 2): 7.670,
    (40, 0.2, 1): 2.314,
    (40, 0.2, 2): 2.885,
    (40, 0.4, 1): 5.312,
    (40, 0.4, 2): 6.920,
    (42, 0.2, 1): 1.617,
    (42, 0.2, 2): 2.212,
    (42, 0.4, 1): 4.582,
    (42, 0.4, 2): 6.248,
    (44, 0.2, 1): 1.110,
    (44, 0.2, 2): 1.690,
    (44, 0.4, 1): 3.948,
    (44, 0.4, 2): 5.647,
}
_CALLS = {
    (2, 90): 8.075,
    (2, 100): 13.902,
    (2, 110): 21.345,
    (3, 90): 11.29,
    (3, 100): 18.69,
    (3, 110): 27.58,
}


def prices(
    start: float, drift: float, volatility: float, step: float, shape: tuple[int, ...]
) -> Array:
    """Lognormal prices (draw, date, asset) in antithetic pairs."""
    shocks = np.random.default_rng(0).standard_normal((shape[0] // 2, *shape[1:]))
    shocks = np.concatenate([shocks, -shocks])
    moves = (drift - volatility**2 / 2) * step + volatility * step**0.5 * shocks
    return np.asarray(start * np.exp(moves.cumsum(axis=1)))


def row(name: str, truth: float, paid: Array, states: Array) -> None:
    """Value one option and print a line of the table."""
    start = time.perf_counter()
    found = bermudan_option(paid, states, observed=True)
    seconds = time.perf_counter() - start
    print(
        f"{name:28} {truth:9.3f} {found.value:9.3f} ({found.se:.3f}) {found.upper:9.3f} "
        f"({found.upper_se:.3f})  {found.upper_kind:17} {found.perfect_foresight:9.3f} "
        f"{100 * (found.value / truth - 1):+7.2f} % {seconds:6.2f} s"
    )


def puts() -> None:
    """All twenty puts."""
    for (price, volatility, years), truth in _PUTS.items():
        path = prices(price, 0.06, volatility, 1 / 50, (_DRAWS, 50 * years, 1))
        discount = np.exp(-0.06 / 50 * np.arange(1, 50 * years + 1))
        name = f"put {price}, {volatility}, {years} y"
        row(name, truth, discount * np.maximum(40 - path[:, :, 0], 0), path)


def calls() -> None:
    """Calls on the largest of several prices."""
    discount = np.exp(-0.05 / 3 * np.arange(10))
    for (assets, price), truth in _CALLS.items():
        later = prices(price, 0.05 - 0.10, 0.2, 1 / 3, (_DRAWS, 9, assets))
        path = np.concatenate([np.full((_DRAWS, 1, assets), float(price)), later], axis=1)
        paid = discount * np.maximum(path.max(axis=2) - 100, 0)
        row(f"call on {assets} from {price}", truth, paid, np.sort(path, axis=2))


def invest() -> None:
    """The option to invest 1 in what is worth 1, at rate and dividend 0.04, volatility 0.2."""
    path = prices(1.0, 0.0, 0.2, 1.0, (_DRAWS, 60, 1))
    paid = np.exp(-0.04 * np.arange(1, 61)) * (path[:, :, 0] - 1)
    row("invest, for ever", 0.25, paid, np.log(path))


def timed(threads: int) -> float:
    """Milliseconds an option of nine dates and three states, several at once."""
    rng = np.random.default_rng(0)
    states = rng.standard_normal((_DRAWS, 9, 3)).cumsum(axis=1)
    noise = rng.standard_t(3, (_DRAWS, 9))
    paid = states.sum(axis=2) - 0.5 * np.arange(9) + noise
    best = np.inf
    for _ in range(5):
        start = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda _: bermudan_option(paid, states, chain=16), range(2 * threads)))
        best = min(best, (time.perf_counter() - start) / (2 * threads))
    return 1000 * best


def main() -> None:
    """Print the table and the times."""
    print(
        f"{'option':28} {'published':>9} {'value':>9} {'(se)':7} {'upper':>9} {'(se)':8} "
        f"{'kind':17} {'foresight':>9} {'value':>9} {'time':>8}"
    )
    puts()
    calls()
    invest()
    for threads in (1, 2):
        print(f"{timed(threads):.0f} ms an option of 65,536 × 9 × 3, {threads} at once")


if __name__ == "__main__":
    main()
